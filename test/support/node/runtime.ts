import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { buildSync } from "esbuild";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { ACCESS_KEY, type Address, freePort, settingsOf, type Vars } from "./gateway.ts";
import { workerdProcesses } from "./processes.ts";

/** One Worker in a workerd process of its own, which a client reaches without the proxies of `wrangler dev` between. */
export interface Workerd {
	readonly url: string;
	/** Of its workerd. */
	readonly pid: number;
	readonly stop: () => Promise<void>;
}

/** Miniflare asks the environment where to keep state. It lies in memory: on a disk, its fsync is all that one would measure. */
if (existsSync("/dev/shm")) process.env.TMPDIR = "/dev/shm";

/** Starts the Worker that a wrangler configuration describes. Its state is gone with it. */
export function startWorkerd(configPath: string, vars: Vars = {}, port?: number): Promise<Workerd> {
	const started = starting.then(() => launch(configPath, vars, port));
	starting = started.catch(() => {});
	return started;
}

/** One at a time: the new process is the one that was not there before. */
let starting: Promise<unknown> = Promise.resolve();

async function launch(configPath: string, vars: Vars, port?: number): Promise<Workerd> {
	const { main, workerOptions } = unstable_getMiniflareWorkerOptions(configPath);
	// The rules of bundling are esbuild's below.
	const { modulesRules: _, ...options } = workerOptions;
	if (main === undefined) throw new Error(`${configPath} names no main module`);
	const before = children();
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			log: new Log(LogLevel.NONE),
			handleStructuredLogs: () => {},
			workers: [
				{
					...options,
					name: "worker",
					modules: true,
					script: bundle(main),
					bindings: vars,
					unsafeDirectSockets: [{ host: "127.0.0.1", port: port ?? (await freePort()) }],
				},
			],
		}),
	);
	const { origin } = await miniflare.unsafeGetDirectURL("worker");
	const [pid] = children().filter((pid) => !before.includes(pid));
	if (pid === undefined) throw new Error("workerd is not there");
	return { url: origin, pid, stop: () => miniflare.dispose() };
}

/** The gateway before a simulator, or before whatever else speaks fal's queue. */
export async function startGatewayRuntime(
	simUrl: string,
	vars: Vars = {},
	configPath = "wrangler.toml",
): Promise<Workerd> {
	const port = await freePort();
	return startWorkerd(configPath, settingsOf(simUrl, `http://127.0.0.1:${port}`, vars), port);
}

export function startSimulatorRuntime(vars: Vars = {}): Promise<Workerd> {
	return startWorkerd("sim/wrangler.toml", vars);
}

/** A gateway before a simulator of its own. */
export async function startRuntimes(): Promise<Address & Omit<Workerd, "url">> {
	const simulator = await startSimulatorRuntime();
	const { url, pid, stop } = await startGatewayRuntime(simulator.url);
	return {
		url,
		simUrl: simulator.url,
		accessKey: ACCESS_KEY,
		pid,
		stop: async () => {
			await Promise.all([stop(), simulator.stop()]);
		},
	};
}

/** A Worker as one script. */
export function bundle(entryPoint: string): string {
	return buildSync({
		entryPoints: [entryPoint],
		absWorkingDir: dirname(entryPoint),
		bundle: true,
		write: false,
		format: "esm",
		target: "es2024",
		conditions: ["workerd"],
		external: ["cloudflare:*", "node:*"],
		loader: { ".txt": "text", ".sql": "text" },
	})
		.outputFiles.map(({ text }) => text)
		.join("");
}

function children(): readonly number[] {
	return workerdProcesses()
		.filter(({ parent }) => parent === process.pid)
		.map(({ pid }) => pid);
}
