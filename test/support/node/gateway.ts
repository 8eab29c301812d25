import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** The gateway and the simulator as a person runs them: two `wrangler dev` processes with ports of their own. */
export interface Running {
	readonly url: string;
	readonly simUrl: string;
	readonly accessKey: string;
	/** Of the gateway's wrangler, which leads the process group of its workerd. Another one after a restart. */
	readonly pid: number;
	/** Where its `.wrangler` folder is. */
	readonly folder: string;
	/** One more gateway before the same simulator, with settings of its own. */
	readonly another: (vars: Vars) => Promise<Gateway>;
	/** As an operating system would: SIGKILL to wrangler and its workerd. Nobody listens at its port afterwards. */
	readonly kill: () => Promise<void>;
	/** Starts a killed gateway on its port, with the state it left. */
	readonly restart: () => Promise<void>;
	/** Ends the other gateways, too. */
	readonly stop: () => Promise<void>;
}

export type Gateway = Omit<Running, "another">;
/** Where a gateway and its simulator are found, however they were started. */
export type Address = Pick<Gateway, "url" | "simUrl" | "accessKey">;
export type Vars = Readonly<Record<string, string>>;

export const ACCESS_KEY = "sk-test-key-of-owner";
export const FAL_KEY = "test:key";

export async function startGateway(vars: Vars = {}): Promise<Running> {
	const simulator = await startWrangler(["--config", "sim/wrangler.toml", ...SILENT]);
	const others: Gateway[] = [];
	try {
		const gateway = await startBefore(simulator.url, vars);
		const { stop } = gateway;
		// Not spread into a new object: its pid changes.
		return Object.assign(gateway, {
			another: async (otherVars: Vars) => {
				const other = await startBefore(simulator.url, otherVars);
				others.push(other);
				return other;
			},
			stop: async () => {
				await Promise.all([stop(), simulator.stop(), ...others.map((other) => other.stop())]);
			},
		});
	} catch (error) {
		await simulator.stop();
		throw error;
	}
}

/** The simulator breaks connections on purpose, which workerd reports as errors. */
const SILENT = ["--log-level", "none"];

/** What a gateway at this address needs to stand before a simulator, and what a test wants otherwise. */
export function settingsOf(simUrl: string, publicUrl: string, vars: Vars): Vars {
	return {
		FAL_API_KEY: FAL_KEY,
		WORKER_ACCESS_KEY: ACCESS_KEY,
		FAL_QUEUE_URL: simUrl,
		FAL_JWKS_URL: `${simUrl}/.well-known/jwks.json`,
		PUBLIC_URL: publicUrl,
		...vars,
	};
}

async function startBefore(simUrl: string, vars: Vars): Promise<Gateway> {
	const port = await freePort();
	const flags = Object.entries(settingsOf(simUrl, `http://localhost:${port}`, vars)).flatMap(([name, value]) => [
		"--var",
		`${name}:${value}`,
	]);
	return Object.assign(await startWrangler(["--log-level", "warn", ...flags], port), { simUrl, accessKey: ACCESS_KEY });
}

async function startWrangler(args: readonly string[], port?: number) {
	const { folder, remove } = checkout();
	const chosen = port ?? (await freePort());
	const url = `http://localhost:${chosen}`;
	const flags = ["--show-interactive-dev-session", "false", "--inspector-port", "0"];
	const launch = () =>
		spawn("node_modules/.bin/wrangler", ["dev", ...flags, "--port", `${chosen}`, ...args], {
			cwd: folder,
			stdio: ["ignore", "inherit", "inherit"],
			detached: true,
		});
	let child = launch();
	const stop = async () => {
		await end(child);
		remove();
	};
	const kill = async () => {
		await end(child, "SIGKILL");
		await silent(url);
	};
	const restart = async () => {
		child = launch();
		await answering(url, child);
	};
	try {
		await answering(url, child);
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

/**
 * The project in a folder of its own: with no `.dev.vars` and no state, and an edit of the sources while tests run restarts nothing.
 */
export function checkout() {
	const folder = mkdtempSync(join(tmpdir(), "darkroom-"));
	for (const name of ["package.json", "tsconfig.json", "wrangler.toml", "src", "sim", "scripts", "site", "migrations"])
		cpSync(name, join(folder, name), { recursive: true });
	symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The whole process group: wrangler's workerd must not outlive it. */
export function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
	return new Promise((resolve) => {
		if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return resolve();
		child.once("exit", () => resolve());
		process.kill(-child.pid, signal);
	});
}

export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer().once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() =>
				typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
			);
		});
	});
}

/** Whether anything answers, whatever it answers. */
function isAnswered(url: string): Promise<boolean> {
	return fetch(url).then(
		(response) => response.body?.cancel().then(() => true) ?? true,
		() => false,
	);
}

async function answering(url: string, child: ChildProcess): Promise<void> {
	for (const until = Date.now() + 60_000; Date.now() < until; await wait(100)) {
		if (child.exitCode !== null) throw new Error(`wrangler dev ended with ${child.exitCode}`);
		if (await isAnswered(url)) return;
	}
	throw new Error(`nothing answers at ${url}`);
}

/** A killed process is gone a little later: its port is free when it refuses connections. */
async function silent(url: string): Promise<void> {
	for (const until = Date.now() + 10_000; Date.now() < until; await wait(20)) if (!(await isAnswered(url))) return;
	throw new Error(`something still answers at ${url}`);
}
