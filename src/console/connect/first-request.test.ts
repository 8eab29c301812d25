import { describe, expect, it } from "vitest";
import type { FirstRequest } from "./client.ts";
import { readSaid, toRequest } from "./first-request.ts";

const MODELS: FirstRequest = { kind: "models" };
const MANIFEST: FirstRequest = { kind: "manifest" };
const GREETING: FirstRequest = { kind: "greeting", says: "hi", isStream: true };
const PROBE: FirstRequest = { kind: "greeting", says: "ping", isStream: false, maxTokens: 5 };

describe("the first request of a client", () => {
	it.each([
		[MODELS, { method: "GET", path: "/v1/models", body: null }],
		[MANIFEST, { method: "GET", path: "/integrations/gpt-image-playground.json", body: null }],
		[
			GREETING,
			{
				method: "POST",
				path: "/v1/chat/completions",
				body: { model: "darkroom", messages: [{ role: "user", content: "hi" }], stream: true },
			},
		],
		[
			PROBE,
			{
				method: "POST",
				path: "/v1/chat/completions",
				body: { model: "darkroom", messages: [{ role: "user", content: "ping" }], stream: false, max_tokens: 5 },
			},
		],
	])("of %j is %j", (first, request) => {
		expect(toRequest(first, "darkroom")).toEqual(request);
	});
});

const STREAM = `data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

: a comment

data: {"choices":[{"index":0,"delta":{"content":"Tell me "}}]}

data: {"choices":[{"index":0,"delta":{"content":"what to draw."}}]}

data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: [DONE]

`;

describe("its answer", () => {
	it.each<readonly [first: FirstRequest, text: string, said: object | null]>([
		[MODELS, '{"object":"list","data":[{"id":"a"},{"id":"b"}]}', { kind: "models", count: 2 }],
		[MANIFEST, '{"customProviders":[{"name":"Darkroom"}]}', { kind: "manifest", provider: "Darkroom" }],
		[GREETING, STREAM, { kind: "reply", text: "Tell me what to draw." }],
		[PROBE, '{"choices":[{"message":{"content":"Pong"}}]}', { kind: "reply", text: "Pong" }],
		// What a proxy in between may answer.
		[MODELS, "<html>", null],
		[MODELS, '{"data":{}}', null],
		[MODELS, "null", null],
		[MANIFEST, "{}", null],
		[GREETING, "data: {broken\n\n", null],
		[GREETING, "data: [DONE]\n\n", null],
		[PROBE, '{"choices":[]}', null],
	])("to %j: %j says %j", (first, text, said) => {
		expect(readSaid(first, text)).toEqual(said);
	});
});
