import { describe, expect, it } from "vitest";
import { makeDraft } from "../../../test/support/console-jobs.ts";
import { makeModel, makeOperation, makeReference } from "../../../test/support/console-models.ts";
import type { Draft } from "./draft.ts";
import { type Obstacle, obstacleOf, operationNameOf, referenceLimits, shownOperationOf } from "./operation.ts";

const one = makeReference("one");
const mask = { png: new Blob(), of: "one" };
const WITH_PICTURE = { references: [one], mask: null };
const WITH_MASK = { references: [one], mask };
const generation = makeOperation();
const edit = makeOperation({ max_images: 4 });
const masked_edit = makeOperation({ max_images: 1 });
const TOOL = makeModel({
	operations: { generation: null, edit: makeOperation({ max_images: 1, required_parameters: [] }), masked_edit: null },
});

describe("operationNameOf", () => {
	it.each<readonly [Pick<Draft, "references" | "mask">, string]>([
		[{ references: [], mask: null }, "generation"],
		[{ references: [], mask }, "generation"],
		[WITH_PICTURE, "edit"],
		[WITH_MASK, "masked_edit"],
	])("tells the kinds of requests apart", (draft, name) => {
		expect(operationNameOf(draft)).toBe(name);
	});
});

describe("shownOperationOf", () => {
	it("shows what the draft may ask for", () => {
		const model = makeModel({ operations: { generation, edit, masked_edit } });
		expect(shownOperationOf(model, WITH_PICTURE)).toBe(edit);
		expect(shownOperationOf(model, WITH_MASK)).toBe(masked_edit);
	});

	it("shows what the model has, if the draft does not fit yet", () => {
		expect(shownOperationOf(TOOL, { references: [], mask: null })).toBe(TOOL.operations.edit);
		expect(shownOperationOf(makeModel({ operations: { generation, edit: null, masked_edit: null } }), WITH_MASK)).toBe(
			generation,
		);
	});
});

describe("referenceLimits", () => {
	it("takes the most of both kinds of edits, and fewer with a mask", () => {
		expect(referenceLimits(makeModel({ operations: { generation, edit, masked_edit } }))).toEqual({
			max: 4,
			maxMasked: 1,
		});
		expect(referenceLimits(makeModel({ operations: { generation, edit: null, masked_edit: null } }))).toEqual({
			max: 0,
			maxMasked: 0,
		});
	});
});

describe("obstacleOf", () => {
	const words = "x".repeat(801);
	const short = makeModel({
		operations: { generation: makeOperation({ max_prompt_chars: 800 }), edit, masked_edit },
	});
	const sized = makeModel({
		operations: {
			generation: makeOperation({ required_parameters: ["prompt", "size"] }),
			edit: null,
			masked_edit: null,
		},
	});
	it.each<readonly [why: string, model: ReturnType<typeof makeModel>, draft: Partial<Draft>, Obstacle | null]>([
		["nothing", makeModel(), {}, null],
		["no words", makeModel(), { prompt: " \n" }, { kind: "prompt_missing" }],
		["no words for a tool", TOOL, { prompt: "", ...WITH_PICTURE }, null],
		["no picture for a tool", TOOL, {}, { kind: "picture_missing" }],
		["a mask too much", makeModel(), WITH_MASK, { kind: "takes_no_mask" }],
		["a picture too much", sized, WITH_PICTURE, { kind: "takes_no_pictures" }],
		[
			"too many with a mask",
			short,
			{ references: [one, makeReference("two")], mask },
			{ kind: "too_many_pictures", max: 1 },
		],
		["too many words", short, { prompt: words }, { kind: "prompt_too_long", max: 800, length: 801 }],
		["as many words as it takes", short, { prompt: words.slice(1) }, null],
		[
			"more words than the API takes",
			makeModel(),
			{ prompt: "x".repeat(32_001) },
			{ kind: "prompt_too_long", max: 32_000, length: 32_001 },
		],
		["no size", sized, { size: null }, { kind: "size_missing" }],
		["inputs that are no JSON object", makeModel(), { fal: "[]" }, { kind: "fal_unreadable" }],
	])("finds %s", (_, model, draft, obstacle) => {
		expect(obstacleOf(model, makeDraft(draft))).toEqual(obstacle);
	});
});
