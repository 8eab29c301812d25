/** Starts the gateway and the simulator in boxes, as `npm start` does: each in a process of its own, on a port of its own. */
import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { Box, PreparedWorker } from "../../../scripts/local/box.ts";
import { prepareWorkers } from "../../../scripts/local/prepared.ts";

/** A box with one Worker. */
export interface Boxed {
	readonly url: string;
	/** Id of its process, which leads the process group of its workerd. A restart changes it. */
	readonly pid: number;
	/** Folder of its objects and its bucket. */
	readonly state: string;
	/** Sends SIGKILL to it and its workerd, as an operating system would. Resolves when its port refuses connections. */
	readonly kill: () => Promise<void>;
	/** Starts it again after that, on its port, with the state that it left. */
	readonly restart: () => Promise<void>;
	readonly stop: () => Promise<void>;
}

/** Addresses of a gateway and its simulator, however they were started. */
export interface Address {
	readonly url: string;
	readonly simUrl: string;
	readonly accessKey: string;
}

export type Gateway = Boxed & Address;
export type Vars = Readonly<Record<string, string>>;

export const ACCESS_KEY = "sk-test-key-of-owner";
export const FAL_KEY = "test:key";

const START_TIMEOUT_MS = 60_000;
const KILL_TIMEOUT_MS = 10_000;

/** Starts the simulator. */
export function startSimulator(port?: number): Promise<Boxed> {
	return startBox("sim/wrangler.toml", {}, port);
}

/** Starts a gateway in front of a simulator. The simulator may still be starting. */
export async function startGateway(simUrl: string, vars: Vars = {}): Promise<Gateway> {
	const port = await freePort();
	const settings = settingsOf(simUrl, `http://localhost:${port}`, vars);
	// Assigned and not spread, because a restart changes the process id.
	return Object.assign(await startBox("wrangler.toml", settings, port), { simUrl, accessKey: ACCESS_KEY });
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

const CONFIGS = ["wrangler.toml", "sim/wrangler.toml"];
/** Names the checkout with what was prepared to the processes that this one starts. */
const PREPARED = "DARKROOM_PREPARED_IN";
const PREPARED_FILE = "prepared.json";

/**
 * Prepares what `npm start` would run, once for all boxes of this process and of those that it starts. It is done in a checkout, which an edit
 * of the sources does not change, and which is removed when this process ends.
 */
export function prepareBoxes(): Promise<readonly PreparedWorker[]> {
	preparing ??= prepare();
	return preparing;
}
let preparing: Promise<readonly PreparedWorker[]> | null = null;

async function prepare(): Promise<readonly PreparedWorker[]> {
	const { [PREPARED]: there } = process.env;
	if (there !== undefined) return JSON.parse(readFileSync(join(there, PREPARED_FILE), "utf8"));
	const { folder, remove } = checkout();
	process.once("exit", remove);
	const workers = await prepareWorkers(CONFIGS, { root: folder, node: NODE });
	writeFileSync(join(folder, PREPARED_FILE), JSON.stringify(workers));
	process.env[PREPARED] = folder;
	return workers;
}

/** The project's own, which runs TypeScript. */
const NODE = resolve("node_modules/.bin/node");
const READY = "ready";

async function startBox(config: string, vars: Vars, fixedPort?: number): Promise<Boxed> {
	const options = (await prepareBoxes())[CONFIGS.indexOf(config)];
	if (options === undefined) throw new Error(`${config} was not prepared`);
	const port = fixedPort ?? (await freePort());
	const url = `http://localhost:${port}`;
	const state = mkdtempSync(join(tmpdir(), "darkroom-state-"));
	const box: Box = {
		workers: [{ options, vars, host: "127.0.0.1", port, state, isShown: false }],
		greeting: READY,
	};
	const launch = () => {
		// It ends when its standard input closes, so it never outlives this process.
		const child = spawn(NODE, ["scripts/local/box.ts"], { stdio: ["pipe", "pipe", "inherit"], detached: true });
		child.stdin.on("error", () => {});
		child.stdin.write(`${JSON.stringify(box)}\n`);
		return child;
	};
	let child = launch();
	const stop = async () => {
		await endGroup(child, "SIGKILL");
		rmSync(state, { recursive: true, force: true });
	};
	const kill = async () => {
		await endGroup(child, "SIGKILL");
		await waitForSilence(url);
	};
	const restart = async () => {
		child = launch();
		await waitUntilReady(child);
	};
	try {
		await waitUntilReady(child);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		url,
		get pid() {
			return child.pid ?? 0;
		},
		state,
		kill,
		restart,
		stop,
	};
}

/** Waits until a box says that it listens. Throws if it ends before. */
async function waitUntilReady(box: ChildProcessByStdio<Writable, Readable, null>): Promise<void> {
	const ended = once(box, "exit").then(([code]) => {
		throw new Error(`a box ended with ${code}`);
	});
	await Promise.race([once(box.stdout, "data"), ended]);
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
