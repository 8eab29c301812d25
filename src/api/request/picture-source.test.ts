import { describe, expect, it } from "vitest";
import type { Json } from "../../json-value.ts";
import { ownPictureOf, sourcesOf } from "./picture-source.ts";

const JOB = "0123456789abcdef".repeat(4);
const LINK = "https://pictures.test/cat.png";
const DATA = "data:image/png;base64,AAAA";
const REMOVED = "data:image/x-removed;run=12,";

/** Writes each picture of a value as its kind, its field and its text, and each fault as its name and its field. */
function shown(value: Json): readonly string[] {
	return Array.from(sourcesOf(value, "p"), (found) => {
		if (!found.ok) return `${found.error.fault.is} ${found.error.param}`;
		const { param, source } = found.value;
		return `${source.kind} ${param} ${source.kind === "link" ? source.url : source.kind === "data" ? source.text : ""}`;
	});
}

describe("a picture as clients write it", () => {
	it.each<readonly [value: Json, ...found: string[]]>([
		[LINK, `link p ${LINK}`],
		[` ${LINK}\n`, `link p ${LINK}`],
		["HTTPS://pictures.test", "link p HTTPS://pictures.test"],
		[`http://gateway.test/images/${JOB}/0.png`, `link p http://gateway.test/images/${JOB}/0.png`],
		["data:image/png;base64,AAAA", "data p data:image/png;base64,AAAA"],
		["DATA:,x", "data p DATA:,x"],
		["data:image/x-removed;run=7,", "data p data:image/x-removed;run=7,"],
		["/9j/4AAQ==", "data p /9j/4AAQ=="],
		["UklGRg-_", "data p UklGRg-_"],
		["AAAAIGZ0eXA=", "data p AAAAIGZ0eXA="],
		[
			"https://pictures.test/cat?from=http://a.test/b.html",
			"link p https://pictures.test/cat?from=http://a.test/b.html",
		],
		[{ url: LINK }, `link p.url ${LINK}`],
		[{ url: LINK, toString: "cat" }, `link p.url ${LINK}`],
		[{ image_url: { url: LINK } }, `link p.image_url.url ${LINK}`],
		[{ b64_json: "/9j/4AAQ" }, "data p.b64_json /9j/4AAQ"],
		[{ url: "", data: LINK }, `link p.data ${LINK}`],
		[{ url: LINK, file_id: "file-1" }, `link p.url ${LINK}`],
		[[LINK, { url: LINK }], `link p[0] ${LINK}`, `link p[1].url ${LINK}`],
		[[[[[LINK]]]], `link p[0][0][0][0] ${LINK}`],
		[{ url: { url: { url: { url: LINK } } } }, `link p.url.url.url.url ${LINK}`],
		...["\n", "\r\n", " ", ",", ", ", ",\n\n", "\r\n\r\n"].map((between): [Json, ...string[]] => [
			`${LINK}${between}${DATA}`,
			`link p ${LINK}`,
			`data p ${DATA}`,
		]),
		[`${DATA}\n${REMOVED}\n${LINK}`, `data p ${DATA}`, `data p ${REMOVED}`, `link p ${LINK}`],
		[`${REMOVED},${REMOVED} HTTPS://a.b`, `data p ${REMOVED}`, `data p ${REMOVED}`, "link p HTTPS://a.b"],
		[` ${LINK} ${DATA}`, `link p ${LINK}`, `data p ${DATA}`],
		[`${LINK} http://a.b`, `link p ${LINK}`, "unreadable_picture p"],
		[`${DATA},${LINK}`, `data p ${DATA}`, `link p ${LINK}`],
		[`data:image/png;base64,${DATA}`, `data p data:image/png;base64,${DATA}`],
		[JSON.stringify([LINK, { url: DATA }]), `link p[0] ${LINK}`, `data p[1].url ${DATA}`],
		[JSON.stringify({ url: LINK }), `link p.url ${LINK}`],
		[[LINK, "a cat"], `link p[0] ${LINK}`, "unreadable_picture p[1]"],
	])("is read from %j", (value, ...found) => {
		expect(shown(value)).toEqual(found);
	});

	it.each<readonly [value: Json, fault: string]>([
		["a cat", "unreadable_picture p"],
		[7, "unreadable_picture p"],
		[true, "unreadable_picture p"],
		["http://pictures.test/cat.png", "unreadable_picture p"],
		["https://", "unreadable_picture p"],
		["not none", "unreadable_picture p"],
		["none of them", "unreadable_picture p"],
		[`http://gateway.test/images/${JOB}/0.pdf`, "unreadable_picture p"],
		...["htm", "html", "doc", "docx", "xls", "xlsx", "ppt", "pptx"].map((end): [Json, string] => [
			`https://pictures.test/cat.${end}`,
			"unreadable_picture p",
		]),
		["see https://pictures.test/cat.png", "unreadable_picture p"],
		["https://pictures.test/a cat.png", "unreadable_picture p"],
		["my data:", "unreadable_picture p"],
		["xiVBORw0KGgo", "unreadable_picture p"],
		["xhttps://pictures.test/cat.png", "unreadable_picture p"],
		["iVBORw0KGgo is PNG", "unreadable_picture p"],
		["AAAA", "unreadable_picture p"],
		[`[${LINK}]`, "unreadable_picture p"],
		[`see ${LINK} ${LINK}`, "unreadable_picture p"],
		["[".repeat(10_000) + "]".repeat(10_000), "unreadable_picture p"],
		[JSON.stringify([[[[LINK]]]]), "unreadable_picture p[0][0][0]"],
		["AAAA0000", "unreadable_picture p"],
		[{ title: "cat" }, "unreadable_picture p"],
		[{ file_id: "file-1" }, "picture_file p.file_id"],
		[{ fileId: "file-1" }, "picture_file p.fileId"],
		[{ url: "", file_id: "file-1" }, "picture_file p.file_id"],
		[[[[[[LINK]]]]], "unreadable_picture p[0][0][0][0]"],
		[{ url: { url: { url: { url: { url: LINK } } } } }, "unreadable_picture p.url.url.url.url"],
	])("is not read from %j", (value, fault) => {
		expect(shown(value)).toEqual([fault]);
	});

	it.each<Json>([null, "", " ", false, [], {}, [null, ""], { url: "" }, { type: "image_url", image_url: null }])(
		"is nothing in %j",
		(value) => {
			expect(shown(value)).toEqual([]);
		},
	);

	it("is an address of at most 2,048 characters", () => {
		const address = (chars: number) => "https://pictures.test/".padEnd(chars, "a");
		expect(shown(address(2_048))).toEqual([`link p ${address(2_048)}`]);
		expect(shown(address(2_049))).toEqual(["unreadable_picture p"]);
	});
});

