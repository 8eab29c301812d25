/** Draws the plots of docs/performance.md and docs/costs.md. `node bench/plots.ts` draws them from the last run. */
import { readFileSync, writeFileSync } from "node:fs";
import * as echarts from "echarts";
import { median, quantile } from "simple-statistics";
import * as z from "zod";
import type { Series } from "./figure.ts";

const LAGS = z.array(z.object({ design: z.string(), jobSeconds: z.number(), lagMs: z.number() }));
const COSTS = z.array(z.object({ jobSeconds: z.number(), darkroom: z.number(), heldOpen: z.number() }));

export function drawPlots(series: Series): void {
	const lags = LAGS.safeParse(series["finish-lag"]);
	if (lags.success) draw("docs/finish-lag.svg", LAG_TITLE, lagPlot(lags.data), lagPlotHeight(lags.data));
	const costs = COSTS.safeParse(series.cost);
	if (costs.success) draw("docs/cost.svg", COST_TITLE, costPlot(costs.data), 450);
}

const WIDTH = 820;
/** Background of its own, so that a plot is legible on light and dark pages. */
const PAPER = "#ffffff";
const INK = "#24292f";
const FAINT = "#d8dee4";
const QUIET = "#57606a";
const DARKROOM = "#c2410c";
const OTHERS = "#64748b";

const FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif";

function draw(path: string, name: string, option: echarts.EChartsOption, height: number): void {
	const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
	chart.setOption({ animation: false, backgroundColor: PAPER, textStyle: { fontFamily: FONT, color: INK }, ...option });
	writeFileSync(path, `${toStaticSvg(chart.renderToSVGString(), name)}\n`);
	chart.dispose();
}

/** Removes the styles for a pointer, and adds a title for screen readers. */
function toStaticSvg(svg: string, name: string): string {
	return svg
		.replace(/<style >.*<\/style>\n/s, "")
		.replaceAll(/ class="[^"]*"/g, "")
		.replace(">", ` role="img"><title>${name}</title>`);
}

const LAG_TITLE = "From fal's last step to the client's answer";
const COST_TITLE = "What a million jobs cost at Cloudflare";

function title(text: string, subtext: string): echarts.TitleComponentOption {
	return {
		text,
		subtext,
		left: 16,
		top: 12,
		textStyle: { fontSize: 17, fontWeight: 600, color: INK },
		subtextStyle: { fontSize: 13, color: QUIET },
	};
}

const AXIS = {
	axisLine: { show: false },
	axisTick: { show: false },
	axisLabel: { color: QUIET, fontSize: 12 },
	splitLine: { lineStyle: { color: FAINT } },
} as const;

type Lag = z.infer<typeof LAGS>[number];

const ROW_HEIGHT = 44;
const LAG_GRID = { left: 200, right: 110, top: 84, bottom: 52 };
const MAX_TICK_MS = 1e5;

function designsOf(lags: readonly Lag[]): ReadonlyMap<string, readonly number[]> {
	return new Map(
		[...Map.groupBy(lags, ({ design }) => design)]
			.map(([design, each]) => [design, each.map(({ lagMs }) => Math.max(1, lagMs))] as const)
			.toSorted(([, one], [, other]) => median([...one]) - median([...other])),
	);
}

function lagPlotHeight(lags: readonly Lag[]): number {
	return LAG_GRID.top + LAG_GRID.bottom + ROW_HEIGHT * designsOf(lags).size;
}

