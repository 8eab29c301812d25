import { describe, expect, it } from "vitest";
import {
	answerLost,
	busy,
	cancel,
	cancelAnswered,
	failure,
	gone,
	lostImage,
	outputs,
	play,
	queued,
	running,
	start,
	stored,
	submitted,
	tick,
	unreachable,
} from "../../../test/support/logs.ts";
import { makeRequest, NOW } from "../../../test/support/make.ts";
import { createFirstProgress } from "./first-progress.ts";

function linesOf(...inputs: Parameters<typeof play>[0]): readonly string[] {
	const progressOf = createFirstProgress();
	return play([start({ request: makeRequest({ n: 2 }) }), ...inputs]).flatMap((event) => progressOf(event) ?? []);
}

describe("createFirstProgress", () => {
	it.each<readonly [event: string, inputs: Parameters<typeof play>[0], last: string]>([
		["a refused submit", [busy], "fal is busy (429); trying again in 1 s…"],
		["an unreachable fal", [unreachable], "fal is busy; trying again in 1 s…"],
		["a successor", [gone], "fal no longer offers imagen4-preview; going on with nano-banana-2."],
		["a lost answer", [answerLost], "The connection to fal was lost while it took the request; waiting for its word…"],
		["a place in the queue", [submitted(2)], "In fal's queue at position 2 (1.0 s)…"],
		["the first place", [submitted(2), queued(0)], "In fal's queue, next in line (2.0 s)…"],
		["an unknown place", [submitted(null)], "In fal's queue (1.0 s)…"],
		["the start of the run", [submitted(), running()], "Generating (2.0 s)…"],
		["the start of the run with log lines", [submitted(), running("a", "b")], "Generating (2.0 s)…\na\nb"],
		["the result", [submitted(), outputs(2)], "Generated after 2.0 s; fetching 2 pictures…"],
		["a result of one", [submitted(), outputs(1)], "Generated after 2.0 s; fetching the picture…"],
		["a cancellation", [submitted(), cancel], "Cancelling…"],
	])("tells of %s", (_, inputs, last) => {
		expect(linesOf(...inputs).at(-1)).toBe(last);
	});

	it("gives up in other words at the deadline", () => {
		const progressOf = createFirstProgress();
		const lines = play([start({ deadlineAt: NOW + 5_000 }), submitted(), [tick, 5_000]]).map(progressOf);
		expect(lines.at(-1)).toBe("This takes too long; giving up…");
	});

	it("tells nothing of the beginning, the pictures and the end, which the content tells", () => {
		expect(linesOf(submitted(2), outputs(2), stored(0), lostImage(1))).toHaveLength(2);
		expect(linesOf(submitted(2), failure)).toHaveLength(1);
		expect(linesOf(submitted(2), cancel, cancelAnswered("accepted"))).toHaveLength(2);
	});

	it("tells only the lines of the model's moving window that are new", () => {
		expect(
			linesOf(
				submitted(null),
				running("a", "b"),
				running("a", "b", "c"),
				running("b", "c", "d", "e"),
				running("x", "y"),
				running("y"),
			).slice(1),
		).toEqual(["Generating (2.0 s)…\na\nb", "c", "d\ne", "x\ny"]);
	});

	it("tells all lines of a window that only begins like the one before", () => {
		expect(linesOf(submitted(null), running("a", "b"), running("a", "c")).at(-1)).toBe("a\nc");
		expect(linesOf(submitted(null), running("a", "b"), running("a")).at(-1)).toBe("a");
	});

	it("tells nothing of a window without a new line", () => {
		const progressOf = createFirstProgress();
		const log = play([start(), submitted(null), running("a")]);
		expect([...log, ...log.slice(-1)].map(progressOf).slice(-2)).toEqual(["Generating (2.0 s)…\na", null]);
	});

	it("tells the start of a run that never was in a queue", () => {
		const progressOf = createFirstProgress();
		const log = play([start(), submitted(null), running("a")]).filter(({ type }) => type !== "submitted");
		expect(log.map(progressOf).at(-1)).toBe("Generating (2.0 s)…\na");
	});

	it("begins again after a return into the queue", () => {
		expect(linesOf(submitted(null), running("a"), queued(1), running("a", "b")).slice(1)).toEqual([
			"Generating (2.0 s)…\na",
			"In fal's queue at position 1 (3.0 s)…",
			"Generating (4.0 s)…\nb",
		]);
	});

	it("measures the time from the acceptance, whatever the time of the first event", () => {
		expect(linesOf([submitted(0), 61_500])).toEqual(["In fal's queue, next in line (61.5 s)…"]);
	});
});
