/** Starts the simulator, which says what Darkroom expects of fal. It listens on loopback only. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { addressesOn } from "./settings.ts";
import type { Target } from "./target.ts";

const START_TIMEOUT_MS = 60_000;

export interface Simulator {
	readonly target: Target;
	readonly close: () => Promise<void>;
}

/**
 * Starts it in a process of its own, which a Ctrl-C does not reach: the runtime would end the doctor at once, and what it has
 * submitted would not be cancelled. Rejects if the simulator does not start.
 */
export async function startSimulator(): Promise<Simulator> {
	const child = fork(join(import.meta.dirname, "simulator-process.ts"), {
		detached: true,
		env: withoutKeys(process.env),
		stdio: ["ignore", "ignore", "inherit", "ipc"],
	});
	try {
		const origin = await addressOf(child);
		return { target: { ...addressesOn(origin), key: "doctor:simulator", adminKey: "admin:simulator" }, close };
	} catch (error) {
		await close();
		throw error;
	}

	async function close(): Promise<void> {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const exit = once(child, "exit");
		if (child.connected) child.disconnect();
		await exit;
	}
}

async function addressOf(child: ChildProcess): Promise<string> {
	const ended = new AbortController();
	child.once("exit", () => ended.abort());
	const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(START_TIMEOUT_MS)]);
	const [address] = await once(child, "message", { signal }).catch(() => []);
	if (typeof address !== "string") throw new Error("the simulator does not start");
	return address;
}

/** The simulator needs no key, so it gets none. */
function withoutKeys(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const { FAL_API_KEY: _, FAL_ADMIN_KEY: __, ...rest } = env;
	return rest;
}
