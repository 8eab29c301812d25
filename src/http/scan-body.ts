/** Scans a body of JSON as its bytes arrive, with bounds on its size, on what it decodes to, and on its shape. */

import type { RequestError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import type { BodyData } from "./body-data.ts";
import { type Coding, decode } from "./encoding/decode.ts";
import { type InflateFault, MAX_BLOCKS } from "./encoding/inflate.ts";
import { type JsonBound, JsonScan, MAX_DEPTH, MAX_TEXT_BYTES, MAX_VALUES } from "./json-scan.ts";

/** As it is sent, and decoded. Input pictures may lie in a chat's history as `data:` URLs. */
export const MAX_JSON_BYTES = 32 * 1024 * 1024;

/** A client that still sends might never see the answer. So what is not wanted of a body is read up to here, and dropped. */
export const MAX_DROPPED_BYTES = 64 * 1024 * 1024;

type Scanned = Result<Uint8Array, RequestError>;

interface ScanOptions {
	/** Takes the long data. Absent: it is dropped. */
	readonly data?: BodyData | undefined;
	/** Of the body as it is sent, and decoded. */
	readonly maxBytes?: number;
}

/**
 * Returns the text that is left of a body for `JSON.parse`.
 * @param coding Null for a body that is not encoded
 */
export async function scanBody(
	pieces: AsyncIterator<Uint8Array>,
	coding: Coding | null,
	{ data, maxBytes = MAX_JSON_BYTES }: ScanOptions = {},
): Promise<Scanned> {
	const sent = new Sent(pieces, maxBytes);
	const scanned = await scan(coding === null ? sent : decode(sent, coding), coding, maxBytes, data);
	await drop(pieces, MAX_DROPPED_BYTES - sent.bytes);
	return sent.isTooLarge ? err({ kind: "body_too_large", maxBytes }) : scanned;
}

/** Counts what is sent, and ends behind the bound. */
class Sent {
	readonly #pieces: AsyncIterator<Uint8Array>;
	readonly #maxBytes: number;
	bytes = 0;

	constructor(pieces: AsyncIterator<Uint8Array>, maxBytes: number) {
		this.#pieces = pieces;
		this.#maxBytes = maxBytes;
	}

	get isTooLarge(): boolean {
		return this.bytes > this.#maxBytes;
	}

	async next(): Promise<IteratorResult<Uint8Array, null>> {
		const step = await this.#pieces.next();
		if (step.done === true) return { done: true, value: null };
		this.bytes += step.value.byteLength;
		return this.isTooLarge ? { done: true, value: null } : step;
	}
}

/** Reads on, and drops what comes. */
export async function drop(pieces: AsyncIterator<Uint8Array>, maxBytes: number): Promise<void> {
	for (let left = maxBytes; left > 0; ) {
		const step = await pieces.next();
		if (step.done === true) return;
		left -= step.value.byteLength;
	}
	await pieces.return?.();
}

async function scan(
	pieces: AsyncIterator<Uint8Array, InflateFault | null>,
	coding: Coding | null,
	maxBytes: number,
	data: BodyData | undefined,
): Promise<Scanned> {
	const json = new JsonScan();
	let bytes = 0;
	let step = await pieces.next();
	for (; step.done !== true; step = await pieces.next()) {
		bytes += step.value.byteLength;
		if (bytes > maxBytes) return err({ kind: "body_too_large", maxBytes, decoded: true });
		const passed = json.push(step.value);
		if (passed !== null) return err(tooComplex(passed));
		if (data !== undefined) data.push(step.value, json.found.runs, json.found.pendingFrom);
	}
	if (step.value !== null) return err(toEncodingError(step.value, coding));
	const scanned = json.end();
	return scanned.ok ? ok(scanned.value.text) : err(tooComplex(scanned.error));
}

/** Says why a body cannot be decoded. */
export function toEncodingError(fault: InflateFault, coding: Coding | null): RequestError {
	return fault === "blocks"
		? tooComplex(fault)
		: { kind: "body_undecodable", encoding: coding ?? "", cut: fault === "cut" };
}

const BOUNDS: Readonly<Record<JsonBound | "blocks", number>> = {
	values: MAX_VALUES,
	depth: MAX_DEPTH,
	text: MAX_TEXT_BYTES,
	blocks: MAX_BLOCKS,
};

export function tooComplex(bound: JsonBound | "blocks"): Extract<RequestError, { kind: "body_too_complex" }> {
	return { kind: "body_too_complex", bound, max: BOUNDS[bound] };
}
