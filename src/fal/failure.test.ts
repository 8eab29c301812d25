import { describe, expect, it } from "vitest";
import { readFailure, statesFailure, statusIn, toResultError } from "./failure.ts";
import { readSubmitAnswer, readWebhook } from "./wire.ts";

function item(type: string, loc: readonly (string | number)[] = ["body"]) {
	return { detail: [{ loc, msg: "what fal says", type, url: "https://docs.fal.ai/errors", input: "a red fox" }] };
}

function resultError(status: number, body: unknown) {
	return toResultError(status, readFailure(body));
}

function submitError(status: number, body: unknown) {
	const answer = readSubmitAnswer(status, JSON.stringify(body), "https://queue.fal.run");
	if (!("error" in answer)) throw new Error(`${status} is no refusal`);
	return answer.error;
}

describe("the code of a failure", () => {
	it.each([
		["content_policy_violation", "moderation_blocked"],
		["no_media_generated", "no_media_generated"],
		["request_timeout", "deadline_exceeded"],
		["startup_timeout", "upstream_failed"],
	])("of fal's type %s is %s, whatever its status", (type, code) => {
		for (const status of [400, 422, 500, 504]) {
			expect(resultError(status, item(type)).code).toBe(code);
			expect(resultError(status, { detail: "x", error_type: type }).code).toBe(code);
		}
		expect(submitError(422, item(type)).code).toBe(code);
	});

	it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])("has no type %s", (type) => {
		expect(resultError(422, item(type)).code).toBe("invalid_input");
	});

	it.each([
		[400, "no", "invalid_input"],
		[401, "no", "upstream_key_refused"],
		[403, "no", "upstream_key_refused"],
		[403, "User is locked.", "upstream_account_locked"],
		[403, "Access denied.", "upstream_permission_missing"],
		[403, "Exhausted Balance.", "insufficient_quota"],
		[404, "no", "upstream_unavailable"],
		[404, "no such model", "model_not_found"],
		[422, "no", "invalid_input"],
		[429, "no", "rate_limit_exceeded"],
		[451, "no", "invalid_input"],
		[503, "no", "upstream_unavailable"],
	])("of a submit that is answered with %i %s is %s", (status, detail, code) => {
		expect(submitError(status, { detail }).code).toBe(code);
	});

	it.each([
		[400, "upstream_failed"],
		[401, "upstream_failed"],
		[404, "upstream_failed"],
		[422, "invalid_input"],
		[429, "upstream_failed"],
		[500, "upstream_failed"],
		[503, "upstream_failed"],
	])("of a result with %i is %s, which invites no retry", (status, code) => {
		expect(resultError(status, { detail: "no" }).code).toBe(code);
	});
});

describe("the field of a failure", () => {
	it.each([
		["prompt", "prompt"],
		["num_images", "n"],
		["aspect_ratio", "size"],
		["image_size", "size"],
		["resolution", "quality"],
		["quality", "quality"],
		["seed", "seed"],
		["output_format", "output_format"],
		["guidance_scale", "fal.guidance_scale"],
		["constructor", "fal.constructor"],
		["__proto__", "fal.__proto__"],
	])("that fal calls %s is the API's %s", (field, param) => {
		expect(resultError(422, item("value_error", ["body", field]))).toEqual({
			code: "invalid_input",
			message: "fal says: what fal says",
			param,
		});
	});

	it.each<readonly [loc: readonly (string | number)[], param: string | undefined]>([
		[["body", "image_size", "width"], "size"],
		[["body", "image_urls", 0], "image"],
		[["body", "image_url"], "image"],
		[["body", "mask_url"], "mask"],
		[["body", "mask_image_url"], "mask"],
		[["body", "loras", "scale"], "fal.scale"],
		[["body", "loras", 0], "fal.loras"],
		[["body"], undefined],
		[[], undefined],
		[[0], undefined],
		[["body", "seed", null as unknown as string], "seed"],
	])("at %j is %s", (loc, param) => {
		expect(resultError(422, item("value_error", loc)).param).toBe(param);
	});

	it.each([
		"https://v3.fal.media/secret.png",
		"233296c2-1111-4222-8333-abcdef012345:0123456789abcdef0123456789abcdef",
		"a red fox in the snow",
		"\u001b[31mred",
		"seed\u0000",
		"seed\u2028",
		"雪地里的狐狸",
		"0",
		"",
		"x".repeat(65),
		"sk-dr-bob-0123456789AB",
		"gateway-secret",
	])("is not %j, which is no name of an input", (part) => {
		const error = (loc: readonly string[]) =>
			toResultError(422, readFailure(item("value_error", loc), ["gateway-secret"]));
		expect("param" in error(["body", part])).toBe(false);
		expect(error(["body", "image_size", part]).param).toBe("size");
	});

	it("is any name of up to 64 letters", () => {
		for (const name of ["x".repeat(64), "_x", "Image.width-2"]) {
			expect(resultError(422, item("value_error", ["body", name])).param).toBe(`fal.${name}`);
		}
	});

	it("is not named for a blocked prompt", () => {
		expect("param" in resultError(422, item("content_policy_violation", ["body", "prompt"]))).toBe(false);
	});
});

