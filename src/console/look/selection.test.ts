import { describe, expect, it } from "vitest";
import {
	add,
	band,
	behind,
	extend,
	keepOnly,
	NONE_SELECTED,
	nextOf,
	type Selection,
	selectAll,
	sweep,
	toggle,
} from "./selection.ts";

const ORDER = ["a", "b", "c", "d", "e"];

function selected({ ids }: Selection): string {
	return ORDER.filter((id) => ids.has(id)).join("");
}

function select(ids: string): Selection {
	return { ids: new Set(ids), anchor: ids.at(-1) ?? null };
}

describe("toggle", () => {
	it("selects a card and takes it out again", () => {
		const one = toggle(NONE_SELECTED, "b");
		expect(selected(one)).toBe("b");
		expect(selected(toggle(one, "b"))).toBe("");
		expect(selected(NONE_SELECTED)).toBe("");
	});
});

describe("extend", () => {
	it("selects from the anchor on, in both directions", () => {
		expect(selected(extend(toggle(NONE_SELECTED, "b"), "d", ORDER))).toBe("bcd");
		expect(selected(extend(toggle(NONE_SELECTED, "d"), "b", ORDER))).toBe("bcd");
	});

	it("keeps the anchor for the next range", () => {
		const range = extend(toggle(NONE_SELECTED, "c"), "e", ORDER);
		expect(selected(extend(range, "a", ORDER))).toBe("abcde");
	});

	it("selects one card without an anchor, or if the anchor is gone", () => {
		expect(selected(extend(NONE_SELECTED, "c", ORDER))).toBe("c");
		expect(selected(extend({ ids: new Set(), anchor: "gone" }, "c", ORDER))).toBe("c");
	});
});

describe("sweep", () => {
	it("selects all cards between, and gives back those that the finger leaves", () => {
		const before = select("e");
		expect(selected(sweep(before, "a", "c", ORDER))).toBe("abce");
		expect(selected(sweep(before, "a", "b", ORDER))).toBe("abe");
	});

	it("takes cards out if it begins at a selected one", () => {
		expect(selected(sweep(select("abcd"), "b", "c", ORDER))).toBe("ad");
	});
});

describe("band", () => {
	it("adds what it touches to the selection of before", () => {
		expect(selected(band(select("a"), ["c", "d"]))).toBe("acd");
		expect(selected(band(select("a"), []))).toBe("a");
	});
});

describe("add", () => {
	it("selects further cards, and keeps the anchor", () => {
		const more = add(select("ab"), ["c", "d"]);
		expect(selected(more)).toBe("abcd");
		expect(more.anchor).toBe("b");
		expect(add(NONE_SELECTED, ["c", "d"]).anchor).toBe("c");
	});
});

describe("behind", () => {
	it.each([
		["all, if there was nothing", "", "abc", "abc"],
		["what was loaded", "ab", "abcd", "cd"],
		["nothing that was made meanwhile", "bc", "abcd", "d"],
		["what was loaded, also behind a card that is gone", "abc", "abde", "de"],
	])("%s", (_, before, order, expected) => {
		expect(behind([...before], [...order]).join("")).toBe(expected);
	});
});

describe("selectAll and keepOnly", () => {
	it("selects all cards and forgets those that are gone", () => {
		const all = selectAll(ORDER);
		expect(selected(all)).toBe("abcde");
		expect(selected(keepOnly(all, ["b", "c"]))).toBe("bc");
		expect(keepOnly(all, ["b", "c"]).anchor).toBeNull();
	});

	it("returns the same selection if nothing is gone", () => {
		const some = select("bc");
		expect(keepOnly(some, ORDER)).toBe(some);
	});
});

describe("nextOf", () => {
	it.each<readonly [name: string, gone: readonly string[], next: string | null]>([
		["the one behind", ["b"], "c"],
		["the next that stays", ["b", "c"], "d"],
		["the one between", ["a", "c"], "b"],
		["the one before the last", ["d"], "c"],
		["none if all go", ["a", "b", "c", "d"], null],
		["the first if none of them is shown", ["x"], "a"],
	])("is %s", (_, gone, next) => {
		expect(nextOf(new Set(gone), ["a", "b", "c", "d"])).toBe(next);
	});
});
