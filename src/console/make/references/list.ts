/** Decides about the list of references: which pictures it takes, and in which order they stand. */

/** Of one job, whatever its model: the API takes no more. */
export const MAX_REFERENCES = 16;
/** Of all references together: the API's bound. */
export const MAX_REFERENCES_BYTES = 100 * 1024 * 1024;

/** Why a picture was not taken. */
export type Refusal = "empty" | "too_large" | "too_many" | "not_a_picture" | "unreachable";

/** A picture as far as the list must know it. */
export interface Weighed {
	readonly name: string;
	readonly bytes: number;
	/** True for a file that says of itself that it is something else, such as a text. */
	readonly isOther?: boolean;
}

export interface Refused {
	readonly name: string;
	readonly why: Refusal;
}

/**
 * Says why a list does not take one more; null if it does. A smaller one may follow one that is too large.
 * @param max as many as the model takes
 */
export function refusalOf(held: readonly Weighed[], one: Weighed, max: number): Refusal | null {
	if (one.bytes === 0) return "empty";
	const bytes = held.reduce((sum, { bytes }) => sum + bytes, one.bytes);
	const why =
		held.length >= Math.min(max, MAX_REFERENCES) ? "too_many" : bytes > MAX_REFERENCES_BYTES ? "too_large" : null;
	// If there is room, its bytes say what it is.
	return why !== null && one.isOther ? "not_a_picture" : why;
}

/** Moves one to another place. A place beyond either end is that end. */
export function moved<One>(list: readonly One[], from: number, to: number): readonly One[] {
	const one = list[from];
	if (one === undefined) return list;
	const rest = list.toSpliced(from, 1);
	return rest.toSpliced(Math.max(0, Math.min(to, rest.length)), 0, one);
}

/** Returns those that the model does not take: the ones behind as many as it does. */
export function beyond<One>(list: readonly One[], max: number): readonly One[] {
	return list.slice(Math.max(0, Math.min(max, MAX_REFERENCES)));
}

/** A row of equal tiles, all in pixels. */
export interface Row {
	/** From the beginning of one tile to that of the next. */
	readonly pitch: number;
	readonly count: number;
}

/** Returns the place of a tile that is dragged along its row by a distance. */
export function placeOf(from: number, distance: number, { pitch, count }: Row): number {
	return Math.max(0, Math.min(count - 1, from + Math.round(distance / pitch)));
}

/** Returns by how many places a tile makes way while another is dragged. */
export function wayOf(index: number, from: number, to: number): -1 | 0 | 1 {
	if (index > from && index <= to) return -1;
	return index < from && index >= to ? 1 : 0;
}
