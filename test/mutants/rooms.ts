/** Says which files Stryker breaks: the pure ones, room by room. */
import { readdirSync, readFileSync } from "node:fs";

/** Of all mutants of the pure rooms, and of those in files that decide about money and joining, the tests have to notice so many. Percent. */
export const LEAST_SCORE = 90;
export const LEAST_MONEY_SCORE = 95;

/** Decides what is submitted, what is paid, and which request joins an earlier job. */
const MONEY =
	/^src\/(core\/(alarm|decision|from-[a-z]+|schedule|settlement|slot|slot-step|slots|state|step)|account\/(admission|canonical|limits|tally|windows)|fal\/meaning|models\/estimate|money)\.ts$/;
/**
 * Data and nothing else, which other tests hold to what it is about: `test/structure/endpoints.test.ts` the list of ids,
 * `test/structure/catalogue.test.ts` the rows of the catalogue to fal's own schemas, `sim/catalogue-rows.test.ts` their bodies and
 * `test/structure/models-table.test.ts` their prices, and `test/e2e/openapi.test.ts` the descriptions of answers, to answers of each kind.
 */
const DATA = /^src\/(models\/(endpoints|catalogue\/(?!index|parts)[a-z-]+)|api\/[a-z]+\/schema)\.ts$/;

export function isAboutMoney(file: string): boolean {
	return MONEY.test(file);
}

/** Returns the room of a file: `core` for `src/core/state.ts`, `floor` for `src/errors.ts`. */
export function roomOf(file: string): string {
	const [, room = "floor"] = /^src\/([^/]+)\//.exec(file) ?? [];
	return room;
}

/** Tests that lie in another room than what they hold: that of all errors holds their sentences. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = { words: ["src/errors.test.ts"] };

/** Returns the folders and files of tests that a room's mutants have to fear; `src` stands for the tests that lie there directly. */
export function testsOf(room: string): readonly string[] {
	return [room === "floor" ? "src" : `src/${room}`, ...(ELSEWHERE[room] ?? [])];
}

/** Lists the files that the compiler proves to be pure, with their paths from the project's folder. */
export function pureFiles(): readonly string[] {
	const patterns = readPatterns(readFileSync("src/tsconfig.pure.json", "utf8")).map(toPattern);
	return readdirSync("src", { recursive: true, encoding: "utf8" })
		.map((file) => file.replaceAll("\\", "/"))
		.filter((file) => /(?<!\.test|\.d)\.ts$/.test(file) && patterns.some((pattern) => pattern.test(file)))
		.map((file) => `src/${file}`)
		.filter((file) => !DATA.test(file))
		.toSorted();
}

/** Reads `include` of a tsconfig, whose comments have lines of their own. */
function readPatterns(text: string): readonly string[] {
	const { include }: { include: readonly string[] } = JSON.parse(text.replace(/^\s*\/\/.*$/gm, ""));
	return include;
}

/** A pattern is a file, a folder, or has `*` for a part of a name. */
function toPattern(pattern: string): RegExp {
	const source = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*");
	return new RegExp(`^${source}${pattern.endsWith(".ts") ? "" : "/.*"}$`);
}
