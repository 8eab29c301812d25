/** Replays the faults in the shells: copies the project, breaks one place at a time, and runs the one test that has to notice. */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { FAULTS } from "./faults/all.ts";
import { breakText, type CaughtBy, type Fault } from "./faults/fault.ts";

/** A test takes seconds; a machine that does other work has more. */
const TEST_TIMEOUT_MS = 180_000;
const PARTS = [
	"package.json",
	"tsconfig.json",
	"wrangler.toml",
	"vitest.config.ts",
	"src",
	"sim",
	"data",
	"migrations",
	"test",
];
/** More that end-to-end tests read, if it is there. */
const MORE = ["scripts", "site", "bench", "docs", "examples"];

/** Says what became of a run: tests failed, all passed, or none came to its end. */
type Outcome = "failed" | "passed" | "no_test";

const SAYS: Readonly<Record<Outcome, string>> = { failed: "caught", passed: "MISSED", no_test: "NOT RUN" };

/** Replays the faults whose line, file or test holds the text. Returns true if every one of them was caught. */
export async function replayShells(text: string): Promise<boolean> {
	// All of them, and first: the code that a fault stands in may have changed.
	for (const fault of FAULTS) breakText(fault, readFileSync(fault.file, "utf8"));
	const faults = FAULTS.filter((fault) => JSON.stringify(fault).includes(text));
	const { folder, remove } = copyProject();
	try {
		await checkTests(folder, faults);
		const missed: Fault[] = [];
		for (const [index, fault] of faults.entries()) {
			const outcome = await replay(folder, fault);
			console.log(`${index + 1}/${faults.length} ${SAYS[outcome]}: ${fault.file}: ${fault.breaks}`);
			if (outcome !== "failed") missed.push(fault);
		}
		console.log(`${faults.length - missed.length} of ${faults.length} faults in the shells are caught.`);
		return missed.length === 0;
	} finally {
		remove();
	}
}

/** Without its fault, each test has to pass: else it would prove nothing. */
async function checkTests(folder: string, faults: readonly Fault[]): Promise<void> {
	const byFile = Map.groupBy(faults, ({ caughtBy }) => caughtBy.file);
	for (const group of byFile.values()) {
		const [first] = group;
		if (first === undefined) continue;
		const titles = group.map(({ caughtBy }) => escapePattern(caughtBy.title)).join("|");
		const outcome = await runTest(folder, first.caughtBy, titles);
		console.log(`${outcome} without a fault: ${first.caughtBy.file}`);
		if (outcome !== "passed") throw new Error(`${first.caughtBy.file} without a fault: ${outcome}`);
	}
}

async function replay(folder: string, fault: Fault): Promise<Outcome> {
	const path = join(folder, fault.file);
	const source = readFileSync(path, "utf8");
	writeFileSync(path, breakText(fault, source));
	try {
		return await runTest(folder, fault.caughtBy, escapePattern(fault.caughtBy.title));
	} finally {
		writeFileSync(path, source);
	}
}

function runTest(folder: string, { file }: CaughtBy, pattern: string): Promise<Outcome> {
	const report = join(folder, "report.json");
	rmSync(report, { force: true });
	const args = ["run", file, "-t", pattern, "--reporter=json", `--outputFile=${report}`];
	return new Promise((resolve) => {
		const options = { cwd: folder, timeout: TEST_TIMEOUT_MS };
		execFile(process.execPath, ["node_modules/.bin/vitest", ...args], options, () => resolve(readOutcome(report)));
	});
}

function readOutcome(report: string): Outcome {
	try {
		const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
		return numFailedTests > 0 ? "failed" : numPassedTests > 0 ? "passed" : "no_test";
	} catch {
		return "no_test";
	}
}

function copyProject() {
	const folder = mkdtempSync(join(tmpdir(), "darkroom-shells-"));
	for (const name of [...PARTS, ...MORE]) cpSync(name, join(folder, name), { recursive: true });
	symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function escapePattern(title: string): string {
	return title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
