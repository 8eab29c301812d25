import { describe, expect, it } from "vitest";
import { makeOperation } from "../../../test/support/console-models.ts";
import { type Choices, NO_CHOICES } from "./draft.ts";
import { fitChoices } from "./fit.ts";
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
		["as many as it makes", { n: 11 }, {}, { n: 10 }, ["n"]],
	])("keeps %s", (_, chosen, operation, kept, dropped) => {
		expect(fitChoices({ ...NO_CHOICES, ...chosen }, makeOperation(operation), 10)).toEqual({
			choices: { ...NO_CHOICES, ...kept },
			dropped,
		});
	});
});
