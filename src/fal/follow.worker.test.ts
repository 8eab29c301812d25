import { describe, expect, it } from "vitest";
import { aPrompt, sim } from "../../test/support/workerd/gateway.ts";
import { serving, streamOf } from "../../test/support/workerd/serving.ts";
import type { FalStatus } from "../core/fal-answers.ts";
import { toFalAccount } from "../fal-accounts.ts";
import { follow } from "./follow.ts";
import { PROGRESS_EVERY_MS } from "./pace.ts";
import { createQueue } from "./queue.ts";

const STREAM_URL = "https://queue.test/fal-ai/imagen4/requests/r-1/status/stream?logs=1";
const QUEUED = { status: "IN_QUEUE", queue_position: 1 };
const RUNNING = { status: "IN_PROGRESS", logs: null };
const COMPLETED = { status: "COMPLETED", logs: null };
const CUT = new Error("cut");
const MAX_EVENT_CHARS = 1024 * 1024;

function bytes(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

function event(status: object): Uint8Array {
	return bytes(`data: ${JSON.stringify(status)}\n\n`);
}

function running(...logs: string[]): Uint8Array {
	return event({ status: "IN_PROGRESS", logs: logs.map((message) => ({ message })) });
}

function stream(...chunks: (Uint8Array | Error)[]): () => Response {
	return () => new Response(streamOf(...chunks));
}

/** A stream that a test writes, and that stays open. */
function openStream() {
	const { readable, writable } = new IdentityTransformStream();
	const writer = writable.getWriter();
	return { answer: () => new Response(readable), write: (chunk: Uint8Array) => writer.write(chunk) };
}

type Followed = FalStatus | "unavailable";

/** Follows until it ends, and records what it reports. */
function following(...answers: (() => Response)[]) {
	const { fetch, requests } = serving(...answers);
	const reports: Followed[] = [];
	const controller = new AbortController();
	const ended = follow({
		streamUrl: STREAM_URL,
		falAccounts: [toFalAccount("id:secret")],
		signal: controller.signal,
		onStatus: (status) => reports.push(status),
		onUnavailable: () => reports.push("unavailable"),
		fetch,
	});
	return { ended, requests, reports, abort: () => controller.abort() };
}

async function followed(...answers: (() => Response)[]) {
	const { ended, requests, reports } = following(...answers);
	await ended;
	return { requests, reports };
}

function kinds(reports: readonly Followed[]): readonly string[] {
	return reports.map((report) => (report === "unavailable" ? report : report.kind));
}

/** Answers that are given once each: another request fails. */
function once(answer: () => Response): () => Response {
	let asked = false;
	return () => {
		if (asked) throw new Error("asked again");
		asked = true;
		return answer();
	};
}

describe.concurrent("a status stream", () => {
	it("is asked for with the key, and its redirects are not followed", async () => {
		const { requests } = await followed(stream(event(COMPLETED)));
		expect(requests).toHaveLength(1);
		const [request] = requests;
		expect(request?.url).toBe(STREAM_URL);
		expect(request?.method).toBe("GET");
		expect(request?.redirect).toBe("manual");
		expect(request?.headers.get("authorization")).toBe("Key id:secret");
		expect(request?.headers.get("accept")).toBe("text/event-stream");
	});

	it("reports each state until fal has completed, and then stops", async () => {
		const { reports, requests } = await followed(
			once(stream(event(QUEUED), event(RUNNING), event(COMPLETED), event(RUNNING))),
		);
		expect(reports).toEqual([{ kind: "queued", position: 1 }, { kind: "running", logs: [] }, { kind: "completed" }]);
		expect(requests).toHaveLength(1);
	});

	it("reports an equal status once", async () => {
		const { reports } = await followed(stream(event(QUEUED), event(QUEUED), event(QUEUED), event(COMPLETED)));
		expect(kinds(reports)).toEqual(["queued", "completed"]);
	});

	it("is read whatever its chunks are", async () => {
		const whole = [...bytes(": ping\r\n\r\n"), ...running("a fox 🦊", "é"), ...event(COMPLETED)];
		const { reports } = await followed(stream(...whole.map((byte) => Uint8Array.of(byte))));
		expect(reports).toEqual([{ kind: "running", logs: ["a fox 🦊", "é"] }, { kind: "completed" }]);
	});

	it("is read when an event is larger than the buffer", async () => {
		const logs = Array.from({ length: 20 }, (_, index) => `${index} ${"x".repeat(250)}`);
		const { reports } = await followed(stream(running(...logs), event(COMPLETED)));
		expect(reports).toEqual([{ kind: "running", logs }, { kind: "completed" }]);
	});

	it.each<[string, Uint8Array]>([
		["a comment", bytes(": ping\n\n")],
		["no JSON", bytes("data: hello\n\n")],
		["cut JSON", bytes('data: {"status":"IN_QU\n\n')],
		["a status that fal does not have", event({ status: "FAILED" })],
		["another body", event({ detail: "oh" })],
		["an event without data", bytes("event: status\nid: 7\n\n")],
		["no data", bytes("data:\n\n")],
		["no field", bytes("what is this\n\n")],
		["bytes that are no text", Uint8Array.of(0xff, 0xfe, 0x0a, 0x0a)],
	])("passes over %s", async (_, junk) => {
		const { reports, requests } = await followed(stream(event(QUEUED), junk, event(COMPLETED)));
		expect(kinds(reports)).toEqual(["queued", "completed"]);
		expect(requests).toHaveLength(1);
	});
});

describe.concurrent("a stream that is cut", () => {
	it.each<[string, () => Response]>([
		["broken off", stream(CUT)],
		["ended too early", stream()],
		[
			"that never connects",
			() => {
				throw CUT;
			},
		],
		["with an event above the bound", stream(bytes(`data: ${"x".repeat(MAX_EVENT_CHARS + 1)}`), bytes("\n\n"))],
	])("is opened again, and given up after three times: %s", async (_, answer) => {
		const { reports, requests } = await followed(answer);
		expect(reports).toEqual(["unavailable"]);
		expect(requests).toHaveLength(3);
	});

	it.each([
		["levels", `${"[".repeat(65)}${"]".repeat(65)}`],
		["values", `[${"0,".repeat(100_000)}0]`],
	])("with events of too many %s is read up to the bound of each", async (_, flood) => {
		const before = bytes(`data: {"status":"IN_QUEUE","queue_position":3,"x":${flood}}\n\n`);
		const behind = () => bytes(`data: {"x":${flood},"status":"COMPLETED"}\n\n`);
		const { reports, requests } = await followed(once(stream(before, behind(), behind(), behind())));
		expect(reports).toEqual([{ kind: "queued", position: 3 }, "unavailable"]);
		expect(requests).toHaveLength(1);
	});

	it("is opened again without end while it says something new", async () => {
		const positions = [5, 4, 3, 2, 1, 0];
		const cuts = positions.map((queue_position) => stream(event({ ...QUEUED, queue_position }), CUT));
		const { reports, requests } = await followed(...cuts, stream(event(COMPLETED)));
		expect(kinds(reports).at(-1)).toBe("completed");
		expect(reports).not.toContain("unavailable");
		expect(requests).toHaveLength(positions.length + 1);
	});

	it("is given up when it says the same each time", async () => {
		const { reports, requests } = await followed(stream(event(QUEUED), CUT));
		expect(kinds(reports)).toEqual(["queued", "unavailable"]);
		expect(requests).toHaveLength(3);
	});

	it("goes on where fal is when it is opened again", async () => {
		const { reports } = await followed(
			stream(event(QUEUED), CUT),
			stream(CUT),
			stream(event(QUEUED), event(RUNNING), event(COMPLETED)),
		);
		expect(kinds(reports)).toEqual(["queued", "running", "completed"]);
	});
});

describe.concurrent("a stream that is refused", () => {
	it.each<[string, () => Response]>([
		["404", () => new Response("no", { status: 404 })],
		["401", () => new Response("no", { status: 401 })],
		["500", () => new Response("no", { status: 500 })],
		["a redirect", () => new Response(null, { status: 307, headers: { location: "https://elsewhere.test/" } })],
		["204", () => new Response(null, { status: 204 })],
		["200 without a body", () => new Response(null)],
	])("is given up at once: %s", async (_, answer) => {
		const { reports, requests } = await followed(answer);
		expect(reports).toEqual(["unavailable"]);
		expect(requests).toHaveLength(1);
	});

	it("is given up at once after a cut, too", async () => {
		const { reports, requests } = await followed(stream(event(QUEUED), CUT), () => new Response("no", { status: 503 }));
		expect(kinds(reports)).toEqual(["queued", "unavailable"]);
		expect(requests).toHaveLength(2);
	});
});

describe.concurrent("progress inside a state", () => {
	it("is held back, and dropped when fal completes", async () => {
		const { reports } = await followed(
			stream(running("a"), running("a", "b"), running("a", "b", "c"), event(COMPLETED)),
		);
		// A timer that was set for what was held back has fired by then.
		await scheduler.wait(PROGRESS_EVERY_MS + 100);
		expect(reports).toEqual([{ kind: "running", logs: ["a"] }, { kind: "completed" }]);
	});

	it("is reported after two seconds, the latest of it only", async () => {
		const { answer, write } = openStream();
		const { ended, reports } = following(answer);
		const startedAt = Date.now();
		for (const chunk of [running("a"), running("a", "b"), running("a", "b", "c")]) await write(chunk);
		while (reports.length < 2) await scheduler.wait(10);
		// Timers may fire a little before the clock says so.
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(PROGRESS_EVERY_MS - 100);
		expect(reports).toEqual([
			{ kind: "running", logs: ["a"] },
			{ kind: "running", logs: ["a", "b", "c"] },
		]);
		await write(event(COMPLETED));
		await ended;
		expect(kinds(reports)).toEqual(["running", "running", "completed"]);
	});
});

describe.concurrent("an abort", () => {
	it("before the start asks for nothing", async () => {
		const { fetch, requests } = serving(stream(event(COMPLETED)));
		const reports: Followed[] = [];
		await follow({
			streamUrl: STREAM_URL,
			falAccounts: [toFalAccount("id:secret")],
			signal: AbortSignal.abort(),
			onStatus: (status) => reports.push(status),
			onUnavailable: () => reports.push("unavailable"),
			fetch,
		});
		expect(requests).toEqual([]);
		expect(reports).toEqual([]);
	});

	it("between two tries ends the following, and reports nothing", async () => {
		const { ended, reports, requests, abort } = following(stream(CUT));
		while (requests.length < 2) await scheduler.wait(10);
		abort();
		await ended;
		expect(reports).toEqual([]);
		expect(requests).toHaveLength(2);
	});

	it("drops progress that is held back", async () => {
		const { answer, write } = openStream();
		const { ended, reports, abort } = following(answer, stream(CUT));
		for (const chunk of [running("a"), running("a", "b")]) await write(chunk);
		while (reports.length < 1) await scheduler.wait(10);
		abort();
		await write(event(COMPLETED));
		await ended;
		// The timer of the held-back status was set before this one, so it has fired.
		await scheduler.wait(PROGRESS_EVERY_MS);
		expect(reports).toEqual([{ kind: "running", logs: ["a"] }]);
	});

	it("ends a stream of fal's that is quiet", async () => {
		const queue = createQueue({ falQueueUrl: "https://queue.fal.run", falAccounts: [toFalAccount("id:secret")] });
		const endpoint = "fal-ai/imagen4/preview";
		const input = { prompt: aPrompt("sim:hold") };
		const submission = { type: "submit", endpoint, input, webhook: null, startTimeoutSeconds: 60 } as const;
		const answer = await queue.submit(submission, new AbortController().signal);
		if (answer.kind !== "accepted") throw new Error(answer.kind);
		const { upstream } = answer;

		const reports: Followed[] = [];
		const controller = new AbortController();
		const ended = follow({
			streamUrl: queue.streamUrl({ upstream, endpoint }),
			falAccounts: [toFalAccount("id:secret")],
			signal: controller.signal,
			onStatus: (status) => reports.push(status),
			onUnavailable: () => reports.push("unavailable"),
		});
		while (reports.length < 1) await scheduler.wait(10);
		await sim(`/requests/${upstream.requestId}/advance`, {
			method: "POST",
			body: JSON.stringify({ to: "IN_PROGRESS" }),
		});
		while (reports.length < 2) await scheduler.wait(10);
		controller.abort();
		await ended;
		expect(kinds(reports)).toEqual(["queued", "running"]);
	});
});
