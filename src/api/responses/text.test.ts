import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { anyText } from "../../../test/support/logs.ts";
import { NOW } from "../../../test/support/make.ts";
import { ResponseAnswer, ResponseEvent } from "./schema.ts";
import { responsesText, toTextResponse, toTextResponseFrames } from "./text.ts";

describe("a text Response", () => {
	it("says the same streamed and whole", () => {
		fc.assert(
			fc.property(anyText(2_000), (text) => {
				const echoed = { metadata: { order: "7" } };
				const identity = { id: "resp_req_1", createdSeconds: NOW / 1000, model: "darkroom", echoed };
				const frames = toTextResponseFrames(identity, text);
				expect(frames.at(-1)?.data).toMatchObject({ response: toTextResponse(identity, text) });
				expect(toTextResponse(identity, text)).toMatchObject({ store: true, ...echoed });
				for (const [index, { event, data }] of frames.entries())
					expect(data).toMatchObject({ type: event, sequence_number: index });
			}),
		);
	});

	it("names the request in the place of a job, and the client's model", () => {
		const rendering = { api: "responses", model: "dall-e-3", includeUsage: false, responseFormat: "both" } as const;
		const identity = { requestId: "req_1", createdSeconds: 7, rendering: { ...rendering, store: false } };
		const whole = responsesText.toBody(identity, "Hello");
		expect(whole).toMatchObject({ id: "resp_req_1", created_at: 7, model: "dall-e-3", store: false });
		expect(whole).toMatchObject({ output_text: "Hello", output: [{ id: "msg_req_1" }] });
		expect(responsesText.toFrames(identity, "Hello").at(-1)?.data).toMatchObject({ response: whole });
	});

	it("is what its schema says", () => {
		const identity = { id: "resp_req_1", createdSeconds: 7, model: "darkroom", echoed: {} };
		expect(z.safeParse(ResponseAnswer, toTextResponse(identity, "Hello")).error).toBeUndefined();
		for (const { data } of toTextResponseFrames(identity, "Hello"))
			expect(z.safeParse(ResponseEvent, data).error).toBeUndefined();
	});
});
