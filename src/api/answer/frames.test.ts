import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyLog } from "../../../test/support/logs.ts";
import { bytesOf, writeWithKeys } from "../../../test/support/pictures.ts";
import { toJson } from "../../http/json.ts";
import { type Frame, inPlaceOf, numbered, PictureBytes, type Renderer, toJsonPieces } from "./frames.ts";

describe("toJsonPieces", () => {
	/** Makes anything that `JSON.stringify` takes as data, undefined fields too. */
	const { anyValue } = fc.letrec<{ anyValue: unknown }>((tie) => ({
		anyValue: fc.oneof(
			{ maxDepth: 5 },
			fc.constantFrom(null, true, false, 0, -0, Number.NaN, Number.POSITIVE_INFINITY, "", "\ud800", "\u2028"),
			fc.double(),
			fc.string({ unit: "binary" }),
			fc.array(fc.oneof(tie("anyValue"), fc.constant(undefined)), { maxLength: 4 }),
			fc.dictionary(fc.string(), fc.oneof(tie("anyValue"), fc.constant(undefined)), { maxKeys: 5 }),
		),
	}));

	it("writes the text of the whole, if there are no pictures", () => {
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), anyValue), (value) => {
				expect(writeWithKeys(value)).toBe(toJson(value));
			}),
			{ numRuns: 1_000 },
		);
	});

	it.each<readonly [value: unknown, json: string]>([
		[{ a: undefined, b: 1 }, '{"b":1}'],
		[{ a: undefined }, "{}"],
		[[undefined, 1], "[null,1]"],
		[{}, "{}"],
		[[], "[]"],
		["狐🦊", '"狐🦊"'],
		[bytesOf(0), '"<images/1/0.png>"'],
		[[bytesOf(0), bytesOf(1)], '["<images/1/0.png>","<images/1/1.png>"]'],
		[{ a: undefined, b64_json: bytesOf(0), c: undefined }, '{"b64_json":"<images/1/0.png>"}'],
		[{ b64_json: bytesOf(0), url: "u" }, '{"b64_json":"<images/1/0.png>","url":"u"}'],
	])("writes %j as %s", (value, json) => {
		expect(writeWithKeys(value)).toBe(json);
	});

	it("puts each picture into quotes, wherever it stands", () => {
		const place = { bytes: 3, key: "images/1/0.png" };
		fc.assert(
			fc.property(fc.jsonValue(), fc.array(fc.jsonValue(), { maxLength: 3 }), (before, after) => {
				const withPicture = { before, deep: [{ picture: new PictureBytes(place) }, ...after] };
				const withText = { before, deep: [{ picture: "<images/1/0.png>" }, ...after] };
				expect(writeWithKeys(withPicture)).toBe(toJson(withText));
				const pieces = [...toJsonPieces(withPicture)];
				const index = pieces.findIndex((piece) => typeof piece !== "string");
				expect([pieces[index - 1], pieces[index + 1]]).toEqual(['"', '"']);
			}),
		);
	});
});

/** Renders each event as two frames that say its number, and the terminal ones as `[DONE]` too. */
const twice: Renderer = ({ seq, type }) => [
	{ event: "first", data: { seq } },
	...(type === "succeeded" || type === "failed" || type === "cancelled" ? [{ data: "[DONE]" } as const] : []),
	{ id: seq, data: { seq, second: true } },
];

function numberOf({ data }: Frame): unknown {
	return data === "[DONE]" ? data : "sequence_number" in data ? data.sequence_number : undefined;
}

describe("numbered", () => {
	it("numbers the frames of all events from 0, and `[DONE]` not at all", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				const frames = log.flatMap(numbered(twice));
				const numbers = frames.map(numberOf).filter((number) => number !== "[DONE]");
				expect(numbers).toEqual(numbers.map((_, index) => index));
				expect(frames.length).toBe(log.flatMap(twice).length);
			}),
		);
	});

	it("drops the frames up to `startingAfter`, and never `[DONE]`", () => {
		fc.assert(
			fc.property(anyLog, fc.integer({ min: -1, max: 60 }), (log, after) => {
				const rest = log.flatMap(numbered(twice)).filter((frame) => {
					const number = numberOf(frame);
					return typeof number !== "number" || number > after;
				});
				expect(log.flatMap(numbered(twice, after))).toEqual(rest);
			}),
		);
	});

	it("keeps what else a frame says, and puts the number last", () => {
		const [frame] = numbered(() => [{ id: 7, retry: 1, event: "a", data: { b: 2 } }])({
			type: "cancelled",
			seq: 1,
			at: 0,
		});
		expect(JSON.stringify(frame)).toBe('{"id":7,"retry":1,"event":"a","data":{"b":2,"sequence_number":0}}');
	});
});

describe("inPlaceOf", () => {
	const error: Frame = { event: "error", data: { type: "error" } };

	it("gives a frame the number of the one that it replaces", () => {
		const frame: Frame = { event: "picture", data: { b64_json: bytesOf(0), sequence_number: 7 } };
		expect(inPlaceOf(frame, error)).toEqual({ event: "error", data: { type: "error", sequence_number: 7 } });
	});

	it.each<readonly [case_: string, frame: Frame, other: Frame]>([
		["a frame without a number", { data: { b: 2 } }, error],
		["`[DONE]`", { data: "[DONE]" }, error],
		["a frame by `[DONE]`", { data: { sequence_number: 7 } }, { data: "[DONE]" }],
	])("replaces %s without a number", (_, frame, other) => {
		expect(inPlaceOf(frame, other)).toEqual(other);
	});
});
