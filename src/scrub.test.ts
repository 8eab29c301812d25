import { describe, expect, it } from "vitest";
import { scrubEcho, scrubSecrets, secretsOfKey } from "./scrub.ts";

const BASE64 = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

describe("fal's words without secrets", () => {
	it.each<readonly [said: string, shown: string]>([
		["see https://v3.fal.media/files/secret.png?x=1 now", "see … now"],
		["see http://a.test/b.", "see …"],
		["at '//v3.fal.media/files/b/x.png'", "at '…'"],
		["at s3://bucket/prefix/file.png", "at …"],
		["file:///etc/passwd is not read", "… is not read"],
		["cannot read v3.fal.media/files/b/secret.png", "cannot read …"],
		["cannot read v3b.fal.media?token=abc", "cannot read …"],
		["cannot read AKIA123:abc-def@bucket.test/x", "cannot read …"],
		["cannot read user@fal.media/files/x?sig=1", "cannot read …"],
		["runner 10.0.3.17:8080 is gone", "runner … is gone"],
		["runner [fd00::17]:8080 is gone", "runner … is gone"],
		["User bob@corp.example is locked", "User … is locked"],
		[
			"User is locked. Reason: Admin lock. Please contact support@fal.ai",
			"User is locked. Reason: Admin lock. Please contact support@fal.ai",
		],
		["key 233296c2-1111-4222-8333-abcdef012345:0123456789abcdef0123456789abcdef is bad", "key … is bad"],
		["Authorization: Key 12:34567890 refused", "Authorization: … refused"],
		["Authorization: Bearer abc.def refused", "Authorization: … refused"],
		["Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "Bearer …"],
		['{"api_key": "abcdef"}', '{"api_key": "…"}'],
		["password=hunter2 is wrong", "password=… is wrong"],
		["token sk-proj-A1b2C3d4E5f6G7h8 is wrong", "token … is wrong"],
		["ghp_A1b2C3d4E5f6G7h8I9j0 leaked", "… leaked"],
		[`not an image: ${BASE64}`, "not an image: …"],
		[`not an image: data:image/png;base64,${BASE64}`, "not an image: …"],
		["said \\u4e00\\u53ea\\u732b\\u5728", "said …"],
		["said %E4%B8%80%E5%8F%AA%E7%8C%AB", "said …"],
	])("shows %j as %j", (said, shown) => {
		expect(scrubSecrets(said)).toBe(shown);
	});

	it.each([
		"Input should be less than or equal to 4",
		'Application "fal-ai/flux-pro/v1.1-ultra" not found',
		'Cannot access application "x"',
		"content_policy_violation: no_media_generated",
		"Path /quality not found",
		"stable-diffusion-v35-large is not supported",
		"Value error, aspect_ratio must be 16:9",
		"InvalidParameterValueException",
		"The key is not valid. A basic understanding of tokens helps.",
		"CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 79.15 GiB total)",
		"一只猫的提示词太长",
	])("leaves %j as it is", (said) => {
		expect(scrubSecrets(said)).toBe(said);
	});

	it("takes out the gateway's own key, whole and in halves", () => {
		const secrets = secretsOfKey("sim-id:sim-secret");
		expect(scrubSecrets("sim-id:sim-secret, sim-id and sim-secret", secrets)).toBe("…, … and …");
	});

	it("looks at a bounded part", () => {
		expect(scrubSecrets("a ".repeat(5_000))).toHaveLength(2_000);
	});

	it.each(["a", "a.", "a:", "/", "%41", "\\u0041", "A1", "-", "@a", "1.", "[:"])(
		"is quick on %j again and again",
		(piece) => {
			const started = performance.now();
			scrubSecrets(piece.repeat(100_000));
			expect(performance.now() - started).toBeLessThan(200);
		},
	);
});

describe("fal's words without the prompt", () => {
	const prompt = "A red fox in the snow, watercolour, by Somebody Famous";

	it.each<readonly [said: string, prompt: string, shown: string]>([
		[`Prompt '${prompt}' was flagged`, prompt, "Prompt '…' was flagged"],
		[`Prompt ${prompt} was flagged`, prompt, "Prompt … was flagged"],
		[`flagged: ${prompt.toUpperCase()}`, prompt, "flagged: …"],
		["flagged: red fox in the snow, water...", prompt, "flagged: …..."],
		["the words 'red fox' are not allowed", prompt, "the words '…' are not allowed"],
		["the words “somebody famous” are not allowed", prompt, "the words “…” are not allowed"],
		["'red fox...' is not allowed", prompt, "'…' is not allowed"],
		["prompt cat is not allowed", "cat", "prompt … is not allowed"],
		["the category is not allowed", "cat", "the category is not allowed"],
		["no such seed", "no", "no such seed"],
		["提示词一只红色的狐狸在雪地里被拒绝", "画一只红色的狐狸在雪地里，水彩", "提示词…被拒绝"],
		["提示词“红狐狸”被拒绝", "画红狐狸在雪地里", "提示词“…”被拒绝"],
		[
			"1 validation error [type=string_too_long, input_value='A red f... Famous', input_type=str]",
			prompt,
			"1 validation error [type=string_too_long, input_value=…, input_type=str]",
		],
		["Input should be less than 4", prompt, "Input should be less than 4"],
	])("shows %j to who asked for %j as %j", (said, asked, shown) => {
		expect(scrubEcho(said, asked)).toBe(shown);
	});

	it("is quick with a long prompt that is made to be slow", () => {
		const started = performance.now();
		scrubEcho("a".repeat(2_000), `${"a".repeat(32_000)}b`);
		scrubEcho("'aaa".repeat(500), "a".repeat(32_000));
		expect(performance.now() - started).toBeLessThan(500);
	});
});
