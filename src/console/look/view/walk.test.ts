import { expect, it } from "vitest";
import { walk } from "./walk.ts";

const PICTURES: Readonly<Record<string, readonly number[]>> = { d: [0, 1], c: [], b: [2], a: [0, 3] };
const ORDER = ["d", "c", "b", "a"];

it.each([
	["d", 0, 1, { job: "d", index: 1 }],
	["d", 1, 1, { job: "b", index: 2 }],
	["b", 2, 1, { job: "a", index: 0 }],
	["a", 0, 1, { job: "a", index: 3 }],
	["a", 3, 1, null],
	["a", 0, -1, { job: "b", index: 2 }],
	["b", 2, -1, { job: "d", index: 1 }],
	["d", 0, -1, null],
	["c", 0, 1, { job: "b", index: 2 }],
	["c", 0, -1, { job: "d", index: 1 }],
	["gone", 0, 1, null],
] as const)("from %s/%i by %i", (job, index, by, expected) => {
	expect(walk({ job, index }, by, ORDER, (id) => PICTURES[id] ?? [])).toEqual(expected);
});
