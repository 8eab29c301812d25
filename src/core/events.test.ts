import { describe, expect, it } from "vitest";
import { cancel, clientDisconnected, outputs, play, start, stored, submitted } from "../../test/support/logs.ts";
import { type EventBody, isTerminal, untilEnd, versionOf } from "./events.ts";

describe("untilEnd", () => {
	const cancelled = play([start(), submitted(), cancel, { type: "cancel_answered", answer: "accepted" }]);

	it("leaves a log that has no end as it is", () => {
		const log = play([start(), submitted(), outputs(1)]);
		expect(untilEnd(log)).toBe(log);
		expect(untilEnd([])).toEqual([]);
	});

	it("keeps the end", () => {
		expect(untilEnd(cancelled)).toEqual(cancelled);
		expect(cancelled.at(-1)?.type).toBe("cancelled");
	});

	it("is the first event alone, if that ends the log", () => {
		expect(untilEnd<EventBody>([{ type: "cancelled" }, { type: "client_left" }])).toEqual([{ type: "cancelled" }]);
	});

	it("cuts what comes after the end: late pictures, and clients that leave", () => {
		const log = play([
			start(),
			submitted(),
			cancel,
			{ type: "cancel_answered", answer: "accepted" },
			outputs(1),
			stored(0),
			clientDisconnected(false),
		]);
		expect(log.map(({ type }) => type).slice(-4)).toEqual(["cancelled", "generated", "late_image", "client_left"]);
		expect(untilEnd(log)).toEqual(log.slice(0, -3));
	});
});

describe("versionOf", () => {
	it("is 1 for the logs that were written before there were versions", () => {
		expect([versionOf({}), versionOf({ version: 1 }), versionOf({ version: 2 })]).toEqual([1, 1, 2]);
	});
});

describe("isTerminal", () => {
	it.each<readonly [terminal: boolean, event: EventBody]>([
		[true, { type: "succeeded", seconds: 1 }],
		[true, { type: "failed", error: { code: "cancelled", message: "no" } }],
		[true, { type: "cancelled" }],
		[false, { type: "cancelling", why: "client" }],
		[false, { type: "completed" }],
		[false, { type: "deleting" }],
	])("is %s for %o", (terminal, event) => {
		expect(isTerminal(event)).toBe(terminal);
	});
});
