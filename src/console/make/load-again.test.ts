import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Failure } from "../api/failure.ts";
import { loadAgain, RETRY_MS } from "./load-again.ts";

const UNREACHABLE: Failure = { kind: "unreachable" };

function refused(status: number): Failure {
	return { kind: "refused", status, code: "x", message: "", param: null, retryAfterSeconds: null };
}

function begin({ online = true } = {}) {
	const failed = signal<Failure | null>(null);
	const isOnline = signal(online);
	const load = vi.fn();
	loadAgain(failed, isOnline, load);
	return { failed, isOnline, load };
}

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

it("loads again a while after each failure, until it succeeds", () => {
	const { failed, load } = begin();
	for (const times of [1, 2]) {
		failed.value = { ...UNREACHABLE };
		vi.advanceTimersByTime(RETRY_MS - 1);
		expect(load).toHaveBeenCalledTimes(times - 1);
		vi.advanceTimersByTime(1);
		expect(load).toHaveBeenCalledTimes(times);
	}
	failed.value = null;
	vi.advanceTimersByTime(10 * RETRY_MS);
	expect(load).toHaveBeenCalledTimes(2);
});

it("waits for the network, and loads at once when it is back", () => {
	const { failed, isOnline, load } = begin();
	isOnline.value = false;
	failed.value = UNREACHABLE;
	vi.advanceTimersByTime(10 * RETRY_MS);
	expect(load).not.toHaveBeenCalled();
	isOnline.value = true;
	vi.advanceTimersByTime(0);
	expect(load).toHaveBeenCalledTimes(1);
});

it.each<readonly [name: string, failure: Failure, times: number]>([
	["a gateway that cannot now", refused(503), 1],
	["too many calls", refused(429), 1],
	["a key that may not", refused(403), 0],
	["a call that was given up", { kind: "aborted" }, 0],
])("asks again only if that may help: %s", (_, failure, times) => {
	const { failed, load } = begin();
	failed.value = failure;
	vi.advanceTimersByTime(RETRY_MS);
	expect(load).toHaveBeenCalledTimes(times);
});
