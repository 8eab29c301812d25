/** The bar that takes the place of the filters while cards are selected. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { toPath } from "../api/client.ts";
import { jobs } from "../jobs/store.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { toast } from "../parts/toast.tsx";
import { go } from "../router.ts";
import { formatBytes } from "../words.ts";
import { askToDelete } from "./deleting.ts";
import { gather, isGathering, stopGathering } from "./gathering.ts";
import { filterSuffix, hasMore, shown } from "./list.ts";
import { removal } from "./removing.ts";
import { clearSelection, selection, setSelection } from "./selected.ts";
import { selectAll } from "./selection.ts";
import { words } from "./selection-words.ts";
import type { ZipPicture, ZipProgress } from "./zip/zip.ts";

export function SelectionBar() {
	const w = words();
	const zipping = useSignal<ZipProgress | null>(null);
	const gone = useSignal<readonly string[]>([]);
	const stop = useSignal<AbortController | null>(null);
	useEffect(() => {
		addEventListener("keydown", clearByEscape);
		return () => removeEventListener("keydown", clearByEscape);
	}, []);

	async function zip(order: readonly string[]): Promise<void> {
		const { saveZip } = await import("./zip/zip.ts");
		const work = new AbortController();
		stop.value = work;
		try {
			const name = `darkroom-${new Date().toISOString().slice(0, 10)}.zip`;
			const outcome = await saveZip(order.flatMap(picturesOf), name, {
				signal: work.signal,
				onProgress: (progress) => {
					zipping.value = progress;
				},
			});
			const { done = 0, gone: lost = [] } = zipping.value ?? {};
			if (outcome.kind === "too_large") toast(w.zipTooLarge(formatBytes(outcome.most)));
			if (outcome.kind === "saved") {
				gone.value = lost;
				if (lost.length === 0) toast(w.zipSaved(done));
			}
		} catch {
			toast(w.zipFailed);
		}
		zipping.value = null;
		stop.value = null;
	}

	const zipped = zipping.value;
	const removed = removal.value;
	return (
		<div class="look-selection" role="toolbar" aria-label={w.selection}>
			<IconButton icon="x" name={w.selectNone} onClick={clearSelection} />
			{zipped !== null ? (
				<Going
					text={w.zipping(zipped.done, zipped.total, formatBytes(zipped.bytes))}
					name={w.zip}
					{...zipped}
					stop={w.cancel}
					onStop={() => stop.value?.abort()}
				/>
			) : removed !== null ? (
				<Going
					text={w.deleting(removed.done, removed.total)}
					name={w.delete}
					{...removed}
					stop={w.stop}
					onStop={removed.stop}
				/>
			) : isGathering.value ? (
				<Going text={w.gathering(selection.value.ids.size)} name={w.selectRest} stop={w.stop} onStop={stopGathering} />
			) : (
				<Choices onZip={zip} />
			)}
			{gone.value.length > 0 && (
				<Dialog
					title={w.zipGone(gone.value.length)}
					onClose={() => {
						gone.value = [];
					}}
				>
					<p>{w.zipGoneHint}</p>
					<ul class="look-gone">
						{gone.value.map((name) => (
							<li key={name}>{name}</li>
						))}
					</ul>
				</Dialog>
			)}
		</div>
	);
}

/** What can be done with the selection. */
function Choices({ onZip }: { readonly onZip: (order: readonly string[]) => void }) {
	const w = words();
	const { ids } = selection.value;
	const order = shown.value.filter((id) => ids.has(id));
	const isAll = ids.size === shown.value.length;
	const pair = pairOf(order);
	const pictures = order.reduce((sum, id) => sum + (jobs.entry(id).value?.job?.images.length ?? 0), 0);
	return (
		<>
			<span class="look-selected" role="status">
				{isAll && hasMore.value ? w.allLoaded(ids.size) : w.selected(ids.size)}
			</span>
			{!isAll && (
				<Button look="quiet" class="look-short" icon="check" onClick={() => setSelection(selectAll(shown.peek()))}>
					{w.selectAll}
				</Button>
			)}
			{isAll && hasMore.value && (
				<Button look="quiet" class="look-short" icon="chevron-down" onClick={gather}>
					{w.selectRest}
				</Button>
			)}
			{pair !== null && (
				<Button
					look="quiet"
					class="look-short"
					icon="compare"
					onClick={() => go(`/compare/${pair}${filterSuffix.peek()}`)}
				>
					{w.compare}
				</Button>
			)}
			{pictures > 0 && (
				<Button
					look="quiet"
					class="look-short"
					icon="download"
					title={w.zipHint(pictures)}
					onClick={() => onZip(order)}
				>
					{w.zip}
				</Button>
			)}
			<Button look="danger" class="look-short" icon="trash" onClick={() => askToDelete(order)}>
				{w.delete}
			</Button>
		</>
	);
}

interface GoingProps {
	readonly text: string;
	/** Of what goes on. */
	readonly name: string;
	/** Absent: nobody knows. */
	readonly done?: number;
	readonly total?: number;
	readonly stop: string;
	readonly onStop: () => void;
}

/** What goes on with the selection, and a way to stop it. */
function Going({ text, name, done, total, stop, onStop }: GoingProps) {
	return (
		<>
			<span class="look-selected" role="status">
				{text}
			</span>
			<progress class="look-progress" aria-label={name} {...(done === undefined ? {} : { value: done, max: total })} />
			<Button onClick={onStop}>{stop}</Button>
		</>
	);
}

/** Wherever the focus is, such as on a button of the bar. What lies over the page is closed first. */
function clearByEscape({ key, defaultPrevented }: KeyboardEvent): void {
	if (key !== "Escape" || defaultPrevented) return;
	if (document.querySelector("dialog[open], :popover-open") === null) clearSelection();
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

/** Names two pictures to compare: the first ones of two jobs, or of one. Others are chosen beside them. Null for another number of jobs. */
function pairOf(ids: readonly string[]): string | null {
	const [one, other] = ids;
	if (one === undefined || ids.length > 2) return null;
	const pictures = [one, other ?? one].flatMap((id, place) => {
		const picture = jobs.entry(id).value?.job?.images[other === undefined ? place : 0];
		return picture === undefined ? [] : `${id}/${picture.index}`;
	});
	return pictures.length === 2 ? pictures.join("/") : null;
}
