/**
 * Reads every hostile body as the Worker does, from its bytes to the answer, without a runtime: for a process with a small heap. Prints a
 * line of JSON for each, and what the process held at most.
 */

import { type RequestError, toRequestAnswer } from "../../../src/errors.ts";
import { toJson } from "../../../src/http/json.ts";
import { scanBody } from "../../../src/http/scan-body.ts";
import { err, type Result } from "../../../src/result.ts";
import { type Api, budgetMs, HOSTILE_BODIES, type HostileBody } from "../hostile-bodies.ts";
import { readRequest } from "../read-request.ts";
import { HOSTILE_COMPRESSED_BODIES } from "./compressed-bodies.ts";

const BODY_BYTES = Number(process.argv[2]);
/** The first round compiles what the others run. */
const ROUNDS = 2;
/** On a busy machine one of so many is good. */
const MAX_ROUNDS = 16;

export interface ReadBody {
	readonly name: string;
	readonly api: Api;
	/** As it is sent or as it is decoded, whichever is more. */
	readonly bytes: number;
	/** Processor time beyond making the body, in milliseconds of a quiet machine; of the best round. */
	readonly cpuMs: number;
	/** `good`, or the body of the error. */
	readonly outcome: string;
}

/** The last line. */
export interface Held {
	/** At the beginning, when all is loaded. */
	readonly firstBytes: number;
	readonly peakBytes: number;
}

function read(api: Api, scanned: Result<Uint8Array, RequestError>): Result<unknown, RequestError> {
	if (!scanned.ok) return scanned;
	let body: unknown;
	try {
		body = JSON.parse(new TextDecoder().decode(scanned.value));
	} catch {
		return err({ kind: "invalid_json", body: "broken" });
	}
	return readRequest(api, body);
}

async function measure({ name, encoding, decodedBytes = 0, pieces }: HostileBody, api: Api): Promise<ReadBody> {
	let bytes = 0;
	let makingMs = 0;
	const sent = async function* () {
		const making = pieces(api, BODY_BYTES);
		while (true) {
			const begun = cpuMs();
			const { done, value } = making.next();
			makingMs += cpuMs() - begun;
			if (done === true) return;
			bytes += value.byteLength;
			yield value;
		}
	};
	const before = slowness();
	const begun = cpuMs();
	const answer = read(api, await scanBody(sent(), encoding ?? null));
	const outcome = answer.ok ? "good" : toJson(toRequestAnswer(answer.error).body);
	const tookMs = cpuMs() - begun - makingMs;
	const times = Math.max(before, slowness());
	return { name, api, bytes: Math.max(bytes, decodedBytes), cpuMs: tookMs / times, outcome };
}

/** Plain work of the same kind: text that becomes objects. */
const YARDSTICK = JSON.stringify(
	Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`a${index}`, index])),
);
/** A quiet machine needs so long for it. */
const YARDSTICK_MS = 9;

/** Returns how many times as long the machine takes for plain work just now: others may use it, or its memory may be slow. At least 1. */
function slowness(): number {
	const begun = cpuMs();
	JSON.parse(YARDSTICK);
	return Math.max(1, (cpuMs() - begun) / YARDSTICK_MS);
}

function cpuMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

const firstBytes = process.memoryUsage.rss();
for (const body of [...HOSTILE_BODIES, ...HOSTILE_COMPRESSED_BODIES]) {
	for (const api of body.apis) {
		const rounds: ReadBody[] = [];
		const isGood = ({ bytes, cpuMs: ms }: ReadBody) => ms <= budgetMs(bytes);
		while (rounds.length < ROUNDS || (rounds.length < MAX_ROUNDS && !rounds.some(isGood)))
			rounds.push(await measure(body, api));
		console.log(JSON.stringify(rounds.toSorted((a, b) => a.cpuMs - b.cpuMs)[0]));
	}
}
console.log(JSON.stringify({ firstBytes, peakBytes: process.resourceUsage().maxRSS * 1024 } satisfies Held));
