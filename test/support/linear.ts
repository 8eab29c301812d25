/** Measures how the time of work grows with the length of its input. */

/** Twice the length may take this many times the time. Quadratic work takes four times. */
export const MAX_GROWTH = 3;

const ROUNDS = 5;
/** Other work on the machine can make some times longer, but none shorter: so more rounds tell it from bad work. */
const MAX_ROUNDS_MS = 1_500;
/** A shorter time is measured over several runs; a longer one would be shared with other work. */
const MIN_MS = 0.5;
/** A longer run would often be interrupted by other work: it is measured with a shorter input, though not with one shorter than this. */
const LONGEST_RUN_MS = 1;
const MIN_LENGTH = 2_000;
/** Two doublings lie farther from noise than one. */
const DOUBLINGS = 2;
/** Work that is worse than linear is so in each of these ranges of lengths. */
const RANGES = 3;

/**
 * Returns how many times longer `run` takes for each doubling of the length: by the best of five each, and of more if that is too much.
 * Memory that outgrows a cache, or comes anew from the system, is dearer once: so lengths beyond that count, too, if they grow better.
 */
export function growthOf(run: (input: string) => unknown, inputOf: (length: number) => string, length: number): number {
	let growth = Number.POSITIVE_INFINITY;
	let measured = lengthFor(run, inputOf, length);
	for (let range = 0; range < RANGES && growth > MAX_GROWTH; range += 1) {
		growth = Math.min(growth, growthFrom(measured, run, inputOf));
		measured *= 2 ** DOUBLINGS;
	}
	return growth;
}

function growthFrom(length: number, run: (input: string) => unknown, inputOf: (length: number) => string): number {
	const [short, long] = [inputOf(length), inputOf(length * 2 ** DOUBLINGS)];
	const times = timesFor(run, short);
	let [shortMs, longMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
	const growth = () => (longMs / shortMs) ** (1 / DOUBLINGS);
	const until = performance.now() + MAX_ROUNDS_MS;
	for (let round = 1; round <= ROUNDS || (growth() > MAX_GROWTH && performance.now() < until); round += 1) {
		shortMs = Math.min(shortMs, msOf(run, short, times));
		longMs = Math.min(longMs, msOf(run, long, times));
	}
	return growth();
}

/** Returns a length whose run is short. */
function lengthFor(run: (input: string) => unknown, inputOf: (length: number) => string, length: number): number {
	const input = inputOf(length);
	const bestMs = Math.min(msOf(run, input), msOf(run, input), msOf(run, input));
	return bestMs <= LONGEST_RUN_MS || length / 2 < MIN_LENGTH ? length : lengthFor(run, inputOf, Math.floor(length / 2));
}

/** Returns how often a run is to be repeated, so that it can be measured. */
function timesFor(run: (input: string) => unknown, input: string): number {
	let times = 1;
	while (msOf(run, input, times) < MIN_MS) times *= 2;
	return times;
}

export function msOf(run: (input: string) => unknown, input: string, times = 1): number {
	const begun = performance.now();
	for (let time = 0; time < times; time += 1) run(input);
	return performance.now() - begun;
}
