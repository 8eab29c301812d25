import { expect, it } from "vitest";
import { err, ok } from "../../result.ts";
import type { Page } from "./answers.ts";
import { MAX_PAGES, readPages } from "./pages.ts";

const pageOf = (day: number, next_page: string | null): Page<string> => ({
	data: [{ start_time: day, results: [`of day ${day}`] }],
	next_page,
});

it("asks for each page once, by the name that the page before gives it", async () => {
	const asked: (string | null)[] = [];
	const pages = new Map<string | null, Page<string>>([
		[null, pageOf(1, "page_2")],
		["page_2", pageOf(2, "page_3")],
		["page_3", pageOf(3, null)],
	]);
	const report = await readPages<string, never>(async (page) => {
		asked.push(page);
		return ok(pages.get(page) ?? pageOf(0, null));
	});
	expect(asked).toEqual([null, "page_2", "page_3"]);
	expect(report).toEqual({
		ok: true,
		value: {
			buckets: [
				{ start_time: 1, results: ["of day 1"] },
				{ start_time: 2, results: ["of day 2"] },
				{ start_time: 3, results: ["of day 3"] },
			],
			isCut: false,
		},
	});
});

it("stops at its bound, and says so", async () => {
	let asked = 0;
	const report = await readPages<string, never>(async () => {
		asked += 1;
		return ok(pageOf(asked, "page_more"));
	});
	expect(asked).toBe(MAX_PAGES);
	expect(report).toMatchObject({ value: { isCut: true } });
});

it("has no half report if a page is refused", async () => {
	const report = await readPages<string, string>(async (page) => (page === null ? ok(pageOf(1, "page_2")) : err("no")));
	expect(report).toEqual({ ok: false, error: "no" });
});
