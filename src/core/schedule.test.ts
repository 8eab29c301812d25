import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOBODY, NOW } from "../../test/support/make.ts";
import {
	type Circumstances,
	endWithoutAllAt,
	nextBill,
	nextFetch,
	nextLookUp,
	pollDelay,
	submitRetryDelay,
} from "./schedule.ts";

const WATCHED: Circumstances = { ...NOBODY, watched: true };
const FOLLOWED: Circumstances = { ...WATCHED, followed: [0] };

function around({ watched, followed }: Circumstances) {
	return { watched, followed: followed.length > 0 };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe("nextFetch", () => {
	it.each<readonly [what: string, triedAt: number | null, silentSince: number | null, at: number | null]>([
		["never tried", null, null, null],
		["tried at once: after a second", 0, null, SECOND],
		["tried at an age: after the same time again", 90 * SECOND, null, 180 * SECOND],
		["tried late: at the end of the hour", 50 * MINUTE, null, 60 * MINUTE],
		["silent: at the end of its five minutes", 8 * MINUTE, 4 * MINUTE, 9 * MINUTE],
		["silent since the first try", 2 * MINUTE, 0, 4 * MINUTE],
	])("of a result that was %s", (_, triedAt, silentSince, at) => {
		const from = (ms: number | null) => (ms === null ? null : NOW + ms);
		const tried = { since: NOW, triedAt: from(triedAt), silentSince: from(silentSince) };
		expect(nextFetch(tried)).toBe(from(at));
	});
});

describe("pollDelay", () => {
	it.each<
		readonly [
			what: string,
			webhook: boolean,
			circumstances: Circumstances,
			delays: readonly (readonly [number, number])[],
		]
	>([
		[
			"about 5 % of the age while someone waits and no webhook is due",
			false,
			WATCHED,
			[
				[0, 500],
				[1 * SECOND, 500],
				[10 * SECOND, 500],
				[40 * SECOND, 2 * SECOND],
				[100 * SECOND, 5 * SECOND],
				[10 * MINUTE, 5 * SECOND],
				[-5, 500],
			],
		],
		[
			"twice the age, up to five minutes, when a webhook is due, though someone waits",
			true,
			WATCHED,
			[
				[0, 1 * SECOND],
				[1 * SECOND, 2 * SECOND],
				[3 * SECOND, 6 * SECOND],
				[2 * MINUTE, 4 * MINUTE],
				[10 * MINUTE, 5 * MINUTE],
				[-5, 1 * SECOND],
			],
		],
		[
			"twice the age, up to five minutes, when nobody waits",
			false,
			NOBODY,
			[
				[0, 1 * SECOND],
				[9 * SECOND, 18 * SECOND],
				[10 * MINUTE, 5 * MINUTE],
			],
		],
		[
			"one to five minutes while a watcher follows",
			false,
			FOLLOWED,
			[
				[0, 1 * MINUTE],
				[1 * MINUTE, 1 * MINUTE],
				[3 * MINUTE, 3 * MINUTE],
				[10 * MINUTE, 5 * MINUTE],
			],
		],
		[
			"ten minutes while a watcher follows and a webhook is due",
			true,
			FOLLOWED,
			[
				[0, 10 * MINUTE],
				[12 * MINUTE, 10 * MINUTE],
			],
		],
	])("is %s", (_, webhook, circumstances, delays) => {
		expect(delays.map(([age]) => [age, pollDelay(age, webhook, around(circumstances))])).toEqual(delays);
	});

	/** The ages in seconds at which fal is asked, if no answer says anything new. */
	const polls = (webhook: boolean, circumstances: Circumstances, count: number): readonly number[] => {
		const ages: number[] = [];
		for (let age = 0; ages.length < count; ) {
			age += pollDelay(age, webhook, around(circumstances));
			ages.push(age / SECOND);
		}
		return ages;
	};

	it("polls after 1, 3, 9, 27 s… if a webhook is due: eight times in 15 minutes", () => {
		expect(polls(true, WATCHED, 5)).toEqual([1, 3, 9, 27, 81]);
		expect(polls(true, WATCHED, 100).filter((age) => age <= 900)).toHaveLength(8);
	});

	it("polls twice a second at first if only polling reports: fewer than 250 times in 15 minutes", () => {
		expect(polls(false, WATCHED, 4)).toEqual([0.5, 1, 1.5, 2]);
		expect(polls(false, WATCHED, 1_000).filter((age) => age <= 900).length).toBeLessThan(250);
	});

	it("stays between 500 ms and ten minutes, whatever the clock says", () => {
		fc.assert(
			fc.property(
				fc.integer(),
				fc.boolean(),
				fc.record({ watched: fc.boolean(), followed: fc.boolean() }),
				(age, webhook, circumstances) => {
					const delay = pollDelay(age, webhook, circumstances);
					expect(delay).toBeGreaterThanOrEqual(500);
					expect(delay).toBeLessThanOrEqual(10 * MINUTE);
				},
			),
		);
	});
});

describe("submitRetryDelay", () => {
	it.each([
		[0, 1 * SECOND],
		[1 * SECOND, 1 * SECOND],
		[2 * SECOND, 2 * SECOND],
		[20 * SECOND, 20 * SECOND],
		[30 * SECOND, 30 * SECOND],
		[10 * MINUTE, 30 * SECOND],
	])("of a job of %i ms is %i ms", (age, delay) => {
		expect(submitRetryDelay(age)).toBe(delay);
	});
});

describe("nextLookUp", () => {
	it.each<readonly [nowMs: number, settleByMs: number, next: number | null]>([
		[0, 300_000, 1_000],
		[999, 300_000, 1_000],
		[1_000, 300_000, 4_000],
		[15_000, 60_001, 60_000],
		[15_000, 60_000, null],
		[4_000, 5_000, 15_000],
		[240_000, 900_000, null],
	])("%i ms after the loss of a submit that is settled by %i ms is %s", (nowMs, settleByMs, next) => {
		const loss = { lostAt: NOW, settleBy: NOW + settleByMs };
		expect(nextLookUp(loss, NOW + nowMs)).toBe(next === null ? null : NOW + next);
	});
});

describe("endWithoutAllAt", () => {
	it("is null while there is no picture, and when none is missing", () => {
		const transfer = { since: NOW, outputs: [], pending: [1], stored: 1, storedAt: NOW + 5 };
		expect(endWithoutAllAt(transfer)).toBe(NOW + 70_000);
		expect(endWithoutAllAt({ ...transfer, storedAt: NOW + 65_000 })).toBe(NOW + 75_000);
		expect(endWithoutAllAt({ ...transfer, pending: [] })).toBeNull();
		expect(endWithoutAllAt({ ...transfer, stored: 0, storedAt: null })).toBeNull();
	});
});

it("fal is asked for a bill later than now, until that is given up", () => {
	const [minute, hour] = [60_000, 3_600_000];
	expect(nextBill(NOW, NOW)).toBe(NOW + 3 * minute);
	expect(nextBill(NOW, NOW + 3 * minute - 1)).toBe(NOW + 3 * minute);
	expect(nextBill(NOW, NOW + 3 * minute)).toBe(NOW + hour);
	expect(nextBill(NOW, NOW + 24 * hour)).toBeNull();
});
