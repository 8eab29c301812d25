import { describe, expect, it } from "vitest";
import { makeJob, makePicture } from "../../../../test/support/console-jobs.ts";
import type { Job, Picture } from "../../api/types.ts";
import { type Row, rowsOf } from "./rows.ts";

function rowOf(of: Row["of"], over: Partial<Job>, picture: Picture | null = null): Row | undefined {
	return rowsOf(makeJob(over), picture).find((row) => row.of === of);
}

const ASKED = { model: "flux-schnell", size: "1024x768", quality: "auto", output_format: null } as const;
const REQUEST = makeJob().request;

describe("rowsOf", () => {
	it("says what was left to the model", () => {
		expect(rowOf("quality", { asked: ASKED, request: { ...REQUEST, quality: "auto" } })).toEqual({
			of: "quality",
			asked: null,
			used: null,
			isDifferent: false,
		});
	});

	it("shows the real pixels, and marks other ones", () => {
		const same = makePicture({ width: 1024, height: 768 });
		const other = makePicture({ width: 1248, height: 832 });
		expect(rowOf("size", { asked: ASKED }, same)).toMatchObject({
			asked: "1024x768",
			used: "1024×768",
			isDifferent: false,
		});
		expect(rowOf("size", { asked: ASKED }, other)).toMatchObject({
			asked: "1024x768",
			used: "1248×832",
			isDifferent: true,
		});
	});

	it("takes a ratio as met by any pixels of it", () => {
		const picture = makePicture({ width: 1408, height: 768 });
		expect(rowOf("size", { asked: { ...ASKED, size: "1:1" } }, picture)).toMatchObject({ isDifferent: true });
		expect(rowOf("size", { asked: { ...ASKED, size: "16:9" } }, picture)).toMatchObject({ isDifferent: false });
	});

	it("marks another model, format and count", () => {
		const picture = makePicture({ content_type: "image/jpeg" });
		const over = { asked: { ...ASKED, model: "dall-e-3", output_format: "png" }, model: "imagen4-preview" } as const;
		expect(rowOf("model", over)).toMatchObject({ asked: "dall-e-3", used: "imagen4-preview", isDifferent: true });
		expect(rowOf("format", over, picture)).toMatchObject({ asked: "png", used: "jpeg", isDifferent: true });
		const few = { ended_at: 1, images: [picture], request: { ...REQUEST, n: 3 } };
		expect(rowOf("count", few, picture)).toMatchObject({ asked: "3", used: "1", isDifferent: true });
		expect(rowOf("count", { ...few, ended_at: null }, picture)).toMatchObject({ used: null, isDifferent: false });
	});

	it("counts the pictures that are there, and says beside it how many are still fetched", () => {
		const late = { ended_at: 1, images: [makePicture({}), makePicture({})], images_pending: 2 };
		const row = rowOf("count", { ...late, request: { ...REQUEST, n: 4 } });
		expect(row).toEqual({ of: "count", asked: "4", used: "2", isDifferent: false, toCome: 2 });
	});

	it("tells the seed that fal got beside the one that was asked for", () => {
		expect(rowOf("seed", { request: { ...REQUEST, seed: null, seed_sent: 42 } })).toMatchObject({
			asked: null,
			used: "42",
		});
	});

	it("shows a rare field only if it was asked for", () => {
		expect(rowOf("background", {})).toBeUndefined();
		expect(rowOf("background", { request: { ...REQUEST, background: "transparent" } })).toMatchObject({
			asked: "transparent",
			used: null,
		});
	});
});
