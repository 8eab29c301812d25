import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { makeDraft, makeEntry } from "../../../test/support/console-jobs.ts";
import { err, ok, type Result } from "../../result.ts";
import type { Call } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";
import { Entries } from "./entries.ts";
import { send } from "./submit.ts";

const UNREACHABLE = err<Failure>({ kind: "unreachable" });
const MADE = ok(new Response(null, { status: 202, headers: { "x-job-id": "aa" } }));
const GONE = ok(new Response(null, { status: 204 }));

/** Sends a request, whose calls are answered one by one. */
function sendOne() {
	const entries = new Entries(() => {});
	const sending = { draft: makeDraft(), idempotencyKey: "k", since: 1, failure: null, isAnswered: false };
	entries.addFresh(makeEntry({ id: "local-1", key: "local-1", sending }));
	const calls: string[] = [];
	const answers: ((answer: Result<Response, Failure>) => void)[] = [];
	const failing = new Set<string>();
	const stop = new AbortController();
	const open = (path: string, { method = "GET" }: Call = {}) => {
		calls.push(`${method} ${path}`);
		return new Promise<Result<Response, Failure>>((resolve) => answers.push(resolve));
	};
	const end = send(
		{
			api: { open, ask: () => Promise.reject(new Error("no answer is asked for")) },
			entries,
			network: {
				isOnline: signal(true),
				reportAnswer: () => failing.clear(),
				reportFailure: (who) => failing.add(who),
				reportEnd: (who) => failing.delete(who),
			},
			origin: "https://gateway.example",
			stop: stop.signal,
		},
		"local-1",
	);
	const answer = async (what: Result<Response, Failure>) => {
		await vi.waitFor(() => expect(answers).not.toHaveLength(0));
		answers.shift()?.(what);
	};
	return { entries, calls, answer, failing, stop, end };
}

const CREATE = "POST /v1/images/generations/async";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

it("goes on as the job that it made", async () => {
	const { entries, calls, answer, end } = sendOne();
	await answer(MADE);
	await end;
	expect(calls).toEqual([CREATE]);
	expect(entries.fresh.value).toEqual(["job_aa"]);
});

it("is sent again after a lost answer, and fails no more when the next one comes", async () => {
	const { entries, calls, answer, failing, end } = sendOne();
	await answer(UNREACHABLE);
	await vi.waitFor(() => expect([...failing]).toEqual(["local-1"]));
	await vi.runAllTimersAsync();
	await answer(MADE);
	await end;
	expect(calls).toEqual([CREATE, CREATE]);
	expect([...failing]).toEqual([]);
	expect(entries.fresh.value).toEqual(["job_aa"]);
});

it("deletes the job of a card that was deleted before the answer came", async () => {
	const { entries, calls, answer, end } = sendOne();
	await vi.waitFor(() => expect(calls).toEqual([CREATE]));
	entries.remove("local-1");
	await answer(MADE);
	await answer(GONE);
	await end;
	expect(calls).toEqual([CREATE, "DELETE /v1/jobs/job_aa"]);
	expect(entries.fresh.value).toEqual([]);
	// The next list brings it no more.
	expect(entries.removed.value).toContain("job_aa");
});

it.each<readonly [name: string, leave: (sent: ReturnType<typeof sendOne>) => void]>([
	["its card is deleted", ({ entries }) => entries.remove("local-1")],
	["its person signs out", ({ stop }) => stop.abort()],
])("is tried no more after %s, and fails no more", async (_, leave) => {
	const sent = sendOne();
	await sent.answer(UNREACHABLE);
	await vi.waitFor(() => expect([...sent.failing]).toEqual(["local-1"]));
	leave(sent);
	await vi.runAllTimersAsync();
	await sent.end;
	expect(sent.calls).toEqual([CREATE]);
	expect([...sent.failing]).toEqual([]);
});
