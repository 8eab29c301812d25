import fc from "fast-check";
import { expect, it } from "vitest";
import { fromLocalTime, toLocalTime } from "./local-time.ts";

it("writes and reads the person's own time", () => {
	const noon = new Date(2027, 0, 2, 12, 5).getTime() / 1000;
	expect(toLocalTime(noon)).toBe("2027-01-02T12:05");
	expect(fromLocalTime("2027-01-02T12:05")).toBe(noon);
	expect(fromLocalTime("soon")).toBeNaN();
});

it("reads what it writes, to the minute", () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
			const minute = seconds - (seconds % 60);
			const again = fromLocalTime(toLocalTime(minute));
			// An hour that a change of the clock has twice can be told only once.
			expect([minute, minute - 3_600, minute + 3_600]).toContain(again);
		}),
	);
});
