import { describe, expect, it } from "vitest";
import { makePicture } from "../../../test/support/console-jobs.ts";
import { type Asked, chipsOf, ratioName, type Used } from "./differences.ts";

const ASKED: Asked = { model: "flux-dev", size: "auto", quality: "auto", output_format: null, n: 1 };
const USED: Used = { model: "flux-dev", size: "1024x768", quality: "auto", output_format: "png" };
const PICTURE = makePicture();

/** Writes the chips as `text`, or as `text (asked)` if the model did otherwise. */
function read(asked: Partial<Asked>, used: Partial<Used> | null, picture = PICTURE, made: number | null = 1) {
	const chips = chipsOf({ ...ASKED, ...asked }, used === null ? null : { ...USED, ...used }, picture, made);
	return chips.map(({ of, text, asked: wanted }) => `${of} ${text}${wanted === null ? "" : ` (${wanted})`}`);
}

describe("the chips of a job", () => {
	it.each<readonly [name: string, asked: Partial<Asked>, used: Partial<Used>, chips: readonly string[]]>([
		["all left to the model", {}, {}, ["ratio 4:3", "pixels 1024×768", "model flux-dev"]],
		["the very pixels", { size: "1024x768" }, {}, ["ratio 4:3", "pixels 1024×768", "model flux-dev"]],
		["other pixels", { size: "2048x1536" }, {}, ["pixels 1024×768 (2048x1536)", "ratio 4:3", "model flux-dev"]],
		["the ratio", { size: "4:3" }, {}, ["ratio 4:3", "pixels 1024×768", "model flux-dev"]],
		["another ratio", { size: "1:1" }, {}, ["ratio 4:3 (1:1)", "pixels 1024×768", "model flux-dev"]],
		["another model", { model: "gone" }, {}, ["model flux-dev (gone)", "ratio 4:3", "pixels 1024×768"]],
		[
			"another quality",
			{ quality: "high" },
			{ quality: "medium" },
			["quality medium (high)", "ratio 4:3", "pixels 1024×768", "model flux-dev"],
		],
		["the quality", { quality: "high" }, { quality: "high" }, ["ratio 4:3", "pixels 1024×768", "model flux-dev"]],
		[
			"another format, by the bytes",
			{ output_format: "webp" },
			{ output_format: "webp" },
			["format png (webp)", "ratio 4:3", "pixels 1024×768", "model flux-dev"],
		],
		["fewer", { n: 3 }, {}, ["count 1 (3)", "ratio 4:3", "pixels 1024×768", "model flux-dev"]],
	])("%s", (_, asked, used, chips) => {
		expect(read(asked, used)).toEqual(chips);
	});

	it("takes a ratio for met if its sides are rounded", () => {
		expect(read({ size: "16:9" }, {}, makePicture({ width: 1344, height: 768 }))).toContain("ratio 16:9");
		expect(read({ size: "21:9" }, {}, makePicture({ width: 1536, height: 640 }))).toContain("ratio 21:9");
	});

	it("tells before a picture is there what is known by then", () => {
		const chips = chipsOf({ ...ASKED, size: "3:2" }, { ...USED, size: "1536x1024" }, null, null);
		expect(chips.map(({ text }) => text)).toEqual(["3:2", "flux-dev"]);
		expect(chipsOf(ASKED, null, null, null).map(({ text }) => text)).toEqual(["flux-dev"]);
		expect(chipsOf({ ...ASKED, size: "9:16" }, null, null, null).map(({ text }) => text)).toEqual(["9:16", "flux-dev"]);
	});

	it("takes no unknown bytes for a format", () => {
		const picture = makePicture({ content_type: "application/octet-stream", width: null, height: null });
		expect(read({ output_format: "png" }, {}, picture)).toEqual(["ratio 4:3", "model flux-dev"]);
	});
});

describe("the name of a shape", () => {
	it.each([
		[1024, 1024, "1:1"],
		[1344, 768, "16:9"],
		[768, 1344, "9:16"],
		[1536, 1024, "3:2"],
		[1408, 768, "16:9"],
		[1184, 880, "4:3"],
		[1290, 1000, "5:4"],
		[1920, 1000, "1.9:1"],
		[1960, 1000, "2:1"],
		[1600, 1000, "1.6:1"],
		[1000, 1700, "1:1.7"],
	])("%ix%i is %s", (width, height, name) => {
		expect(ratioName({ width, height })).toBe(name);
	});
});
