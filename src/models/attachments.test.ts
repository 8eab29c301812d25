import { describe, expect, it } from "vitest";
import { attach } from "./attachments.ts";
import type { Model } from "./catalogue/types.ts";
import type { InputPicture, InputRole } from "./request.ts";

const WORDS_ONLY: Model = {
	id: "words",
	endpoint: "words",
	dialect: { kind: "none" },
	maxImages: 1,
	outputFormats: [],
	quality: null,
	seed: false,
	shape: "auto",
};
const ONE: Model = {
	...WORDS_ONLY,
	id: "one",
	images: { field: "image_url", isList: false, max: 1, required: true },
	mask: { field: "mask_url", polarity: "white", required: true },
};
const MANY: Model = {
	...WORDS_ONLY,
	id: "many",
	images: { field: "image_urls", isList: true, max: 3, required: false },
	mask: { field: "mask_image_url", polarity: "alpha", required: false },
};

function picture(role: InputRole, name: string): InputPicture {
	return { role, source: { kind: "link", url: `https://pictures.test/${name}` } };
}

const [a, b, mask, markup] = [
	picture("image", "a"),
	picture("image", "b"),
	picture("mask", "m"),
	picture("markup", "u"),
];

describe("attach", () => {
	it("gives a list of pictures in the order in which they came, and a mask as it is", () => {
		expect(attach(MANY, [a, mask, b])).toEqual({
			ok: true,
			value: [
				{ field: "image_urls", isList: true, pictures: [a, b] },
				{ field: "mask_image_url", isList: false, pictures: [mask] },
			],
		});
	});

	it("says in which colour a mask paints", () => {
		expect(attach(ONE, [mask, a])).toEqual({
			ok: true,
			value: [
				{ field: "image_url", isList: false, pictures: [a] },
				{ field: "mask_url", isList: false, pictures: [mask], turnTo: "white" },
			],
		});
	});

	it.each([WORDS_ONLY, MANY])("has nothing for a request without pictures to $id", (model) => {
		expect(attach(model, [])).toEqual({ ok: true, value: [] });
	});

	it.each([
		[WORDS_ONLY, [a], "image", { is: "pictures_of_model", model: "words", max: 0 }],
		[WORDS_ONLY, [mask], "mask", { is: "role_of_model", model: "words", role: "mask" }],
		[MANY, [a, a, a, b], "image", { is: "pictures_of_model", model: "many", max: 3 }],
		[MANY, [a, mask, mask], "mask", { is: "pictures_of_model", model: "many", max: 1 }],
		[MANY, [a, markup], "markup", { is: "role_of_model", model: "many", role: "markup" }],
		[ONE, [], "image", { is: "needs_picture", model: "one", of: "image" }],
		[ONE, [a], "mask", { is: "needs_picture", model: "one", of: "mask" }],
	] as const)("refuses for $id what it does not take", (model, inputs, param, fault) => {
		expect(attach(model, inputs)).toEqual({ ok: false, error: { param, fault } });
	});
});
