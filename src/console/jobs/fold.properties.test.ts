import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ACCEPTED, ACCEPTED_AT, makeEntry, makeEvents, makePicture } from "../../../test/support/console-jobs.ts";
import { PUBLIC_NAMES } from "../../core/public-events.ts";
import type { JobEvent } from "../api/types.ts";
import { withEvents } from "./entry.ts";
import { toCard } from "./fold.ts";

const NAMES = [...new Set(Object.values(PUBLIC_NAMES))];

/** Any event, with any of the fields that the console reads. */
const anyEvent = fc.record(
	{
		type: fc.constantFrom(...NAMES),
		slot: fc.integer({ min: 0, max: 3 }),
		queue_position: fc.option(fc.nat(9)),
		retry_at: fc.option(fc.integer({ min: ACCEPTED_AT, max: ACCEPTED_AT + 99 })),
		logs: fc.array(fc.constantFrom("", "5%|", "80%|█", "step 3/4", "<img src=x>"), { maxLength: 3 }),
		index: fc.nat(5),
		missing: fc.array(fc.nat(5), { maxLength: 3 }),
		message: fc.string(),
		to: fc.string(),
		output: fc.nat(5).map((index) => ({ type: "image" as const, ...makePicture({ index }) })),
		error: fc.constantFrom({ message: "m", type: "t", param: null, code: "c" }),
	},
	{ requiredKeys: ["type"] },
);
const anyLog = fc.array(anyEvent, { maxLength: 25 }).map((events) => makeEvents(ACCEPTED, ...events));
const usual = fc.option(fc.integer({ min: 1, max: 60 }));

function cardAfter(events: readonly JobEvent[], usualSeconds: number | null) {
	const last = events.at(-1)?.at ?? ACCEPTED_AT;
	return toCard(makeEntry({ events }), last * 1000, usualSeconds);
}

describe("the card of any log", () => {
	it("goes on from event to event: what is there stays, and time, log and end go forward", () => {
		fc.assert(
			fc.property(anyLog, usual, (events, usualSeconds) => {
				let before = cardAfter([], usualSeconds);
				for (let count = 1; count <= events.length; count++) {
					const card = cardAfter(events.slice(0, count), usualSeconds);
					expect(card.elapsedSeconds).toBeGreaterThanOrEqual(before.elapsedSeconds);
					if (!before.isLive && before.phase !== "sending")
						expect(card).toMatchObject({ isLive: false, phase: before.phase });
					for (const place of before.places)
						if (place.kind === "picture") expect(card.places[place.index]?.kind).toBe("picture");
					if (before.logs.length > 0) expect(card.logs.length).toBeGreaterThan(0);
					expect(card.bar ?? 0).toBeLessThan(1);
					expect(card.isLive ? null : card.bar).toBeNull();
					before = card;
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("is the same if events come twice, or in another order", () => {
		const told = anyLog.chain((events) =>
			fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: events.length })),
		);
		fc.assert(
			fc.property(told, usual, ([events, arrived], usualSeconds) => {
				const now = (ACCEPTED_AT + 60) * 1000;
				const inOrder = toCard(makeEntry({ events }), now, usualSeconds);
				const anyhow = [arrived, events].reduce(withEvents, makeEntry());
				expect(toCard(anyhow, now, usualSeconds)).toEqual(inOrder);
			}),
		);
	});

	it("moves the bar of a job that works forward only", () => {
		const running = fc.array(fc.constantFrom("5%|", "40%|", "80%|", "nothing"), { maxLength: 12 });
		fc.assert(
			fc.property(running, usual, (lines, usualSeconds) => {
				const events = makeEvents(ACCEPTED, ...lines.map((line) => ({ type: "running" as const, logs: [line] })), {
					type: "generated",
					outputs: 1,
				});
				let before = 0;
				for (let count = 1; count <= events.length; count++) {
					const { bar } = cardAfter(events.slice(0, count), usualSeconds);
					expect(bar ?? before).toBeGreaterThanOrEqual(before);
					before = bar ?? before;
				}
			}),
		);
	});
});
