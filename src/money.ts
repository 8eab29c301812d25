/** Counts money in whole micro-dollars, so that sums are exact. */

/** Whole millionths of a US dollar. */
export type MicroUsd = number;

const MICRO_PER_USD = 1_000_000;
/** The rounding error of a product of decimal fractions is far below this part of a micro-dollar. */
const NOISE_PER_MICRO = 1_000;

/** Rounds up to a whole micro-dollar: nothing that costs something is ever free. */
export function toMicroUsd(usd: number): MicroUsd {
	return Math.ceil(Math.round(usd * MICRO_PER_USD * NOISE_PER_MICRO) / NOISE_PER_MICRO);
}

export function toUsd(micro: MicroUsd): number {
	return micro / MICRO_PER_USD;
}
