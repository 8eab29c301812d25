import { describe, expect, it } from "vitest";
import { openNests } from "./open-nests.ts";

describe("openNests", () => {
	it.each([
		[{ extra_body: '{"size":"16:9"}' }, { extra_body: { size: "16:9" } }],
		[
			{ n: 1, image_config: ' \n{"a":1}' },
			{ n: 1, image_config: { a: 1 } },
		],
		[{ extra_body: { options: '{"extra":"{}"}' } }, { extra_body: { options: { extra: {} } } }],
		[{ providerOptions: { vertex: '{"a":1}' } }, { providerOptions: { vertex: { a: 1 } } }],
		[{ providerOptions: '{"vertex":"{}"}' }, { providerOptions: { vertex: {} } }],
		[{ [`extra${"-".repeat(55)}body`]: "{}" }, { [`extra${"-".repeat(55)}body`]: {} }],
	])("opens %j", (body, opened) => {
		expect(openNests(body)).toEqual({ ok: true, value: opened });
	});

	it.each([
		{ input: '{"scene":"a fox"}', inputs: "{", prompt: '{"scene":"a fox"}', metadata: '{"a":1}', scene: "{" },
		{
			options: "fast",
			config: null,
			extra: ["{"],
			settings: "[1]",
			kwargs: "fast {1}",
			params: 7,
			extra_body: { input: "{" },
		},
		{ [`extra${"-".repeat(56)}body`]: "{", providerOptions: { ["x".repeat(65)]: "{" } },
		{ extra: { extra: { extra: { extra: { extra: { extra: { extra: "{" } } } } } } },
	])("leaves %j as it is", (body) => {
		const opened = openNests(body);
		expect(opened.ok && opened.value).toBe(body);
	});

	it.each([
		[{ extra_body: '{"size":' }, "extra_body"],
		[{ extra_body: { image_config: "{size}" } }, "extra_body.image_config"],
		[{ extra_body: `{"a":${"[".repeat(64)}${"]".repeat(64)}}` }, "extra_body"],
	])("refuses %j", (body, param) => {
		expect(openNests(body)).toEqual({
			ok: false,
			error: { kind: "invalid_value", param, fault: { is: "type", expected: ["object"], got: "string" } },
		});
	});
});
