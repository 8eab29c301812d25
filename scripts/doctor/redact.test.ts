import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScrub, createScrubs, mapTexts, redactBody } from "./redact.ts";

const KEY = "0a1b2c3d-1111-2222-3333-444455556666:9f8e7d6c5b4a39281706";
const { keys, foreign } = createScrubs([KEY], ["alice-studio"]);

describe("createScrub", () => {
	it.each([
		["the key", KEY],
		["its id", "0a1b2c3d-1111-2222-3333-444455556666"],
		["its secret", "9f8e7d6c5b4a39281706"],
		["in capitals", KEY.toUpperCase()],
		["in an address", encodeURIComponent(KEY)],
		["in base64", Buffer.from(KEY).toString("base64")],
		["in hex", Buffer.from(KEY).toString("hex")],
	])("takes the key out: %s", (_, form) => {
		expect(keys(`before ${form} after`)).toBe("before <secret> after");
	});

	it("leaves a text alone that is too short for a secret", () => {
		expect(createScrub(["", "a:b", "12345"])("a:b 12345")).toBe("a:b 12345");
		expect(createScrub(["123456"])("123456")).toBe("<secret>");
	});

	it("takes a secret as text, not as a pattern", () => {
		expect(createScrub(["(a+)+$|[x"])("aaaa (a+)+$|[x")).toBe("aaaa <secret>");
	});
});

describe("the scrub of foreign texts", () => {
	it.each([
		["see https://v3.fal.media/files/a/b.png?sig=1.", "see <address>"],
		["request 0f8fad5b-d9cb-469f-a165-70867728950e failed", "request <id> failed"],
		["mail bob@example.com", "mail <email>"],
		["from 10.1.2.3", "from <address>"],
		["token eyJhbGciOiJIUzI1NiJ9abcdefgh", "token <token>"],
		["User alice-studio is locked", "User <secret> is locked"],
		["\u001b[31mred\u202e\r\n", "[31mred "],
		["9f8e7d6c5b\u0000\u200b4a39281706", "<secret>"],
		['Application "darkroom-doctor-invented" not found', 'Application "darkroom-doctor-invented" not found'],
		["content_policy_violation", "content_policy_violation"],
	])("makes %j to %j", (text, scrubbed) => {
		expect(foreign(text)).toBe(scrubbed);
	});

	it("takes time in proportion to the text", () => {
		for (const unit of ["a", "-", "a@", "a@a", "1.", "https:", "0-", "01234567-", "\u0000"]) {
			const started = performance.now();
			foreign(unit.repeat(1_000_000 / unit.length));
			expect(performance.now() - started, unit).toBeLessThan(1_000);
		}
	});
});

describe("redactBody", () => {
	it("shows words of the protocol and messages, and only the kinds of all else", () => {
		const body = {
			status: "COMPLETED",
			request_id: "0f8fad5b-d9cb-469f-a165-70867728950e",
			response_url: "https://queue.fal.run/x",
			queue_position: 3,
			credits: { current_balance: 12.5, currency: "USD" },
			logs: [{ message: "step 1", timestamp: "2026-11-28T10:00:00Z" }],
			ok: true,
			nothing: null,
		};
		expect(redactBody(JSON.stringify(body), foreign)).toEqual({
			status: "COMPLETED",
			request_id: "<text>",
			response_url: "<address>",
			queue_position: 3,
			credits: { current_balance: "<number>", currency: "USD" },
			logs: [{ message: "step 1", timestamp: "<time>" }],
			ok: true,
			nothing: null,
		});
	});

	it("never shows what fal echoes of an input", () => {
		const input = { prompt: "a private prompt", detail: "a private detail" };
		const detail = [{ loc: ["body", "prompt"], msg: "Field required", type: "missing", input, ctx: { error: "x" } }];
		const items = [{ json_input: input, json_output: { message: "private" } }];
		expect(redactBody(JSON.stringify({ detail, items, prompt: "a private prompt" }), foreign)).toEqual({
			detail: [
				{ loc: ["body", "prompt"], msg: "Field required", type: "missing", input: "<object>", ctx: { error: "x" } },
			],
			items: [{ json_input: "<object>", json_output: "<object>" }],
			prompt: "<text>",
		});
	});

	it("scrubs a message before it cuts it", () => {
		expect(redactBody(JSON.stringify({ detail: `${"x".repeat(190)} ${KEY}` }), foreign)).toEqual({
			detail: `${"x".repeat(190)} <secret>`.slice(0, 200),
		});
	});

	it("names a body that is no JSON, and cuts long and deep ones", () => {
		expect([redactBody("", foreign), redactBody("<html>secret", foreign)]).toEqual(["<empty>", "<no JSON>"]);
		expect(redactBody("[1,2,3,4]", foreign)).toEqual(["<number>", "<number>", "<2 more>"]);
		expect(JSON.stringify(redactBody("[".repeat(50) + "]".repeat(50), foreign))).toContain('"<list>"');
	});

	it("shows no secret, wherever it stands in whatever JSON", () => {
		const secret = fc.stringMatching(/^[\x21-\x7e]{6,60}$/);
		const cases = secret.chain((hidden) =>
			fc.tuple(fc.constant(hidden), jsonWith(hidden), fc.constantFrom("status", "detail", "message", "type", "error")),
		);
		fc.assert(
			fc.property(cases, ([hidden, value, name]) => {
				const { foreign } = createScrubs([hidden], []);
				const shown = redactBody(JSON.stringify({ [name]: value }), foreign);
				expect(textsOf(shown).filter((text) => text.toLowerCase().includes(hidden.toLowerCase()))).toEqual([]);
			}),
		);
	});
});

/** JSON in which any text or name may hold the secret. */
function jsonWith(secret: string): fc.Arbitrary<unknown> {
	const text = fc.oneof(
		fc.string(),
		fc.tuple(fc.string(), fc.string()).map(([before, after]) => before + secret + after),
	);
	return fc.letrec((tie) => ({
		value: fc.oneof(
			{ maxDepth: 4 },
			text,
			fc.integer(),
			fc.constant(null),
			fc.array(tie("value"), { maxLength: 3 }),
			fc.dictionary(fc.oneof(text, fc.constantFrom("status", "detail", "msg", "type", "input")), tie("value"), {
				maxKeys: 4,
			}),
		),
	})).value;
}

function textsOf(value: unknown): readonly string[] {
	const texts: string[] = [];
	mapTexts(value, (text) => {
		texts.push(text);
		return text;
	});
	return texts;
}

it("maps every text and every name of a value", () => {
	expect(mapTexts({ a: ["a", 1, { a: null }] }, (text) => `${text}!`)).toEqual({ "a!": ["a!", 1, { "a!": null }] });
});
