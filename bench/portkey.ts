/** Starts a peer: Portkey's gateway, its own server build, in a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { freePort, waitForAnswer } from "../test/support/node/gateway.ts";

export interface Portkey {
	readonly url: string;
	readonly stop: () => Promise<void>;
}

const SERVER = resolve("node_modules/@portkey-ai/gateway/build/start-server.js");

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
	try {
		await waitForAnswer(url, child);
	} catch (error) {
		await stop();
		throw error;
	}
	return { url, stop };
}
