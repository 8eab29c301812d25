/** The jobs that the page knows: it sends them, follows them, and tells each card what is known. */

import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { ok, type Result } from "../../result.ts";
import type { Failure } from "../api/failure.ts";
import type { Job, ListedJob, ModelsUsage } from "../api/types.ts";
import type { Draft } from "../make/draft.ts";
import { orderedReferences } from "../make/draft.ts";
import { newId } from "../new-id.ts";
import { recall, remember } from "../remembered.ts";
import { type Session, session } from "../session/session.ts";
import { deleteJob } from "./deletion.ts";
import { Entries } from "./entries.ts";
import type { Entry } from "./entry.ts";
import { PAUSE_HIDDEN_MS, planFollows } from "./follow-policy.ts";
import { Follower } from "./follower.ts";
import { readKept, toKept } from "./kept-events.ts";
import * as network from "./network.ts";
import { canBeKept, type Pending, readPending, toText } from "./pending.ts";
import { shapeToCome } from "./shape.ts";
import { send } from "./submit.ts";

const PENDING = "pending";
const EVENTS = "events";
const ofTab = () => sessionStorage;
const USUAL_DAYS = 30;
/** The usual times are asked for again after a job's end, but no sooner. */
const USUAL_AGE_MS = 300_000;

/** Of the person who is signed in. */
interface Crew {
	readonly session: Session;
	readonly follower: Follower;
	readonly stop: AbortController;
}

const entries = new Entries(planSoon);
const usual = signal<ReadonlyMap<string, number>>(new Map());
const answered = signal(0);
const ended = signal(0);
const shownUsual: ReadonlySignal<ReadonlyMap<string, number>> = usual;
const shownEnded: ReadonlySignal<number> = ended;
let usualAt = Number.NEGATIVE_INFINITY;
let crew: Crew | null = null;
let hiddenSince: number | null = null;
let isPlanned = false;

export const jobs = {
	/** Undefined if nothing is known of the job, or if it was deleted. */
	entry: (id: string): ReadonlySignal<Entry | undefined> => entries.signalOf(id),
	/** The ids of what was sent from this page, the newest first. */
	fresh: entries.fresh,
	/** The ids of jobs that were deleted while the page was open. */
	removed: entries.removed,
	online: network.connection,
	/** Seconds that half of a model's jobs of the last days took at most, by model. */
	usual: shownUsual,
	/** Counts up with each request of this page that is answered. */
	answered: answered as ReadonlySignal<number>,
	/** Counts up with each job whose end the page sees. */
	ended: shownEnded,
	submit,
	retry,
	take: (rows: readonly (Job | ListedJob)[]): void => entries.take(rows),
	load: async (id: string): Promise<void> => {
		await crew?.follower.load(id);
	},
	/** Says that a job's card is near the window. Returns what takes it back. */
	see: (id: string): (() => void) => entries.see(id),
	cancel,
	remove,
};

/** Shows a card at once, and makes the job. @param foretold the size that its pictures will have, if somebody can tell */
function submit(draft: Draft, foretold: string | null = null): void {
	begin(draft, newId(), Date.now(), foretold);
}

function begin(draft: Draft, idempotencyKey: string, since: number, foretold: string | null = null): void {
	const id = `local-${newId()}`;
	const [reference = null] = orderedReferences(draft);
	const shape = shapeToCome(draft.size ?? foretold, reference);
	const sending = { draft, idempotencyKey, since, failure: null, isAnswered: false };
	entries.addFresh({
		id,
		key: id,
		job: null,
		events: [],
		sending,
		shape,
		cuts: 0,
		repeated: 0,
		asked: null,
	});
	run(id);
}

/** Sends a request again that was refused, under its key: what was taken all the same is not made twice. */
function retry(id: string): void {
	const sending = entries.get(id)?.sending ?? null;
	if (sending === null || sending.failure === null) return;
	entries.update(id, (entry) => ({ ...entry, sending: { ...sending, failure: null } }));
	run(id);
}

async function run(id: string): Promise<void> {
	if (crew === null) return;
	const { session, stop } = crew;
	keepPending(session);
	await send({ api: session.api, entries, network, origin: location.origin, stop: stop.signal }, id);
	if (stop.signal.aborted) return;
	keepPending(session);
	answered.value += 1;
}

