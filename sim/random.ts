/** Makes sequences of numbers that only look random: an equal text makes an equal sequence. */

/** Returns the next number, in [0, 1). */
export type Random = () => number;

/** Makes a sequence from a text: mulberry32 over FNV-1a. */
export function randomOf(text: string): Random {
	let state = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** Returns a whole number from 0 to less than `count`. */
export function below(count: number, random: Random): number {
	return Math.floor(random() * count);
}

/** Picks one of some values. @throws if there are none */
export function pick<T>(values: readonly T[], random: Random): T {
	const [value] = values.slice(below(values.length, random));
	if (value === undefined) throw new Error("there is nothing to pick from");
	return value;
}
