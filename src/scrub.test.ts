import { describe, expect, it } from "vitest";
import { toFalAccount } from "./fal-accounts.ts";
import { scrubEcho, scrubSecrets, secretsOf } from "./scrub.ts";

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
		[
			"sk-dr-bob-0123456789AB-abcdefghijklmnopqrstuvwxyzABCDEF0123456789abcdef is wrong, sk-dr-bob too",
			"… is wrong, … too",
		],
		[`not an image: ${BASE64}`, "not an image: …"],
		[`not an image: data:image/png;base64,${BASE64}`, "not an image: …"],
		["said \\u4e00\\u53ea\\u732b\\u5728", "said …"],
		["said %E4%B8%80%E5%8F%AA%E7%8C%AB", "said …"],
		["said \\u4e00 \\u53ea \\u732b", "said …"],
		[`said \\u4e00${"x".repeat(8)}\\u53ea${"x".repeat(8)}\\u732b`, "said …"],
		[`said %E4${"x".repeat(24)}%B8${"x".repeat(24)}%80`, "said …"],
		[`said %E4%B8%80${"x".repeat(30)} there`, "said … there"],
		// Of each kind more than one, in either case.
		["DATA:image/png;base64,AAAA, data:x,y", "… …"],
		["HTTPS://A.test/x and https://b.test/y", "… and …"],
		["'//a.test/x' and '//b.test/y'", "'…' and '…'"],
		["id-1:a-secret@bucket/x and id-2:a-secret@bucket/y", "… and …"],
		["Bob@Fal.Media/files/x?sig=1 and amy@fal.media/files/y", "… and …"],
		["V3.Fal.Media/files/x and v3.fal.media/files/y", "… and …"],
		["runners 10.0.3.17 and 10.0.3.18:80", "runners … and …"],
		["runners [FD00::17] and [fd00::18]:80", "runners … and …"],
		["bob@mail.corp.example and Amy@Corp.Example", "… and …"],
		["write to support@fal.ai.evil.example", "write to …"],
		["authorization: basic  abcdef refused", "authorization: … refused"],
		["x-api-key: abcdef and API_KEY=abcdef", "x-api-key: … and API_KEY=…"],
		["apikey=abcdef and api-key:abcdef", "apikey=… and api-key:…"],
		["accesskey=abcdef and access_key=abcdef and access-key=abcdef", "accesskey=… and access_key=… and access-key=…"],
		["accesstoken=abcdef and access_token=abcdef", "accesstoken=… and access_token=…"],
		["clientsecret=abcdef and client_secret=abcdef", "clientsecret=… and client_secret=…"],
		["secret   =   abcdef, 'password': 'abc'", "secret   =   …, 'password': '…'"],
		["signature: abc and sig=abc", "signature: … and sig=…"],
		["key   =   a1b2c3 and key=a1b2c3 and KEY  a1b2c3", "key   =   … and key=… and KEY  …"],
		// Runs of letters and digits that are no names.
		["AbCdEf1/AbCdEf2/AbCdEf3/AbCdEf4/AbCdEf5/", "…"],
		["abcdefghijklm1234 is no name", "… is no name"],
		["ABCDEFGHIJKLM123 is no name", "… is no name"],
		["AbcDefGhiJklMnoPqrStu is no name", "… is no name"],
		["model-12345-abcdef is no name", "… is no name"],
		["model-12abc-abcdef is no name", "… is no name"],
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
		"AbCdEf1/AbCdEf2/AbCdEf3/AbCdEf4/AbCdEf5",
		"fal-ai/some-model/with-a-long-name/and-1-more",
		"Fal-Ai/Some-Model/With-a-long-name/and-a-longer-one",
		"FAL-AI/SOME-MODEL/WITH-A-LONG-NAME/AND-1-MORE",
		"abcdefghijklm123",
		"ABCDEFGHIJKLMN12",
		"ABCDEFGHIJKLMNOP",
		"AbcDefGhiJklMnoPqr",
		"model-v12ab-abcdef",
		"model-1234ab-abcde",
	])("leaves %j as it is", (said) => {
		expect(scrubSecrets(said)).toBe(said);
	});

	it("has whole letters, and none that is not seen", () => {
		expect(scrubSecrets("a\ud800b\udc00c 🦊")).toBe("a\ufffdb\ufffdc 🦊");
		expect(scrubSecrets("\u200ba\u2060\u202ab\u202e\u2066c\u2069\ufeff")).toBe("abc");
		expect(scrubSecrets("\u200d\u200e\u2029")).toBe("\u200d\u200e\u2029");
		expect(scrubSecrets("sim-\u200bsecret", ["sim-secret"])).toBe("…");
	});

	it("takes out the gateway's own key, whole and in halves", () => {
		const secrets = secretsOf([toFalAccount("sim-id:sim-secret")]);
		expect(scrubSecrets("sim-id:sim-secret, sim-id and sim-secret", secrets)).toBe("…, … and …");
	});

	it("leaves a part of the key that is too short to be told from a word", () => {
		expect(scrubSecrets("a cat, and abcd", ["cat", "abcd"])).toBe("a cat, and …");
		const accounts = ["an-id:a-secret", "id-2:secret-2"].map(toFalAccount);
		expect(secretsOf(accounts)).toEqual(["an-id:a-secret", "an-id", "a-secret", "id-2:secret-2", "id-2", "secret-2"]);
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
		["words 猫      here", "画一只猫      在睡觉", "words …      here"],
		["cat is not allowed", " cat ", "… is not allowed"],
		["not allowed: cat", "cat", "not allowed: …"],
		["the cats are not allowed", "cat", "the cats are not allowed"],
		["tomcat is not allowed", "cat", "tomcat is not allowed"],
		["'red fox ...' is not allowed", "a red fox", "'…' is not allowed"],
		["'red... fox' is not allowed", prompt, "'red... fox' is not allowed"],
		["'a...' is not allowed", prompt, "'a...' is not allowed"],
		["'blue dog' is not allowed", prompt, "'blue dog' is not allowed"],
		["a_red_fox_in_the_snow is flagged", "a red fox in the snow", "… is flagged"],
		["flagged: a-red-fox in\tthe\nsnow", "a red fox in the snow", "flagged: …"],
		["flagged: EIN ROTER FUCHS MIT FUß", "Ein roter Fuchs mit Fuß", "flagged: …"],
		["İİİ flagged: a red fox in the snow", "a red fox in the snow", "İİİ flagged: …"],
		["一只红狐狸呢", "红狐狸", "一只…呢"],
		["提示词 red fo 被拒绝", prompt, "提示词 red fo 被拒绝"],
		["xed fox barks!", "red fox barks", "x…!"],
		["xed fox barks", "red fox barks", "x…"],
		["[input_value = 'abc', input_type=str]", prompt, "[input_value = …, input_type=str]"],
		["bad input_value='A re", prompt, "bad input_value=…"],
		["[input_value='abc'] and more", prompt, "[input_value=…] and more"],
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
