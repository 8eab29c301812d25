import { describe, expect, it } from "vitest";
import { madePicture, readDropped, readPasted } from "./transfer.ts";

const ORIGIN = "http://localhost:8787";
const JOB = "0f".repeat(32);
const LINK = `${ORIGIN}/images/${JOB}/3.webp?exp=1&sig=a`;
const file = new File(["x"], "boat.png");
const nothing = { files: [], links: "", text: "" };

describe("what is dropped", () => {
	it("is files", () => {
		expect(readDropped({ ...nothing, files: [file] }, ORIGIN)).toEqual({ kind: "files", files: [file] });
	});

	it("is a picture of the gallery, whatever file comes with it", () => {
		const made = { kind: "made", picture: { job: JOB, index: 3 } };
		expect(readDropped({ files: [file], links: LINK, text: LINK }, ORIGIN)).toEqual(made);
		expect(readDropped({ ...nothing, links: `${LINK}\r\nhttps://example.org/` }, ORIGIN)).toEqual(made);
	});

	it("is the file of another page's picture, or nothing that can be had", () => {
		const links = "https://example.org/boat.png";
		expect(readDropped({ files: [file], links, text: "" }, ORIGIN)).toEqual({ kind: "files", files: [file] });
		expect(readDropped({ ...nothing, links }, ORIGIN)).toEqual({ kind: "foreign" });
		expect(readDropped({ ...nothing, text: "words" }, ORIGIN)).toEqual({ kind: "nothing" });
	});
});

describe("what is pasted", () => {
	it("is files, on the page and in a field", () => {
		expect(readPasted({ ...nothing, files: [file] }, true)).toEqual({ kind: "files", files: [file] });
		expect(readPasted({ ...nothing, files: [file], text: "a" }, false)).toEqual({ kind: "files", files: [file] });
	});

	it("is a text where a text can go", () => {
		expect(readPasted({ ...nothing, files: [file], text: "a\tb" }, true)).toEqual({ kind: "nothing" });
		expect(readPasted({ ...nothing, text: "words" }, false)).toEqual({ kind: "nothing" });
	});
});

it.each([
	[LINK, { job: JOB, index: 3 }],
	[`https://example.org/images/${JOB}/3.webp`, null],
	[`${ORIGIN}/images/${JOB}/3`, null],
	[`${ORIGIN}/images/${JOB}/x.png`, null],
	[`${ORIGIN}/inputs/${JOB}/3.png`, null],
	["/images", null],
	["", null],
])("reads the link %s", (link, wanted) => {
	expect(madePicture(link, ORIGIN)).toEqual(wanted);
});
