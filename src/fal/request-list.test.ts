import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SoughtSubmit } from "../core/inputs.ts";
import {
	IN_FLIGHT_MS,
	judgeList,
	LIST_MARGIN_MS,
	type ListItem,
	type ListReading,
	readClockOffset,
	readListPage,
} from "./request-list.ts";

const LEFT = 1_800_000_000_000;
const SENT = "2027-01-15T08:00:00Z";

describe("a page of fal's list", () => {
	const item = {
		request_id: "r-1",
		endpoint_id: "fal-ai/flux/dev",
		sent_at: SENT,
		started_at: "2027-01-15T08:00:01Z",
		ended_at: null,
		duration: null,
		json_input: { prompt: "a fox", seed: 7, num_images: 1 },
		json_output: { images: [] },
	};
	const read = { requestId: "r-1", endpoint: "fal-ai/flux/dev", sentAt: Date.parse(SENT), prompt: "a fox", seed: 7 };

	it("is read", () => {
		const page = { items: [item], has_more: true, next_cursor: "Mg==" };
		expect(readListPage(JSON.stringify(page))).toEqual({ items: [read], next: "Mg==" });
	});

	it.each<readonly [form: string, item: unknown, read: Partial<ListItem> | null]>([
		["without its endpoint", { ...item, endpoint_id: undefined }, { ...read, endpoint: null }],
		[
			"with parts of a second",
			{ ...item, sent_at: "2027-01-15T08:00:00.250Z" },
			{ ...read, sentAt: Date.parse(SENT) + 250 },
		],
		["with another zone", { ...item, sent_at: "2027-01-15T09:00:00+01:00" }, read],
		["without its input", { ...item, json_input: null }, { ...read, prompt: null, seed: null }],
		["with its input as text", { ...item, json_input: '{"prompt":"a fox"}' }, { ...read, prompt: null, seed: null }],
		["without a seed", { ...item, json_input: { prompt: "a fox", seed: null } }, { ...read, seed: null }],
		["with a seed as text", { ...item, json_input: { prompt: "a fox", seed: "7" } }, { ...read, seed: null }],
		["with parts as prompt", { ...item, json_input: { prompt: [{}], seed: 7 } }, { ...read, prompt: null }],
		["without an id", { ...item, request_id: undefined }, null],
		["with an id that is too long", { ...item, request_id: "r".repeat(201) }, null],
		["with an id of half a letter", { ...item, request_id: "\ud800abc" }, null],
		["without its time", { ...item, sent_at: null }, null],
		["with a time that is none", { ...item, sent_at: "yesterday" }, null],
		["that is none", "r-1", null],
		["that is null", null, null],
	])("reads an item %s", (_, given, expected) => {
		expect(readListPage(JSON.stringify({ items: [given], has_more: false }))).toEqual({
			items: [expected],
			next: null,
		});
	});

	it.each<readonly [form: string, rest: object, next: string | null]>([
		["says that it is the last", { has_more: false, next_cursor: null }, null],
		["says so and names a cursor", { has_more: false, next_cursor: "Mg==" }, null],
		["names only a cursor", { next_cursor: "Mg==" }, "Mg=="],
		["says nothing", {}, null],
	])("that %s has the next page %j", (_, rest, next) => {
		expect(readListPage(JSON.stringify({ items: [], ...rest }))).toEqual({ items: [], next });
	});

	it.each([
		["is no JSON", "<html>"],
		["is empty", ""],
		["is a list", "[]"],
		["has no items", '{"has_more":false}'],
		["has items of another form", '{"items":{"0":{}},"has_more":false}'],
		["hides the next page", '{"items":[],"has_more":true,"next_cursor":null}'],
		["has a cursor that is too long", JSON.stringify({ items: [], has_more: true, next_cursor: "x".repeat(1_025) })],
	])("is not read if it %s", (_, text) => {
		expect(readListPage(text)).toBeNull();
	});
});

describe("fal's clock", () => {
	const date = new Date(LEFT).toUTCString();
	it("is compared with ours to the second of a `Date` header, and to the time of the call", () => {
		expect(readClockOffset(date, LEFT + 200, LEFT + 300)).toEqual({ min: -300, max: 800 });
	});

	it.each([null, "", "soon"])("is not known by the header %j", (header) => {
		expect(readClockOffset(header, LEFT, LEFT)).toBeNull();
	});
});

