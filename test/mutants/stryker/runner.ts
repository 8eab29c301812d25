/**
 * Runs unit tests for Stryker inside of its own process. Its runner for vitest starts a worker for each mutant, which takes a hundred times as
 * long; the unit tests of the pure rooms only compute, so they need no worker.
 */
import { readdirSync } from "node:fs";
import { registerHooks } from "node:module";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { InstrumenterContext } from "@stryker-mutator/api/core";
import { PluginKind } from "@stryker-mutator/api/plugin";
import {
	type DryRunOptions,
	type DryRunResult,
	DryRunStatus,
	determineHitLimitReached,
	type MutantRunOptions,
	type MutantRunResult,
	type TestResult,
	type TestRunner,
	TestStatus,
	toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import fastCheck from "fast-check";
import { TESTS_VARIABLE } from "./tests-variable.ts";
import { type CollectedTest, collect } from "./vitest.ts";

/**
 * A loop that does not end passes its place over and over. Stryker waits for a hundred times the hits of whole code, which takes longer than
 * its time-out: so many times fewer are enough.
 */
const PATIENCE = 20;

/** These make a table or a tool once. Broken ones have to make it anew, which only their own tests do: any other may have it already. */
const REMEMBERING = /\/src\/(?:http\/(?:data-runs|encoding\/checksums)|prompt\/(?:greeting-words|probes|title))\.ts$/;

interface UnitTest extends CollectedTest {
	readonly id: string;
	readonly file: string;
}

/** Broken code reads and writes this. It looks for it on the global object. */
const broken: InstrumenterContext = {};
Object.assign(globalThis, { __stryker__: broken });

/** A loop that does not end, and never passes the broken place, is left by the next place that it passes. Longer than any test of whole code. */
const MAX_TEST_MS = 10_000;
/** Of places passed between two looks at the clock. A power of two. */
const PLACES_PER_LOOK = 2 ** 16;
let activeId: string | undefined;
let places = 0;
let endsAt = Number.POSITIVE_INFINITY;
// Each place reads this, to know whether it is the broken one.
Object.defineProperty(broken, "activeMutant", {
	set(id: string | undefined) {
		activeId = id;
		endsAt = performance.now() + MAX_TEST_MS;
	},
	get() {
		places += 1;
		if (places % PLACES_PER_LOOK === 0 && activeId !== undefined && performance.now() > endsAt)
			throw new Error("The test does not end.");
		return activeId;
	},
});

class InProcessRunner implements TestRunner {
	#tests: readonly UnitTest[] | null = null;
	/** Modules are imported anew by another address. */
	#generation = 0;

	capabilities() {
		return { reloadEnvironment: true };
	}

	async init(): Promise<void> {
		// The same cases in each run, and no search for the smallest one: that a test fails is all that counts.
		fastCheck.configureGlobal({ seed: 1, endOnFailure: true });
		const sandbox = `${pathToFileURL(process.cwd())}/`;
		const standIn = import.meta.resolve("./vitest.ts");
		registerHooks({
			resolve: (specifier, context, next) => {
				if (specifier === "vitest" && context.parentURL?.startsWith(sandbox)) return next(standIn, context);
				const resolved = next(specifier, context);
				const isOurs = resolved.url.startsWith(sandbox) && !resolved.url.includes("?");
				return isOurs ? { ...resolved, url: `${resolved.url}?generation=${this.#generation}` } : resolved;
			},
		});
	}

	async dryRun(_options: DryRunOptions): Promise<DryRunResult> {
		const results: TestResult[] = [];
		for await (const test of this.#inOrder("")) {
			broken.currentTestId = test.id;
			results.push(await run(test));
			delete broken.currentTestId;
		}
		const { mutantCoverage } = broken;
		return { status: DryRunStatus.Complete, tests: results, ...(mutantCoverage && { mutantCoverage }) };
	}

	async mutantRun({
		activeMutant,
		testFilter,
		hitLimit: mostHits = Number.POSITIVE_INFINITY,
		mutantActivation,
		...options
	}: MutantRunOptions): Promise<MutantRunResult> {
		const hitLimit = mostHits / PATIENCE;
		broken.hitCount = 0;
		const remembers = REMEMBERING.test(activeMutant.fileName);
		const whileLoading = remembers || mutantActivation === "static" ? activeMutant.id : undefined;
		Object.assign(broken, { hitLimit, activeMutant: whileLoading });
		if (options.reloadEnvironment || remembers) this.#tests = null;
		const results: TestResult[] = [];
		try {
			const beside = testsOf(basename(activeMutant.fileName));
			for await (const test of this.#inOrder(beside)) {
				if (remembers && !isOf(beside, test.file)) break;
				if (!remembers && testFilter !== undefined && !testFilter.includes(test.id)) continue;
				broken.activeMutant = activeMutant.id;
				const result = await run(test);
				Object.assign(broken, { activeMutant: whileLoading });
				results.push(result);
				if (result.status === TestStatus.Failed) break;
			}
		} catch (error) {
			// A module that cannot even be loaded fails all tests.
			this.#tests = null;
			results.push({
				id: "load",
				name: "load",
				timeSpentMs: 0,
				status: TestStatus.Failed,
				failureMessage: String(error),
			});
		}
		if (remembers) this.#tests = null;
		// A place that is passed too often throws, which most tests notice. Stryker starts this process anew after a time-out only.
		const isNoticed = results.some(({ status }) => status === TestStatus.Failed);
		const timeout = isNoticed ? undefined : determineHitLimitReached(broken.hitCount, hitLimit);
		return toMutantRunResult(timeout ?? { status: DryRunStatus.Complete, tests: results });
	}

	/**
	 * Yields all tests, those of one file first. Each file is only loaded when its tests are due: most mutants that need their modules
	 * loaded anew are noticed by the first.
	 */
	async *#inOrder(beside: string): AsyncGenerator<UnitTest> {
		const isBeside = (file: string) => Number(isOf(beside, file));
		if (this.#tests !== null) {
			yield* this.#tests.toSorted((a, b) => isBeside(b.file) - isBeside(a.file));
			return;
		}
		this.#generation += 1;
		const tests: UnitTest[] = [];
		const files = (process.env[TESTS_VARIABLE] ?? "src").split(",").flatMap(testFiles);
		for (const file of files.toSorted((a, b) => isBeside(b) - isBeside(a))) {
			const collected = await collect(pathToFileURL(resolve(file)).href);
			const loaded = collected.map((test) => ({ ...test, file, id: `${file}#${test.title}` }));
			tests.push(...loaded);
			yield* loaded;
		}
		this.#tests = tests;
	}
}

