import { describe, expect, it } from "vitest";
import { boundaryOf, isMultipart, readPartHead } from "./part-head.ts";

describe("boundaryOf", () => {
	it.each<readonly [type: string, boundary: string | null]>([
		["multipart/form-data; boundary=abc", "abc"],
		['Multipart/Form-Data; charset=utf-8; Boundary="a b;c=d"', "a b;c=d"],
		["multipart/form-data;boundary=----WebKitFormBoundaryX1", "----WebKitFormBoundaryX1"],
		["multipart/form-data; boundary= abc ; x=y", "abc"],
		[" multipart/form-data ; boundary=abc", "abc"],
		["multipart/form-data; x; boundary=abc", "abc"],
		["multipart/form-data; boundary=", null],
		['multipart/form-data; boundary=""', null],
		['multipart/form-data; boundary="a "', null],
		["multipart/form-data", null],
		["multipart/mixed; boundary=abc", null],
		[`multipart/form-data; boundary=${"b".repeat(70)}`, "b".repeat(70)],
		[`multipart/form-data; boundary=${"b".repeat(71)}`, null],
		["multipart/form-data; boundary=ä", null],
		["multipart/form-data; boundary=äb", null],
	])("reads %j as %j", (type, boundary) => {
		expect(boundaryOf(type)).toBe(boundary);
	});
});

describe("isMultipart", () => {
	it.each([
		["multipart/form-data; boundary=a", true],
		[" Multipart/mixed", true],
		["x; multipart/mixed", false],
		["application/json", false],
		[null, false],
	])("says of %j %s", (type, is) => {
		expect(isMultipart(type)).toBe(is);
	});
});

describe("readPartHead", () => {
	it.each<readonly [text: string, head: object | null]>([
		[
			'Content-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png',
			{ name: "image", isFile: true },
		],
		["content-disposition:form-data;name=image;filename=a.png", { name: "image", isFile: true }],
		[
			"Content-Disposition: form-data; filename*=UTF-8''%e7%8b%90.png; name=\"image[]\"",
			{ name: "image[]", isFile: true },
		],
		['Content-Disposition: form-data; name="image"\r\nContent-Type: image/webp', { name: "image", isFile: true }],
		[
			'Content-Disposition: form-data; name="image"\r\nContent-Type: application/octet-stream',
			{ name: "image", isFile: true },
		],
		[
			'Content-Disposition: form-data; name="prompt"\r\nContent-Type: text/plain; charset=utf-8',
			{ name: "prompt", isFile: false, type: "text/plain; charset=utf-8" },
		],
		['Content-Disposition: form-data; name="a\\"b\\c"; filename=""', { name: 'a"b\\c', isFile: true }],
		['Content-Disposition: form-data; name="a%22b%0D%0Ac%20"', { name: 'a"b\r\nc%20', isFile: false }],
		['Content-Disposition: form-data; filename="x; name=y"; name="z"', { name: "z", isFile: true }],
		['Content-Disposition: form-data; name="open', { name: "open", isFile: false }],
		[' Content-Disposition : form-data ; Name = "a b" ', { name: "a b", isFile: false }],
		['Content-Disposition: form-data; name=\t \t"a"', { name: "a", isFile: false }],
		["Content-Disposition: form-data; name=a; name=b", { name: "a", isFile: false, type: "" }],
		["Content-Disposition:;name=a", { name: "a", isFile: false }],
		['Content-Disposition: form-data; name="a\\\\b"', { name: "a\\b", isFile: false }],
		['Content-Disposition: form-data; x=";"; name="a;b"; y=";name=c"', { name: "a;b", isFile: false }],
		['Content-Disposition: form-data; name="a"\r\nX-Type: image/png', { name: "a", isFile: false }],
		['Content-Disposition: form-data; name="a"\r\nContent-Type: x-image/png', { name: "a", isFile: false }],
		['Content-Disposition: form-data; x="b"name=a', null],
		["Content-Disposition: name=a", null],
		["Content-Disposition: xname=a", null],
		["X-Disposition: form-data; name=a", null],
		["Content-Disposition; name=a", null],
		["Content-Disposition: form-data; name=", null],
		["Content-Disposition: form-data", null],
		["Content-Type: image/png", null],
		["", null],
	])("reads %j as %j", (text, head) => {
		expect(readPartHead(text)).toEqual(head === null ? null : expect.objectContaining(head));
	});

	it.each([
		['filename="a.png"', true],
		["filename*=UTF-8''a.png", true],
		['filename=""', false],
		['x="y"', false],
	])("says of %j whether the file has a name: %s", (param, hasFileName) => {
		const text = `Content-Disposition: form-data; name="image"; ${param}\r\nContent-Type: image/png`;
		expect(readPartHead(text)).toMatchObject({ isFile: true, hasFileName });
	});
});
