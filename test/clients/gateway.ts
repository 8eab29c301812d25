import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The gateway and the simulator as a person runs them: two `wrangler dev` processes with ports of their own. */
export interface Running {
	readonly url: string;
	readonly simUrl: string;
	readonly accessKey: string;
	/** Of the gateway's wrangler, which leads the process group of its workerd. */
	readonly pid: number;
	/** Where its `.wrangler` folder is. */
	readonly folder: string;
	/** One more gateway before the same simulator, with settings of its own. */
	readonly another: (vars: Vars) => Promise<Gateway>;
	/** Ends the other gateways, too. */
	readonly stop: () => Promise<void>;
}

export type Gateway = Omit<Running, "another">;
export type Vars = Readonly<Record<string, string>>;

export const ACCESS_KEY = "sk-test-key-of-owner";
export const FAL_KEY = "test:key";

export const startGateway = async (vars: Vars = {}): Promise<Running> => {
	const simulator = await startWrangler(["--config", "sim/wrangler.toml", ...SILENT]);
	const others: Gateway[] = [];
	try {
		const gateway = await startBefore(simulator.url, vars);
		return {
			...gateway,
			another: async (otherVars) => {
				const other = await startBefore(simulator.url, otherVars);
				others.push(other);
				return other;
			},
			stop: async () => {
				await Promise.all([gateway, simulator, ...others].map(({ stop }) => stop()));
			},
		};
	} catch (error) {
		await simulator.stop();
		throw error;
	}
};

/** The simulator breaks connections on purpose, which workerd reports as errors. */
const SILENT = ["--log-level", "none"];

const startBefore = async (simUrl: string, vars: Vars): Promise<Gateway> => {
	const port = await freePort();
	const settings: Vars = {
		FAL_API_KEY: FAL_KEY,
		WORKER_ACCESS_KEY: ACCESS_KEY,
		FAL_QUEUE_URL: simUrl,
		FAL_JWKS_URL: `${simUrl}/.well-known/jwks.json`,
		PUBLIC_URL: `http://localhost:${port}`,
		...vars,
	};
	const flags = Object.entries(settings).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
	return { ...(await startWrangler(["--log-level", "warn", ...flags], port)), simUrl, accessKey: ACCESS_KEY };
};

const startWrangler = async (args: readonly string[], port?: number) => {
	const { folder, remove } = checkout();
	const chosen = port ?? (await freePort());
	const url = `http://localhost:${chosen}`;
	const flags = ["--show-interactive-dev-session", "false", "--inspector-port", "0"];
	const child = spawn("node_modules/.bin/wrangler", ["dev", ...flags, "--port", `${chosen}`, ...args], {
		cwd: folder,
		stdio: ["ignore", "inherit", "inherit"],
		detached: true,
	});
	const stop = async () => {
		await end(child);
		remove();
	};
	try {
		await answering(url, child);
	} catch (error) {
		await stop();
		throw error;
	}
	return { url, pid: child.pid ?? 0, folder, stop };
};

/**
 * The project in a folder of its own: with no `.dev.vars` and no state, and an edit of the sources while tests run restarts nothing.
 */
export const checkout = () => {
	const folder = mkdtempSync(join(tmpdir(), "darkroom-"));
	for (const name of ["package.json", "tsconfig.json", "wrangler.toml", "src", "sim", "scripts", "migrations"])
		cpSync(name, join(folder, name), { recursive: true });
	symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** The whole process group: wrangler's workerd must not outlive it. */
export const end = (child: ChildProcess): Promise<void> =>
	new Promise((resolve) => {
		if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return resolve();
		child.once("exit", () => resolve());
		process.kill(-child.pid, "SIGTERM");
	});

export const freePort = (): Promise<number> =>
	new Promise((resolve, reject) => {
		const server = createServer().once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() =>
				typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
			);
		});
	});

const answering = async (url: string, child: ChildProcess): Promise<void> => {
	for (const until = Date.now() + 60_000; Date.now() < until; ) {
		if (child.exitCode !== null) throw new Error(`wrangler dev ended with ${child.exitCode}`);
		const answered = await fetch(url).then(
			(response) => response.body?.cancel().then(() => true) ?? true,
			() => false,
		);
		if (answered) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`nothing answers at ${url}`);
};
