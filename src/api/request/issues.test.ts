import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { toRequestAnswer } from "../../errors.ts";
import type { Fault } from "../../faults.ts";
import { validate } from "../../validate.ts";
import { ChatBody } from "../chat/body.ts";
import { ImagesBody } from "../images/body.ts";
import { ResponsesBody } from "../responses/body.ts";
import { parseBody } from "./fields.ts";
import { toFound } from "./issues.ts";

const BODIES = { images: ImagesBody, chat: ChatBody, responses: ResponsesBody };

function user(content: unknown) {
	return { messages: [{ role: "user", content }] };
}

/** Faulty bodies, with the field and the message that each API names. */
const SAID: readonly (readonly [api: keyof typeof BODIES, body: object, param: string, message: string])[] = [
	["images", {}, "prompt", "Missing required parameter: 'prompt'."],
	["images", { prompt: null }, "prompt", "Invalid type for 'prompt': expected a string, got null."],
	["images", { prompt: 7 }, "prompt", "Invalid type for 'prompt': expected a string, got an integer."],
	["images", { prompt: ["a"] }, "prompt", "Invalid type for 'prompt': expected a string, got an array."],
	["images", { prompt: " " }, "prompt", "Invalid value for 'prompt': must not be empty."],
	[
		"images",
		{ prompt: "x".repeat(32_001) },
		"prompt",
		"Invalid value for 'prompt': must have at most 32000 characters.",
	],
	["images", { prompt: "a", n: "1" }, "n", "Invalid type for 'n': expected an integer, got a string."],
	["images", { prompt: "a", n: 1.5 }, "n", "Invalid type for 'n': expected an integer, got a decimal number."],
	["images", { prompt: "a", n: 11 }, "n", "Invalid value for 'n': 11, must be at most 10."],
	["images", { prompt: "a", n: 1e20 }, "n", "Invalid value for 'n': 100000000000000000000, must be at most 10."],
	[
		"responses",
		{ input: Array(10_001).fill({ role: "user", content: "a" }) },
		"input",
		"Invalid value for 'input': must have at most 10000 items.",
	],
	["images", { prompt: "a", n: 0 }, "n", "Invalid value for 'n': 0, must be at least 1."],
	["images", { prompt: "a", size: 1024 }, "size", "Invalid type for 'size': expected a string, got an integer."],
	["images", { prompt: "a", stream: "yes" }, "stream", "Invalid type for 'stream': expected a boolean, got a string."],
	["images", { prompt: "a", fal: [] }, "fal", "Invalid type for 'fal': expected an object, got an array."],
	["images", { prompt: "a", fal: "x" }, "fal", "Invalid type for 'fal': expected an object, got a string."],
	[
		"images",
		{ prompt: "a", response_format: "base64" },
		"response_format",
		"Invalid value for 'response_format': 'base64', must be one of 'url', 'b64_json'.",
	],
	[
		"images",
		{ prompt: "a", response_format: { type: "url" } },
		"response_format",
		"Invalid value for 'response_format': must be one of 'url', 'b64_json'.",
	],
	["chat", {}, "messages", "Missing required parameter: 'messages'."],
	["chat", { messages: [] }, "messages", "Invalid value for 'messages': must have at least 1 item."],
	["chat", { messages: "a fox" }, "messages", "Invalid type for 'messages': expected an array, got a string."],
	["chat", { messages: ["a"] }, "messages[0]", "Invalid type for 'messages[0]': expected an object, got a string."],
	["chat", { messages: [{ content: "a" }] }, "messages[0].role", "Missing required parameter: 'messages[0].role'."],
	[
		"chat",
		user(7),
		"messages[0].content",
		"Invalid type for 'messages[0].content': expected a string or an array or null, got an integer.",
	],
	[
		"chat",
		user([{ type: "text" }]),
		"messages[0].content[0].text",
		"Missing required parameter: 'messages[0].content[0].text'.",
	],
	[
		"chat",
		user([{ type: "text", text: 7 }]),
		"messages[0].content[0].text",
		"Invalid type for 'messages[0].content[0].text': expected a string, got an integer.",
	],
	["chat", { ...user("a"), seed: 1.5 }, "seed", "Invalid type for 'seed': expected an integer, got a decimal number."],
	["chat", { ...user("a"), n: true }, "n", "Invalid type for 'n': expected an integer, got a boolean."],
	[
		"chat",
		{ ...user("a"), stream_options: { include_usage: 1 } },
		"stream_options.include_usage",
		"Invalid type for 'stream_options.include_usage': expected a boolean, got an integer.",
	],
	["responses", { input: 7 }, "input", "Invalid type for 'input': expected a string or an array, got an integer."],
	["responses", { input: [{ role: "user" }] }, "input[0].content", "Missing required parameter: 'input[0].content'."],
	[
		"responses",
		{ input: [{ role: "user", content: [{ type: "input_text" }] }] },
		"input[0].content[0].text",
		"Missing required parameter: 'input[0].content[0].text'.",
	],
	[
		"responses",
		{ input: "a", tools: [{ type: "image_generation", n: "2" }] },
		"tools[0].n",
		"Invalid type for 'tools[0].n': expected an integer, got a string.",
	],
	[
		"responses",
		{ input: "a", metadata: "order 7" },
		"metadata",
		"Invalid type for 'metadata': expected an object, got a string.",
	],
	[
		"responses",
		{ input: "a", metadata: { order: 7 } },
		"metadata.order",
		"Invalid type for 'metadata.order': expected a string, got an integer.",
	],
	[
		"responses",
		{ input: "a", metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, "v"])) },
		"metadata",
		"Invalid value for 'metadata': must have at most 16 fields.",
	],
	[
		"responses",
		{ input: "a", metadata: { ["k".repeat(65)]: "v" } },
		"metadata",
		"Invalid value for 'metadata': its keys must have at most 64 characters.",
	],
];

