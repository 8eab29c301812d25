import { describe, expect, it } from "vitest";
import { isAboutMoney, pureFiles, roomOf, testsOf } from "./rooms.ts";
import { judge, type ListedSurvivor, type Mutant, type Report } from "./score.ts";

const MONEY = "src/core/step.ts";
const OTHER = "src/models/size.ts";
const SOURCE = "const a = 1;\nconst b =\n\ta + 2;\n";

function mutant(status: string, overrides: Partial<Mutant> = {}): Mutant {
	const location = { start: { line: 1, column: 11 }, end: { line: 1, column: 12 } };
	return { replacement: "2", status, location, ...overrides };
}

/** Of so many mutants of each file some survive, all in one place. */
function reportOf(counts: Readonly<Record<string, readonly [killed: number, survived: number]>>): Report {
	const files = Object.entries(counts).map(([file, [killed, survived]]) => {
		const mutants = [
			...Array.from({ length: killed }, () => mutant("Killed")),
			...Array.from({ length: survived }, () => mutant("Survived")),
		];
		return [file, { source: SOURCE, mutants }] as const;
	});
	return { files: Object.fromEntries(files) };
}

function row(file: string, count = 1): ListedSurvivor {
	return { file, mutant: "1 → 2", count, reason: "It is the same." };
}

describe("judge", () => {
	it.each<readonly [good: boolean, why: string, money: readonly [number, number], other: readonly [number, number]]>([
		[true, "at both bounds", [95, 5], [85, 15]],
		[false, "below the bound of what is about money", [94, 6], [100, 0]],
		[false, "below the bound of all", [100, 0], [79, 21]],
		[true, "if nothing survives", [3, 0], [3, 0]],
	])("says %s %s", (good, _, money, other) => {
		const list = [...(money[1] > 0 ? [row(MONEY, money[1])] : []), ...(other[1] > 0 ? [row(OTHER, other[1])] : [])];
		expect(judge(reportOf({ [MONEY]: money, [OTHER]: other }), [MONEY, OTHER], list).isGood).toBe(good);
	});

	it("counts time-outs as noticed, mutants without a test as survivors, and others not at all", () => {
		const mutants = ["Killed", "Timeout", "Survived", "NoCoverage", "CompileError", "Ignored"].map((status) =>
			mutant(status),
		);
		const { scores } = judge({ files: { [MONEY]: { source: SOURCE, mutants } } }, [MONEY], []);
		expect(scores).toEqual([
			{ name: "core", noticed: 2, total: 4, score: 50 },
			{ name: "about money and joining", noticed: 2, total: 4, score: 50 },
			{ name: "all", noticed: 2, total: 4, score: 50 },
		]);
	});

	it("is not content with a survivor that nobody looked at, and says where it is", () => {
		const location = { start: { line: 2, column: 7 }, end: { line: 3, column: 7 } };
		const mutants = [...Array.from({ length: 99 }, () => mutant("Killed")), mutant("Survived", { location })];
		const report = { files: { [OTHER]: { source: SOURCE, mutants } } };
		expect(judge(report, [OTHER], [])).toMatchObject({
			isGood: false,
			unlisted: [{ file: OTHER, line: 2, mutant: "b = a + 2 → 2" }],
		});
		expect(judge(report, [OTHER], [{ ...row(OTHER), mutant: "b = a + 2 → 2" }])).toMatchObject({
			isGood: true,
			unlisted: [],
		});
		for (const other of [row(OTHER), { ...row(OTHER), mutant: "b = a + 2 → 3" }, row(MONEY)])
			expect(judge(report, [OTHER], [other]).isGood).toBe(false);
	});

	it("is not content with a listed survivor that is noticed by now, unless its file was not run", () => {
		const report = reportOf({ [OTHER]: [9, 0] });
		expect(judge(report, [OTHER], [row(OTHER)])).toMatchObject({ isGood: false, stale: [{ file: OTHER }] });
		expect(judge(report, [OTHER], [row(MONEY)]).isGood).toBe(true);
	});

	it("is content with so many mutants that are called alike as the list has, and not with others", () => {
		const report = reportOf({ [OTHER]: [98, 2] });
		expect(judge(report, [OTHER], [row(OTHER, 2)])).toMatchObject({ isGood: true, unlisted: [], stale: [] });
		expect(judge(report, [OTHER], [row(OTHER, 1)])).toMatchObject({ isGood: false, unlisted: [{}, {}], stale: [] });
		expect(judge(report, [OTHER], [row(OTHER, 3)])).toMatchObject({ isGood: false, unlisted: [], stale: [{}] });
	});

	it("looks at the files that were run only", () => {
		const report = reportOf({ [MONEY]: [0, 9], [OTHER]: [9, 0] });
		expect(judge(report, [OTHER], []).scores.map(({ name, total }) => [name, total])).toEqual([
			["models", 9],
			["about money and joining", 0],
			["all", 9],
		]);
	});
});

describe("rooms", () => {
	it("are of pure files, without tests", () => {
		const files = pureFiles();
		for (const file of ["src/core/step.ts", "src/errors.ts", "src/api/chat/render.ts", "src/models/catalogue/parts.ts"])
			expect(files).toContain(file);
		for (const file of ["src/core/step.test.ts", "src/router.ts", "src/api/chat/routes.ts", "src/account/store.ts"])
			expect(files).not.toContain(file);
		for (const file of ["src/models/endpoints.ts", "src/models/catalogue/flux.ts", "src/api/jobs/schema.ts"])
			expect(files).not.toContain(file);
		expect([roomOf("src/core/step.ts"), roomOf("src/errors.ts")]).toEqual(["core", "floor"]);
		expect([testsOf("core"), testsOf("floor")]).toEqual([["src/core"], ["src"]]);
		expect(testsOf("words")).toEqual(["src/words", "src/errors.test.ts"]);
	});

	it("know what is about money and joining", () => {
		const money = [
			"src/account/admission.ts",
			"src/account/canonical.ts",
			"src/core/decision.ts",
			"src/core/from-client.ts",
			"src/core/from-clock.ts",
			"src/core/from-fal.ts",
			"src/core/from-list.ts",
			"src/core/from-result.ts",
			"src/core/schedule.ts",
			"src/core/state.ts",
			"src/core/step.ts",
			"src/fal/meaning.ts",
		];
		expect(pureFiles().filter(isAboutMoney)).toEqual(expect.arrayContaining(money));
		for (const file of ["src/core/events.ts", "src/fal/wire.ts", "src/account/account.ts"])
			expect(isAboutMoney(file)).toBe(false);
	});
});
