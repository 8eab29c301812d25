/** `npm run bench [-- quick] [case …]`: runs the cases side by side with their peers, and prints their table. */
import { mkdirSync, writeFileSync } from "node:fs";
import { CASES, WAITING_CASES } from "./cases.ts";
import type { Figure, Measured, Size } from "./figure.ts";
import { drawPlots } from "./plots.ts";
import { machine, toMarkdown, toTable, writeInto } from "./report.ts";

const RESULTS = "bench/results";

const [first, ...rest] = process.argv.slice(2);
const size: Size = first === "quick" || first === "guard" ? first : "full";
const names = size === "full" && first !== undefined ? [first, ...rest] : rest;
const unknown = names.filter((name) => !(name in CASES));
if (unknown.length > 0) {
	console.error(`There is no case '${unknown[0]}'. Cases: ${Object.keys(CASES).join(", ")}`);
	process.exit(1);
}

console.log(`${machine()}, ${size}\n`);
const figures: Figure[] = [];
const series: Record<string, unknown> = {};
const cases = Object.entries(CASES).filter(([name]) => names.length === 0 || names.includes(name));
const waiting = new Map<string, Promise<Measured>>();
function beginWaiting(those: typeof cases) {
	for (const [name, measure] of those.filter((one) => WAITING_CASES.has(one[0]))) {
		const measured = measure(size, series);
		// A failure is reported when the case is awaited.
		measured.catch(() => {});
		waiting.set(name, measured);
	}
}
for (const [index, [name, measure]] of cases.entries()) {
	const begun = Date.now();
	process.stdout.write(`${name} … `);
	const measured = await (waiting.get(name) ?? measure(size, series));
	// They begin after the first case, which measures milliseconds on an idle machine.
	if (index === 0) beginWaiting(cases.slice(1));
	console.log(`${((Date.now() - begun) / 1000).toFixed(0)} s`);
	figures.push(...measured.figures);
	if (measured.series !== undefined) series[name] = measured.series;
}

console.log(`\n${toTable(figures)}`);
mkdirSync(RESULTS, { recursive: true });
const run = { machine: machine(), size, at: new Date().toISOString(), figures, series };
writeFileSync(`${RESULTS}/last.json`, JSON.stringify(run, null, "\t"));
writeFileSync(`${RESULTS}/last.md`, `${toMarkdown(figures)}\n`);
// The documents show only full runs of all cases.
if (size === "full" && names.length === 0) {
	drawPlots(series);
	writeInto("docs/performance.md", `${machine()}, ${run.at.slice(0, 10)}\n\n${toMarkdown(figures)}`);
}
process.exit(0);
