import { describe, expect, it } from "vitest";
import { makePlan } from "../test/support/make-simulated.ts";
import { readFileUrl } from "./file-url.ts";
import { isRecord } from "./json.ts";
import { resultOf, type Submission, seedOf } from "./output.ts";

function makeSubmission(overrides: Partial<Submission> = {}): Submission {
	return {
		id: "01234567-89ab-cdef-0123-456789abcdef",
		endpoint: "fal-ai/imagen4/preview",
		origin: "https://cdn.test",
		body: { prompt: "a red fox" },
		plan: makePlan(),
		...overrides,
	};
}

/** Returns the pictures of a result, as their addresses describe them. */
function picturesOf(submission: Submission) {
	const { images } = resultOf(submission, "ran").body;
	if (!Array.isArray(images)) throw new Error("the result has no pictures");
	return images.map((image: unknown) => {
		const url = isRecord(image) && typeof image.url === "string" ? image.url : "";
		return readFileUrl(new URL(url));
	});
}

describe("resultOf", () => {
	it("has one picture for each of num_images, and bills each", () => {
		const submission = makeSubmission({ body: { prompt: "a red fox", num_images: 3, seed: 7 } });
		expect(resultOf(submission, "ran")).toMatchObject({ status: 200, headers: { "x-fal-billable-units": "3" } });
		expect(picturesOf(submission)).toMatchObject([
			{ index: 0, prompt: "a red fox", seed: 7, width: 1024, height: 1024 },
			{ index: 1 },
			{ index: 2 },
		]);
	});

	it.each([
		["fal-ai/imagen4/preview", { seed: 7 }, { description: "" }],
		["fal-ai/flux-2-pro", { seed: 7 }, { seed: 7 }],
		[
			"fal-ai/flux/dev",
			{ seed: 7 },
			{ seed: 7, has_nsfw_concepts: [false], prompt: "a red fox", timings: { inference: 1.4 } },
		],
		["fal-ai/gpt-image-1.5", {}, {}],
	])("of %s has, of %j, these fields beside its pictures: %j", (endpoint, body, fields) => {
		const { images, ...others } = resultOf(
			makeSubmission({ endpoint, body: { prompt: "a red fox", ...body } }),
			"ran",
		).body;
		expect(images).toHaveLength(1);
		expect(others).toEqual(fields);
	});

	it("holds one picture where the model has a field for one", () => {
		const resultsOf = (endpoint: string, body: object) => resultOf(makeSubmission({ endpoint, body }), "ran").body;
		const url = expect.stringContaining("https://cdn.test/files/");
		expect(resultsOf("fal-ai/vidu/q2/text-to-image", { prompt: "a red fox" })).toMatchObject({ image: { url } });
		const fibo = resultsOf("bria/fibo/generate", { prompt: "a red fox" });
		expect(fibo).toMatchObject({ image: { url }, images: [] });
	});

	it("has no picture of a model that makes none", () => {
		expect(resultOf(makeSubmission({ endpoint: "fal-ai/veo3" }), "ran").body).toEqual({
			video: { url: expect.stringContaining("https://cdn.test/files/") },
		});
	});

	it.each([
		["content-policy", 422, "content_policy_violation", "false"],
		["no-media", 422, "no_media_generated", "false"],
		["invalid-input", 422, "value_error", "false"],
		["server-error", 500, "internal_server_error", "true"],
		["downstream-400", 400, "downstream_service_error", "false"],
		["downstream-500", 500, "downstream_service_error", "true"],
	] as const)("of the outcome %s is %i %s, retryable: %s", (outcome, status, type, retryable) => {
		const result = resultOf(makeSubmission({ plan: makePlan({ outcome }) }), "ran");
		expect(result).toMatchObject({
			status,
			headers: { "x-fal-error-type": type, "x-fal-retryable": retryable },
			body: { detail: [{ type, loc: expect.arrayContaining(["body"]) }] },
			error: { message: `Invalid status code: ${status}`, type },
		});
	});

	it("echoes the prompt in an error about it", () => {
		const result = resultOf(makeSubmission({ plan: makePlan({ outcome: "content-policy" }) }), "ran");
		expect(result.body).toMatchObject({ detail: [{ loc: ["body", "prompt"], input: "a red fox" }] });
	});

	it("reports the problems of a wrong input", () => {
		expect(resultOf(makeSubmission({ body: {} }), "ran")).toMatchObject({
			status: 422,
			headers: { "x-fal-error-type": "missing" },
		});
	});

	it.each([
		["cancelled", 499, "client_cancelled"],
		["start-timeout", 504, "request_timeout"],
	] as const)("of a request that ended as %s is %i %s", (ending, status, type) => {
		expect(resultOf(makeSubmission(), ending)).toMatchObject({ status, body: { error_type: type }, error: { type } });
	});

	it("has black pictures, or none, if the outcome says so", () => {
		expect(picturesOf(makeSubmission({ plan: makePlan({ outcome: "nsfw" }) }))).toMatchObject([{ black: true }]);
		expect(picturesOf(makeSubmission({ plan: makePlan({ outcome: "no-images" }) }))).toEqual([]);
	});

	it("has smaller pictures of the same shape if the plan limits their sides", () => {
		const body = { prompt: "a red fox", aspect_ratio: "16:9" };
		expect(picturesOf(makeSubmission({ body, plan: makePlan({ maxSide: 128 }) }))).toMatchObject([
			{ width: 128, height: 70 },
		]);
		expect(picturesOf(makeSubmission({ body, plan: makePlan({ maxSide: 4096 }) }))).toMatchObject([{ width: 1408 }]);
	});

	it("passes the file's fault on to its address", () => {
		const plan = makePlan({ file: "truncated", fileFaults: 5, bytes: 9_000 });
		expect(picturesOf(makeSubmission({ plan }))).toMatchObject([{ fault: "truncated", faults: 5, bytes: 9_000 }]);
	});

	it.each([
		["null", { content_type: null, file_name: null, file_size: null, width: null, height: null }],
		["full", { content_type: "image/png", file_name: "0.png", file_size: 9_000, width: 1024, height: 1024 }],
		["model", { content_type: "image/png", file_name: null, file_size: null, width: null, height: null }],
	] as const)("fills the file fields as the plan's %s says", (fields, expected) => {
		const { images } = resultOf(makeSubmission({ plan: makePlan({ fields, bytes: 9_000 }) }), "ran").body;
		expect(images).toEqual([{ url: expect.any(String), ...expected }]);
	});
});

describe("seedOf", () => {
	it("is the same for the same request, and never 0", () => {
		expect(seedOf("01234567-89ab")).toBe(0x123456);
		expect(seedOf("00000000-0000")).toBe(1);
	});
});
