import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutBefore, pageOf, readCursor, toCursor } from "./buckets.ts";

const DAY = 86_400;

describe("pageOf", () => {
	it("begins buckets at midnight in UTC, and ends the first and the last with the range", () => {
		expect(pageOf({ start: 10 * DAY + 5, end: 12 * DAY + 7 }, DAY, 7)).toEqual({
			buckets: [
				{ number: 10, start: 864_005, end: 950_400 },
				{ number: 11, start: 950_400, end: 1_036_800 },
				{ number: 12, start: 1_036_800, end: 1_036_807 },
			],
			next: null,
		});
	});

	it("ends after its limit, and says where to go on", () => {
		expect(pageOf({ start: 0, end: 3 * DAY }, DAY, 2)).toMatchObject({ buckets: [{}, {}], next: 172_800 });
		expect(pageOf({ start: 0, end: 2 * DAY }, DAY, 2)).toMatchObject({ buckets: [{}, {}], next: null });
	});

	it("of no time has no buckets", () => {
		expect(pageOf({ start: 5, end: 5 }, DAY, 7)).toEqual({ buckets: [], next: null });
		expect(pageOf({ start: 9, end: 5 }, DAY, 7)).toEqual({ buckets: [], next: null });
	});

	it("covers each second of a range once, page after page", () => {
		const range = fc.record({ start: fc.nat(400 * DAY), seconds: fc.integer({ min: 1, max: 20 * 3_600 }) });
		fc.assert(
			fc.property(range, fc.constantFrom(60, 3_600, DAY), fc.integer({ min: 1, max: 50 }), (of, width, limit) => {
				const end = of.start + of.seconds;
				let at: number | null = of.start;
				while (at !== null) {
					const page = pageOf({ start: at, end }, width, limit);
					expect(page.buckets.length).toBeLessThanOrEqual(limit);
					for (const bucket of page.buckets) {
						expect(bucket.start).toBe(at);
						expect(bucket.end).toBeGreaterThan(bucket.start);
						expect(bucket.end).toBeLessThanOrEqual((bucket.number + 1) * width);
						at = bucket.end;
					}
					expect(page.next).toBe(at === end ? null : at);
					at = page.next;
				}
			}),
		);
	});
});

describe("cutBefore", () => {
	it("goes on with the bucket that is left out", () => {
		const page = pageOf({ start: 0, end: 3 * DAY }, DAY, 3);
		expect(cutBefore(page, 2)).toEqual({ buckets: page.buckets.slice(0, 2), next: 172_800 });
		expect(cutBefore(page, 0)).toEqual({ buckets: [], next: 0 });
		expect(cutBefore(page, 1)).toEqual({ buckets: page.buckets.slice(0, 1), next: 86_400 });
	});

	it("of a page without buckets has no next one", () => {
		expect(cutBefore({ buckets: [], next: null }, 1)).toEqual({ buckets: [], next: null });
	});
});

describe("a cursor", () => {
	it("is read as it was written", () => expect(readCursor(toCursor(1_700_000_000))).toBe(1_700_000_000));
	it.each(["", "1700000000", "page_", "page_-1", "page_1x", "my_page_1", "page_1234567890123"])("is not %j", (text) =>
		expect(readCursor(text)).toBeNull(),
	);
});
