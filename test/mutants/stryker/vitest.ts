/** Stands in for `vitest` in unit tests that Stryker runs: it collects them, so that they run thousands of times in one process. `expect` is vitest's own. */
export { expect } from "vitest";

export interface CollectedTest {
	/** Unlike any other's of its file. */
	readonly title: string;
	readonly run: () => unknown;
}

type Body = (...row: readonly unknown[]) => unknown;

let suites: readonly string[] = [];
let tests: CollectedTest[] = [];
/** Suites of the file that is being imported. As in vitest they wait for its end, because their rows may need what it declares below them. */
let waiting: (() => void)[] = [];

/** Imports a file of tests, and returns them. Two files must not be collected at once. */
export async function collect(file: string): Promise<readonly CollectedTest[]> {
	// A broken file may have ended inside of a suite.
	suites = [];
	tests = [];
	waiting = [];
	await import(file);
	for (const fill of waiting) fill();
	return tests;
}

export function describe(name: string, body: () => void): void {
	if (suites.length === 0) waiting.push(() => fill([name], body));
	else fill([...suites, name], body);
}

function fill(names: readonly string[], body: () => void): void {
	const outer = suites;
	suites = names;
	body();
	suites = outer;
}

export function it(name: string, body: () => unknown): void {
	add(name, body, body);
}

/** @param body Tests that measure time, or read what is dear to read, are left out: broken code counts what it does, so it is slow. */
function add(name: string, body: Body, run: () => unknown): void {
	if (/\bperformance\.now\b|\bcpuUsage\b|\bgrowthOf\b|\bsmallBlocks\b/.test(String(body))) return;
	const title = [...suites, name].join(" > ");
	const equal = tests.filter((test) => test.title === title || test.title.startsWith(`${title} #`)).length;
	tests.push({ title: equal === 0 ? title : `${title} #${equal + 1}`, run });
}

describe.each =
	(rows: readonly unknown[]) =>
	(name: string, body: Body): void => {
		for (const row of toArguments(rows)) describe(name, () => void body(...row));
	};

it.each =
	(rows: readonly unknown[]) =>
	(name: string, body: Body): void => {
		for (const row of toArguments(rows)) add(name, body, () => body(...row));
	};

/** As vitest does it: rows are spread if every one of them is a list. */
function toArguments(rows: readonly unknown[]): readonly (readonly unknown[])[] {
	return rows.every((row) => Array.isArray(row)) ? rows : rows.map((row) => [row]);
}
