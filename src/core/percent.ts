/** Reads how far a model is out of its log. */

/** A bar of what is fetched before the work itself says nothing of the work. */
const OF_LOADING = /load|fetch|weights|components|shards|checkpoint|extract|warm/i;
const PERCENT = /(?<![\d.])(\d{1,3})(?:\.\d{1,6})?\s?%/;
const STEP_OF = /(?:step|iter|progress|sampling|denois|\[)\D{0,12}(\d{1,5})\s?(?:\/|of)\s?(\d{1,5})(?!\d)/i;

/** Returns what the newest line that tells says, from 0 to 100; null if none does. */
export function percentOf(lines: readonly string[]): number | null {
	for (const line of lines.toReversed()) {
		if (OF_LOADING.test(line)) continue;
		const percent = PERCENT.exec(line)?.[1];
		const said = percent === undefined ? ofSteps(line) : Number(percent);
		if (said !== null && said <= 100) return said;
	}
	return null;
}

function ofSteps(line: string): number | null {
	const [, step, steps] = STEP_OF.exec(line) ?? [];
	const [done, all] = [Number(step), Number(steps)];
	return all > 1 && done <= all ? Math.floor((100 * done) / all) : null;
}
