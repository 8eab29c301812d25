import { describe, expect, it } from "vitest";
import { makeModel, makeOperation } from "../../../test/support/console-models.ts";
import { type Choices, NO_CHOICES } from "./draft.ts";
import { fitChoices, keepChoices } from "./fit.ts";
import type { Operation } from "./operation.ts";

const PIXELS: Operation["sizes"] = {
	...{ kind: "pixels", min: 256, max: 2048, multiple: 16 },
	...{ min_area: null, max_area: null, max_elongation: null },
};

describe("fitChoices", () => {
	it.each<readonly [what: string, Partial<Choices>, Partial<Operation>, Partial<Choices>, readonly string[]]>([
		[
			"what the model has",
			{ size: "16:9", outputFormat: "png", seed: 7 },
			{},
			{ size: "16:9", outputFormat: "png", seed: 7 },
			[],
		],
		["nothing of nothing", {}, { sizes: { kind: "none" }, output_formats: [] }, {}, []],
		["a size under its other name", { size: "1024x1024" }, {}, { size: "1:1" }, []],
		["no size of another shape", { size: "3:2" }, {}, { size: null }, ["size"]],
		["a level that the model has", { resolution: "2K" }, { resolutions: ["1K", "2K"] }, { resolution: "2K" }, []],
		["no other level", { resolution: "4K" }, { resolutions: ["1K", "2K"] }, { resolution: null }, ["resolution"]],
		[
			"no level beside pixels",
			{ size: "1024x768", resolution: "2K" },
			{ sizes: PIXELS, resolutions: ["2K"] },
			{ size: "1024x768", resolution: null },
			["resolution"],
		],
		["a word that it has", { quality: "low" }, { qualities: ["low", "high"] }, { quality: "low" }, []],
		["no other word", { quality: "medium" }, { qualities: ["low", "high"] }, { quality: null }, ["quality"]],
		[
			"no format and no background",
			{ outputFormat: "webp", background: "opaque" },
			{},
			{ outputFormat: null, background: null },
			["outputFormat", "background"],
		],
		["no seed", { seed: 7 }, { supported_parameters: ["prompt"] }, { seed: null }, ["seed"]],
		["no words against anything", { negativePrompt: "blur" }, {}, { negativePrompt: null }, ["negativePrompt"]],
		[
			"words and a closeness that it heeds",
			{ negativePrompt: "blur", inputFidelity: "high" },
			{ supported_parameters: ["negative_prompt", "input_fidelity"] },
			{ negativePrompt: "blur", inputFidelity: "high" },
			[],
		],
		["inputs of which only the gateway knows", { fal: "{" }, {}, { fal: "{" }, []],
		["as many as it makes", { n: 11 }, {}, { n: 10 }, ["n"]],
	])("keeps %s", (_, chosen, operation, kept, dropped) => {
		expect(fitChoices({ ...NO_CHOICES, ...chosen }, makeOperation(operation), 10)).toEqual({
			choices: { ...NO_CHOICES, ...kept },
			dropped,
		});
	});
});

describe("keepChoices", () => {
	const edit = makeOperation({ supported_parameters: ["prompt"], sizes: { kind: "none" }, qualities: ["low"] });
	const model = makeModel({ operations: { generation: makeOperation(), edit, masked_edit: null }, max_n: 4 });

	it("keeps what one of the endpoints takes", () => {
		const chosen = { ...NO_CHOICES, size: "1024x1024", seed: 7, quality: "low", n: 4 };
		expect(keepChoices(chosen, model)).toEqual(chosen);
	});

	it("lets go what none of them takes", () => {
		const chosen = { ...NO_CHOICES, size: "3:2", quality: "high", background: "opaque", n: 5 };
		expect(keepChoices(chosen, model)).toEqual({ ...NO_CHOICES, n: 4 });
	});
});
