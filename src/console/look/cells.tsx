/** The cards that are in the page: all that are seen, and those beyond the window a few at a time. */

import { computed } from "@preact/signals";
import type { VNode } from "preact";
import { JobCard } from "../jobs/card.tsx";
import { jobs } from "../jobs/store.ts";
import { CardCheck } from "./check.tsx";
import { type Layout, type Placed, placesIn, type Span } from "./layout.ts";
import { filterSuffix, hasMore, shown } from "./list.ts";

/** A card in the page. Its node stays the same for as long as its place does, so that it is not drawn again. */
export interface Cell {
	readonly placed: Placed;
	readonly place: number;
	readonly node: VNode;
}

export interface Cells {
	/** By the id of the job, in their order. */
	readonly cells: ReadonlyMap<string, Cell>;
	/** True if some are left for the next frame. */
	readonly isPartial: boolean;
}

export interface Look {
	/** Which part of the grid has its cards in the page. */
	readonly near: Span;
	/** Which part of it is seen. */
	readonly seen: Span;
	/** The card with the focus: it stays in the page, wherever the window goes. */
	readonly focused: string | null;
}

/** In one frame, of those that nobody sees yet. */
const NEW_AT_ONCE = 4;

export const NO_CELLS: Cells = { cells: new Map(), isPartial: false };

const setSize = computed(() => (hasMore.value ? -1 : shown.value.length));

export function toCells(arranged: Layout, { near, seen, focused }: Look, earlier: ReadonlyMap<string, Cell>): Cells {
	const within = placesIn(arranged, near);
	const kept = focused === null ? -1 : arranged.placed.findIndex(({ id }) => id === focused);
	const places = kept === -1 || within.includes(kept) ? within : [...within, kept].toSorted((a, b) => a - b);
	const cells = new Map<string, Cell>();
	let [left, isPartial] = [NEW_AT_ONCE, false];
	for (const place of places) {
		const placed = arranged.placed[place];
		if (placed === undefined) continue;
		const before = earlier.get(placed.id);
		if (before === undefined && place !== kept && !isIn(placed, seen)) {
			if (left === 0) {
				isPartial = true;
				continue;
			}
			left -= 1;
		}
		const isSame = before?.placed === placed && before.place === place;
		cells.set(placed.id, isSame ? before : { placed, place, node: toNode(placed, place) });
	}
	return { cells, isPartial };
}

function isIn({ top, height }: Placed, span: Span): boolean {
	return top < span.bottom && top + height > span.top;
}

function toNode({ id, left, top, width, height }: Placed, place: number): VNode {
	return (
		<li
			key={jobs.entry(id).peek()?.key ?? id}
			class="look-cell"
			data-card={id}
			tabIndex={-1}
			aria-posinset={place + 1}
			aria-setsize={setSize}
			style={{ translate: `${left}px ${top}px`, width: `${width}px`, height: `${height}px` }}
		>
			<JobCard id={id} suffix={filterSuffix} />
			<CardCheck id={id} />
		</li>
	);
}