describe("the message of a failure", () => {
	it("has fal's words", () => {
		expect(resultError(422, { detail: "no such seed" }).message).toBe("fal says: no such seed");
		expect(resultError(422, item("value_error")).message).toBe("fal says: what fal says");
	});

	it("names the status if fal said nothing", () => {
		for (const body of [undefined, null, "<html>", [], {}, { detail: [] }, { detail: [{}] }, { detail: "" }]) {
			expect(resultError(500, body).message).toBe("fal answered 500.");
		}
	});

	it("shows no address", () => {
		const { message } = resultError(422, { detail: "see https://v3.fal.media/secret?x=1 and http://a.test/b." });
		expect(message).toBe("fal says: see … and …");
	});

	it("shows at most 300 characters, and no half character", () => {
		expect(resultError(422, { detail: `${"x".repeat(299)}🦊` }).message).toBe(`fal says: ${"x".repeat(299)}`);
		expect(resultError(422, { detail: "x".repeat(300) }).message).toBe(`fal says: ${"x".repeat(300)}`);
		expect(resultError(422, { detail: "x".repeat(301) }).message).toBe(`fal says: ${"x".repeat(300)}`);
	});

	it.each([
		[401, "invalid key credentials", "fal refused the key of this gateway. Its operator must set a valid FAL_API_KEY."],
		[403, "", "fal refused the key of this gateway. Its operator must set a valid FAL_API_KEY."],
		[
			403,
			"User is locked. Reason: Exhausted balance.",
			"The fal balance of this gateway is exhausted. Its operator must top it up at fal.ai.",
		],
		[
			403,
			"User is locked. Reason: Admin lock.",
			"fal has locked the account of this gateway. Its operator must ask fal's support. fal says: User is locked. Reason: Admin lock.",
		],
		[404, 'Application "x" not found', "fal no longer offers this model."],
		[404, "Not Found", "fal answered 404."],
		[404, "Path /quality not found", "fal says: Path /quality not found"],
	])("of a submit with %i %j is %j", (status, detail, message) => {
		expect(submitError(status, { detail }).message).toBe(message);
	});
});

describe("fal's explanation", () => {
	it.each<readonly [detail: unknown, words: string | null]>([
		[" oh no\n", "oh no"],
		["  ", null],
		["https://a.test/x", null],
		["use less <html> in prompts", "use less <html> in prompts"],
		["<h1>502</h1>", null],
		["\n <html>", null],
		["422", null],
		["404 not found", null],
		["502 - Bad Gateway", null],
		["HTTP 503 Service Unavailable.", null],
		["error 500: internal server error", null],
		["http error 504: Gateway Time-out", null],
		["gateway timeout!", null],
		["Invalid status code: 422", null],
		["invalid status code 422", null],
		["invalid status code:500", null],
		["Unauthorised", null],
		["unknown", null],
		["unknown error", null],
		["service temporarily unavailable", null],
		["unprocessable content", null],
		["5000 not found", "5000 not found"],
		["error: no such seed", "error: no such seed"],
		[["first words", "others"], "first words"],
		[["", 7, "third"], "third"],
		[[...Array(7).fill(""), "eighth"], "eighth"],
		[[...Array(8).fill(""), "ninth"], null],
		[[{}, { reason: "in the second" }], "in the second"],
		[{ errors: [{ message: "inside" }] }, "inside"],
		[{ error: { message: "inside" } }, "inside"],
		[{ errors: { prompt: ["inside"] } }, "inside"],
		['{"detail":"inside"}', "inside"],
		['{"detail":"cut', null],
		["[1] is no place", "[1] is no place"],
		['[x"y" is no place', '[x"y" is no place'],
		['[ "cut', null],
		[' {"cut', null],
		['use [{"path"', 'use [{"path"'],
		[{ msg: "None", message: "null", reason: "inside" }, "inside"],
		["not_found", null],
		["page not found", null],
		["404 page not found", null],
		["421 Misdirected Request", null],
		["n/a", null],
		["no error", null],
		["0", null],
		[[{}, { msg: "in the second" }], "in the second"],
		[[...Array(7).fill({}), { msg: "in the eighth" }], "in the eighth"],
		[[...Array(8).fill({}), { msg: "in the ninth" }], null],
		[{ reason: "inside" }, "inside"],
		[{ other: "inside" }, null],
	])("in %j is %j", (detail, words) => {
		expect(readFailure({ detail }).words).toBe(words);
	});

	it("has the kind of the first detail that says something", () => {
		const kind = (...details: readonly object[]) => readFailure({ detail: details }).type;
		expect(kind({}, { type: "content_policy_violation" })).toBe("content_policy_violation");
		expect(kind({ type: " " }, { msg: "no", type: "one_of" })).toBe("one_of");
	});

	it("names a field among the first eight parts of its place", () => {
		const field = (count: number) =>
			readFailure({ detail: [{ msg: "no", loc: [...Array(count).fill(0), "seed"] }] }).field;
		expect([field(7), field(8)]).toEqual(["seed", null]);
	});

	it.each([
		['Application "x" not found.', "fal no longer offers this model."],
		['The application "x" not found', 'fal says: The application "x" not found'],
		['Application "x" not found. Try y', 'fal says: Application "x" not found. Try y'],
	])("of a model that is gone is shown if it is more than that: %s", (detail, message) => {
		expect(submitError(404, { detail }).message).toBe(message);
	});
});