/** Returns the name of the tests beside a file. Lists that a file remembers have that one's. */
function testsOf(name: string): string {
	return name === "greeting-words.ts" ? "probes.test.ts" : name.replace(/\.ts$/, ".test.ts");
}

function isOf(name: string, file: string): boolean {
	return file.endsWith(`/${name}`);
}

async function run({ id, title, file, run }: UnitTest): Promise<TestResult> {
	const since = performance.now();
	const toResult = () => ({ id, name: title, fileName: resolve(file), timeSpentMs: performance.now() - since });
	try {
		await run();
		return { ...toResult(), status: TestStatus.Success };
	} catch (error) {
		return { ...toResult(), status: TestStatus.Failed, failureMessage: String(error) };
	}
}

/** @param folder `src` stands for the files that lie in it directly; a file stands for itself */
function testFiles(folder: string): readonly string[] {
	if (folder.endsWith(".ts")) return [folder];
	return readdirSync(folder, { recursive: folder !== "src", encoding: "utf8" })
		.filter((file) => file.endsWith(".test.ts") && !file.endsWith(".worker.test.ts"))
		.map((file) => `${folder}/${file}`)
		.toSorted();
}

export const strykerPlugins = [{ kind: PluginKind.TestRunner, name: "in-process", injectableClass: InProcessRunner }];
