/** Brings the gateway thumbnails of the pictures that are seen without one, so that the next visitor loads kilobytes. */

import { computed, effect } from "@preact/signals";
import type { Thumbnail } from "../../api/types.ts";
import { hasEnded } from "../../jobs/entry.ts";
import { jobs } from "../../jobs/store.ts";
import { session } from "../../session/session.ts";
import { isWorthIt } from "./size.ts";

const AT_ONCE = 2;
/** Of the pictures that wait, the oldest are forgotten: they scrolled away, and are offered again when they are seen again. */
const MAX_WAITING = 60;
/** A page that is never idle makes them all the same. */
const IDLE_WITHIN_MS = 3_000;

export interface Offer {
	readonly path: string;
	readonly job: string;
	readonly index: number;
}

const waiting = new Map<string, Offer>();
/** Made, or given up: not tried again on this page. */
const settled = new Set<string>();
let running = 0;
let isRefused = false;

/** Offers an original that the page shows. */
export function offerThumbnail(offer: Offer): void {
	if (!isRefused) whenEnded(offer.job, () => take(offer));
}

/** The gateway takes none before the end of the job, which may come long after its first picture. */
function whenEnded(job: string, run: () => void): void {
	const entry = jobs.entry(job);
	const isGoingOn = computed(() => entry.value !== undefined && !hasEnded(entry.value));
	if (!isGoingOn.peek()) {
		run();
		return;
	}
	const dispose = effect(() => {
		if (isGoingOn.value) return;
		queueMicrotask(() => dispose());
		run();
	});
}

function take(offer: Offer): void {
	const id = `${offer.job}/${offer.index}`;
	if (settled.has(id)) return;
	waiting.delete(id);
	waiting.set(id, offer);
	const [oldest] = waiting.keys();
	if (waiting.size > MAX_WAITING && oldest !== undefined) waiting.delete(oldest);
	whenIdle(next);
}

function next(): void {
	if (running >= AT_ONCE) return;
	const [id, offer] = [...waiting].at(-1) ?? [];
	if (id === undefined || offer === undefined) return;
	waiting.delete(id);
	settled.add(id);
	running += 1;
	void bring(offer)
		// The picture is shown all the same.
		.catch(() => undefined)
		.finally(() => {
			running -= 1;
			whenIdle(next);
		});
}

async function bring({ path, job, index }: Offer): Promise<void> {
	const { makeThumbnail } = await import("./make.ts");
	// It has just been shown, so the browser still has it.
	const response = await fetch(path, { cache: "force-cache" });
	if (!response.ok) return;
	const original = await response.blob();
	if (!isWorthIt(original.size)) return;
	const body = await makeThumbnail(original);
	if (body === null || session.value === null) return;
	const call = { method: "PUT", body } as const;
	const put = await session.value.api.ask<Thumbnail>(`/v1/jobs/${job}/images/${index}/thumbnail`, call);
	if (put.ok) tell(put.value);
	// A key that may only read brings none.
	else if (put.error.kind === "refused" && put.error.status === 403) isRefused = true;
}

/** A card that comes back into the window loads it in place of the picture. */
function tell({ job: id, index, url }: Thumbnail): void {
	const job = jobs.entry(id).peek()?.job;
	if (!job) return;
	jobs.take([
		{ ...job, images: job.images.map((one) => (one.index === index ? { ...one, thumbnail_url: url } : one)) },
	]);
}

function whenIdle(run: () => void): void {
	// Safari has no such call yet.
	if (typeof requestIdleCallback === "function") requestIdleCallback(run, { timeout: IDLE_WITHIN_MS });
	else setTimeout(run, 200);
}
