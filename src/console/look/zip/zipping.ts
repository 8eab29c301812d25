/** Makes one ZIP of jobs at a time. It goes on without the selection and in other views, until somebody stops it or signs out. */

import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { toPath } from "../../api/client.ts";
import { jobs } from "../../jobs/store.ts";
import { toast } from "../../parts/toast.tsx";
import { session } from "../../session/session.ts";
import { formatBytes } from "../../words.ts";
import { words } from "../selection-words.ts";
import type { ZipPicture, ZipProgress } from "./zip.ts";

const progress = signal<ZipProgress | null>(null);
const lost = signal<readonly string[]>([]);
let work: AbortController | null = null;

/** Null if no ZIP is made. */
export const zipping: ReadonlySignal<ZipProgress | null> = progress;
/** The names of the pictures that the last ZIP does not have, until somebody has read them. */
export const zipLost: ReadonlySignal<readonly string[]> = lost;

export function stopZip(): void {
	work?.abort();
}

export function forgetLost(): void {
	lost.value = [];
}

export async function zipJobs(order: readonly string[]): Promise<void> {
	if (work !== null) return;
	const w = words();
	const stop = new AbortController();
	work = stop;
	try {
		const { saveZip } = await import("./zip.ts");
		const name = `darkroom-${new Date().toISOString().slice(0, 10)}.zip`;
		const onProgress = (now: ZipProgress) => {
			progress.value = now;
		};
		const outcome = await saveZip(order.flatMap(picturesOf), name, { signal: stop.signal, onProgress });
		const { done = 0, lost: missing = [] } = progress.value ?? {};
		if (outcome.kind === "too_large") toast(w.zipTooLarge(formatBytes(outcome.most)));
		if (outcome.kind === "saved" && missing.length === 0) toast(w.zipSaved(done));
		if (outcome.kind === "saved") lost.value = missing;
	} catch {
		toast(w.zipFailed);
	}
	progress.value = null;
	work = null;
}

function picturesOf(id: string): readonly ZipPicture[] {
	const job = jobs.entry(id).peek()?.job;
	if (!job) return [];
	return job.images.map(({ index, url, content_type, bytes }) => ({
		path: toPath(url),
		bytes,
		createdAt: job.created_at,
		prompt: job.request.prompt,
		index,
		contentType: content_type,
	}));
}

effect(() => {
	void session.value;
	stopZip();
});
