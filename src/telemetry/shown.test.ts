import { describe, expect, it } from "vitest";
import { toShown, toShownField } from "./shown.ts";

describe("a name in a line", () => {
	it.each([
		"imagen4-preview",
		"fal-ai/bytedance/seedream/v4/text-to-image",
		"764cabcf-b745-4b3e-ae38-1200304cf45b",
		"16:9",
		"9:16",
		"1024x1024",
		"landscape_16_9",
		"a".repeat(100),
	])("is shown: %s", (name) => {
		expect(toShown(name)).toBe(name);
	});

	it.each([
		"a red fox",
		"https://cdn.test/0.png?sig=x",
		"cdn.test//0.png",
		"test-id:test-secret",
		"0.png?exp=1&sig=x",
		"狐狸",
		"name\n",
		"",
		"a".repeat(101),
	])("is hidden: %j", (name) => {
		expect(toShown(name)).toBe("…");
	});
});

describe("a field in a line", () => {
	it.each(["size", "messages[0].content", "fal.guidance_scale", "response_format"])("is shown: %s", (path) => {
		expect(toShownField(path)).toBe(path);
	});

	it.each(["metadata.a red fox", "fal.sk-darkroom-local", "metadata.aB3x", "fal.狐狸", "", "a".repeat(101)])(
		"is hidden: %j",
		(path) => {
			expect(toShownField(path)).toBe("…");
		},
	);
});
