import { describe, expect, it } from "vitest";
import { type Made, madeBy } from "./made.ts";

const ASKED: Made = { size: "16:9", aspectRatio: "16:9", quality: "high", outputFormat: "jpeg" };
const AUTO: Made = { size: "auto", aspectRatio: "auto", quality: "auto", outputFormat: "png" };
const PNG = { width: 1408, height: 768, contentType: "image/png" };
const SHAPELESS = { ...PNG, width: null, height: null };

describe("madeBy", () => {
	it.each<
		readonly [version: number | undefined, used: Made, picture: Parameters<typeof madeBy>[1], made: Partial<Made>]
	>([
		[2, ASKED, PNG, { size: "1408x768", aspectRatio: "16:9", quality: "high", outputFormat: "png" }],
		[2, AUTO, PNG, { size: "1408x768", aspectRatio: "16:9", quality: "auto", outputFormat: "png" }],
		[2, ASKED, SHAPELESS, { size: "16:9", aspectRatio: "16:9", quality: "high", outputFormat: "png" }],
		[2, ASKED, { ...PNG, width: null }, { size: "16:9", aspectRatio: "16:9" }],
		[2, ASKED, { ...PNG, height: null }, { size: "16:9", aspectRatio: "16:9" }],
		[2, AUTO, { ...PNG, contentType: "image/jpeg" }, { outputFormat: "jpeg" }],
		[2, ASKED, { ...PNG, contentType: "image/gif" }, { outputFormat: "gif" }],
		[2, ASKED, { ...PNG, contentType: "image/svg+xml" }, { outputFormat: "jpeg" }],
		// Answers of logs from before versions stay as they are.
		[undefined, ASKED, PNG, ASKED],
		[undefined, ASKED, SHAPELESS, ASKED],
		[undefined, AUTO, PNG, { size: "1408x768", aspectRatio: "16:9", outputFormat: "png" }],
		[undefined, AUTO, { ...PNG, contentType: "image/webp" }, { outputFormat: "png" }],
		[1, ASKED, PNG, ASKED],
	])("reads in version %s, of %j and the picture %j, %j", (version, used, picture, made) => {
		expect(madeBy(used, picture, version === undefined ? {} : { version })).toMatchObject(made);
	});
});
