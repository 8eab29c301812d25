/** `npm start` beside `npm run dev`, which is `wrangler dev`: time to the first answer, and memory, idle and with many streams. Each with a simulator. */
import { randomUUID } from "node:crypto";
import { type IncomingMessage, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { median } from "simple-statistics";
import { LOCAL_KEY, npmStart } from "../../test/support/node/npm-start.ts";
import { bytesOfTree } from "../../test/support/node/processes.ts";
import { atMost, type Case, type Figure, type Size } from "../figure.ts";

const SIZES: Readonly<Record<Size, { readonly starts: number; readonly streams: number }>> = {
	guard: { starts: 1, streams: 2 },
	quick: { starts: 1, streams: 100 },
	full: { starts: 3, streams: 1_000 },
};
const MB = 1024 * 1024;
/** The memory is read when nothing has happened for this time. */
const REST_MS = 3_000;
/** Streams that are opened at the same time. */
const OPENING = 16;

interface Run {
	readonly startMs: number;
	readonly idleMb: number;
	readonly heldMb: number;
}

export const oneBox: Case = async (size) => {
	const { starts, streams } = SIZES[size];
	const runs: Record<"start" | "dev", Run[]> = { start: [], dev: [] };
	for (let round = 0; round < starts; round += 1)
		for (const script of ["start", "dev"] as const) runs[script].push(await measure(script, streams));
	const of = (script: "start" | "dev", value: keyof Run) => median(runs[script].map((run) => run[value]));
	const memory = (name: string, value: "idleMb" | "heldMb"): Figure => ({
		name: `memory of one box, ${name} : of wrangler dev`,
		value: of("start", value) / of("dev", value),
		unit: "×",
		goal: atMost(1),
		detail: `${Math.round(of("start", value))} : ${Math.round(of("dev", value))} MB of all processes, with a simulator in each`,
	});
	return {
		figures: [
			{
				name: "start of one box, to the first answer",
				value: of("start", "startMs"),
				unit: "ms",
				goal: atMost(5_000),
				detail: `median of ${starts}; wrangler dev ${Math.round(of("dev", "startMs"))} ms`,
			},
			memory("idle", "idleMb"),
			memory(`with ${streams} streams`, "heldMb"),
		],
	};
};

async function measure(script: "start" | "dev", streams: number): Promise<Run> {
	const begun = performance.now();
	const box = await npmStart({ script, settings: "MAX_OPEN_JOBS=100000\n" });
	const sockets: IncomingMessage[] = [];
	try {
		await fetch(`http://${box.address}/healthz`);
		const startMs = performance.now() - begun;
		await wait(REST_MS);
		const idleMb = bytesOfTree(box.pid) / MB;
		for (let open = 0; open < streams; open += OPENING) {
			const some = Math.min(OPENING, streams - open);
			sockets.push(...(await Promise.all(Array.from({ length: some }, () => openStream(box.address)))));
		}
		await wait(REST_MS);
		return { startMs, idleMb, heldMb: bytesOfTree(box.pid) / MB };
	} finally {
		for (const socket of sockets) socket.destroy();
		await box.stop();
	}
}

/** Opens a stream of a job that fal holds. Resolves at its headers, which come when the job is kept. */
function openStream(address: string): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		const asked = request(`http://${address}/v1/images/generations`, {
			method: "POST",
			headers: { authorization: `Bearer ${LOCAL_KEY}` },
			agent: false,
		});
		asked.on("error", reject);
		asked.on("response", (response) => {
			response.on("error", () => {}).resume();
			resolve(response);
			if (response.statusCode !== 200) reject(new Error(`a stream was answered ${response.statusCode}`));
		});
		asked.end(JSON.stringify({ prompt: `a fox ${randomUUID()} sim:hold`, stream: true }));
	});
}
