import { expect, it } from "vitest";
import { isOtherType, kindOf } from "./kind.ts";

function bytes(text: string): Uint8Array {
	return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

it.each([
	["\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"],
	["\xff\xd8\xff\xe1\0\x18Exif", "image/jpeg"],
	["RIFF\x24\0\0\0WEBPVP8 ", "image/webp"],
	// Apple's own PNG, which only its programs read.
	["\x89PNG\r\n\x1a\n\0\0\0\x04CgBI", null],
	["RIFF\x24\0\0\0WAVEfmt ", null],
	["\0\0\0\x1cftypheic", null],
	["GIF89a", null],
	["<svg xmlns='http://www.w3.org/2000/svg'/>", null],
	["\x89PN", null],
	["", null],
])("reads %j as %j", (head, type) => {
	expect(kindOf(bytes(head))).toBe(type);
});

it.each([
	["image/heic", false],
	["", false],
	["application/octet-stream", false],
	["text/plain", true],
	["application/pdf", true],
	["video/mp4", true],
])("takes a file of the type %j for something else: %s", (type, isOther) => {
	expect(isOtherType(type)).toBe(isOther);
});