const sought: SoughtSubmit = {
	endpoint: "fal-ai/flux/dev",
	prompt: "a red fox",
	seed: 7,
	leftAfter: LEFT,
	leftBefore: LEFT + 2_000,
};
const unmarked: SoughtSubmit = { ...sought, seed: null };
const SAME_CLOCK = { min: -500, max: 500 };

function makeItem(overrides: Partial<ListItem> = {}): ListItem {
	return { requestId: "r-1", endpoint: sought.endpoint, sentAt: LEFT + 10, prompt: "a red fox", seed: 7, ...overrides };
}
/** Sent by somebody else, long after the submit. */
const LATER = makeItem({ requestId: "later", sentAt: LEFT + 30_000, prompt: "a blue cat", seed: 9 });

function judge(items: readonly (ListItem | null)[], of = sought, reading: Partial<ListReading> = {}) {
	const answer = judgeList(of, { items, complete: true, offset: SAME_CLOCK, ...reading });
	return answer.kind === "found" ? answer.requestId : answer.kind;
}

describe("a submit that carries the job's own seed", () => {
	it("is found if fal trimmed its prompt", () => {
		expect(judge([makeItem()], { ...sought, prompt: " a red fox\n" })).toBe("r-1");
	});

	it.each<readonly [sentence: string, items: readonly (ListItem | null)[], answer: string]>([
		["is found", [makeItem()], "r-1"],
		[
			"is found among others, and what cannot be read",
			[LATER, null, makeItem(), makeItem({ requestId: "b", seed: 8 })],
			"r-1",
		],
		["is found if fal shortened its prompt", [makeItem({ prompt: "a red" })], "r-1"],
		["is found if fal added to its prompt", [makeItem({ prompt: "a red fox, in high quality" })], "r-1"],
		["is found if fal names another endpoint", [makeItem({ endpoint: "fal-ai/flux-1/dev" })], "r-1"],
		["is found once if two pages show it", [makeItem(), makeItem()], "r-1"],
		["is not told from another with its seed", [makeItem(), makeItem({ requestId: "r-2" })], "unclear"],
		["is absent if there is only a later one", [LATER], "absent"],
		["is absent if an equal one has another seed", [LATER, makeItem({ seed: 8 })], "absent"],
		["is absent if another prompt has no seed", [LATER, makeItem({ prompt: "a blue cat", seed: null })], "absent"],
		["may be one whose seed fal does not show", [LATER, makeItem({ seed: null })], "unclear"],
		["may be one whose prompt fal does not show", [LATER, makeItem({ prompt: null, seed: null })], "unclear"],
		["may be one with its seed and another prompt", [LATER, makeItem({ prompt: "a blue cat" })], "unclear"],
		["may be an item that cannot be read", [LATER, null], "unclear"],
		["is not surely absent from an empty list", [], "unclear"],
		["is not surely absent without a later one", [{ ...LATER, sentAt: LEFT + 10 }], "unclear"],
		[
			"is not surely absent if the later one is of another endpoint",
			[{ ...LATER, endpoint: "fal-ai/flux/schnell" }],
			"unclear",
		],
	])("%s", (_, items, answer) => {
		expect(judge(items)).toBe(answer);
	});

	it("is found though the list goes on, but is not absent then", () => {
		expect(judge([makeItem()], sought, { complete: false })).toBe("r-1");
		expect(judge([LATER], sought, { complete: false })).toBe("unclear");
	});
});

const FOX = "A red fox é 🦊 in the snow, oil on canvas & warm light, by a river.";

