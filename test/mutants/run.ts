/**
 * Runs `npm run test:mutants`: breaks the pure rooms by Stryker, or those rooms and files whose names are given, and judges the report.
 * With `shells` it replays the written faults instead, all of them or those that a text is part of.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { LEAST_MONEY_SCORE, LEAST_SCORE, pureFiles, roomOf, testsOf } from "./rooms.ts";
import { judge, type Report } from "./score.ts";
import { replayShells } from "./shells.ts";
import { TESTS_VARIABLE } from "./stryker/tests-variable.ts";
import { SURVIVORS } from "./survivors/index.ts";

/** Of the last run. `stryker/config.json` names it. */
const REPORT = ".mutants/report.json";

// Whoever works on the machine goes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const [first = "", ...more] = process.argv.slice(2);
const isGood = first === "shells" ? await replayShells(more.join(" ")) : await breakRooms([first, ...more]);
process.exitCode = isGood ? 0 : 1;

/** @param names Of rooms or files. None: all */
async function breakRooms(names: readonly string[]): Promise<boolean> {
	const wanted = names.filter((name) => name !== "");
	const files = pureFiles().filter((file) => wanted.length === 0 || wanted.some((name) => isNamed(file, name)));
	if (files.length === 0) throw new Error(`no pure room and no pure file is named ${wanted.join(" or ")}`);
	const reports: Report[] = [];
	for (const [room, some] of Map.groupBy(files, roomOf)) {
		if (!(await breakRoom(room, some))) return false;
		reports.push(JSON.parse(readFileSync(REPORT, "utf8")));
	}
	const report = { files: Object.assign({}, ...reports.map((report) => report.files)) };
	const { scores, unlisted, stale, isGood: good } = judge(report, files, SURVIVORS);
	for (const { file, line, mutant } of unlisted) console.log(`Nobody notices: ${file}:${line}: ${mutant}`);
	for (const { file, mutant } of stale) console.log(`Listed, but noticed or gone: ${file}: ${mutant}`);
	for (const { name, noticed, total, score } of scores)
		console.log(`${score.toFixed(1).padStart(5)} %  ${noticed} of ${total}  ${name}`);
	console.log(
		`At least ${LEAST_SCORE} % of all, ${LEAST_MONEY_SCORE} % of what is about money, every survivor listed: ${good}`,
	);
	return good;
}

/** Runs Stryker with the tests of one room: they lie beside its files. */
async function breakRoom(room: string, files: readonly string[]): Promise<boolean> {
	const options = ["--incrementalFile", `.mutants/${room}.json`, "--mutate", files.join(",")];
	const stryker = spawn(
		process.execPath,
		["node_modules/.bin/stryker", "run", "test/mutants/stryker/config.json", ...options],
		{ stdio: "inherit", env: { ...process.env, [TESTS_VARIABLE]: testsOf(room).join(",") } },
	);
	const [code] = await once(stryker, "exit");
	return code === 0;
}

function isNamed(file: string, name: string): boolean {
	return roomOf(file) === name || file === name || file.startsWith(`${name}/`);
}
