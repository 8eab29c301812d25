/** Starts one Worker in a workerd process of its own, which a client reaches without the proxies of `wrangler dev` between. */
import { existsSync } from "node:fs";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { bundle } from "../../../scripts/local/bundle.ts";
import { ACCESS_KEY, type Address, freePort, settingsOf, type Vars } from "./gateway.ts";
import { workerdProcesses } from "./processes.ts";

export interface Workerd {
	readonly url: string;
	/** Id of its workerd process. */
	readonly pid: number;
	readonly stop: () => Promise<void>;
}

// Miniflare keeps state in this folder. In memory, because on a disk a bench would measure nothing but fsync.
if (existsSync("/dev/shm")) process.env.TMPDIR = "/dev/shm";

interface Launch {
	/** Absent: any that is free. */
	readonly port?: number;
	/** A module in the place of the one that the configuration names. */
	readonly main?: string;
}

/** Starts the Worker that a wrangler configuration describes. Its state is deleted when it stops. */
export function startWorkerd(configPath: string, vars: Vars = {}, options: Launch = {}): Promise<Workerd> {
	const started = lastStart.then(() => launch(configPath, vars, options));
	lastStart = started.catch(() => {});
	return started;
}

/** Starts run one at a time, because `launch` takes the one process that is new for its own. */
let lastStart: Promise<unknown> = Promise.resolve();

async function launch(configPath: string, vars: Vars, { port, main: replaced }: Launch): Promise<Workerd> {
	const { main: own, workerOptions } = unstable_getMiniflareWorkerOptions(configPath);
	const main = replaced ?? own;
	// `bundle` below has the rules for modules. Static files are the platform's: its router would be measured with the Worker.
	const { modulesRules: _, assets: __, ...options } = workerOptions;
	if (main === undefined) throw new Error(`${configPath} names no main module`);
	const before = childWorkerds();
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
	const [pid] = childWorkerds().filter((pid) => !before.includes(pid));
	if (pid === undefined) throw new Error("no new workerd process was found");
	return { url: origin, pid, stop: () => miniflare.dispose() };
}

/** Starts a gateway in front of a simulator, or of another server that speaks fal's queue. */
export async function startGatewayRuntime(
	simUrl: string,
	vars: Vars = {},
	configPath = "wrangler.toml",
): Promise<Workerd> {
	const port = await freePort();
	return startWorkerd(configPath, settingsOf(simUrl, `http://127.0.0.1:${port}`, vars), { port });
}

export function startSimulatorRuntime(vars: Vars = {}): Promise<Workerd> {
	return startWorkerd("sim/wrangler.toml", vars);
}

/** Starts a gateway and a simulator of its own. `pid` and `stop` are the gateway's; `stop` stops both. */
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

function childWorkerds(): readonly number[] {
	return workerdProcesses()
		.filter(({ parent }) => parent === process.pid)
		.map(({ pid }) => pid);
}
