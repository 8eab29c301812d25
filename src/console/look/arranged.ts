/** The layout of the cards that are shown, for the width that the gallery has. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Entry } from "../jobs/entry.ts";
import { gridOf, SQUARE } from "../jobs/shape.ts";
import { jobs } from "../jobs/store.ts";
import { arrange, type Geometry, type Item, type Layout } from "./layout.ts";
import { shown } from "./list.ts";

/** Null until the gallery is in the page. */
export const geometry = signal<Geometry | null>(null);

let earlier: Layout | null = null;

export const layout: ReadonlySignal<Layout | null> = computed(() => {
	if (geometry.value === null) return null;
	earlier = arrange(earlier, shown.value.map(toItem), geometry.value);
	return earlier;
});

/** By the key of a card, which stays when its job gets an id. A card keeps its shape for as long as the page is open. */
const ratios = new Map<string, number>();

function toItem(id: string): Item {
	const entry = jobs.entry(id).peek();
	const key = entry?.key ?? id;
	const ratio = ratios.get(key) ?? 1 / gridOf(entry?.shape ?? SQUARE, countOf(entry)).ratio;
	if (entry !== undefined) ratios.set(key, ratio);
	return { id, ratio };
}

function countOf(entry: Entry | undefined): number {
	return entry?.job?.request.n ?? entry?.sending?.draft.n ?? 1;
}
