/** Mutates the simulator's answers at random. A seed always mutates the same answers in the same way. */
import { BREAK_AFTER_MS } from "./fault-times.ts";
import { readJson } from "./json.ts";
import { mutateJson, mutateJsonText, oddText } from "./mutate.ts";
import { below, pick, type Random, randomOf } from "./random.ts";

/** The kinds of answers, and of what fal sends by itself. */
export type FuzzedPart = "submit" | "status" | "stream" | "result" | "cancel" | "file" | "webhook" | "list";

/** Decides how an answer is mutated. */
export type Fuzz = {
	random: Random;
	/** As the request has it, in its header. */
	key: string;
};

/** The shares of answers that seeds mutate: some seeds few, so that a job comes far, and some many. */
const RATES = [0.2, 0.4, 0.7];

/**
 * Returns the random numbers by which an answer is mutated; null if it stays as it is.
 * @param seed 0 mutates nothing
 * @param times Number of answers of this part, with this one
 */
export function fuzzOf(seed: number, part: FuzzedPart, times: number): Random | null {
	if (seed === 0) return null;
	const random = randomOf(`${seed} ${part} ${times}`);
	return random() < (RATES[seed % RATES.length] ?? 0) ? random : null;
}

/** fal took nothing if it answers so. A submit is only answered so if no request was made. */
const REFUSALS = [400, 401, 402, 403, 404, 405, 410, 413, 415, 422, 429, 451, 503, 521, 523, 525, 526];
/** Come with words that a client is shown. */
const WORDED = [400, 403, 422];
/** Prove nothing: the request may have been taken. */
const DOUBTS = [
	201, 202, 204, 206, 300, 301, 302, 304, 307, 408, 409, 418, 425, 499, 500, 502, 504, 520, 522, 524, 599,
];

/** Decides about a submit; a status if it is refused. */
export function fuzzedRefusal(random: Random): number | null {
	if (random() >= 0.4) return null;
	return pick(random() < 0.5 ? WORDED : REFUSALS, random);
}

const WORDS = ["Too many requests", "Request is still in progress", "no", "", "\u0000", "é狐🦊".repeat(500)];

/** Builds an answer with words, lists, or pages of another server. Careless servers repeat the key. */
export function fuzzedError(status: number, { random, key }: Fuzz): Response {
	const secret = key.replace(/^Key /, "");
	const leaks = [`${secret} is not known`, `refused for ${secret.split(":").at(-1)}`, `${key}: no`];
	const detail = pick(random() < 0.7 ? leaks : WORDS, random);
	const text = JSON.stringify({ detail, error_type: pick(["", "bad", "internal_error"], random) });
	return toAnswer(status, random() < 0.5 ? text : mutateBody(text, random), oddHeaders(random), random);
}

/** Mutates an answer: its status, its headers or its body. A submit that was taken must not look refused. */
export async function fuzzed(answer: Response, fuzz: Fuzz, part: FuzzedPart): Promise<Response> {
	const { random } = fuzz;
	if (part === "stream" && answer.body !== null) return mutateStream(answer, answer.body, random);
	const statuses = part === "submit" ? DOUBTS : [...DOUBTS, ...REFUSALS, 200, 200];
	const bytes = new Uint8Array(await answer.arrayBuffer());
	const kind = below(4, random);
	const status = kind === 0 ? pick(statuses, random) : answer.status;
	if (status >= 400 && random() < 0.5) return fuzzedError(status, fuzz);
	const body = kind === 1 || kind === 2 ? mutateBytes(bytes, part, random) : bytes;
	const headers = { ...Object.fromEntries(answer.headers), ...(kind === 0 || kind === 3 ? oddHeaders(random) : {}) };
	return toAnswer(status, body, headers, random);
}

const ODD_HEADERS: readonly (readonly [name: string, values: readonly string[]])[] = [
	["content-type", ["text/html", "image/svg+xml", "application/json; charset=utf-16", "x", ""]],
	["retry-after", ["1", "-1", "1e9", "999999999999", "Thu, 01 Jan 1970 00:00:00 GMT", "soon", ""]],
	["location", ["/", "//elsewhere.example/", "http://127.0.0.1:1/", "https://elsewhere.example", "::", ""]],
	["x-fal-error-type", ["internal_error", "x".repeat(5_000), ""]],
	["x-fal-billable-units", ["-1", "NaN", "1e400"]],
	["set-cookie", ["a=b"]],
	["etag", ['"x"']],
	["x-padding", ["x".repeat(20_000)]],
];

function oddHeaders(random: Random): Record<string, string> {
	const [name, values] = pick(ODD_HEADERS, random);
	return { [name]: pick(values, random) };
}

