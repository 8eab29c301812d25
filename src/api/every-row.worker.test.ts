import { encode } from "fast-png";
import { expect, it } from "vitest";
import { formOf } from "../../test/support/forms.ts";
import { aPrompt, ask, queueCalls, submitsOf } from "../../test/support/workerd/gateway.ts";
import { CATALOGUE } from "../models/catalogue/index.ts";
import type { Endpoint } from "../models/catalogue/types.ts";

const DRAWN_FROM_WORDS = CATALOGUE.filter(({ images }) => images === undefined);

/** Each endpoint that edits for a row, with as many pictures as tell it from the others. */
const EDITS = CATALOGUE.flatMap((row) => {
	const edits: readonly Endpoint[] = row.edits ?? (row.images === undefined ? [] : [row]);
	return edits.map(({ endpoint, images, mask }, index) => {
		const before = edits.slice(0, index).filter((edit) => edit.mask?.required !== true);
		const pictures = Math.min(images?.max ?? 1, 1 + Math.max(0, ...before.map((edit) => edit.images?.max ?? 0)));
		return { id: row.id, endpoint, pictures, masked: mask?.required ?? false, words: row.prompt !== null };
	});
});

/** Paints the left half, if it is a mask: that is transparent. */
const PICTURE = Uint8Array.from(
	encode({
		width: 8,
		height: 8,
		channels: 4,
		data: Uint8Array.from({ length: 8 * 8 * 4 }, (_, at) => (at % 4 === 3 && at % 32 < 16 ? 0 : 255)),
	}),
);

interface Answer {
	readonly data: readonly { readonly url: string }[];
}

/** The tests of this file send one request each, and a prompt finds it at fal. A tool has none. */
async function pathOf(prompt: string): Promise<string | undefined> {
	const calls = await queueCalls(prompt);
	return calls.find(({ method }) => method === "POST")?.path.split("?")[0];
}

/** The drawing takes most of the time, so some are drawn at once. */
const AT_ONCE = 12;

async function inTurns<T, R>(all: readonly T[], draw: (one: T) => Promise<R>): Promise<readonly R[]> {
	const results: R[] = [];
	for (let at = 0; at < all.length; at += AT_ONCE) {
		results.push(...(await Promise.all(all.slice(at, at + AT_ONCE).map(draw))));
	}
	return results;
}

it("draws from words by each row, in one request to its endpoint", { timeout: 120_000 }, async () => {
	const drawn = await inTurns(DRAWN_FROM_WORDS, async ({ id }) => {
		const prompt = aPrompt("sim:quick");
		const answer = await ask("/v1/images/generations", { json: { model: id, prompt, response_format: "url" } });
		const body = await answer.json<Answer>();
		return [id, answer.status, body.data?.length, await submitsOf(prompt), await pathOf(prompt)];
	});
	expect(drawn).toEqual(DRAWN_FROM_WORDS.map(({ id, endpoint }) => [id, 200, 1, 1, `/${endpoint}`]));
});

it("edits by each endpoint of each row, in one request", { timeout: 120_000 }, async () => {
	const drawn = await inTurns(EDITS, async ({ id, endpoint, pictures, masked, words }) => {
		const prompt = words ? aPrompt("sim:quick") : "";
		const file = (name: string) => ({ name, filename: "a.png", type: "image/png", body: PICTURE });
		const boundary = `boundary-of-${endpoint.replaceAll("/", "-")}`;
		const parts = [
			{ name: "model", body: id },
			{ name: "response_format", body: "url" },
			...(words ? [{ name: "prompt", body: prompt }] : []),
			...Array.from({ length: pictures }, () => file("image[]")),
			...(masked ? [file("mask")] : []),
		];
		const answer = await ask("/v1/images/edits", {
			method: "POST",
			body: formOf(parts, boundary),
			headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
		});
		const body = await answer.json<Answer>();
		// A tool has no prompt by which its call could be found.
		const called = words ? [await submitsOf(prompt), await pathOf(prompt)] : [1, `/${endpoint}`];
		return [id, answer.status, body.data?.length, ...called];
	});
	expect(drawn).toEqual(EDITS.map(({ id, endpoint }) => [id, 200, 1, 1, `/${endpoint}`]));
});
