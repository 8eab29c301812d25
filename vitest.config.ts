import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { buildSync } from "esbuild";
import { defineConfig } from "vitest/config";

/** The simulator as one script: the plugin bundles the Worker under test only. */
const simulator = buildSync({
	entryPoints: ["sim/worker.ts"],
	bundle: true,
	write: false,
	format: "esm",
	target: "es2024",
	conditions: ["workerd"],
	external: ["cloudflare:*"],
	loader: { ".txt": "text" },
}).outputFiles.map(({ text }) => text);

/** How many random schedules of faults; a failing run says its seed and path, and these run it again. */
const { FAULTS_RUNS, FAULTS_SEED, FAULTS_PATH = "" } = process.env;
const faults = {
	schedules: Number(FAULTS_RUNS ?? 50),
	// The same in every check; another in each longer run.
	seed: Number(FAULTS_SEED ?? (FAULTS_RUNS === undefined ? 1 : Date.now() % 2 ** 31)),
	path: FAULTS_PATH,
};

const compatibility = { compatibilityDate: "2026-11-01", compatibilityFlags: ["enable_request_signal"] };

export default defineConfig({
	test: {
		projects: [
			{
				// The pure core and the renderings: plain values, no runtime needed.
				test: {
					name: "unit",
					include: ["src/**/*.test.ts", "test/structure/**/*.test.ts"],
					exclude: ["**/*.worker.test.ts"],
					// The properties are quick, but a busy machine is not.
					testTimeout: 20_000,
				},
			},
			{
				// The Worker and its objects inside workerd. All that they fetch goes to the simulator, whatever the host.
				plugins: [
					cloudflareTest({
						wrangler: { configPath: "./wrangler.toml" },
						miniflare: {
							outboundService: "simulator",
							bindings: {
								FAL_API_KEY: "test-id:test-secret",
								WORKER_ACCESS_KEY: "owner=test-key-of-owner,other=test-key-of-other",
							},
							workers: [
								{
									...compatibility,
									name: "simulator",
									modules: true,
									script: simulator.join(""),
									// Webhooks come back to the Worker under test, whatever the host of their address.
									serviceBindings: { GATEWAY: "vitest-plugin-runner-worker" },
									durableObjects: {
										REQUESTS: { className: "FalRequest", useSQLite: true },
										LEDGER: { className: "Ledger", useSQLite: true },
									},
								},
							],
						},
					}),
				],
				test: { name: "worker", include: ["src/**/*.worker.test.ts"], testTimeout: 20_000, provide: { faults } },
			},
			{
				// Real packages over real HTTP against real Workers, from Node.
				test: { name: "e2e", include: ["test/e2e/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
			},
			{
				// The documents: their examples run against `npm start`, and what they say is held to the code.
				test: { name: "docs", include: ["test/docs/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
			},
			{
				// Every case of the bench, once and small.
				test: { name: "bench", include: ["bench/**/*.test.ts"], testTimeout: 60_000, maxConcurrency: 4 },
			},
		],
	},
});