it.each<readonly [listed: string, sent: string, answer: string]>([
	["a red", "a red fox", "unclear"],
	["a red…", "a red fox", "unclear"],
	["A Red Fox", "a red fox", "unclear"],
	["a red fox", "A RED\n  FOX!", "unclear"],
	["a\u200bred fox", "a red\u0000 fox", "unclear"],
	["ａ red fox", "a red fox", "unclear"],
	["…", "a red fox", "unclear"],
	["🐱", "🦊", "unclear"],
	["红色的狐狸……", "红色的狐狸，在雪地里", "unclear"],
	["fox", "a red fox", "unclear"],
	["a cat", "fox", "absent"],
	["a blue…", "a red fox", "absent"],
	["a red cat", "a red fox", "absent"],
	["红色的猫", "红色的狐狸", "absent"],
	["a red fox. A cat", "a red fox in the snow", "unclear"],
	["abcde fgh", "abcde 1234567", "unclear"],
	["abcde and a wholly other text", "abcde", "unclear"],
	["abcde fghi", "abcde 1234567", "absent"],
	[FOX.slice(0, 20), FOX, "unclear"],
	[`${FOX.slice(0, 20)}[...]${FOX.slice(-12)}`, FOX, "unclear"],
	[FOX.slice(-20), FOX, "unclear"],
	[`${FOX.slice(0, 12)} *** removed ***`, FOX, "unclear"],
	[FOX.replace("🦊", "\ufffd"), FOX, "unclear"],
	[FOX.replace("é", "e"), FOX, "unclear"],
	[FOX.replace("é", "&eacute;").replace("&", "&amp;"), FOX, "unclear"],
	[FOX.replace("é", "Ã©").replace("snow", "****"), FOX, "unclear"],
	[encodeURIComponent(FOX), FOX, "unclear"],
	[`Prompt: ${FOX} Draw it in high quality, with much detail.`, FOX, "unclear"],
	["[REDACTED]", FOX, "unclear"],
	["sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", FOX, "unclear"],
	["QSByZWQgZm94IGluIHRoZSBzbm93", FOX, "unclear"],
	["A grey cat on a chair in the sun, ink on paper, soft shade, by a lamp.", FOX, "absent"],
])("a listed prompt %j without a seed leaves a submit of %j %s", (prompt, sent, answer) => {
	expect(judge([LATER, makeItem({ prompt, seed: null })], { ...sought, prompt: sent })).toBe(answer);
	expect(judge([LATER, makeItem({ prompt, seed: null })], { ...unmarked, prompt: sent })).toBe(answer);
});

describe("a submit without a seed of the job's own", () => {
	it.each<readonly [sentence: string, items: readonly (ListItem | null)[], answer: string]>([
		["is never found: an equal one may be another job's", [makeItem(), LATER], "unclear"],
		["is absent if no prompt is its own", [LATER], "absent"],
		["may be one whose prompt fal does not show", [LATER, makeItem({ prompt: null })], "unclear"],
		["may be one whose prompt fal shortened", [LATER, makeItem({ prompt: "a red" })], "unclear"],
		["may be one whose prompt fal trimmed", [LATER, makeItem({ prompt: " a red fox\n" })], "unclear"],
		["is none that was sent before it", [LATER, makeItem({ sentAt: LEFT - 1_501 })], "absent"],
		["may be one that was sent as it was", [LATER, makeItem({ sentAt: LEFT - 1_500 })], "unclear"],
	])("%s", (_, items, answer) => {
		expect(judge(items, unmarked)).toBe(answer);
	});
});

it("a submit without a seed may be an item that a `Date` header of another clock would put before it", () => {
	const later = { ...LATER, sentAt: LEFT + 200_000 };
	const ahead = { offset: { min: 59_000, max: 60_000 } };
	expect(judge([later, makeItem({ sentAt: LEFT + 10 })], unmarked, ahead)).toBe("unclear");
	expect(judge([later, makeItem({ sentAt: LEFT - 1_001 })], unmarked, ahead)).toBe("absent");
});

