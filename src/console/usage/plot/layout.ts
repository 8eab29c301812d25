/** Places the bars, lines and labels of a plot by day. All lengths are CSS pixels. */

export interface Bar {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

export interface Layout {
	readonly width: number;
	readonly height: number;
	/** The bars stand in it. */
	readonly field: Bar;
	readonly bars: readonly Bar[];
	/** The lines of the axis, from the lowest to the highest. */
	readonly lines: readonly { readonly y: number; readonly value: number }[];
	/** The days that are named below, by their index, and the middle of each. */
	readonly labels: readonly { readonly index: number; readonly x: number }[];
}

export interface Asked {
	readonly width: number;
	readonly height: number;
	readonly values: readonly number[];
	/** As `ticksOf` chooses them. */
	readonly ticks: readonly number[];
	/** Of the room for the axis' numbers. */
	readonly axisWidth: number;
	/** Of the longest label, with some space beside it. */
	readonly labelWidth: number;
}

/** Above the highest line, for half a number's height. */
const TOP = 8;
/** Below the lowest line, for the names of days. */
const BOTTOM = 22;
const MAX_BAR_WIDTH = 36;
/** A day without a job has no bar; any other has one that can be seen. */
const MIN_BAR_HEIGHT = 2;
/** Every so many days has a name: a week is told from its half. */
const LABEL_STEPS = [1, 2, 7, 14, 28, 56];

export function layOut({ width, height, values, ticks, axisWidth, labelWidth }: Asked): Layout {
	const field = { x: axisWidth, y: TOP, width: Math.max(0, width - axisWidth), height: height - TOP - BOTTOM };
	const top = ticks.at(-1) ?? 1;
	const yOf = (value: number) => field.y + field.height * (1 - value / top);
	const slot = field.width / Math.max(1, values.length);
	const gap = slot >= 6 ? slot * 0.25 : slot >= 3 ? 1 : 0;
	const barWidth = Math.min(MAX_BAR_WIDTH, slot - gap);
	const middleOf = (index: number) => field.x + slot * (index + 0.5);
	return {
		width,
		height,
		field,
		bars: values.map((value, index) => {
			const high = value > 0 ? Math.max(MIN_BAR_HEIGHT, field.height * (value / top)) : 0;
			return { x: middleOf(index) - barWidth / 2, y: field.y + field.height - high, width: barWidth, height: high };
		}),
		lines: ticks.map((value) => ({ value, y: yOf(value) })),
		labels: labelled(values.length, slot, labelWidth).map((index) => ({
			index,
			x: Math.min(middleOf(index), width - labelWidth / 2),
		})),
	};
}

/** Names the last day, and days before it as often as there is room. The last name is moved into the field, towards the one before it. */
function labelled(count: number, slot: number, labelWidth: number): readonly number[] {
	const moved = Math.max(0, (labelWidth - slot) / 2);
	const step = LABEL_STEPS.find((days) => days * slot - moved >= labelWidth) ?? count;
	const named = Array.from({ length: count }, (_, index) => index).filter((index) => (count - 1 - index) % step === 0);
	// The name of the first day would begin above the numbers' room.
	return named.filter((index) => index === count - 1 || (index + 0.5) * slot >= moved);
}

/** The day at a place of the plot, by its index; null beside the field. */
export function dayAt({ field, bars }: Layout, x: number): number | null {
	if (bars.length === 0 || x < field.x || x > field.x + field.width) return null;
	return Math.min(bars.length - 1, Math.floor(((x - field.x) / field.width) * bars.length));
}