describe("the words of a failure", () => {
	it.each<readonly [body: unknown, words: string | null]>([
		[{ errors: { prompt: ["too long"], seed: ["no"] } }, "too long"],
		[{ errors: { prompt: "too long" } }, "too long"],
		[{ errors: { input: "a red fox", prompt: { message: "too long" } } }, "too long"],
		[{ errors: { type: "a", code: "b", status: "c", loc: "d", ctx: "e", url: "f" } }, null],
		[{ errors: { message: "too long", x: "no" } }, "too long"],
		[{ errors: ["too long"] }, "too long"],
		[{ errors: Object.fromEntries([...Array(8).keys(), "x"].map((name) => [`_${name}`, `in ${name}`])) }, "in 0"],
		[
			{ errors: { ...Object.fromEntries([...Array(8).keys()].map((name) => [`_${name}`, ""])), x: "in the ninth" } },
			null,
		],
		[{ error: { error: { message: "too long" } } }, "too long"],
		[{ error: { errors: [{ reason: "too long" }] } }, "too long"],
		[{ detail: { error: { message: "too long" } } }, "too long"],
		[{ detail: "None", error: "too long" }, "too long"],
		[{ detail: [], message: "too long" }, "too long"],
		[{ detail: { msg: { message: { error: "too long" } } } }, "too long"],
		[{ detail: { msg: { message: { error: { text: "too deep" } } } } }, "too deep"],
		[{ detail: { msg: { message: { error: { text: { reason: "too deep" } } } } } }, null],
		[[{ msg: "too long" }], "too long"],
		[["too long"], "too long"],
		[[], null],
		['{"images":[{"url"', null],
		["[\n{", null],
		[["error", "failed", ...Array(4).fill(["unknown", "null", ["x"]])], "x"],
	])("in %j are %j", (body, words) => {
		expect(readFailure(body).words).toBe(words);
	});

	it("are looked for in five levels of each kind", () => {
		const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown =>
			depth === 0 ? "found" : wrap(nested(depth - 1, wrap));
		const deepest = (wrap: (inner: unknown) => unknown) =>
			[1, 2, 3, 4, 5, 6, 7].filter((depth) => readFailure(nested(depth, wrap)).words === "found").length;
		expect(deepest((inner) => [inner])).toBe(4);
		expect(deepest((inner) => JSON.stringify([inner]))).toBe(2);
		expect(deepest((inner) => ({ errors: { x: inner } }))).toBe(5);
	});

	it("are looked for in 32 texts", () => {
		const fields = (count: number) => {
			const names = ["detail", "msg", "message", "error"].slice(0, count / 8);
			return { ...Object.fromEntries(names.map((name) => [name, Array(8).fill("error")])), text: "found" };
		};
		expect([readFailure(fields(24)).words, readFailure(fields(32)).words]).toEqual(["found", null]);
	});

	it("are looked for in JSON of at most 4,000 characters", () => {
		const told = (length: number) =>
			readFailure(JSON.stringify({ x: "", detail: "no" }).replace('""', `"${"x".repeat(length - 22)}"`));
		expect([told(4_000).words, told(4_001).words]).toEqual(["no", null]);
	});

	it.each([
		[{ errors: { num_images: ["too many"] } }, "n"],
		[{ errors: { message: "no", code: 7, "a fox": "no", steps: "no" } }, "fal.steps"],
		[{ detail: { errors: [{ msg: "no", loc: ["body", "seed"] }] } }, "seed"],
		[{ errors: [{ msg: "no", loc: ["body", "seed"] }] }, "seed"],
		[{ error: { msg: "no", loc: ["body", "seed"] } }, "seed"],
		[[{ msg: "no", loc: ["body", "seed"] }], "seed"],
		[{ errors: { message: "no" } }, undefined],
	])("of %j have the field %s", (body, param) => {
		expect(resultError(422, body).param).toBe(param);
	});

	it.each([
		{ error: { type: "content_policy_violation" } },
		{ errors: [{ type: "content_policy_violation" }] },
		{ detail: { errors: [{ type: "content_policy_violation" }] } },
		[{ type: "content_policy_violation" }],
		{ detail: [{ type: "None" }, { type: "content_policy_violation" }] },
	])("of %j have a type", (body) => {
		expect(readFailure(body).type).toBe("content_policy_violation");
	});
});