function keepPending({ key: { account } }: Session): void {
	const pending = entries.fresh.peek().flatMap((id): Pending[] => {
		const sending = entries.get(id)?.sending ?? null;
		if (sending === null || sending.isAnswered || sending.failure !== null || !canBeKept(sending.draft)) return [];
		const { draft, idempotencyKey, since } = sending;
		return [{ account, draft, idempotencyKey, since }];
	});
	remember(PENDING, toText(pending), ofTab);
}

/** fal is asked to stop. The job's card says what that saves. */
function cancel(id: string): Promise<Result<null, Failure>> {
	return asking(id, "cancel", async ({ api }, now) => {
		const asked = await api.ask<Job>(`/v1/jobs/${now}/cancel`, { method: "POST" });
		if (!asked.ok) return asked;
		entries.take([asked.value]);
		return ok(null);
	});
}

/** Deletes a job with its pictures, or takes a request away that made none. */
function remove(id: string): Promise<Result<null, Failure>> {
	return asking(id, "remove", async (session, now) => {
		if (entries.get(now)?.sending?.isAnswered !== false) return deleteJob(session.api, entries, now);
		// Its job is deleted when the answer comes. A reload must not send it again.
		entries.remove(now);
		network.reportEnd(now);
		keepPending(session);
		return ok(null);
	});
}

async function asking(
	id: string,
	asked: "cancel" | "remove",
	work: (session: Session, now: string) => Promise<Result<null, Failure>>,
): Promise<Result<null, Failure>> {
	if (crew === null) return ok(null);
	// A request that was on its way when somebody asked may be a job by now.
	const now = entries.get(id)?.id ?? id;
	entries.update(id, (entry) => ({ ...entry, asked }));
	const done = await work(crew.session, now);
	entries.update(id, (entry) => ({ ...entry, asked: null }));
	return done;
}

async function loadUsual(): Promise<void> {
	if (crew === null || Date.now() - usualAt < USUAL_AGE_MS) return;
	usualAt = Date.now();
	const asked = await crew.session.api.ask<ModelsUsage>(`/v1/usage/models?days=${USUAL_DAYS}`);
	if (!asked.ok) return;
	usual.value = new Map(
		asked.value.data.flatMap(({ model, p50_seconds }) => (p50_seconds === null ? [] : [[model, p50_seconds] as const])),
	);
}

function planSoon(): void {
	if (isPlanned) return;
	isPlanned = true;
	queueMicrotask(() => {
		isPlanned = false;
		const hiddenForMs = hiddenSince === null ? 0 : Date.now() - hiddenSince;
		const plan = planFollows(entries.candidates(), { isOnline: network.isOnline.peek(), hiddenForMs });
		// A large account sums its jobs up for it, and the list would wait.
		if (plan.size > 0) loadUsual();
		crew?.follower.apply(plan);
	});
}

function start(signedIn: Session): void {
	const follower = new Follower(signedIn.api, entries, () => {
		ended.value += 1;
		loadUsual();
	});
	crew = { session: signedIn, follower, stop: new AbortController() };
	entries.restore(readKept(recall(EVENTS, ofTab), signedIn.key.account));
	remember(EVENTS, null, ofTab);
	const kept = readPending(recall(PENDING, ofTab), Date.now());
	for (const { account, draft, idempotencyKey, since } of kept.toReversed()) {
		if (account === signedIn.key.account) begin(draft, idempotencyKey, since);
	}
}

function stop(): void {
	if (crew === null) return;
	crew.stop.abort();
	crew.follower.stop();
	crew = null;
	entries.clear();
	usual.value = new Map();
	usualAt = Number.NEGATIVE_INFINITY;
	remember(PENDING, null, ofTab);
}

effect(() => {
	const signedIn = session.value;
	untracked(() => {
		stop();
		if (signedIn !== null) start(signedIn);
	});
});
effect(() => {
	network.isOnline.value;
	planSoon();
});
addEventListener("pagehide", () => {
	if (crew !== null) remember(EVENTS, toKept(crew.session.key.account, entries.open()), ofTab);
});
document.addEventListener("visibilitychange", () => {
	hiddenSince = document.hidden ? (hiddenSince ?? Date.now()) : null;
	// Who comes back to a page that waits for its next try does not wait.
	if (!document.hidden && network.connection.peek() !== "online") crew?.follower.stop();
	planSoon();
	if (document.hidden) setTimeout(planSoon, PAUSE_HIDDEN_MS);
});
