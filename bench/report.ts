/** Writes figures as tables, for the terminal and for docs/performance.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, platform, totalmem } from "node:os";
import Table from "cli-table3";
import { type Figure, isMet } from "./figure.ts";

/** Formats a value with three digits. */
function show(value: number, unit: Figure["unit"]): string {
	return `${Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))} ${unit}`;
}

function verdict(figure: Figure): string {
	return figure.goal === null ? "stated" : isMet(figure) ? "met" : "missed";
}

function rowOf(figure: Figure): string[] {
	return [
		figure.name,
		show(figure.value, figure.unit),
		figure.goal === null ? "" : `${figure.goal.is === "at most" ? "≤" : "≥"} ${show(figure.goal.value, figure.unit)}`,
		verdict(figure),
		figure.detail,
	];
}

const HEAD = ["figure", "measured", "goal", "", "of which"];

/** Builds the table for the terminal. */
export function toTable(figures: readonly Figure[]): string {
	const table = new Table({
		head: HEAD,
		style: { head: [], border: [] },
		wordWrap: true,
		colWidths: [44, 15, 13, 8, 70],
	});
	table.push(...figures.map(rowOf));
	return table.toString();
}

/** Builds the table for docs/performance.md. */
export function toMarkdown(figures: readonly Figure[]): string {
	return [HEAD, HEAD.map(() => "---"), ...figures.map(rowOf)].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Describes this machine. */
export function machine(): string {
	return `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()}, Node ${process.version}`;
}

const BEGIN = "<!-- npm run bench writes from here -->";
const END = "<!-- to here -->";

/** Replaces the text between the two marks of a document. */
export function writeInto(path: string, results: string): void {
	const [before, rest] = readFileSync(path, "utf8").split(BEGIN);
	const after = rest?.split(END)[1];
	if (after === undefined) throw new Error(`${path} has no place for results`);
	writeFileSync(path, `${before}${BEGIN}\n\n${results}\n\n${END}${after}`);
}
