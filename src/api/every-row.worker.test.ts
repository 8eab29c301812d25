import { describe, expect, it } from "vitest";
import { aPrompt, ask, submitsOf } from "../../test/support/workerd/gateway.ts";
import { CATALOGUE } from "../models/catalogue/index.ts";

const DRAWN_FROM_WORDS = CATALOGUE.filter(({ images }) => images === undefined);

describe("a request for a picture", () => {
	it.each(DRAWN_FROM_WORDS)("is drawn by $id, in one picture", async ({ id }) => {
		const prompt = aPrompt("sim:quick");
		const answer = await ask("/v1/images/generations", { json: { model: id, prompt, response_format: "url" } });
		const body = await answer.json<{ data: { url: string }[] }>();
		expect([answer.status, body.data?.length]).toEqual([200, 1]);
		expect((await ask(new URL(body.data[0]?.url ?? "").pathname)).status).not.toBe(404);
		expect(await submitsOf(prompt)).toBe(1);
	});
});
