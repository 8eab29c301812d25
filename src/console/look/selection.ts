/** Selects cards: one, a range, those under a rubber band, those that a finger sweeps over, or all. */

export interface Selection {
	readonly ids: ReadonlySet<string>;
	/** The card that a range begins at: the last one that was selected or taken out by itself. */
	readonly anchor: string | null;
}

export const NONE_SELECTED: Selection = { ids: new Set(), anchor: null };

/** Selects a card, or takes it out. */
export function toggle({ ids }: Selection, id: string): Selection {
	const next = new Set(ids);
	if (!next.delete(id)) next.add(id);
	return { ids: next, anchor: id };
}

/** Adds all cards from the anchor to this one. Without an anchor it selects the card only. @param order The cards as they are shown */
export function extend(selection: Selection, id: string, order: readonly string[]): Selection {
	const { ids, anchor } = selection;
	return { ids: new Set([...ids, ...between(anchor ?? id, id, order)]), anchor: anchor ?? id };
}

/** Sweeps from one card to another: all between are selected, or all are taken out if the first one was selected before. @param before The selection when the finger came down */
export function sweep(before: Selection, from: string, to: string, order: readonly string[]): Selection {
	const swept = between(from, to, order);
	const ids = before.ids.has(from) ? [...before.ids].filter((id) => !swept.includes(id)) : [...before.ids, ...swept];
	return { ids: new Set(ids), anchor: from };
}

/** Selects the cards under a rubber band beside those of before. */
export function band(before: Selection, touched: readonly string[]): Selection {
	return { ids: new Set([...before.ids, ...touched]), anchor: touched.at(-1) ?? before.anchor };
}

/** Selects further cards. */
export function add({ ids, anchor }: Selection, more: readonly string[]): Selection {
	return { ids: new Set([...ids, ...more]), anchor: anchor ?? more[0] ?? null };
}

/** Returns the cards that stand behind all those of before: older jobs that were loaded, and none that was made meanwhile. */
export function behind(before: readonly string[], order: readonly string[]): readonly string[] {
	const there = new Set(before);
	return order.slice(order.findLastIndex((id) => there.has(id)) + 1);
}

export function selectAll(order: readonly string[]): Selection {
	return { ids: new Set(order), anchor: order[0] ?? null };
}

/** Keeps only cards that are still there. Returns the same selection if all are. */
export function keepOnly(selection: Selection, order: readonly string[]): Selection {
	if (selection.ids.size === 0) return selection;
	const there = new Set(order);
	const ids = new Set([...selection.ids].filter((id) => there.has(id)));
	const isAnchorThere = selection.anchor === null || there.has(selection.anchor);
	if (ids.size === selection.ids.size && isAnchorThere) return selection;
	return { ids, anchor: isAnchorThere ? selection.anchor : null };
}

/** Returns the card that takes the place of those that go: the next one behind the first of them, else the one before. Null if none stays. */
export function nextOf(gone: ReadonlySet<string>, order: readonly string[]): string | null {
	const at = order.findIndex((id) => gone.has(id));
	const stays = (id: string) => !gone.has(id);
	return order.slice(at + 1).find(stays) ?? order.slice(0, Math.max(0, at)).findLast(stays) ?? null;
}

/** Returns the cards from one to another, whichever comes first; the second one alone if the first is gone. */
function between(from: string, to: string, order: readonly string[]): readonly string[] {
	const [a, b] = [order.indexOf(from), order.indexOf(to)];
	if (b === -1) return [];
	return a === -1 ? [to] : order.slice(Math.min(a, b), Math.max(a, b) + 1);
}
