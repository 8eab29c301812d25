/** Follows jobs as the plan says: starts what is new in it, and stops what is not in it any more. */

import type { Api } from "../api/client.ts";
import type { Job } from "../api/types.ts";
import { notBefore, setClock } from "./clock.ts";
import type { Entries } from "./entries.ts";
import { hasEnded, isWhole, lastOf, withEvents } from "./entry.ts";
import { type Follow, retryDelay } from "./follow-policy.ts";
import { reportAnswer, reportEnd, reportFailure } from "./network.ts";
import { sleep } from "./sleep.ts";

/** An end whose answer does not come is asked for so often. */
const LAST_TRIES = 5;
/** A job may be done soon after it was made. */
const FIRST_POLL_MS = 1_500;

const WITHOUT_STREAMS: Follow = { by: "poll", everyMs: 4_000 };

/** Most visits find nothing to follow. */
async function loadFollow() {
	try {
		return (await import("./follow.ts")).follow;
	} catch {
		return null;
	}
}

interface Running {
	plan: Follow;
	readonly stop: AbortController;
}

export class Follower {
	readonly #api: Api;
	readonly #entries: Entries;
	readonly #onEnd: () => void;
	readonly #running = new Map<string, Running>();

	/** @param onEnd called after each job that ended */
	constructor(api: Api, entries: Entries, onEnd: () => void) {
		this.#api = api;
		this.#entries = entries;
		this.#onEnd = onEnd;
	}

	apply(plan: ReadonlyMap<string, Follow>): void {
		for (const [id, running] of this.#running) if (plan.get(id)?.by !== running.plan.by) this.#stop(id, running);
		for (const [id, wanted] of plan) {
			const running = this.#running.get(id);
			if (running === undefined) this.#start(id, wanted);
			else running.plan = wanted;
		}
	}

	/** Asks for a job with all its fields. Returns false if nobody answered. @param signal of what asks again after a failure, and says when it does not any more */
	async load(id: string, signal?: AbortSignal): Promise<boolean> {
		const asked = await this.#api.ask<Job>(`/v1/jobs/${id}`, signal === undefined ? {} : { signal });
		if (asked.ok) {
			reportAnswer();
			this.#entries.take([asked.value]);
			return true;
		}
		if (asked.error.kind === "refused") {
			reportAnswer();
			if (asked.error.status === 404) this.#entries.remove(id);
			return asked.error.status < 500 && asked.error.status !== 429;
		}
		// Nobody tries a single question again, so nobody would take the banner back.
		if (asked.error.kind === "unreachable" && signal !== undefined) reportFailure(id);
		return false;
	}

	#stop(id: string, { stop }: Running): void {
		this.#running.delete(id);
		stop.abort();
		reportEnd(id);
	}

	#start(id: string, plan: Follow): void {
		const running: Running = { plan, stop: new AbortController() };
		this.#running.set(id, running);
		const done = plan.by === "stream" ? this.#stream(id, running) : this.#poll(id, running);
		done.then(() => {
			if (this.#running.get(id) === running) this.#stop(id, running);
		});
	}

	async #stream(id: string, { stop: controller }: Running): Promise<void> {
		const stop = controller.signal;
		const follow = await loadFollow();
		// After a deploy, the parts of the page that is open are gone.
		if (follow === null) return this.#poll(id, { plan: WITHOUT_STREAMS, stop: controller });
		const end = await follow(
			this.#api,
			id,
			{
				after: () => lastOf(this.#entries.get(id) ?? { events: [] }),
				onOpen: (headers) => {
					reportAnswer();
					setClock(headers);
				},
				onEvents: (events) => {
					notBefore((events.at(-1)?.at ?? 0) * 1000);
					this.#entries.update(id, (entry) => withEvents(entry, events));
				},
				onFailure: (how) => {
					if (how === "busy") reportAnswer();
					else reportFailure(id);
					if (how === "cut") this.#entries.update(id, (entry) => ({ ...entry, cuts: entry.cuts + 1 }));
				},
			},
			stop,
		);
		if (end === "gone") this.#entries.remove(id);
		if (end === "ended") await this.#loadEnd(id);
	}

	/** The answer says more of an end than its event: what it cost, and what was really used. */
	async #loadEnd(id: string): Promise<void> {
		const never = new AbortController().signal;
		for (let failures = 0; failures < LAST_TRIES && !this.#isTold(id); failures += 1) {
			if (failures > 0) await sleep(retryDelay(failures, Math.random()), never);
			if (await this.load(id, never)) break;
		}
		reportEnd(id);
		this.#onEnd();
	}

	/** True for a job that is gone, and for one whose end is known by an answer. */
	#isTold(id: string): boolean {
		const job = this.#entries.get(id)?.job ?? null;
		return this.#entries.get(id) === undefined || (job !== null && isWhole(job) && job.ended_at !== null);
	}

	async #poll(id: string, running: Running): Promise<void> {
		const stop = running.stop.signal;
		let failures = 0;
		for (let polls = 0; !stop.aborted; polls += 1) {
			const { plan } = running;
			const everyMs = plan.by === "poll" ? plan.everyMs : 0;
			const waitMs = polls === 0 ? Math.min(everyMs, FIRST_POLL_MS) : everyMs;
			await sleep(Math.max(waitMs, failures === 0 ? 0 : retryDelay(failures, Math.random())), stop);
			if (stop.aborted) return;
			const wasOpen = !hasEnded(this.#entries.get(id) ?? { job: null, events: [] });
			failures = (await this.load(id, stop)) ? 0 : failures + 1;
			const entry = this.#entries.get(id);
			if (entry === undefined) return;
			if (wasOpen && hasEnded(entry)) this.#onEnd();
		}
	}

	/** Stops all. */
	stop(): void {
		for (const [id, running] of this.#running) this.#stop(id, running);
	}
}
