/**
 * Reads every hostile body as the Worker does, from its bytes to the answer, without a runtime: for a process with a small heap. Prints a
 * line of JSON for each, and what the process held at most.
 */

import { ChatBody, readChat } from "../../../src/api/chat/body.ts";
import { ImagesBody, readImages } from "../../../src/api/images/body.ts";
import type { Asked } from "../../../src/api/request/asked.ts";
import { parseBody, readObject } from "../../../src/api/request/fields.ts";
import { toImageRequest } from "../../../src/api/request/image-request.ts";
import { findInputPicture } from "../../../src/api/request/input-pictures.ts";
import { ResponsesBody, readResponse } from "../../../src/api/responses/body.ts";
import { type RequestError, toRequestAnswer } from "../../../src/errors.ts";
import { toJson } from "../../../src/http/json.ts";
import { scanBody } from "../../../src/http/scan-body.ts";
import { answerHiddenRequest } from "../../../src/prompt/hidden-requests.ts";
import { err, ok, type Result } from "../../../src/result.ts";
import { type Api, HOSTILE_BODIES, type HostileBody } from "../hostile-bodies.ts";
import { HOSTILE_COMPRESSED_BODIES } from "./compressed-bodies.ts";

const CATALOGUE = { offered: { kind: "all" }, defaultModel: "imagen4-preview" } as const;
const BODY_BYTES = Number(process.argv[2]);
/** The first round compiles what the others run. */
const ROUNDS = 2;

export interface ReadBody {
	readonly name: string;
	readonly api: Api;
	/** As it is sent or as it is decoded, whichever is more. */
	readonly bytes: number;
	/** Processor time beyond making the body, in milliseconds; of the best round. */
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

function parse(api: Api, body: unknown): Result<Asked, RequestError> {
	switch (api) {
		case "images": {
			const parsed = parseBody(ImagesBody, body);
			return parsed.ok ? ok(readImages(parsed.value, CATALOGUE)) : parsed;
		}
		case "chat": {
			const parsed = parseBody(ChatBody, body);
			return parsed.ok ? ok(readChat(parsed.value, CATALOGUE)) : parsed;
		}
		case "responses": {
			const parsed = parseBody(ResponsesBody, body);
			return parsed.ok ? ok(readResponse(parsed.value, CATALOGUE)) : parsed;
		}
	}
}

function read(api: Api, scanned: Result<Uint8Array, RequestError>): Result<unknown, RequestError> {
	if (!scanned.ok) return scanned;
	let body: unknown;
	try {
		body = JSON.parse(new TextDecoder().decode(scanned.value));
	} catch {
		return err({ kind: "invalid_json", body: "broken" });
	}
	const sent = readObject(body);
	if (!sent.ok) return sent;
	const asked = parse(api, sent.value);
	if (!asked.ok) return asked;
	const { messages, fields, tooLong } = asked.value;
	const text = answerHiddenRequest(messages);
	if (text !== null) return ok(text);
	const picture = findInputPicture(sent.value);
	if (picture !== null) return err(picture);
	if (tooLong !== null) return err({ kind: "invalid_value", ...tooLong });
	return toImageRequest(fields, CATALOGUE);
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
	const begun = cpuMs();
	const answer = read(api, await scanBody(sent(), encoding ?? null));
	const outcome = answer.ok ? "good" : toJson(toRequestAnswer(answer.error).body);
	return { name, api, bytes: Math.max(bytes, decodedBytes), cpuMs: cpuMs() - begun - makingMs, outcome };
}

function cpuMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

const firstBytes = process.memoryUsage.rss();
for (const body of [...HOSTILE_BODIES, ...HOSTILE_COMPRESSED_BODIES]) {
	for (const api of body.apis) {
		const rounds: ReadBody[] = [];
		while (rounds.length < ROUNDS) rounds.push(await measure(body, api));
		console.log(JSON.stringify(rounds.toSorted((a, b) => a.cpuMs - b.cpuMs)[0]));
	}
}
console.log(JSON.stringify({ firstBytes, peakBytes: process.resourceUsage().maxRSS * 1024 } satisfies Held));
