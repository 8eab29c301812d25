import { expect, it } from "vitest";
import { isRequestId } from "./fal-request-id.ts";

it.each<readonly [text: string, is: boolean]>([
	["764cabcf-b745-4b3e-ae38-1200304cf45b", true],
	["r", true],
	["_r.1", true],
	["r".repeat(200), true],
	["r".repeat(201), false],
	["", false],
	[".", false],
	["..", false],
	["-r", false],
	["r/1", false],
	["r 1", false],
	["r,1", false],
	["id:secret", false],
	["r\n", false],
	["\nr", false],
	["\ud800abc", false],
	["狐狸", false],
])("%j is an id of fal's: %s", (text, is) => {
	expect(isRequestId(text)).toBe(is);
});
