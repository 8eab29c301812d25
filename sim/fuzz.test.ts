import { describe, expect, it } from "vitest";
import { type FuzzedPart, fuzzed, fuzzedError, fuzzedRefusal, fuzzedWebhook, fuzzOf, mutateBody } from "./fuzz.ts";
import { randomOf } from "./random.ts";

const TIMES = Array.from({ length: 400 }, (_, index) => index);
const KEY = "Key an-id:a-secret";
const STATUS = JSON.stringify({ status: "IN_QUEUE", request_id: "r-1", queue_position: 0 });

function answer(): Response {
	return new Response(STATUS, { headers: { "content-type": "application/json" } });
}

function madeOf(part: FuzzedPart): Promise<readonly Response[]> {
	return Promise.all(TIMES.map((time) => fuzzed(answer(), { random: randomOf(`seed ${time}`), key: KEY }, part)));
}

describe("fuzzOf", () => {
	it("mutates nothing without a seed", () => {
		expect(TIMES.map((time) => fuzzOf(0, "status", time)).filter((random) => random !== null)).toEqual([]);
	});

	it.each([
		[1, 0.4],
		[2, 0.7],
		[3, 0.2],
		[2 ** 31 - 1, 0.4],
	])("mutates with the seed %d about %d of the answers", (seed, rate) => {
		const mutated = TIMES.filter((time) => fuzzOf(seed, "status", time) !== null).length;
		expect(Math.abs(mutated / TIMES.length - rate)).toBeLessThan(0.08);
	});

	it("mutates the same answers of a seed in the same way, and those of other parts in another", () => {
		const numbers = (part: FuzzedPart) => TIMES.map((time) => fuzzOf(7, part, time)?.());
		expect(numbers("result")).toEqual(numbers("result"));
		expect(numbers("result")).not.toEqual(numbers("status"));
	});
});

describe("fuzzed", () => {
	it("never makes a submit that was taken look refused", async () => {
		// These say that nothing was taken: docs/protocol.md, "What fal's answers prove".
		const refusals = [400, 401, 402, 403, 404, 405, 410, 413, 415, 422, 429, 451, 503, 521, 523, 525, 526];
		const statuses = new Set((await madeOf("submit")).map(({ status }) => status));
		expect([...statuses].filter((status) => refusals.includes(status))).toEqual([]);
		expect(statuses.size).toBeGreaterThan(10);
	});

	it.each<FuzzedPart>(["status", "result", "cancel"])(
		"changes the status, the headers or the body of a %s",
		async (part) => {
			const made = await madeOf(part);
			expect(new Set(made.map(({ status }) => status)).size).toBeGreaterThan(20);
			expect(made.some(({ headers }) => headers.has("retry-after"))).toBe(true);
			expect(made.some(({ headers }) => headers.get("content-length") !== String(STATUS.length))).toBe(true);
		},
	);

	it("leaves bytes of a file that are no text", async () => {
		const lengths = (await madeOf("file")).map(({ headers }) => Number(headers.get("content-length")));
		expect(lengths).toContain(0);
		expect(lengths.some((length) => length > 10 && length < STATUS.length)).toBe(true);
	});
});

it("fuzzedError repeats the key now and then, as careless servers do", async () => {
	const texts = TIMES.map((time) => mutateBody(`{"detail":"${KEY}"}`, randomOf(`body ${time}`)));
	expect(texts.some((text) => text.includes(KEY))).toBe(true);
	const made = TIMES.map((time) => fuzzedError(403, { random: randomOf(`error ${time}`), key: KEY }));
	const whole = made.filter(({ headers }) => headers.has("content-length"));
	expect((await Promise.all(whole.map((response) => response.text()))).some((text) => text.includes(KEY))).toBe(true);
});

it("fuzzedRefusal refuses some submits, always with a status of the table", () => {
	const statuses = TIMES.map((time) => fuzzedRefusal(randomOf(`refusal ${time}`)));
	const refused = statuses.filter((status) => status !== null);
	expect(refused.length).toBeGreaterThan(100);
	expect(refused.length).toBeLessThan(220);
	expect(new Set(refused).size).toBeGreaterThan(10);
});

describe("fuzzedWebhook", () => {
	const made = TIMES.map((time) => fuzzedWebhook(STATUS, randomOf(`webhook ${time}`)));

	it("changes either the body or one header of the signature", () => {
		for (const { body, headers } of made)
			expect(body === STATUS ? Object.keys(headers).length : 1).toBeLessThanOrEqual(1);
		expect(made.some(({ body }) => body !== STATUS)).toBe(true);
		expect(made.some(({ headers }) => "x-fal-webhook-signature" in headers)).toBe(true);
	});

	it("sends headers of visible characters only", () => {
		for (const { headers } of made) for (const value of Object.values(headers)) expect(value).toMatch(/^[\x20-\x7e]*$/);
	});
});
