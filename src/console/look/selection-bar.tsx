/** The bar that takes the place of the filters while cards are selected. */

import { useEffect } from "preact/hooks";
import { jobs } from "../jobs/store.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { go } from "../router.ts";
import { askToDelete } from "./deleting.ts";
import { gather, isGathering, stopGathering } from "./gathering.ts";
import { Going } from "./going.tsx";
import { filterSuffix, hasMore, shown } from "./list.ts";
import { removal } from "./removing.ts";
import { clearSelection, selection, setSelection } from "./selected.ts";
import { selectAll } from "./selection.ts";
import { words } from "./selection-words.ts";
import { zipShown } from "./zip/shown.ts";
import { ZipGoing, ZipState } from "./zip/zip-state.tsx";
import { zipJobs, zipping } from "./zip/zipping.ts";

export function SelectionBar() {
	const w = words();
	useEffect(() => {
		addEventListener("keydown", clearByEscape);
		return () => removeEventListener("keydown", clearByEscape);
	}, []);

	const removed = removal.value;
	return (
		<div class="look-selection" role="toolbar" aria-label={w.selection}>
			<IconButton icon="x" name={w.selectNone} onClick={clearSelection} />
			{zipping.value !== null ? (
				<ZipGoing />
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
				<Choices />
			)}
		</div>
	);
}

/** What can be done with the selection. */
function Choices() {
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
				<Button look="quiet" class="look-short" icon="download" title={w.zipHint(pictures)} onClick={() => zip(order)}>
					{w.zip}
				</Button>
			)}
			<Button look="danger" class="look-short" icon="trash" onClick={() => askToDelete(order)}>
				{w.delete}
			</Button>
		</>
	);
}

function zip(order: readonly string[]): void {
	zipShown.value = <ZipState />;
	void zipJobs(order);
}

/** Wherever the focus is, such as on a button of the bar. What lies over the page is closed first. */
function clearByEscape({ key, defaultPrevented }: KeyboardEvent): void {
	if (key !== "Escape" || defaultPrevented) return;
	if (document.querySelector("dialog[open], :popover-open") === null) clearSelection();
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
