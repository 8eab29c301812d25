/** The cards that are in the page: those that are seen, and those beyond the window, a few in each frame. */

import { computed } from "@preact/signals";
import type { VNode } from "preact";
import { JobCard } from "../jobs/card.tsx";
import { jobs } from "../jobs/store.ts";
import { CardCheck } from "./check.tsx";
import { chooseDrawn, isIn } from "./draw.ts";
import { type Layout, type Placed, placesIn, type Span } from "./layout.ts";
import { filterSuffix, hasMore, shown } from "./list.ts";

/** A card in the page. Its node stays the same for as long as its place does, so that it is not drawn again. */
export interface Cell {
	readonly placed: Placed;
	readonly place: number;
	/** True if only its place is there, and its card is drawn in a later frame. */
	readonly isBare: boolean;
	readonly node: VNode;
}

export interface Cells {
	/** By the id of the job, in their order. */
	readonly cells: ReadonlyMap<string, Cell>;
	/** True if some are left for the next frame. */
	readonly isPartial: boolean;
}

export interface Look {
	/** The part of the grid that has its cards in the page. */
	readonly near: Span;
	/** The part of it that is seen. */
	readonly seen: Span;
	/** The card with the focus: it stays in the page, wherever the window goes. */
	readonly focused: string | null;
}

export const NO_CELLS: Cells = { cells: new Map(), isPartial: false };

const setSize = computed(() => (hasMore.value ? -1 : shown.value.length));

export function toCells(arranged: Layout, { near, seen, focused }: Look, earlier: ReadonlyMap<string, Cell>): Cells {
	const within = placesIn(arranged, near);
	const kept = focused === null ? -1 : arranged.placed.findIndex(({ id }) => id === focused);
	const places = kept === -1 || within.includes(kept) ? within : [...within, kept].toSorted((a, b) => a - b);
	const isDrawn = ({ id }: Placed) => earlier.get(id)?.isBare === false;
	const drawn = new Set(chooseDrawn(arranged, places, seen, isDrawn));
	const cells = new Map<string, Cell>();
	let isPartial = false;
	for (const place of places) {
		const placed = arranged.placed[place];
		if (placed === undefined) continue;
		const before = earlier.get(placed.id);
		const isBare = !isDrawn(placed) && !drawn.has(place) && place !== kept;
		isPartial ||= isBare;
		if (isBare && !isIn(placed, seen)) continue;
		const isSame = before?.placed === placed && before.place === place && before.isBare === isBare;
		cells.set(placed.id, isSame ? before : { placed, place, isBare, node: toNode(placed, place, isBare) });
	}
	return { cells, isPartial };
}

function toNode({ id, left, top, width, height }: Placed, place: number, isBare: boolean): VNode {
	return (
		<li
			key={jobs.entry(id).peek()?.key ?? id}
			class={`look-cell ${isBare ? "look-bare" : ""}`}
			data-card={id}
			tabIndex={-1}
			aria-posinset={place + 1}
			aria-setsize={setSize}
			style={{ translate: `${left}px ${top}px`, width: `${width}px`, height: `${height}px` }}
		>
			{!isBare && (
				<>
					<JobCard id={id} suffix={filterSuffix} />
					<CardCheck id={id} />
				</>
			)}
		</li>
	);
}