describe("a link of ours", () => {
	it.each([
		[`https://gateway.test/images/${JOB}/0.png?exp=1&sig=x`, JOB, 0],
		[`http://localhost:8787/images/${JOB}/15.webp`, JOB, 15],
		[`https://gateway.test/images/${JOB}/3.jpeg#top`, JOB, 3],
		[`HTTPS://gateway.test/images/${JOB.toUpperCase()}/0.PNG`, JOB, 0],
		[`/images/${JOB}/0.png`, JOB, 0],
	])("names its picture: %s", (url, job, index) => {
		expect(ownPictureOf(url)).toEqual({ job, index });
	});

	it.each([
		`a/images/${JOB}/0.png`,
		`ftp://gateway.test/images/${JOB}/0.png`,
		`see https://gateway.test/images/${JOB}/0.png`,
		`https://gateway.test/images/${JOB}/0.png and more`,
		`https://gateway.test/images/${JOB}/0.png/more`,
		`https://gateway.test/a/images/${JOB}/0.png`,
		`https://gateway.test/images/${JOB.slice(1)}/0.png`,
		`https://gateway.test/images/${JOB}/100.png`,
		`https://gateway.test/images/${JOB}/0`,
		`https://gateway.test/inputs/${JOB}/0`,
		LINK,
		"",
	])("is not %s", (url) => {
		expect(ownPictureOf(url)).toBeNull();
	});
});
