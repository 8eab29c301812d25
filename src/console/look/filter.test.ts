import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	boundText,
	type Filter,
	isFiltered,
	NO_FILTER,
	parseDate,
	parseQuery,
	toParameters,
	toQuery,
} from "./filter.ts";

const NOW = Date.UTC(2026, 10, 29, 14, 0, 0);

describe("toParameters", () => {
	it.each<[Partial<Filter>, Record<string, string>]>([
		[{}, {}],
		[{ state: "running" }, { status: "queued,in_progress,storing,cancelling" }],
		[
			{ state: "failed", model: "gpt-image-2" },
			{ status: "failed", model: "gpt-image-2" },
		],
		[
			{ key: "key_1", text: "red fox" },
			{ key: "key_1", q: "red fox" },
		],
		[{ time: "day" }, { after: "1795874400" }],
		[{ time: "week" }, { after: "1795356000" }],
		[{ time: "month" }, { after: "1793368800" }],
	])("asks for %j by %j", (filter, parameters) => {
		expect(toParameters({ ...NO_FILTER, ...filter }, NOW)).toEqual(parameters);
	});

	it("includes the whole last day", () => {
		const { after, before } = toParameters({ ...NO_FILTER, time: { from: "2026-11-01", to: "2026-11-01" } }, NOW);
		expect(Number(before) - Number(after)).toBe(86_400);
		expect(new Date(Number(after) * 1000).getHours()).toBe(0);
	});

	it("leaves an end open", () => {
		expect(Object.keys(toParameters({ ...NO_FILTER, time: { from: null, to: "2026-11-01" } }, NOW))).toEqual([
			"before",
		]);
	});
});

describe("toQuery and parseQuery", () => {
	it("writes what people can read", () => {
		const filter: Filter = { state: "failed", model: "gpt-image-2", key: null, time: "week", text: "红色 fox & cat" };
		expect(toQuery(filter)).toBe("state=failed&model=gpt-image-2&time=week&q=%E7%BA%A2%E8%89%B2+fox+%26+cat");
		expect(toQuery(NO_FILTER)).toBe("");
	});

	it("gives any filter back", () => {
		const aDate = fc.constantFrom("2024-02-29", "2026-11-01", "1999-12-31");
		const time = fc.oneof(
			fc.constantFrom(null, "day" as const, "week" as const, "month" as const),
			fc.record({ from: aDate, to: fc.option(aDate) }),
			fc.record({ from: fc.constant(null), to: aDate }),
		);
		const aFilter = fc.record({
			state: fc.constantFrom(null, "running" as const, "succeeded" as const, "failed" as const, "cancelled" as const),
			model: fc.option(fc.string({ minLength: 1, maxLength: 200 })),
			key: fc.option(fc.stringMatching(/^key_[a-z0-9]{1,20}$/)),
			time,
			text: fc.string({ unit: "binary", maxLength: 120 }).map(boundText),
		});
		fc.assert(
			fc.property(aFilter, (filter) => {
				expect(parseQuery(toQuery(filter))).toEqual(filter);
			}),
		);
	});

	it("takes any address without a complaint", () => {
		const wrong = `state=drawn&model=&key=${"k".repeat(201)}&time=year&from=2026-02-30&to=tomorrow&q=%20%20`;
		expect(parseQuery(wrong)).toEqual(NO_FILTER);
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => {
				const filter = parseQuery(text);
				expect(parseQuery(toQuery(filter))).toEqual(filter);
			}),
		);
	});
});

describe("boundText", () => {
	it("keeps a hundred characters, and cuts none in two", () => {
		expect(boundText(`  ${"a".repeat(120)}  `)).toBe("a".repeat(100));
		expect(boundText("🦊".repeat(60))).toBe("🦊".repeat(50));
		expect(boundText(`a${"🦊".repeat(60)}`)).toBe(`a${"🦊".repeat(49)}`);
	});
});

describe("parseDate", () => {
	it("knows the calendar", () => {
		expect(["2024-02-29", "2026-02-29", "2026-13-01", "26-1-1", null].map(parseDate)).toEqual([
			"2024-02-29",
			null,
			null,
			null,
			null,
		]);
	});
});

describe("isFiltered", () => {
	it("is false for all jobs only", () => {
		expect(isFiltered(NO_FILTER)).toBe(false);
		expect(isFiltered({ ...NO_FILTER, text: "a" })).toBe(true);
		expect(isFiltered({ ...NO_FILTER, time: "day" })).toBe(true);
	});
});
