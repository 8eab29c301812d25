/** Chooses the lines that a plot's axis has. */

const STEPS = [1, 2, 5, 10];

/**
 * Returns round values from 0 to at least the largest value, evenly apart.
 * @param lines At most so many steps
 * @param isWhole Nothing is counted in parts, as jobs are not
 */
export function ticksOf(max: number, lines: number, isWhole: boolean): readonly number[] {
	const wanted = max > 0 ? max / lines : 1 / lines;
	const power = 10 ** Math.floor(Math.log10(wanted));
	// Without the tolerance, 0.3 / 3 would be a little more than 0.1.
	const round = (STEPS.find((step) => step * power >= wanted * (1 - 1e-9)) ?? 10) * power;
	const step = isWhole ? Math.max(1, round) : round;
	const count = Math.max(1, Math.ceil((max / step) * (1 - 1e-9)));
	return Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}
