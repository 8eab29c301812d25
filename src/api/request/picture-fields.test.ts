import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import type { Fault } from "../../faults.ts";
import { parseBody } from "./fields.ts";
import { pictureFields } from "./picture-fields.ts";

const Body = z.object(pictureFields);

describe("a field about pictures", () => {
	it.each<readonly [sent: object, read: object]>([
		[{ model: " imagen4-fast " }, { model: "imagen4-fast" }],
		[{ n: 1 }, { n: 1 }],
		[{ n: 10 }, { n: 10 }],
		[{ seed: 0 }, { seed: 0 }],
		[{ seed: -1 }, { seed: undefined }],
		[{ seed: 2 ** 64 }, { seed: 2 ** 64 }],
		[{ size: "x".repeat(100) }, { size: "x".repeat(100) }],
		[{ fal: { steps: 4 } }, { fal: { steps: 4 } }],
	])("is read of %j", (sent, read) => {
		expect(parseBody(Body, sent)).toEqual({ ok: true, value: read });
	});

	it.each<readonly [field: string, value: unknown, fault: Fault]>([
		["n", 0, { is: "too_small", min: 1, got: 0 }],
		["n", 11, { is: "too_large", max: 10, got: 11 }],
		["seed", 1.5, { is: "type", expected: ["integer"], got: "decimal" }],
		["seed", "7", { is: "type", expected: ["integer"], got: "string" }],
		["seed", -2, { is: "too_small", min: -1, got: -2 }],
		["seed", 2 ** 65, { is: "too_large", max: 2 ** 64, got: 2 ** 65 }],
		["model", "x".repeat(201), { is: "too_long", max: 200, of: "characters" }],
		["size", "x".repeat(101), { is: "too_long", max: 100, of: "characters" }],
		["quality", "x".repeat(21), { is: "too_long", max: 20, of: "characters" }],
		["output_format", "x".repeat(11), { is: "too_long", max: 10, of: "characters" }],
		["negative_prompt", "x".repeat(10_001), { is: "too_long", max: 10_000, of: "characters" }],
		["webhook_url", "x".repeat(2_049), { is: "too_long", max: 2_048, of: "characters" }],
		["fal", "{}", { is: "type", expected: ["object"], got: "string" }],
	])("%s is refused at its bound (%#)", (param, value, fault) => {
		expect(parseBody(Body, { [param]: value })).toEqual({
			ok: false,
			error: { kind: "invalid_value", param, fault },
		});
	});
});
