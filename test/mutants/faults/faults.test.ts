/** Holds that each written fault still has its place, so that the list does not rot while the code moves. */

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FAULTS } from "./all.ts";
import { breakText, type Fault } from "./fault.ts";

describe.each(FAULTS)("the fault that $breaks", (fault) => {
	it("has its place in the code, and a test that is there", () => {
		expect(breakText(fault, readFileSync(fault.file, "utf8"))).toContain(fault.becomes);
		expect(fault.becomes).not.toBe(fault.text);
		expect(existsSync(fault.caughtBy.file)).toBe(true);
	});
});

describe("breakText", () => {
	const fault: Fault = {
		breaks: "a test",
		file: "a.ts",
		text: "one",
		becomes: "$& two",
		caughtBy: { file: "a.test.ts", title: "a" },
	};

	it("replaces the text, and takes what comes instead of it as it is", () => {
		expect(breakText(fault, "zero one three")).toBe("zero $& two three");
	});

	it.each(["none", "one, one"])("throws if the place is not there, or not once: %s", (source) => {
		expect(() => breakText(fault, source.replace("none", "zero"))).toThrow("a.ts holds");
	});
});
