import { mkdirSync, writeFileSync } from "node:fs";
import { CASES, WAITING } from "./cases.ts";
import type { Figure, Measured, Size } from "./figure.ts";
import { drawPlots } from "./plots.ts";
import { machine, toMarkdown, toTable, writeInto } from "./report.ts";

/** `npm run bench [-- quick] [case …]`: one run over everything, side by side, and its table. */

const RESULTS = "bench/results";

const [first, ...rest] = process.argv.slice(2);
const size: Size = first === "quick" || first === "guard" ? first : "full";
const wanted = size === "full" && first !== undefined ? [first, ...rest] : rest;
const unknown = wanted.filter((name) => !(name in CASES));
if (unknown.length > 0) {
	console.error(`There is no case '${unknown[0]}'. Cases: ${Object.keys(CASES).join(", ")}`);
	process.exit(1);
}

console.log(`${machine()}, ${size}\n`);
const figures: Figure[] = [];
const series: Record<string, unknown> = {};
const asked = Object.entries(CASES).filter(([name]) => wanted.length === 0 || wanted.includes(name));
const waiting = new Map<string, Promise<Measured>>();
function beginWaiting(cases: typeof asked) {
	for (const [name, measure] of cases.filter((one) => WAITING.has(one[0]))) {
		const measured = measure(size, series);
		// What fails early is told of when it is awaited.
		measured.catch(() => {});
		waiting.set(name, measured);
	}
}
for (const [index, [name, measure]] of asked.entries()) {
	const begun = Date.now();
	process.stdout.write(`${name} … `);
	const measured = await (waiting.get(name) ?? measure(size, series));
	// Not before the first one is done: it measures milliseconds on an idle machine.
	if (index === 0) beginWaiting(asked.slice(1));
	console.log(`${((Date.now() - begun) / 1000).toFixed(0)} s`);
	figures.push(...measured.figures);
	if (measured.series !== undefined) series[name] = measured.series;
}

console.log(`\n${toTable(figures)}`);
mkdirSync(RESULTS, { recursive: true });
const run = { machine: machine(), size, at: new Date().toISOString(), figures, series };
writeFileSync(`${RESULTS}/last.json`, JSON.stringify(run, null, "\t"));
writeFileSync(`${RESULTS}/last.md`, `${toMarkdown(figures)}\n`);
// Only what was all measured in one run, side by side, is shown to others.
if (size === "full" && wanted.length === 0) {
	drawPlots(series);
	writeInto("docs/performance.md", `${machine()}, ${run.at.slice(0, 10)}\n\n${toMarkdown(figures)}`);
}
process.exit(0);
