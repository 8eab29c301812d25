/** A bar for each day, which pointer, finger, keyboard and screen reader can read. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { longDay, shortDay } from "../dates.ts";
import { words } from "../words.ts";
import { dayAt, type Layout, layOut } from "./layout.ts";
import { ticksOf } from "./scale.ts";
import "./day-plot.css";

interface DayPlotProps {
	readonly title: string;
	/** Unix seconds, of each day. */
	readonly days: readonly number[];
	readonly values: readonly number[];
	/** Nothing is counted in parts. */
	readonly isWhole: boolean;
	/** With its unit: `5 jobs`. */
	readonly write: (value: number) => string;
	/** For the axis. */
	readonly writeShort: (value: number) => string;
	readonly total: number;
}

const HEIGHT = 180;
const LINES = 3;
/** A digit of the axis' numbers is about so wide. */
const DIGIT_WIDTH = 7;
const AXIS_SPACE = 10;
const LABEL_WIDTH = 56;

export function DayPlot({ title, days, values, isWhole, write, writeShort, total }: DayPlotProps) {
	const [chosen, setChosen] = useState<number | null>(null);
	const { ref, width } = useWidth();
	const range = useRef<HTMLInputElement>(null);
	const w = words();
	const ticks = ticksOf(Math.max(0, ...values), LINES, isWhole);
	const axisWidth = Math.max(...ticks.map((tick) => writeShort(tick).length)) * DIGIT_WIDTH + AXIS_SPACE;
	const plot = layOut({ width, height: HEIGHT, values, ticks, axisWidth, labelWidth: LABEL_WIDTH });
	const last = days.length - 1;
	const say = (index: number) => w.onDay(longDay(days[index] ?? 0), write(values[index] ?? 0));

	return (
		<figure class="usage-plot">
			<figcaption>
				<h2>{title}</h2>
				<span class="usage-plot-said" aria-hidden="true">
					{chosen === null ? w.total(write(total)) : say(chosen)}
				</span>
			</figcaption>
			<div
				ref={ref}
				class="usage-plot-field"
				onPointerMove={(event) => setChosen(dayAt(plot, placeIn(event)))}
				onPointerDown={(event) => {
					setChosen(dayAt(plot, placeIn(event)));
					event.preventDefault();
					range.current?.focus({ preventScroll: true });
				}}
				// A finger that is lifted leaves, too: what it chose stays until something else is touched.
				onPointerLeave={({ pointerType }) => pointerType === "mouse" && setChosen(null)}
			>
				{width > 0 && (
					<Drawing
						plot={plot}
						title={title}
						description={describe({ days, values, write, total })}
						days={days}
						writeShort={writeShort}
						chosen={chosen}
					/>
				)}
				<input
					ref={range}
					class="usage-plot-range"
					type="range"
					min={0}
					max={last}
					step={1}
					value={chosen ?? last}
					aria-label={w.dayOf(title)}
					aria-valuetext={say(chosen ?? last)}
					onInput={({ currentTarget }) => setChosen(currentTarget.valueAsNumber)}
					onFocus={() => setChosen((before) => before ?? last)}
					onBlur={() => setChosen(null)}
				/>
			</div>
		</figure>
	);
}

interface DrawingProps extends Pick<DayPlotProps, "title" | "days" | "writeShort"> {
	readonly plot: Layout;
	readonly description: string;
	readonly chosen: number | null;
}

function Drawing({ plot, title, description, days, writeShort, chosen }: DrawingProps) {
	const { width, height, field, bars, lines, labels } = plot;
	const slot = field.width / Math.max(1, bars.length);
	return (
		<svg
			role="img"
			aria-label={`${title}. ${description}`}
			width={width}
			height={height}
			viewBox={`0 0 ${width} ${height}`}
			focusable="false"
		>
			<desc>{description}</desc>
			{lines.map(({ y, value }) => (
				<g key={value}>
					<line class="usage-plot-line" x1={field.x} x2={field.x + field.width} y1={y} y2={y} />
					<text class="usage-plot-number" x={field.x - 6} y={y} dy="0.32em">
						{writeShort(value)}
					</text>
				</g>
			))}
			{chosen !== null && (
				<rect class="usage-plot-chosen" x={field.x + slot * chosen} y={field.y} width={slot} height={field.height} />
			)}
			{bars.map((bar, index) => (
				<rect
					// Bars have no other name than their place.
					key={days[index]}
					class={`usage-plot-bar ${index === chosen ? "is-chosen" : ""}`}
					x={bar.x}
					y={bar.y}
					width={bar.width}
					height={bar.height}
					rx={Math.min(2, bar.width / 4)}
				/>
			))}
			{labels.map(({ index, x }) => (
				<text key={index} class="usage-plot-day" x={x} y={height - 6}>
					{shortDay(days[index] ?? 0)}
				</text>
			))}
		</svg>
	);
}

/** Says in a sentence what the bars show. */
function describe({ days, values, write, total }: Pick<DayPlotProps, "days" | "values" | "write" | "total">): string {
	const w = words();
	const [first, last] = [longDay(days[0] ?? 0), longDay(days.at(-1) ?? 0)];
	const top = Math.max(...values);
	if (!(top > 0)) return w.describeNothing(first, last);
	return w.describe(first, last, write(total), write(top), longDay(days[values.indexOf(top)] ?? 0));
}

/** The width that the plot has, also after the window has changed. */
function useWidth() {
	const ref = useRef<HTMLDivElement>(null);
	const [width, setWidth] = useState(0);
	useLayoutEffect(() => {
		const element = ref.current;
		if (element === null) return;
		const observer = new ResizeObserver(() => setWidth(element.clientWidth));
		observer.observe(element);
		setWidth(element.clientWidth);
		return () => observer.disconnect();
	}, []);
	return { ref, width };
}

function placeIn(event: PointerEvent & { readonly currentTarget: HTMLElement }): number {
	return event.clientX - event.currentTarget.getBoundingClientRect().left;
}
