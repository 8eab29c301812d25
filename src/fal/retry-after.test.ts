import { expect, it } from "vitest";
import { MAX_RETRY_AFTER_MS, readRetryAfter } from "./retry-after.ts";

/** Sun, 06 Nov 1994 08:49:37 GMT. */
const DATE = 784_111_777_000;

it.each<readonly [header: string | null, ms: number | null]>([
	["0", 0],
	["7", 7_000],
	[" 120 ", 120_000],
	["300", 300_000],
	["301", 300_000],
	["999999999", 300_000],
	["1234567890", null],
	["-1", null],
	["1.5", null],
	["7s", null],
	["soon 7", null],
	["Sun, 06 Nov 1994 08:49:37 GMT", 10_000],
	["Sunday, 06-Nov-94 08:49:37 GMT", 10_000],
	["Sun Nov  6 08:49:37 1994", 10_000],
	["Sun, 06 Nov 1994 08:49:00 GMT", 0],
	["Sun, 06 Nov 1994 09:49:37 GMT", 300_000],
	["Sun, no day at all", null],
	["06 Nov 1994 08:49:37 GMT", null],
	["sun, 06 Nov 1994 08:49:37 GMT", null],
	["SUN, 06 Nov 1994 08:49:37 GMT", null],
	["Sun, 06 Nov 1994 08:49:37 GMT (later)", null],
	["(later) Sun, 06 Nov 1994 08:49:37 GMT", null],
	["1994-11-06T08:49:37Z", null],
	["soon", null],
	["", null],
	[null, null],
])("%j asks to wait %s ms", (header, ms) => {
	expect(readRetryAfter(header, DATE - 10_000)).toBe(ms);
});

it("keeps no more than five minutes", () => {
	expect(MAX_RETRY_AFTER_MS).toBe(300_000);
});
