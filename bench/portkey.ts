import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../test/support/node/gateway.ts";

/** A peer: Portkey's gateway, its own server build, as a process of its own. */
export interface Portkey {
	readonly url: string;
	readonly stop: () => Promise<void>;
}

const SERVER = resolve("node_modules/@portkey-ai/gateway/build/start-server.js");
const START_MS = 20_000;

export async function startPortkey(): Promise<Portkey> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const env = { ...process.env, NODE_ENV: "production" };
	const child = spawn(process.execPath, [SERVER, `--port=${port}`, "--headless"], { stdio: "ignore", env });
	const stop = async () => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		child.kill();
		await once(child, "exit");
	};
	for (const until = Date.now() + START_MS; ; await wait(50)) {
		const answered = await fetch(url).then(
			async (response) => {
				await response.arrayBuffer();
				return true;
			},
			() => false,
		);
		if (answered) return { url, stop };
		if (child.exitCode !== null || Date.now() > until) {
			await stop();
			throw new Error("Portkey's gateway did not start");
		}
	}
}
