import { describe, expect, it } from "vitest";
import { makeJob } from "../../../../test/support/console-jobs.ts";
import { makeModel, makeOperation } from "../../../../test/support/console-models.ts";
import { choicesOf, seedOf } from "./from-job.ts";

const ASKED = { model: "a-model", size: "auto", quality: "auto", output_format: null };
const LEVELS = makeModel({
	operations: { generation: makeOperation({ resolutions: ["1K", "2K", "4K"] }), edit: null, masked_edit: null },
});
const { request } = makeJob();

describe("choicesOf", () => {
	it("leaves to the model what was left to it", () => {
		expect(choicesOf(makeJob({ asked: ASKED }), makeModel(), null)).toEqual({
			...{ size: null, resolution: null, n: 1, quality: null, outputFormat: null, background: null, seed: null },
			...{ negativePrompt: null, inputFidelity: null, fal: null },
		});
	});

	it("takes all that was asked for", () => {
		const job = makeJob({
			request: {
				...{ ...request, n: 3, background: "transparent", negative_prompt: "blur", input_fidelity: "low" },
				fal: { guidance_scale: 4 },
			},
			asked: { model: "a-model", size: "1024x768", quality: "low", output_format: "webp" },
		});
		expect(choicesOf(job, makeModel(), 5)).toEqual({
			...{ size: "1024x768", resolution: null, n: 3, quality: "low" },
			...{ outputFormat: "webp", background: "transparent", seed: 5 },
			...{ negativePrompt: "blur", inputFidelity: "low", fal: '{\n  "guidance_scale": 4\n}' },
		});
	});

	it("reads a high quality as a level where the model has levels", () => {
		const asked = { ...ASKED, quality: "high" };
		expect(choicesOf(makeJob({ asked }), LEVELS, null)).toMatchObject({ resolution: "2K", quality: null });
		expect(choicesOf(makeJob({ asked }), makeModel(), null)).toMatchObject({ resolution: null, quality: "high" });
		expect(choicesOf(makeJob({ asked, request: { ...request, resolution: "4K" } }), null, null)).toMatchObject({
			resolution: "4K",
			quality: null,
		});
	});
});

describe("seedOf", () => {
	it.each([
		[null, null, null],
		[7, 7, 7],
		[null, 9, 9],
		// Folded for fal.
		[2 ** 31 + 1, 1, 1],
	])("of a request with %s that was sent as %s is %s", (seed, seed_sent, again) => {
		expect(seedOf(makeJob({ request: { ...request, seed, seed_sent } }))).toBe(again);
	});
});
