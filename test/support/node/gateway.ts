/** Starts the gateway and the simulator as a person runs them: `wrangler dev`, each in a process of its own, on a port of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** A `wrangler dev` process. */
export interface WranglerDev {
	readonly url: string;
	/** Id of the wrangler process, which leads the process group of its workerd. A restart changes it. */
	readonly pid: number;
	/** Folder that holds its `.wrangler` folder. */
	readonly folder: string;
	/** Sends SIGKILL to wrangler and its workerd, as an operating system would. Resolves when its port refuses connections. */
	readonly kill: () => Promise<void>;
	/** Starts a killed process again, on its port, with the state that it left. */
	readonly restart: () => Promise<void>;
	readonly stop: () => Promise<void>;
}

/** Addresses of a gateway and its simulator, however they were started. */
export interface Address {
	readonly url: string;
	readonly simUrl: string;
	readonly accessKey: string;
}

export type Gateway = WranglerDev & Address;
export type Vars = Readonly<Record<string, string>>;

export const ACCESS_KEY = "sk-test-key-of-owner";
export const FAL_KEY = "test:key";

/** The simulator breaks connections on purpose, and workerd reports them as errors. */
const SILENT = ["--log-level", "none"];

const START_TIMEOUT_MS = 60_000;
const KILL_TIMEOUT_MS = 10_000;

/** Starts the simulator. */
export function startSimulator(port?: number): Promise<WranglerDev> {
	return startWrangler(["--config", "sim/wrangler.toml", ...SILENT], port);
}

/** Starts a gateway in front of a simulator. The simulator may still be starting. */
export async function startGateway(simUrl: string, vars: Vars = {}): Promise<Gateway> {
	const port = await freePort();
	const settings = settingsOf(simUrl, `http://localhost:${port}`, vars);
	const flags = Object.entries(settings).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
	// Assigned and not spread, because a restart changes the process id.
	return Object.assign(await startWrangler(["--log-level", "warn", ...flags], port), { simUrl, accessKey: ACCESS_KEY });
}

/** Returns the settings of a gateway in front of a simulator; `vars` overrides them. */
export function settingsOf(simUrl: string, publicUrl: string, vars: Vars): Vars {
	return {
		FAL_API_KEY: FAL_KEY,
		WORKER_ACCESS_KEY: ACCESS_KEY,
		FAL_QUEUE_URL: simUrl,
		FAL_API_URL: simUrl,
		FAL_STORAGE_URL: simUrl,
		FAL_SCHEMA_URL: `${simUrl}/api/openapi/queue/openapi.json`,
		FAL_JWKS_URL: `${simUrl}/.well-known/jwks.json`,
		PUBLIC_URL: publicUrl,
		// Tests and benches hold more jobs at once than a person does.
		MAX_OPEN_JOBS: "100000",
		...vars,
	};
}

async function startWrangler(args: readonly string[], fixedPort?: number): Promise<WranglerDev> {
	const { folder, remove } = checkout();
	const port = fixedPort ?? (await freePort());
	const url = `http://localhost:${port}`;
	const flags = ["--show-interactive-dev-session", "false", "--inspector-port", "0"];
	const launch = () =>
		spawn("node_modules/.bin/wrangler", ["dev", ...flags, "--port", `${port}`, ...args], {
			cwd: folder,
			stdio: ["ignore", "inherit", "inherit"],
			detached: true,
		});
	let child = launch();
	const stop = async () => {
		await endGroup(child);
		remove();
	};
	const kill = async () => {
		await endGroup(child, "SIGKILL");
		await waitForSilence(url);
	};
	const restart = async () => {
		child = launch();
		await waitForAnswer(url, child);
	};
	try {
		await waitForAnswer(url, child);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		url,
		get pid() {
			return child.pid ?? 0;
		},
		folder,
		kill,
		restart,
		stop,
	};
}

/** Copies the project to a folder of its own, without `.dev.vars` and state. An edit of the sources restarts nothing there. */
export function checkout() {
	const folder = mkdtempSync(join(tmpdir(), "darkroom-"));
	for (const name of [
		"package.json",
		"tsconfig.json",
		"wrangler.toml",
		"src",
		"sim",
		"data",
		"scripts",
		"site",
		"migrations",
	])
		cpSync(name, join(folder, name), { recursive: true });
	symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Ends the whole process group, so that no workerd outlives its wrangler. */
export function endGroup(child: ChildProcess, signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
	return new Promise((resolve) => {
		if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return resolve();
		child.once("exit", () => resolve());
		process.kill(-child.pid, signal);
	});
}

/** The system gives ports above these to outgoing connections, so none of these is lost again between its choice and its use. */
const PORTS = { from: 10_000, to: 30_000 };

/** Returns a port on which nothing listens. Two callers at once hardly get the same. */
export async function freePort(): Promise<number> {
	const port = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
	const isFree = await new Promise<boolean>((resolve) => {
		const server = createServer().once("error", () => resolve(false));
		server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
	});
	return isFree ? port : freePort();
}

/** Reports if anything answers at an address, with any status. */
function isAnswered(url: string): Promise<boolean> {
	return fetch(url).then(
		(response) => response.body?.cancel().then(() => true) ?? true,
		() => false,
	);
}

/** Waits until a server that this process started answers. Throws if the process ends before. */
export async function waitForAnswer(url: string, child: ChildProcess): Promise<void> {
	for (const until = Date.now() + START_TIMEOUT_MS; Date.now() < until; await wait(50)) {
		if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(" ")} ended with ${child.exitCode}`);
		if (await isAnswered(url)) return;
	}
	throw new Error(`nothing answers at ${url}`);
}

/** Waits until connections are refused. A killed process frees its port a little after its end. */
export async function waitForSilence(url: string): Promise<void> {
	for (const until = Date.now() + KILL_TIMEOUT_MS; Date.now() < until; await wait(20)) {
		if (!(await isAnswered(url))) return;
	}
	throw new Error(`something still answers at ${url}`);
}
