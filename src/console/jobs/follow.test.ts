import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ACCEPTED, makeEvents } from "../../../test/support/console-jobs.ts";
import { err, ok } from "../../result.ts";
import type { Api, Call } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";
import type { JobEvent } from "../api/types.ts";
import { follow } from "./follow.ts";

const EVENTS = makeEvents(ACCEPTED, { type: "submitting" }, { type: "running", logs: ["é"] }, { type: "succeeded" });

function toText(events: readonly JobEvent[]): string {
	return events
		.map((event) => `id: ${event.sequence_number}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
		.join("");
}

/** What the wire does at one opening of the stream: it brings bytes, and then ends, breaks or says no more. */
type Wire =
	| { readonly text: string; readonly end: "end" | "break" | "silence"; readonly pieces?: number }
	| { readonly status: number }
	| { readonly failure: Failure };

function toStream({ text, end, pieces = 1 }: Extract<Wire, { text: string }>, signal: AbortSignal | undefined) {
	const bytes = new TextEncoder().encode(text);
	const size = Math.ceil(bytes.length / pieces);
	return new ReadableStream<Uint8Array>({
		start(controller) {
			for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
			if (end === "end") controller.close();
			// What was brought is read before the break.
			if (end === "break") setTimeout(() => controller.error(new TypeError("network error")));
			signal?.addEventListener("abort", () => controller.error(signal.reason));
		},
	});
}

/** Follows a job over a wire that does so, one opening after another. */
function followOver(...wires: readonly Wire[]) {
	return followUntil(false, wires);
}

function followUntil(stopsAtEnd: boolean, wires: readonly Wire[]) {
	const asked: (string | undefined)[] = [];
	const events: JobEvent[] = [];
	const failures: string[] = [];
	const stop = new AbortController();
	async function open(_: string, { headers = {}, signal }: Call = {}) {
		const wire = wires[asked.length];
		asked.push(headers["last-event-id"]);
		if (wire === undefined || "failure" in wire) return err<Failure>(wire?.failure ?? { kind: "aborted" });
		if ("status" in wire) return ok(new Response(null, { status: wire.status }));
		return ok(new Response(toStream(wire, signal)));
	}
	const api: Api = { open, ask: () => Promise.reject(new Error("no answer is asked for")) };
	const end = follow(
		api,
		"job_aa",
		{
			after: () => events.at(-1)?.sequence_number ?? 0,
			onOpen: () => {},
			onEvents: (batch) => {
				events.push(...batch);
				if (stopsAtEnd && batch.some(({ type }) => type === "succeeded")) stop.abort();
			},
			onFailure: (how) => failures.push(how),
		},
		stop.signal,
	);
	return { end, asked, events, failures, stop };
}

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

describe("a stream of events", () => {
	it("is read to the end of the job, whatever pieces it comes in", async () => {
		const followed = followOver({ text: `retry: 1000\n${toText(EVENTS)}`, end: "end", pieces: 97 });
		expect(await followed.end).toBe("ended");
		expect(followed.events).toEqual(EVENTS);
		expect(followed.asked).toEqual(["0"]);
	});

	it("ends with the job, if the wire stays open too", async () => {
		const followed = followOver({ text: toText(EVENTS), end: "silence" });
		expect(await followed.end).toBe("ended");
	});

	it("tells of the end, if that is what stops it", async () => {
		const followed = followUntil(true, [{ text: toText(EVENTS), end: "silence" }]);
		expect(await followed.end).toBe("ended");
	});

	it.each(["end", "break"] as const)("goes on behind the last event after a cut: %s", async (end) => {
		const half = toText(EVENTS).slice(0, -20);
		const followed = followOver({ text: half, end }, { text: toText(EVENTS.slice(3)), end: "end" });
		await vi.runAllTimersAsync();
		expect(await followed.end).toBe("ended");
		expect(followed.events).toEqual(EVENTS);
		expect(followed.asked).toEqual(["0", "3"]);
		expect(followed.failures).toEqual(["cut"]);
	});

	it("is cut after 45 seconds of silence, and not while keep-alives come", async () => {
		const followed = followOver(
			{ text: toText(EVENTS.slice(0, 2)), end: "silence" },
			{ text: toText(EVENTS.slice(2)), end: "end" },
		);
		await vi.advanceTimersByTimeAsync(44_900);
		expect(followed.failures).toEqual([]);
		await vi.advanceTimersByTimeAsync(200);
		expect(followed.failures).toEqual(["cut"]);
		await vi.runAllTimersAsync();
		expect(followed.events).toEqual(EVENTS);
	});

	it("waits longer after each failure in a row", async () => {
		const lost = { failure: { kind: "unreachable" } } as const;
		const followed = followOver(lost, lost, lost, { text: toText(EVENTS), end: "end" });
		await vi.advanceTimersByTimeAsync(7_100);
		expect(await followed.end).toBe("ended");
		expect(followed.failures).toEqual(["closed", "closed", "closed"]);
	});

	it("has nothing left to tell", async () => {
		expect(await followOver({ status: 204 }).end).toBe("ended");
	});

	const refused = { kind: "refused", code: "x", message: "", param: null, retryAfterSeconds: null } as const;

	it.each([
		["of a job that was deleted", 404, "gone"],
		["with a key that is not valid any more", 401, "stopped"],
	] as const)("is not asked for again: %s", async (_, status, end) => {
		expect(await followOver({ failure: { ...refused, status } }).end).toBe(end);
	});

	it("is asked for again by a gateway that is busy", async () => {
		const followed = followOver({ failure: { ...refused, status: 503 } }, { text: toText(EVENTS), end: "end" });
		await vi.runAllTimersAsync();
		expect(await followed.end).toBe("ended");
		expect(followed.failures).toEqual(["busy"]);
	});

	it("is cut by what is no event", async () => {
		const followed = followOver({ text: "data: {\n\n", end: "end" }, { text: toText(EVENTS), end: "end" });
		await vi.runAllTimersAsync();
		expect(await followed.end).toBe("ended");
		expect(followed.events).toEqual(EVENTS);
	});

	it("stops at once when it is told to, also while it waits", async () => {
		const reading = followOver({ text: toText(EVENTS.slice(0, 1)), end: "silence" });
		await vi.advanceTimersByTimeAsync(1);
		reading.stop.abort();
		expect(await reading.end).toBe("stopped");
		const waiting = followOver({ failure: { kind: "unreachable" } });
		await vi.advanceTimersByTimeAsync(1);
		waiting.stop.abort();
		expect(await waiting.end).toBe("stopped");
		expect(vi.getTimerCount()).toBe(0);
	});
});