describe("a failure is stated", () => {
	it.each([" ", "None", "NULL", "nil", "undefined", "NaN", "false", "0", "n/a", "no error", "ok", "success"])(
		"not by %j",
		(text) => {
			for (const value of [text, [text], { message: text }, { error: { message: text } }]) {
				expect(statesFailure(value)).toBe(false);
			}
		},
	);

	it.each([[null], [undefined], [0], [false], [[]], [{}], [{ message: null, code: 0 }], [[{}, []]]])(
		"not by %j",
		(value) => {
			expect(statesFailure(value)).toBe(false);
		},
	);

	it.each([["it broke"], ["error"], ["none of it"], ["is null"], [true], [500], [{ code: 1 }], [["", { a: "x" }]]])(
		"by %j",
		(value) => {
			expect(statesFailure(value)).toBe(true);
		},
	);

	it("by whatever is deeper than four levels, and by eight values of each", () => {
		const at = (depth: number): unknown => (depth === 0 ? 0 : [at(depth - 1)]);
		expect([statesFailure(at(4)), statesFailure(at(5))]).toEqual([false, true]);
		expect([statesFailure([...Array(7).fill(0), 1]), statesFailure([...Array(8).fill(0), 1])]).toEqual([true, false]);
	});
});

describe("the kind of a failure", () => {
	it.each<[string, unknown, boolean]>([
		["a list of details", { detail: [{ msg: "no" }] }, true],
		["a list of words", { detail: ["no"] }, true],
		["a list of a type", { detail: [{ type: "some_error" }] }, true],
		["a list alone", [{ msg: "no" }], true],
		["a list of nothing", { detail: [] }, false],
		["a list of what says nothing", { detail: [{}, null, "None", { msg: "error", type: "null" }] }, false],
		["an object of details", { detail: { type: "some_error" } }, false],
		["a type of none", { error_type: "None" }, false],
		["an error type", { detail: "x", error_type: "internal_error" }, true],
		["an empty error type", { error_type: "" }, false],
		["plain words", { detail: "slow down" }, false],
		["null fields", { detail: null, error_type: null }, false],
		["fields of another form", { detail: 7, error_type: {} }, false],
		["a page", "<html>", false],
		["no body", undefined, false],
	])("by %s is named: %s", (_, body, isNamed) => {
		expect(readFailure(body).namesKind).toBe(isNamed);
	});
});

describe("a failure is free", () => {
	const internal = { detail: "x", error_type: "internal_error" };
	it.each<readonly [what: string, status: number | null, body: unknown, free: boolean]>([
		["of a 5xx", 500, { detail: "out of memory" }, true],
		["of the last 5xx", 599, "x", true],
		["of a 422", 422, item("no_media_generated"), false],
		["of another 4xx", 499, { detail: "x" }, false],
		["without any status", null, { detail: "out of memory" }, false],
		["of a type of fal's own faults, without a status", null, internal, true],
		["of a runner's fault, without a status", null, { detail: "x", error_type: "runner_server_error" }, true],
		["of a start that came too late, without a status", null, { detail: "x", error_type: "startup_timeout" }, true],
		["of a type that begins otherwise", null, { detail: "x", error_type: "my_internal_error" }, false],
		["of a type that ends otherwise", null, { detail: "x", error_type: "internal_error_of_model" }, false],
		["of a model's own type, without a status", null, item("content_policy_violation"), false],
	])("%s", (_, status, body, free) => {
		expect(toResultError(status, readFailure(body)).free).toBe(free ? true : undefined);
	});

	it.each([
		["Invalid status code: 500", true],
		["Invalid status code 500 of the run", true],
		["invalid status code:500 of the run", true],
		["Invalid status code: 422", undefined],
		["something broke", undefined],
		["Prompt is longer than 500 tokens", undefined],
		["Internal Server Error", undefined],
	])("if a webhook says '%s' of it: %s", (error, free) => {
		const read = readWebhook(JSON.stringify({ request_id: "r-1", status: "ERROR", error, payload: null }));
		expect(read?.result).toMatchObject({ kind: "failure" });
		expect(read?.result?.kind === "failure" && read.result.error.free).toBe(free);
	});
});

it.each([
	["Invalid status code: 422", 422],
	["something broke", null],
	[undefined, null],
])("reads the status in %j as %s", (said, status) => {
	expect(statusIn(said)).toBe(status);
});
