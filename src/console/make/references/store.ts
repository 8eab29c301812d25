/** The references of the draft, and the mask on the first of them: signals, and all that changes them. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { newId } from "../../new-id.ts";
import { toast } from "../../parts/toast.tsx";
import type { Draft } from "../draft.ts";
import { words } from "./intake-words.ts";
import { beyond, MAX_REFERENCES, moved } from "./list.ts";
import type { Mask, Reference } from "./reference.ts";

/** What the chosen model does with pictures. */
export interface Bounds {
	/** As many pictures as it takes; 0 if it draws from words alone. */
	readonly max: number;
	/** As many as it takes with a mask; 0 if it takes none. */
	readonly maxMasked: number;
}

const list = signal<readonly Reference[]>([]);
const painted = signal<Mask | null>(null);
const bounds = signal<Bounds>({ max: MAX_REFERENCES, maxMasked: MAX_REFERENCES });

/** All of them, also those that the model does not take. */
export const references: ReadonlySignal<readonly Reference[]> = list;
export const mask: ReadonlySignal<Mask | null> = painted;
/** Pictures that are being read. */
export const arriving = signal(0);
/** As many as the model takes as things are: with a mask it may take fewer. */
export const limit: ReadonlySignal<number> = computed(() => {
	const { max, maxMasked } = bounds.value;
	return Math.min(painted.value !== null && maxMasked > 0 ? maxMasked : max, MAX_REFERENCES);
});
/** True if it takes fewer than without the mask. */
export const isFewerByMask: ReadonlySignal<boolean> = computed(
	() => limit.value < Math.min(bounds.value.max, MAX_REFERENCES),
);
/** False: the model would draw all of the picture anew. */
export const takesMask: ReadonlySignal<boolean> = computed(() => bounds.value.maxMasked > 0);
/** What a job is to get. The pictures that the model does not take are left out; a mask never is, since without it another part would be drawn. */
export const sent: ReadonlySignal<Pick<Draft, "references" | "mask">> = computed(() => {
	const taken = list.value.slice(0, list.value.length - beyond(list.value, limit.value).length);
	return { references: taken, mask: taken.length > 0 ? painted.value : null };
});

/** The composer says it whenever another model is chosen. */
export function boundReferences(next: Bounds): void {
	const { max, maxMasked } = bounds.peek();
	if (next.max !== max || next.maxMasked !== maxMasked) bounds.value = next;
}

/** The bytes behind each preview, by the reference's id. */
const previews = new Map<string, Blob>();

export function previewOf(id: string): Blob | undefined {
	return previews.get(id);
}

/** Adds one behind the others. @param small a small picture of it */
export function appendReference(one: Omit<Reference, "id" | "preview">, small: Blob): void {
	put([...list.value, shown({ ...one, id: newId() }, small)]);
}

/** True while what was kept is put back: it is nothing new to anybody. */
export let isRestoring = false;

/** Puts back what was kept, before what was added meanwhile. */
export function restoreReferences(
	back: readonly (Omit<Reference, "preview"> & { readonly preview: Blob })[],
	mask: Mask | null,
): void {
	isRestoring = true;
	put([...back.map((one) => shown(one, one.preview)), ...list.value]);
	isRestoring = false;
	if (mask !== null && mask.of === list.value[0]?.id) painted.value = mask;
}

export function moveReference(id: string, to: number): void {
	put(
		moved(
			list.value,
			list.value.findIndex((one) => one.id === id),
			to,
		),
	);
}

export function removeReference(id: string): void {
	put(list.value.filter((one) => one.id !== id));
}

export function clearReferences(): void {
	painted.value = null;
	put([]);
}

/** Sets the mask of the first reference; null takes it away. */
export function setMask(png: Blob | null): void {
	const of = list.value[0]?.id;
	painted.value = png === null || of === undefined ? null : { png, of };
}

function shown(one: Omit<Reference, "preview">, small: Blob): Reference {
	previews.set(one.id, small);
	return { ...one, preview: URL.createObjectURL(small) };
}

/** What left the list is freed, and so is a mask that was made for another first picture. */
function put(next: readonly Reference[]): void {
	for (const one of list.value)
		if (!next.includes(one)) {
			URL.revokeObjectURL(one.preview);
			previews.delete(one.id);
		}
	list.value = next;
	if (painted.value === null || painted.value.of === next[0]?.id) return;
	painted.value = null;
	toast(words().maskDropped);
}
