import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The gateway and the simulator as a person runs them: two `wrangler dev` processes with ports of their own. */
export interface Running {
	readonly url: string;
	readonly simUrl: string;
	readonly accessKey: string;
	/** Of the gateway's wrangler, whose child is workerd. */
	readonly pid: number;
	readonly stop: () => Promise<void>;
}

export const ACCESS_KEY = "sk-test-key-of-owner";

export const startGateway = async (vars: Readonly<Record<string, string>> = {}): Promise<Running> => {
	const state = mkdtempSync(join(tmpdir(), "darkroom-"));
	const [port, simPort] = [await freePort(), await freePort()];
	const [url, simUrl] = [`http://localhost:${port}`, `http://localhost:${simPort}`];
	const settings: Record<string, string> = {
		FAL_API_KEY: "test:key",
		WORKER_ACCESS_KEY: ACCESS_KEY,
		FAL_QUEUE_URL: simUrl,
		FAL_JWKS_URL: `${simUrl}/.well-known/jwks.json`,
		PUBLIC_URL: url,
		...vars,
	};
	const flags = Object.entries(settings).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
	const simulator = wrangler([
		"--config",
		"sim/wrangler.toml",
		"--port",
		`${simPort}`,
		"--persist-to",
		join(state, "sim"),
	]);
	const gateway = wrangler(["--port", `${port}`, "--persist-to", join(state, "gateway"), ...flags]);
	const stop = async () => {
		await Promise.all([end(gateway), end(simulator)]);
		rmSync(state, { recursive: true, force: true });
	};
	try {
		await Promise.all([answering(`${url}/healthz`, gateway), answering(simUrl, simulator)]);
	} catch (error) {
		await stop();
		throw error;
	}
	return { url, simUrl, accessKey: ACCESS_KEY, pid: gateway.pid ?? 0, stop };
};

const wrangler = (args: readonly string[]): ChildProcess =>
	spawn(
		"node_modules/.bin/wrangler",
		["dev", "--log-level", "warn", "--show-interactive-dev-session", "false", "--inspector-port", "0", ...args],
		{
			stdio: ["ignore", "inherit", "inherit"],
			detached: true,
		},
	);

/** The whole process group: wrangler's workerd must not outlive it. */
const end = (child: ChildProcess): Promise<void> =>
	new Promise((resolve) => {
		if (child.pid === undefined || child.exitCode !== null) return resolve();
		child.once("exit", () => resolve());
		process.kill(-child.pid, "SIGTERM");
	});

const freePort = (): Promise<number> =>
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
