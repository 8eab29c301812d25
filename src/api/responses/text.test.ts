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
		const identity = { requestId: "req_1", createdSeconds: 7, said: "hi", rendering: { ...rendering, store: false } };
		const whole = responsesText.toBody(identity, "Hello");
		expect(whole).toMatchObject({ id: "resp_req_1", created_at: 7, model: "dall-e-3", store: false });
		expect(whole).toMatchObject({ output_text: "Hello", output: [{ id: "msg_req_1" }] });
		expect(responsesText.toFrames(identity, "Hello").at(-1)?.data).toMatchObject({ response: whole });
	});

	it("has all fields of a Response, in each of its frames", () => {
		const identity = { id: "resp_req_1", createdSeconds: 7, model: "darkroom", echoed: { metadata: { order: "7" } } };
		const asked = {
			id: "resp_req_1",
			object: "response",
			created_at: 7,
			background: false,
			error: null,
			incomplete_details: null,
			instructions: null,
			max_output_tokens: null,
			metadata: { order: "7" },
			model: "darkroom",
			parallel_tool_calls: false,
			previous_response_id: null,
			store: true,
			access_programs: null,
			temperature: null,
			text: { format: { type: "text" } },
			tool_choice: "auto",
			tools: [],
			top_p: null,
			truncation: "disabled",
			usage: {
				input_tokens: 0,
				input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
				output_tokens: 0,
				output_tokens_details: { reasoning_tokens: 0 },
				total_tokens: 0,
			},
		};
		const begun = { ...asked, status: "in_progress", completed_at: null, output_text: "", output: [] };
		const message = { type: "message", id: "msg_req_1", role: "assistant" };
		const part = { type: "output_text", text: "Hello", annotations: [] };
		const item = { ...message, status: "completed", content: [part] };
		const whole = { ...asked, status: "completed", completed_at: 7, output_text: "Hello", output: [item] };
		const place = { item_id: "msg_req_1", output_index: 0, content_index: 0 };

		expect(toTextResponse(identity, "Hello")).toEqual(whole);
		expect(toTextResponseFrames(identity, "Hello").map(({ data }) => data)).toEqual([
			{ type: "response.created", sequence_number: 0, response: begun },
			{ type: "response.in_progress", sequence_number: 1, response: begun },
			{
				type: "response.output_item.added",
				sequence_number: 2,
				output_index: 0,
				item: { ...message, status: "in_progress", content: [] },
			},
			{ type: "response.content_part.added", sequence_number: 3, ...place, part: { ...part, text: "" } },
			{ type: "response.output_text.delta", sequence_number: 4, ...place, delta: "Hello", logprobs: [] },
			{ type: "response.output_text.done", sequence_number: 5, ...place, text: "Hello", logprobs: [] },
			{ type: "response.content_part.done", sequence_number: 6, ...place, part },
			{ type: "response.output_item.done", sequence_number: 7, output_index: 0, item },
			{ type: "response.completed", sequence_number: 8, response: whole },
		]);
	});

	it("is what its schema says", () => {
		const identity = { id: "resp_req_1", createdSeconds: 7, model: "darkroom", echoed: {} };
		expect(z.safeParse(ResponseAnswer, toTextResponse(identity, "Hello")).error).toBeUndefined();
		for (const { data } of toTextResponseFrames(identity, "Hello"))
			expect(z.safeParse(ResponseEvent, data).error).toBeUndefined();
	});
});

describe("a call of a function", () => {
	const identity = { id: "resp_req_1", createdSeconds: 7, model: "darkroom", echoed: {} };
	const args = '{"title":"A red fox"}';
	const item = { type: "function_call", id: "fc_req_1", call_id: "call_req_1", name: "set_title", arguments: args };
	const done = { ...item, status: "completed" };

	it("is an item of a Response without text", () => {
		const whole = toTextResponse(identity, args, "set_title");
		expect(whole).toMatchObject({ status: "completed", output_text: "", output: [done] });
		expect(z.safeParse(ResponseAnswer, whole).error).toBeUndefined();
	});

	it("is streamed with its arguments", () => {
		const place = { item_id: "fc_req_1", output_index: 0 };
		const frames = toTextResponseFrames(identity, args, "set_title").map(({ data }) => data);
		expect(frames.slice(2)).toEqual([
			{
				type: "response.output_item.added",
				sequence_number: 2,
				output_index: 0,
				item: { ...item, arguments: "", status: "in_progress" },
			},
			{ type: "response.function_call_arguments.delta", sequence_number: 3, ...place, delta: args },
			{ type: "response.function_call_arguments.done", sequence_number: 4, ...place, arguments: args },
			{ type: "response.output_item.done", sequence_number: 5, output_index: 0, item: done },
			{
				type: "response.completed",
				sequence_number: 6,
				response: toTextResponse(identity, args, "set_title"),
			},
		]);
		for (const frame of frames) expect(z.safeParse(ResponseEvent, frame).error).toBeUndefined();
	});

	it("is what an answer to its request is", () => {
		const rendering = { api: "responses", model: "darkroom", includeUsage: false, responseFormat: "both" } as const;
		const asked = { requestId: "req_1", createdSeconds: 7, said: "hi", rendering, call: "set_title" };
		expect(responsesText.toBody(asked, args)).toMatchObject({ output: [{ name: "set_title" }] });
		expect(JSON.stringify(responsesText.toFrames(asked, args))).toContain("function_call_arguments.done");
	});
});
