import { describe, expect, it } from "vitest";
import { makeDraft } from "../../../test/support/console-jobs.ts";
import type { Reference } from "../make/references/reference.ts";
import { canBeKept, type Pending, readPending, toText } from "./pending.ts";

const NOW = 1_790_000_000_000;
const PICTURE: Reference = {
	id: "r1",
	name: "fox",
	preview: "/images/aa/0.png?sig=s",
	width: 4,
	height: 3,
	bytes: 9,
	source: { kind: "picture", path: "/images/aa/0.png?sig=s", job: "job_aa", index: 0 },
};
const PENDING: Pending = {
	account: "me",
	draft: makeDraft({ seed: 7, quality: "high", references: [PICTURE] }),
	idempotencyKey: "k1",
	since: NOW - 1000,
};

describe("requests that are kept over a reload", () => {
	it("are read as they were written", () => {
		expect(readPending(toText([PENDING]), NOW)).toEqual([PENDING]);
	});

	it("are read as they were written by a page that knew fewer choices", () => {
		const { fal: _, negativePrompt: __, ...draft } = PENDING.draft;
		expect(readPending(JSON.stringify([{ ...PENDING, draft }]), NOW)).toEqual([PENDING]);
	});

	it("are forgotten when there are none", () => {
		expect(toText([])).toBeNull();
		expect(readPending(null, NOW)).toEqual([]);
	});

	it.each([
		["no JSON", "{"],
		["no list", "{}"],
		["no request", "[null]"],
		["no key", JSON.stringify([{ ...PENDING, idempotencyKey: 5 }])],
		["no prompt", JSON.stringify([{ ...PENDING, draft: { ...PENDING.draft, prompt: null } }])],
		["no list of references", JSON.stringify([{ ...PENDING, draft: { ...PENDING.draft, references: {} } }])],
	])("are dropped if they cannot be read: %s", (_, text) => {
		expect(readPending(text, NOW)).toEqual([]);
	});

	it("are dropped before the gateway forgets their key", () => {
		const hours = (count: number) => toText([{ ...PENDING, since: NOW - count * 3_600_000 }]);
		expect(readPending(hours(22), NOW)).toHaveLength(1);
		expect(readPending(hours(23), NOW)).toEqual([]);
	});

	it("are few", () => {
		expect(readPending(toText(Array(20).fill(PENDING)), NOW)).toHaveLength(16);
	});

	it("have no bytes of their own", () => {
		const blob = new Blob(["x"]);
		expect(canBeKept(makeDraft())).toBe(true);
		expect(canBeKept(makeDraft({ references: [PICTURE] }))).toBe(true);
		const link = { kind: "link", url: "https://elsewhere.example/owl.png" } as const;
		expect(canBeKept(makeDraft({ references: [{ ...PICTURE, source: link }] }))).toBe(true);
		expect(canBeKept(makeDraft({ references: [{ ...PICTURE, source: { kind: "file", blob } }] }))).toBe(false);
		expect(canBeKept(makeDraft({ references: [PICTURE], mask: { png: blob, of: "r1" } }))).toBe(false);
	});
});
