import { expect, it } from "vitest";
import { isJobId } from "./job-id.ts";

const ID = "0123456789abcdef".repeat(4);

it("accepts 64 lower-case hex digits", () => {
	expect(isJobId(ID)).toBe(true);
});

it.each([
	["nothing", ""],
	["63 digits", ID.slice(1)],
	["65 digits", `${ID}0`],
	["upper case", ID.toUpperCase()],
	["a letter that is no hex digit", `${ID.slice(1)}g`],
	["a prefix", `job_${ID}`],
	["a space behind", `${ID} `],
	["a line break behind", `${ID}\n`],
	["a second line", `${ID}\n${ID}`],
	["digits of another script", "０".repeat(64)],
])("rejects %s", (_, text) => {
	expect(isJobId(text)).toBe(false);
});
