import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addPage, mergeFresh, NOTHING_LISTED, refresh } from "./pages.ts";

describe("addPage", () => {
	it("adds below, and nothing twice", () => {
		const first = addPage(NOTHING_LISTED, { ids: ["e", "d"], next: 4 });
		expect(addPage(first, { ids: ["d", "c"], next: null })).toEqual({ ids: ["e", "d", "c"], next: null });
	});

	it("goes on after an empty page", () => {
		expect(addPage({ ids: ["a"], next: 9 }, { ids: [], next: 5 })).toEqual({ ids: ["a"], next: 5 });
	});
});

describe("refresh", () => {
	const listed = { ids: ["f", "e", "d", "c", "b"], next: 2 };

	it("puts new jobs on top and keeps what is listed below", () => {
		expect(refresh(listed, { ids: ["h", "g", "f"], next: 6 })).toEqual({
			ids: ["h", "g", "f", "e", "d", "c", "b"],
			next: 2,
		});
	});

	it("takes out what another device deleted", () => {
		expect(refresh(listed, { ids: ["f", "d", "c"], next: 3 })).toEqual({ ids: ["f", "d", "c", "b"], next: 2 });
	});

	it("begins anew if more is new than a page shows", () => {
		const page = { ids: ["z", "y", "x"], next: 24 };
		expect(refresh(listed, page)).toEqual(page);
	});

	it("is the whole list if nothing is left behind it", () => {
		expect(refresh(listed, { ids: ["f"], next: null })).toEqual({ ids: ["f"], next: null });
		expect(refresh(listed, { ids: [], next: null })).toEqual({ ids: [], next: null });
	});

	it("agrees with the server about every prefix, whatever was made and deleted", () => {
		const jobs = fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 40 });
		fc.assert(
			fc.property(
				jobs,
				fc.array(fc.nat(200)),
				fc.nat(5),
				fc.integer({ min: 1, max: 10 }),
				(before, deleted, made, size) => {
					const order = (numbers: readonly number[]) => numbers.toSorted((a, b) => b - a);
					const pageOf = (numbers: readonly number[]) => ({
						ids: numbers.slice(0, size).map(String),
						next: numbers.length > size ? (numbers[size - 1] ?? null) : null,
					});
					const server = order([
						...before.filter((id) => !deleted.includes(id)),
						...[201, 202, 203, 204, 205].slice(0, made),
					]);
					const page = pageOf(server);
					const { ids } = refresh({ ids: order(before).map(String), next: null }, page);
					expect(ids.slice(0, page.ids.length)).toEqual(page.ids);
					expect(new Set(ids).size).toBe(ids.length);
					expect(ids).toEqual(order(ids.map(Number)).map(String));
				},
			),
		);
	});
});

describe("mergeFresh", () => {
	it("puts what the list does not have yet on top", () => {
		expect(mergeFresh(["local-2", "job_1"], ["job_1", "job_0"])).toEqual(["local-2", "job_1", "job_0"]);
	});

	it("returns the list itself if it has all", () => {
		const listed = ["b", "a"];
		expect(mergeFresh(["a"], listed)).toBe(listed);
	});
});