const encoder = new TextEncoder();

/** Text that is no UTF-8. */
const BROKEN_TEXT = new Uint8Array([0x7b, 0x22, 0xc3, 0x28, 0xff, 0xfe, 0x00]);

function mutateBytes(bytes: Uint8Array, part: FuzzedPart, random: Random): Uint8Array {
	if (part !== "file") return encoder.encode(mutateBody(new TextDecoder().decode(bytes), random));
	const at = below(bytes.length + 1, random);
	switch (below(6, random)) {
		case 0:
			return bytes.slice(0, at);
		case 1:
			return bytes.slice(at);
		case 2:
			return bytes.map((byte, index) => (index === at ? byte ^ 0xff : byte));
		case 3:
			return encoder.encode(pick(["Not Found", "<svg onload='alert(1)'/>", "GIF89a", "{}", "\u0000"], random));
		case 4:
			return BROKEN_TEXT;
		default:
			return new Uint8Array(below(3, random));
	}
}

/** Mostly stays JSON, with another value somewhere. */
export function mutateBody(text: string, random: Random): string {
	const value = readJson(text);
	if (value === undefined || random() < 0.3) return mutateJsonText(text, random);
	const once = mutateJson(value, random);
	return JSON.stringify(random() < 0.5 ? once : mutateJson(once, random)) ?? "";
}

/** Statuses whose answers have no body. */
const WITHOUT_BODY: readonly number[] = [204, 304];

/** A body now and then breaks off, or comes in small pieces and without its length. */
function toAnswer(
	status: number,
	body: Uint8Array | string,
	headers: Record<string, string>,
	random: Random,
): Response {
	if (WITHOUT_BODY.includes(status)) return new Response(null, { status });
	const bytes = typeof body === "string" ? encoder.encode(body) : body;
	const length = { "content-length": String(bytes.length) };
	switch (below(6, random)) {
		case 0:
			return new Response(inPieces(bytes, random() < 0.5), { status, headers: without(headers, "content-length") });
		default:
			return new Response(bytes, { status, headers: { ...headers, ...length } });
	}
}

function without(headers: Record<string, string>, name: string): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
}

const PIECES = 5;

function inPieces(bytes: Uint8Array, breaksOff: boolean): ReadableStream<Uint8Array> {
	const size = Math.max(1, Math.ceil(bytes.length / PIECES));
	let at = 0;
	return new ReadableStream({
		pull: async (controller) => {
			if (breaksOff && at >= bytes.length / 2) {
				await scheduler.wait(BREAK_AFTER_MS);
				controller.error(new Error("the simulator breaks the answer off"));
				return;
			}
			if (at >= bytes.length) return controller.close();
			controller.enqueue(bytes.slice(at, at + size));
			at += size;
		},
	});
}

/** Mutates some events of a stream. Each piece that the simulator writes is an event. */
function mutateStream(answer: Response, body: ReadableStream<Uint8Array>, random: Random): Response {
	if (random() < 0.2) return toAnswer(pick([...DOUBTS, ...REFUSALS], random), "", oddHeaders(random), random);
	const events = new TransformStream<Uint8Array, Uint8Array>({
		transform: (piece, controller) => {
			const [, data] = /^data: (.*)\n\n$/s.exec(new TextDecoder().decode(piece)) ?? [];
			if (data === undefined || random() < 0.5) return controller.enqueue(piece);
			controller.enqueue(encoder.encode(mutateEvent(data, random)));
		},
	});
	return new Response(body.pipeThrough(events), answer);
}

function mutateEvent(data: string, random: Random): string {
	switch (below(5, random)) {
		case 0:
			return "";
		case 1:
			return `id: \u0000\nretry: 0\nevent: odd\ndata: ${data}\n\n`;
		case 2:
			return `data: ${data}\n\n`.repeat(3);
		default:
			return `data: ${mutateBody(data, random)}\n\n`;
	}
}

/** A webhook as it is sent. */
export type FuzzedWebhook = { body: string; headers: Record<string, string> };

/** Mutates a webhook's body, which is signed then, or the headers of its signature. */
export function fuzzedWebhook(body: string, random: Random): FuzzedWebhook {
	if (random() < 0.6) return { body: mutateBody(body, random), headers: {} };
	const name = pick(["request-id", "user-id", "timestamp", "signature"], random);
	const odd = oddText(random, MAX_HEADER_CHARS).replace(/[^\x20-\x7e]/g, "?");
	return { body, headers: { [`x-fal-webhook-${name}`]: odd } };
}

const MAX_HEADER_CHARS = 1_000;
