/** Sends hostile bodies to the Worker in its real runtime, whose process is watched from outside. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, budgetMs, HOSTILE_BODIES } from "../support/hostile-bodies.ts";
import { HOSTILE_COMPRESSED_BODIES } from "../support/node/compressed-bodies.ts";
import { cpuMs, residentBytes } from "../support/node/processes.ts";
import { startRuntimes } from "../support/node/runtime.ts";

const MB = 1024 * 1024;
/** `HOSTILE_MB=32` sends the largest bodies, and prints what each costs. */
const { HOSTILE_MB } = process.env;
const BODY_BYTES = Number(HOSTILE_MB ?? 8) * MB;
/** The growth that a body may cause, in times of its size; and what any request may cause, since garbage is not collected at once. */
const MAX_TIMES = 3;
const MAX_GARBAGE_BYTES = 48 * MB;
/** A job that is accepted shows its prompt, each character of which may need six. */
const MAX_ANSWER_CHARS = 100_000;
const SAMPLE_MS = 10;
/** Comes on top of the budget, since the process receives the body, too. */
const RECEIVING_MS = 100;
/** A processor does less in its time beside other tests. Work that grows with the square of a body takes hundreds of times as much. */
const BESIDE_OTHERS = 3;

const PATHS: Readonly<Record<Api, string>> = {
	images: "/v1/images/generations",
	chat: "/v1/chat/completions",
	responses: "/v1/responses",
};

let gateway: Awaited<ReturnType<typeof startRuntimes>>;

beforeAll(async () => {
	gateway = await startRuntimes();
	// The first requests load and compile.
	for (const [api, path] of Object.entries(PATHS)) await post(path, Buffer.from(`{"api":"${api}"}`));
}, 60_000);
afterAll(() => gateway.stop());

async function post(path: string, body: Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}) {
	const response = await fetch(`${gateway.url}${path}`, {
		method: "POST",
		body,
		headers: { authorization: `Bearer ${gateway.accessKey}`, prefer: "respond-async", ...headers },
	});
	return { status: response.status, text: await response.text() };
}

/** Sends a body, and tells what it cost. */
async function measure(path: string, body: Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>>) {
	const [before, cpuBefore] = [residentBytes(gateway.pid), cpuMs(gateway.pid)];
	let peak = before;
	const sampling = setInterval(() => {
		peak = Math.max(peak, residentBytes(gateway.pid));
	}, SAMPLE_MS);
	const answer = await post(path, body, headers);
	clearInterval(sampling);
	peak = Math.max(peak, residentBytes(gateway.pid));
	return { ...answer, grown: peak - before, cpu: cpuMs(gateway.pid) - cpuBefore };
}

const OPENAI_ERROR = {
	error: {
		message: expect.any(String),
		type: expect.any(String),
		param: expect.toBeOneOf([null, expect.any(String)]),
		code: expect.any(String),
	},
};

describe.each([...HOSTILE_BODIES, ...HOSTILE_COMPRESSED_BODIES])(
	"$name",
	({ name, apis, encoding, decodedBytes, pieces }) => {
		it.each(apis)("are answered by the %s API, which goes on", async (api) => {
			const body = Buffer.concat([...pieces(api, BODY_BYTES)]);
			const headers = encoding === undefined ? {} : { "content-encoding": encoding };
			const { status, text, grown, cpu } = await measure(PATHS[api], body, headers);
			const work = Math.max(body.length, decodedBytes ?? 0);
			if (HOSTILE_MB !== undefined)
				console.log(`${api} | ${name} | ${body.length} | ${status} | ${cpu} ms | ${Math.round(grown / MB)} MB`);

			if (status >= 400) expect(JSON.parse(text)).toEqual(OPENAI_ERROR);
			expect(status === 200 || status === 202 || (status >= 400 && status < 500)).toBe(true);
			expect(text.length).toBeLessThan(MAX_ANSWER_CHARS);
			expect(grown).toBeLessThan(MAX_TIMES * body.length + MAX_GARBAGE_BYTES);
			expect(cpu).toBeLessThanOrEqual(BESIDE_OTHERS * (budgetMs(work) + RECEIVING_MS));
		});
	},
);
