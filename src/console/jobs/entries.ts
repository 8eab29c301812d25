/** Keeps what the page knows of each job, as a signal each. */

import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Job, JobEvent, ListedJob } from "../api/types.ts";
import { type Entry, hasEnded, withEvents, withJob } from "./entry.ts";
import type { Candidate } from "./follow-policy.ts";
import type { KeptEvents } from "./kept-events.ts";
import { shapeOf } from "./shape.ts";

export class Entries {
	readonly #signals = new Map<string, Signal<Entry | undefined>>();
	/** Those that something may still come of. */
	readonly #open = new Set<string>();
	readonly #seen = new Map<string, number>();
	readonly #fresh = signal<readonly string[]>([]);
	readonly #removed = signal<ReadonlySet<string>>(new Set());
	readonly #onOpenChange: () => void;
	/** From before the page was loaded again, until the jobs are known. */
	#kept: KeptEvents = new Map();

	/** @param onOpenChange called if there is something else to follow */
	constructor(onOpenChange: () => void) {
		this.#onOpenChange = onOpenChange;
	}

	get fresh(): ReadonlySignal<readonly string[]> {
		return this.#fresh;
	}

	get removed(): ReadonlySignal<ReadonlySet<string>> {
		return this.#removed;
	}

	signalOf(id: string): ReadonlySignal<Entry | undefined> {
		return this.#signalOf(id);
	}

	get(id: string): Entry | undefined {
		return this.#signals.get(id)?.peek();
	}

	/** Adds a request of this page, before all others. */
	addFresh(entry: Entry): void {
		this.#put(entry);
		this.#fresh.value = [entry.id, ...this.#fresh.peek()];
	}

	/** Takes answers about jobs, which may be new to the page. */
	take(rows: readonly (Job | ListedJob)[]): void {
		batch(() => {
			for (const job of rows) {
				if (this.#removed.peek().has(job.id)) continue;
				this.#put(withJob(this.get(job.id) ?? toEntry(job, this.#kept.get(job.id)), job));
			}
		});
	}

	update(id: string, change: (entry: Entry) => Entry): void {
		const before = this.get(id);
		if (before !== undefined) this.#put(change(before));
	}

	/** Gives a request of this page the id of its job. A card of the first id goes on. */
	adopt(local: string, id: string): void {
		const sent = this.get(local);
		if (sent === undefined || sent.sending === null) return;
		const answered = { ...sent, sending: { ...sent.sending, isAnswered: true } };
		const there = this.get(id);
		batch(() => {
			const known = there === undefined ? answered : withEvents({ ...answered, job: there.job }, there.events);
			this.#signals.set(id, this.#signalOf(local));
			this.#open.delete(local);
			for (const name of [local, id]) if (this.#seen.has(local)) this.#seen.set(name, this.#seen.get(local) ?? 0);
			this.#put({ ...known, id });
			const others = this.#fresh.peek().filter((one) => one !== id);
			this.#fresh.value = others.map((one) => (one === local ? id : one));
		});
	}

	remove(id: string): void {
		batch(() => {
			this.#signalOf(id).value = undefined;
			this.#signals.delete(id);
			this.#setOpen(id, false);
			this.#fresh.value = this.#fresh.peek().filter((one) => one !== id);
			this.#removed.value = new Set([...this.#removed.peek(), id]);
		});
	}

	/** Takes the events of jobs that the page knew before it was loaded again. */
	restore(kept: KeptEvents): void {
		this.#kept = kept;
	}

	/** Those that something may still come of. */
	open(): readonly Entry[] {
		return [...this.#open].flatMap((id) => this.get(id) ?? []);
	}

	/** Forgets all, for somebody else. */
	clear(): void {
		batch(() => {
			for (const one of this.#signals.values()) one.value = undefined;
			this.#signals.clear();
			this.#open.clear();
			this.#kept = new Map();
			this.#fresh.value = [];
			this.#removed.value = new Set();
		});
		this.#onOpenChange();
	}

	/** Says that a card of a job is near the window. Returns what takes it back. */
	see(id: string): () => void {
		this.#count(id, 1);
		return () => this.#count(id, -1);
	}

	candidates(): readonly Candidate[] {
		return this.open().map((entry) => {
			const { id } = entry;
			const createdAt = entry.job?.created_at ?? entry.events[0]?.at ?? (entry.sending?.since ?? 0) / 1000;
			return { id, createdAt, isSeen: (this.#seen.get(id) ?? 0) > 0, isLate: hasEnded(entry) };
		});
	}

	#count(id: string, by: number): void {
		const count = (this.#seen.get(id) ?? 0) + by;
		if (count > 0) this.#seen.set(id, count);
		else this.#seen.delete(id);
		if (this.#open.has(id)) this.#onOpenChange();
	}

	#signalOf(id: string): Signal<Entry | undefined> {
		const there = this.#signals.get(id);
		if (there !== undefined) return there;
		const created = signal<Entry | undefined>(undefined);
		this.#signals.set(id, created);
		return created;
	}

	#put(entry: Entry): void {
		this.#signalOf(entry.id).value = entry;
		const isJob = entry.sending === null || entry.sending.isAnswered;
		this.#setOpen(entry.id, isJob && (!hasEnded(entry) || (entry.job?.images_pending ?? 0) > 0));
	}

	#setOpen(id: string, isOpen: boolean): void {
		if (this.#open.has(id) === isOpen) return;
		if (isOpen) this.#open.add(id);
		else this.#open.delete(id);
		this.#onOpenChange();
	}
}

function toEntry(job: Job | ListedJob, events: readonly JobEvent[] = []): Entry {
	return {
		id: job.id,
		key: job.id,
		job,
		events,
		sending: null,
		shape: shapeOf(job),
		cuts: 0,
		repeated: 0,
		asked: null,
	};
}
