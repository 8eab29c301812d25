import { expect, it } from "vitest";
import { makeInput } from "../../test/support/make.ts";
import { type InputPicture, sizeOfFirst, sizeOfInput } from "./request.ts";

const LINK: InputPicture = { role: "image", source: { kind: "link", url: "https://pictures.test/a.png" } };
const MASK: InputPicture = { ...makeInput({ width: 5, height: 5 }), role: "mask" };

it.each<readonly [input: InputPicture | undefined, size: object | null]>([
	[makeInput({ width: 8, height: 6 }), { width: 8, height: 6 }],
	[makeInput({ width: null, height: 6 }), null],
	[makeInput({ width: 8, height: null }), null],
	[LINK, null],
	[undefined, null],
])("the size of %j is %j", (input, size) => {
	expect(sizeOfInput(input)).toEqual(size);
});

it.each<readonly [inputs: readonly InputPicture[] | undefined, size: object | null]>([
	[[MASK, makeInput({ width: 8, height: 6 })], { width: 8, height: 6 }],
	[[LINK, makeInput({ width: 8, height: 6 })], null],
	[[MASK], null],
	[[], null],
])("the first picture of %j has the size %j", (inputs, size) => {
	expect(sizeOfFirst(inputs === undefined ? {} : { inputs })).toEqual(size);
});

it("a request without pictures has no first one", () => {
	expect(sizeOfFirst({})).toBeNull();
});
