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
import { askToDelete } from "./deleting.tsx";
import { filterSuffix, shown } from "./list.ts";
import { clearSelection, selection, setSelection } from "./selected.ts";
import { selectAll } from "./selection.ts";
import { words } from "./words.ts";
import type { ZipPicture, ZipProgress } from "./zip/zip.ts";

export function SelectionBar() {
	const w = words();
	const zipping = useSignal<ZipProgress | null>(null);
	const gone = useSignal<readonly string[]>([]);
	const { ids } = selection.value;
	const order = shown.value.filter((id) => ids.has(id));
	const pictures = order.flatMap(picturesOf);
	const pair = pairOf(order);
	const stop = useSignal<AbortController | null>(null);
	useEffect(() => {
		addEventListener("keydown", clearByEscape);
		return () => removeEventListener("keydown", clearByEscape);
	}, []);

	async function zip(): Promise<void> {
		const { saveZip } = await import("./zip/zip.ts");
		const work = new AbortController();
		stop.value = work;
		try {
			const name = `darkroom-${new Date().toISOString().slice(0, 10)}.zip`;
			const outcome = await saveZip(pictures, name, {
				signal: work.signal,
				onProgress: (progress) => {
					zipping.value = progress;
				},
			});
			const { done = 0, gone: lost = [] } = zipping.value ?? {};
			if (outcome === "saved") {
				gone.value = lost;
				if (lost.length === 0) toast(w.zipSaved(done));
			}
		} catch {
			toast(w.zipFailed);
		}
		zipping.value = null;
		stop.value = null;
	}

	const now = zipping.value;
	return (
		<div class="look-selection" role="toolbar" aria-label={w.selection}>
			<IconButton icon="x" name={w.selectNone} onClick={clearSelection} />
			<span class="look-selected" role="status">
				{now === null ? w.selected(ids.size) : w.zipping(now.done, now.total, formatBytes(now.bytes))}
			</span>
			{now === null ? (
				<>
					<Button look="quiet" class="look-wide" onClick={() => setSelection(selectAll(shown.peek()))}>
						{w.selectAll}
					</Button>
					{pair !== null && (
						<Button look="quiet" icon="compare" onClick={() => go(`/compare/${pair}${filterSuffix.peek()}`)}>
							{w.compare}
						</Button>
					)}
					{pictures.length > 0 && (
						<Button look="quiet" class="look-short" icon="download" title={w.zipHint(pictures.length)} onClick={zip}>
							{w.zip}
						</Button>
					)}
					<Button look="danger" class="look-short" icon="trash" onClick={() => askToDelete(order, clearSelection)}>
						{w.delete}
					</Button>
				</>
			) : (
				<>
					<progress class="look-progress" aria-label={w.zip} value={now.done} max={now.total} />
					<Button onClick={() => stop.value?.abort()}>{w.cancel}</Button>
				</>
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

/** Wherever the focus is, such as on a button of the bar. What lies over the page is closed first. */
function clearByEscape({ key, defaultPrevented }: KeyboardEvent): void {
	if (key !== "Escape" || defaultPrevented) return;
	if (document.querySelector("dialog[open], :popover-open") === null) clearSelection();
}

function picturesOf(id: string): readonly ZipPicture[] {
	const job = jobs.entry(id).value?.job;
	if (!job) return [];
	return job.images.map(({ index, url, content_type }) => ({
		path: toPath(url),
		createdAt: job.created_at,
		prompt: job.request.prompt,
		index,
		contentType: content_type,
	}));
}

/** Names two pictures to compare: of two jobs the first ones, or those of one job with two. Null for another number. */
function pairOf(ids: readonly string[]): string | null {
	const pictures = ids.flatMap((id) => (jobs.entry(id).value?.job?.images ?? []).map(({ index }) => ({ id, index })));
	const chosen = ids.length === 1 ? pictures : ids.flatMap((id) => pictures.find((picture) => picture.id === id) ?? []);
	return chosen.length === 2 && ids.length <= 2 ? chosen.map(({ id, index }) => `${id}/${index}`).join("/") : null;
}
