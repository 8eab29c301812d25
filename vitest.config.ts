/** The test projects. `npm test` runs all, `npm test -- --project unit` runs one, and `npm test -- <name>` the files of that name. */
import { availableParallelism } from "node:os";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { bundle } from "./scripts/local/bundle.ts";

// Without this, each local runtime asks Cloudflare for the place that it runs at.
process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";

/**
 * Random schedules of faults. A failing run prints its seed and path; `FAULTS_SEED` and `FAULTS_PATH` run it again.
 * The seed is the same in every `npm test`, and another in each longer run.
 */
const { FAULTS_RUNS, FAULTS_SEED, FAULTS_PATH = "" } = process.env;
const faults = {
	schedules: Number(FAULTS_RUNS ?? 50),
	seed: Number(FAULTS_SEED ?? (FAULTS_RUNS === undefined ? 1 : Date.now() % 2 ** 31)),
	path: FAULTS_PATH,
};

/**
 * Random sessions of requests, one a seed. The seeds are the same in every `npm test`, and others in each longer run. `FUZZ_SEED` runs one
 * again, and `FUZZ_FROM` a longer run.
 */
const { FUZZ_RUNS, FUZZ_SEED, FUZZ_FROM } = process.env;
const fuzz = {
	first: Number(FUZZ_SEED ?? FUZZ_FROM ?? (FUZZ_RUNS === undefined ? 1 : Date.now() % 2 ** 31)),
	count: FUZZ_SEED === undefined ? Number(FUZZ_RUNS ?? 50) : 1,
};

/** Requests at once on one budget, and how often that is tried. */
const { BUDGET_REQUESTS, BUDGET_RUNS } = process.env;
const budget = { requests: Number(BUDGET_REQUESTS ?? 60), runs: Number(BUDGET_RUNS ?? 1) };

const compatibility = { compatibilityDate: "2026-11-01", compatibilityFlags: ["enable_request_signal"] };

/** Unit tests compute: one file for each processor. Their modules have no state, so the files of a processor share them. */
const computing = { isolate: false, maxWorkers: availableParallelism(), sequence: { groupOrder: 0 } };
/** These wait for a simulated fal now and then, so one file more runs at once than there are processors. With more, each only takes longer. */
const waiting = { maxWorkers: availableParallelism() + 1, sequence: { groupOrder: 1 } };
/** The bench loads the machine, and processor time is longer beside other work: so nothing runs beside these. */
const alone = { maxWorkers: 1, sequence: { groupOrder: 2 } };

/** The lines of ended jobs and refused requests: most tests make some. Warnings and errors are shown. */
const USUAL_LINE = /^\{"event":"(?:job|client|request)\./;

/** Puts the Worker and its objects of a project into workerd. Everything that they fetch goes to the simulator, whatever the host. */
const inWorkerd = (project: string) =>
	cloudflareTest({
		wrangler: { configPath: "./wrangler.toml" },
		miniflare: {
			outboundService: "simulator",
			bindings: {
				// The simulator shows a request to its own account only.
				FAL_API_KEY: "test-id:test-secret,spare-id:spare-secret",
				// Tests hold more jobs at once than a person does.
				MAX_OPEN_JOBS: "100000",
				WORKER_ACCESS_KEY: "owner=test-key-of-owner,other=test-key-of-other",
			},
			workers: [
				{
					...compatibility,
					name: "simulator",
					modules: true,
					// The plugin bundles the Worker under test only.
					script: bundle("sim/worker.ts"),
					// Webhooks go back to the Worker under test, whatever the host of their address.
					serviceBindings: { GATEWAY: `vitest-plugin-runner-${project}` },
					durableObjects: {
						REQUESTS: { className: "FalRequest", useSQLite: true },
						LEDGER: { className: "Ledger", useSQLite: true },
					},
				},
			],
		},
	});

/** Tests of what has little to do with others' jobs. The files of a worker share a runtime, since each new one costs seconds. */
const SHARED_RUNTIME = ["src/{api,fal,http,media,webhooks}/**/*.worker.test.ts"];

/** Each case of the bench, once and small, and what hostile bodies may take of the processor. */
const ALONE = ["bench/cases.test.ts", "test/structure/hostile-bodies.test.ts"];

export default defineConfig({
	test: {
		onConsoleLog: (text) => !USUAL_LINE.test(text),
		projects: [
			{
				// Pure code with plain values. Needs no runtime.
				test: {
					...computing,
					name: "unit",
					include: [
						"src/**/*.test.ts",
						"sim/**/*.test.ts",
						"bench/**/*.test.ts",
						"scripts/**/*.test.ts",
						"test/structure/**/*.test.ts",
						"test/mutants/**/*.test.ts",
					],
					exclude: ["**/*.worker.test.ts", ...ALONE],
					testTimeout: 20_000,
				},
			},
			{
				// Each file has a runtime of its own, with no job but its own.
				plugins: [inWorkerd("worker")],
				test: {
					...waiting,
					name: "worker",
					include: ["src/**/*.worker.test.ts", "test/support/workerd/*.worker.test.ts"],
					exclude: SHARED_RUNTIME,
					testTimeout: 30_000,
					provide: { faults, fuzz, budget },
				},
			},
			{
				plugins: [inWorkerd("worker-shared")],
				test: { ...waiting, name: "worker-shared", include: SHARED_RUNTIME, isolate: false, testTimeout: 30_000 },
			},
			{
				// Real clients over real HTTP, kills and start-up, from Node.
				test: {
					...waiting,
					isolate: false,
					name: "e2e",
					include: ["test/e2e/**/*.test.ts"],
					globalSetup: "test/support/node/shared-gateway.ts",
					// A start of the gateway takes half a minute on a machine that runs all tests at once, and some tests start it twice.
					testTimeout: 120_000,
					hookTimeout: 120_000,
				},
			},
			{
				// The console in a real browser, in front of the Worker and the simulator.
				test: {
					...waiting,
					name: "browser",
					include: ["test/browser/**/*.test.ts"],
					globalSetup: "test/browser/support/setup.ts",
					testTimeout: 60_000,
					hookTimeout: 120_000,
					// On a machine that runs all tests at once a finger may be held too long. A fault of the page fails each time.
					retry: 2,
					// A page beside many others takes its time, as the browser's own waits allow it.
					expect: { poll: { timeout: 20_000 } },
				},
			},
			{
				// The documents: their examples run against `npm start`, and what they say is held to the code.
				test: {
					...waiting,
					isolate: false,
					name: "docs",
					include: ["test/docs/**/*.test.ts"],
					testTimeout: 120_000,
					hookTimeout: 120_000,
				},
			},
			{
				test: { ...alone, name: "bench", include: ALONE, testTimeout: 120_000, maxConcurrency: 4 },
			},
		],
	},
});