/** Each job is a dot, and each design a row. Its box holds the middle half, and the line in it is the median. */
function lagPlot(lags: readonly Lag[]): echarts.EChartsOption {
	const designs = designsOf(lags);
	const names = [...designs.keys()];
	const colourOf = (design: string) => (design.includes("Darkroom") ? DARKROOM : OTHERS);
	const all = [...designs.values()].flat();
	const longest = Math.max(...lags.map(({ jobSeconds }) => jobSeconds));
	const shortest = Math.min(...lags.map(({ jobSeconds }) => jobSeconds));
	return {
		title: title(
			LAG_TITLE,
			`Milliseconds, on a log scale. Jobs of ${shortest.toFixed(0)} to ${longest.toFixed(0)} s, side by side before one simulator. Left is sooner.`,
		),
		grid: LAG_GRID,
		xAxis: {
			type: "log",
			min: 10 ** Math.floor(Math.log10(Math.min(...all))),
			max: Math.min(MAX_TICK_MS, 10 ** Math.ceil(Math.log10(Math.max(...all)))),
			...AXIS,
			axisLabel: { ...AXIS.axisLabel, formatter: (ms: number) => (ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`) },
		},
		yAxis: {
			type: "category",
			data: names,
			inverse: true,
			...AXIS,
			splitLine: { show: false },
			axisLabel: { color: INK, fontSize: 13 },
		},
		series: [
			{
				type: "boxplot",
				data: [...designs].map(([design, each]) => ({
					value: [0, 0.25, 0.5, 0.75, 1].map((p) => quantile([...each], p)),
					itemStyle: { color: `${colourOf(design)}22`, borderColor: colourOf(design), borderWidth: 1.5 },
				})),
				boxWidth: [8, 22],
			},
			{
				type: "scatter",
				symbolSize: 5,
				data: [...designs].flatMap(([design, each], row) =>
					each.map((ms) => ({ value: [ms, row], itemStyle: { color: colourOf(design), opacity: 0.45 } })),
				),
			},
			{
				// Labels with the medians, in a column of their own.
				type: "scatter",
				symbolSize: 0.01,
				data: [...designs].map(([design, each], row) => ({
					value: [10 ** Math.ceil(Math.log10(Math.max(...all))), row],
					label: {
						show: true,
						position: "right",
						distance: 12,
						formatter: `${Math.round(median([...each]))} ms`,
						color: colourOf(design),
						fontSize: 13,
						fontWeight: 600,
					},
				})),
			},
		],
		graphic: {
			type: "text",
			right: 28,
			top: LAG_GRID.top - 18,
			style: { text: "median", fill: QUIET, fontSize: 12, fontFamily: FONT },
		},
	};
}

type Cost = z.infer<typeof COSTS>[number];

function costPlot(costs: readonly Cost[]): echarts.EChartsOption {
	const line = (
		name: string,
		color: string,
		labels: "top" | "bottom",
		of: (cost: Cost) => number,
	): echarts.LineSeriesOption => ({
		type: "line",
		data: costs.map((cost) => [cost.jobSeconds, of(cost)]),
		symbol: "circle",
		symbolSize: 8,
		lineStyle: { color, width: 3 },
		itemStyle: { color },
		label: {
			show: true,
			position: labels,
			offset: [-6, 0],
			color,
			fontSize: 12,
			formatter: ({ dataIndex }) => dollarsAt(costs, dataIndex, of),
		},
		endLabel: { show: true, formatter: name, color, fontSize: 13, fontWeight: 600, distance: 14 },
	});
	return {
		title: title(COST_TITLE, "Dollars, by how long fal takes for a job. fal's own price and R2 aside."),
		grid: { left: 64, right: 170, top: 90, bottom: 52 },
		xAxis: {
			type: "value",
			min: 0,
			max: 120,
			interval: 30,
			...AXIS,
			splitLine: { show: false },
			axisLabel: { ...AXIS.axisLabel, formatter: "{value} s" },
		},
		yAxis: {
			type: "value",
			min: 0,
			...AXIS,
			axisLabel: { ...AXIS.axisLabel, formatter: (value: number) => `$${value}` },
		},
		series: [
			line("an object held\nopen that polls", OTHERS, "top", ({ heldOpen }) => heldOpen),
			line("Darkroom", DARKROOM, "bottom", ({ darkroom }) => darkroom),
		],
	};
}

function dollarsAt(costs: readonly Cost[], index: number, of: (cost: Cost) => number): string {
	const cost = costs[index];
	return cost === undefined ? "" : `$${of(cost).toFixed(0)}`;
}

if (import.meta.main) {
	const LAST = z.object({ series: z.record(z.string(), z.unknown()) });
	drawPlots(LAST.parse(JSON.parse(readFileSync("bench/results/last.json", "utf8"))).series);
}
