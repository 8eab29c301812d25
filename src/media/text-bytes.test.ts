import { expect, it } from "vitest";
import { isText } from "./text-bytes.ts";

it("nothing is no text", () => {
	expect(isText(new Uint8Array())).toBe(false);
	expect(isText(Uint8Array.of(0x61))).toBe(true);
});