describe("the error", () => {
	it.each(SAID)("of %s, %.80j: %s", (api, body, param, message) => {
		const parsed = parseBody(BODIES[api], body);
		expect(parsed.ok ? null : toRequestAnswer(parsed.error).body.error).toMatchObject({
			code: "invalid_value",
			param,
			message,
		});
	});

	it("names a field, whatever is wrong", () => {
		const anything = fc.jsonValue();
		const body = fc.record({ prompt: anything, messages: anything, input: anything, n: anything, tools: anything });
		fc.assert(
			fc.property(fc.constantFrom(ImagesBody, ChatBody, ResponsesBody), body, (schema, value) => {
				const parsed = parseBody(schema, value);
				if (parsed.ok || parsed.error.kind !== "invalid_value" || !("fault" in parsed.error)) return;
				expect(parsed.error.param).not.toBeNull();
				expect(parsed.error.fault.is).not.toBe("unusable");
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe("toFound", () => {
	/** A check of another's, whose issue states these params. */
	const stating = (params: Record<string, unknown>) =>
		z.unknown().check((payload) => {
			payload.issues.push({ code: "custom", input: payload.value, path: [], params });
		});
	const pair = z.object({ a: z.string(), b: z.string() });

	it.each<readonly [what: string, schema: z.ZodMiniType, value: unknown, path: string, fault: Fault]>([
		["the first fault of a branch", z.union([z.string(), pair]), {}, "it.a", { is: "missing" }],
		["words of which none fits", z.union([z.literal("a"), z.literal("b")]), "c", "it", { is: "unusable" }],
		[
			"a word and a type",
			z.union([z.literal("a"), z.number()]),
			"c",
			"it",
			{ is: "type", expected: ["integer"], got: "string" },
		],
		[
			"a record and a list",
			z.union([z.record(z.string(), z.string()), z.array(z.string())]),
			7,
			"it",
			{ is: "type", expected: ["object", "array"], got: "integer" },
		],
		[
			"a text that is too short for a union",
			z.union([z.string().check(z.minLength(2)), z.array(z.string())]),
			"a",
			"it",
			{ is: "too_short", min: 2, of: "characters" },
		],
		["no value of a union", z.union([z.string(), z.number()]), undefined, "it", { is: "missing" }],
		["no word", z.enum(["a", "b"]), undefined, "it", { is: "missing" }],
		["a check without a reason", z.string().check(z.refine(() => false)), "a", "it", { is: "unusable" }],
		["a check with a text for a reason", stating({ fault: "wrong" }), "a", "it", { is: "unusable" }],
		["a check with null for a reason", stating({ fault: null }), "a", "it", { is: "unusable" }],
		["a check with a fault for a reason", stating({ fault: { is: "empty" } }), "a", "it", { is: "empty" }],
	])("tells of %s", (_, schema, it, path, fault) => {
		const parsed = validate(z.object({ it: schema }), { it });
		const found = toFound(parsed.error?.issues[0], { it });
		expect({ path: found.path.join("."), fault: found.fault }).toEqual({ path, fault });
	});

	it("says that a value is unusable if a schema gives no reason that is known", () => {
		const parsed = z.safeParse(z.object({ a: z.string().check(z.regex(/x/)) }), { a: "y" });
		expect(toFound(parsed.error?.issues[0], { a: "y" })).toEqual({ path: ["a"], fault: { is: "unusable" } });
		expect(toFound(undefined, {})).toEqual({ path: [], fault: { is: "unusable" } });
	});
});