describe("a request is surely later", () => {
	const laterBy = (ms: number, offset: ListReading["offset"], of = sought) =>
		judge([{ ...LATER, sentAt: of.leftBefore + ms }], of, { offset });

	it.each<readonly [sentence: string, ms: number, offset: ListReading["offset"], answer: string]>([
		["than what was in flight", IN_FLIGHT_MS + 500, SAME_CLOCK, "unclear"],
		["a moment after that", IN_FLIGHT_MS + 501, SAME_CLOCK, "absent"],
		["not by our clock, if fal's is ahead", IN_FLIGHT_MS + 60_000, { min: 59_000, max: 60_000 }, "unclear"],
		["by fal's clock, if that is ahead", IN_FLIGHT_MS + 60_001, { min: 59_000, max: 60_000 }, "absent"],
		["by ours, if fal's seems behind: its date may be old", IN_FLIGHT_MS, { min: -60_000, max: -59_000 }, "unclear"],
		["a moment after that, too", IN_FLIGHT_MS + 1, { min: -60_000, max: -59_000 }, "absent"],
		["not if the clocks cannot be compared", 3_600_000, null, "unclear"],
		["if the list begins before the submit", 3_600_000, { min: -LIST_MARGIN_MS, max: 0 }, "absent"],
		["not if it begins behind it", 3_600_000, { min: -LIST_MARGIN_MS - 1, max: 0 }, "unclear"],
	])("%s", (_, ms, offset, answer) => {
		expect(laterBy(ms, offset)).toBe(answer);
	});
});

describe("for all lists", () => {
	const anyItem = fc.option(
		fc.record({
			requestId: fc.constantFrom("r-1", "r-2", "r-3"),
			endpoint: fc.constantFrom(sought.endpoint, "fal-ai/other", null),
			sentAt: fc.integer({ min: -600_000, max: 600_000 }).map((ms) => LEFT + ms),
			prompt: fc.constantFrom(sought.prompt, "a red", "a blue cat", null),
			seed: fc.constantFrom(7, 8, 9, null),
		}),
		{ freq: 10 },
	);
	const anyReading: fc.Arbitrary<ListReading> = fc.record({
		items: fc.array(anyItem, { maxLength: 6 }),
		complete: fc.boolean(),
		offset: fc.option(
			fc
				.tuple(fc.integer({ min: -400_000, max: 400_000 }), fc.nat(2_000))
				.map(([min, more]) => ({ min, max: min + more })),
		),
	});
	const anySought = fc.constantFrom(sought, unmarked);

	it("a submit is absent only if the whole list was read, and holds a later request and none that could be it", () => {
		fc.assert(
			fc.property(anySought, anyReading, (of, reading) => {
				if (judgeList(of, reading).kind !== "absent") return;
				const { items, complete, offset } = reading;
				expect(complete && offset !== null).toBe(true);
				expect(items).not.toContain(null);
				const later = items.some(
					(item) =>
						item !== null && item.endpoint !== "fal-ai/other" && item.sentAt > of.leftBefore + (offset?.max ?? 0),
				);
				expect(later).toBe(true);
				for (const item of items) if (of.seed !== null) expect(item?.seed === 7 && item.prompt !== null).toBe(false);
			}),
			{ numRuns: 2_000 },
		);
	});

	it("a submit is found only by the job's own seed, and never among two", () => {
		fc.assert(
			fc.property(anySought, anyReading, (of, reading) => {
				const answer = judgeList(of, reading);
				if (answer.kind !== "found") return;
				expect(of.seed).toBe(7);
				const alike = reading.items.filter((item) => item?.seed === 7 && item.prompt?.startsWith("a red"));
				expect(new Set(alike.map((item) => item?.requestId))).toEqual(new Set([answer.requestId]));
			}),
			{ numRuns: 2_000 },
		);
	});

	it("the order of the list makes no difference", () => {
		fc.assert(
			fc.property(anySought, anyReading, (of, reading) => {
				const reversed = { ...reading, items: reading.items.toReversed() };
				expect(judgeList(of, reversed)).toEqual(judgeList(of, reading));
			}),
		);
	});

	it("a submit that the list holds is never absent, however fal repeats its input", () => {
		const anyEcho = fc.record({
			prompt: fc.constantFrom("a red fox", "a red", " a red fox ", null),
			seed: fc.constantFrom(7, null),
		});
		fc.assert(
			fc.property(anySought, anyReading, anyEcho, fc.nat(2_000), (of, reading, echo, ms) => {
				// Between the earliest and the latest moment, by a clock that differs as the header says.
				const offset = reading.offset ?? { min: 0, max: 0 };
				const ours = makeItem({ ...echo, sentAt: LEFT + ms + offset.min });
				expect(judgeList(of, { ...reading, items: [...reading.items, ours] }).kind).not.toBe("absent");
			}),
			{ numRuns: 2_000 },
		);
	});
});
