import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeError } from "./log.ts";

describe("describeError", () => {
	it.each([
		[new TypeError("Network connection lost."), "TypeError: Network connection lost."],
		[
			new Error("The Durable Object's code has been updated, this version can no longer access storage."),
			"Error: The Durable Object's code has been updated, this version can no longer access storage.",
		],
		[
			new TypeError("Fetch API cannot load: https://queue.fal.run/x?fal_webhook=https://gw/webhooks/fal/1/mac"),
			"TypeError: Fetch API cannot load: …",
		],
		[
			new SyntaxError(`Unexpected token 'a', "a red fox" is not valid JSON`),
			"SyntaxError: Unexpected token … … is not valid JSON",
		],
		[
			new Error("FAL_API_KEY, in its entry 2, has no colon. SIGNING_KEY has an empty key in its list."),
			"Error: FAL_API_KEY, in its entry 2, has no colon. SIGNING_KEY has an empty key in its list.",
		],
		[
			new Error("MODELS DEFAULT_MODEL OWNER. fal_webhook SECRET_KEY FAL_API_KEY=id:secret"),
			"Error: MODELS DEFAULT_MODEL OWNER. … … …",
		],
		[new Error("no answer in 30000 ms"), "Error: no answer in 30000 ms"],
		[new Error("images/0123456789abcdef/0.png is missing"), "Error: … is missing"],
		[new Error("bad key id-1234:secret, sk-darkroom-local"), "Error: bad key … …"],
		[new Error(`open " quote with a prompt`), "Error: open …"],
		[new Error(""), "Error: …"],
	])("keeps the plain words of %s", (error, described) => {
		expect(describeError(error).error).toBe(described);
	});

	it("keeps the name of every setting", () => {
		const page = readFileSync("docs/configuration.md", "utf8");
		const names = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
		expect(names).toContain("FAL_API_KEY");
		const message = names.join(" ");
		expect(describeError(new Error(message)).error).toBe(`Error: ${message}`);
	});

	it("keeps where it happened, and takes no line of the message for that", () => {
		const { frames } = describeError(new Error("first\n    at a red fox (fox:1:2)\n    at https://x?sig=y:1:2"));
		expect(frames.length).toBeGreaterThan(0);
		expect(frames.length).toBeLessThanOrEqual(10);
		expect(frames.join(" ")).toMatch(/\w\.[tj]s:\d+:\d+/);
		expect(frames.join(" ")).not.toMatch(/fox|sig/);
	});

	it.each(["a red fox", null, undefined, { message: "a red fox" }])(
		"says nothing of %j, which is no Error",
		(thrown) => {
			expect(describeError(thrown)).toEqual({ error: "not an Error", frames: [] });
		},
	);

	it("is short, whatever the message", () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 2_000 }), (message) => {
				expect(JSON.stringify(describeError(new Error(message))).length).toBeLessThan(4_000);
			}),
		);
	});
});
