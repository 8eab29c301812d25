/** Writes the report: a table to paste into an issue, or JSON. Nothing is printed that did not pass the scrubs. */
import type { Comparison, Difference, Verdict } from "./compare.ts";
import type { Facts, Finding, Question, Sample } from "./question.ts";
import { mapTexts, redactBody, type Scrubs } from "./redact.ts";
import type { Scrub } from "./shape.ts";

/** A question with what came of it. */
export interface Answered {
	readonly question: Pick<Question, "id" | "asks" | "relies" | "reduce">;
	readonly comparison: Comparison;
	readonly fal: Finding;
}

export interface ReportHead {
	/** Of Darkroom. */
	readonly version: string;
	/** In the form of ISO 8601. */
	readonly at: string;
	/** Says who was asked. */
	readonly asked: string;
}

/** More answers to one question say nothing new. */
const MAX_ANSWERS = 12;

/** An answer as it may be shown. */
interface ShownAnswer {
	readonly case: string;
	readonly status: number;
	readonly facts?: Facts;
	readonly body?: unknown;
}

/** Writes the report as JSON text. */
export function toJson(head: ReportHead, answered: readonly Answered[], scrubs: Scrubs): string {
	const questions = answered.map(({ question: { id, asks, relies, reduce }, comparison, fal }) => ({
		id,
		asks,
		relies,
		...comparison,
		answers: answersOf(fal, reduce.body === "nothing", scrubs),
	}));
	return JSON.stringify(mapTexts({ ...head, summary: summaryOf(answered), questions }, scrubs.keys), null, "\t");
}

/** Writes the report as Markdown. Answers are shown where they do not agree. */
export function toMarkdown(head: ReportHead, answered: readonly Answered[], scrubs: Scrubs): string {
	const rows = answered.map(({ question, comparison }) => [
		code(question.id),
		comparison.verdict === "differ" ? `**${VERDICTS[verdictOf(comparison)]}**` : comparison.verdict,
		noteOf(comparison),
	]);
	const details = answered
		.filter(({ comparison: { verdict } }) => verdict === "differ")
		.map((one) => detailOf(one, scrubs));
	const lines = [
		`Darkroom ${head.version} asked ${head.asked} on ${head.at.slice(0, 10)}, and the simulator. ${summaryOf(answered)}`,
		table(["question", "verdict", "note"], rows),
		...details,
	];
	return scrubs.keys(`${lines.join("\n\n")}\n`);
}

const VERDICTS = { harmless: "differ, harmless", harmful: "differ" } as const;

function verdictOf({ differences }: Comparison): keyof typeof VERDICTS {
	return differences.some(({ matters }) => matters) ? "harmful" : "harmless";
}

function noteOf({ verdict, differences, unseen, reason }: Comparison): string {
	if (reason !== undefined) return reason;
	const seen = unseen.length > 0 ? `not seen: ${unseen.join(", ")}` : "";
	if (verdict !== "differ") return seen;
	const [first] = differences;
	const more = differences.length > 1 ? `, and ${differences.length - 1} more` : "";
	return first ? `${first.case}: ${first.fact}${more}` : seen;
}

function detailOf({ question, comparison, fal }: Answered, scrubs: Scrubs): string {
	const answers = answersOf(fal, question.reduce.body === "nothing", scrubs);
	return [
		`### ${code(question.id)}: ${question.asks}`,
		question.relies,
		...(comparison.differences.length > 0 ? [differencesTable(comparison.differences)] : []),
		`fal answered:\n\n\`\`\`json\n${answers.map((answer) => JSON.stringify(answer)).join("\n")}\n\`\`\``,
	].join("\n\n");
}

function differencesTable(differences: readonly Difference[]): string {
	const rows = differences.map(({ case: name, fact, simulator, fal, matters }) => [
		name,
		code(fact),
		code(simulator),
		code(fal),
		matters ? "**yes**" : "no",
	]);
	return table(["case", "fact", "simulator", "fal", "Darkroom relies on it"], rows);
}

/** Lists the answers without repetitions. A body that is not compared is not shown either. */
function answersOf(fal: Finding, hidesBody: boolean, scrubs: Scrubs): readonly ShownAnswer[] {
	const samples = fal.kind === "asked" ? fal.samples : [];
	const shown = samples.flatMap((sample) => shownAnswer(sample, hidesBody, scrubs.foreign));
	return [...new Map(shown.map((answer) => [JSON.stringify(answer), answer])).values()].slice(0, MAX_ANSWERS);
}

function shownAnswer(sample: Sample, hidesBody: boolean, scrubText: Scrub): readonly ShownAnswer[] {
	const { answer, facts, shown } = sample;
	if (!answer.ok) return [];
	const told = Object.entries({ ...facts, ...shown }).map(([name, value]) => [scrubText(name), scrubText(value)]);
	return [
		{
			case: scrubText(sample.case),
			status: answer.value.status,
			...(told.length > 0 ? { facts: Object.fromEntries(told) } : {}),
			...(hidesBody ? {} : { body: redactBody(answer.value.body, scrubText) }),
		},
	];
}

const COUNTED: readonly (readonly [Verdict, string])[] = [
	["agree", "agree"],
	["differ", "differ"],
	["not seen", "not seen"],
	["not asked", "not asked"],
	["no answer", "without an answer"],
];

/** Counts the verdicts in one sentence. */
export function summaryOf(answered: readonly Pick<Answered, "comparison">[]): string {
	const counts = COUNTED.flatMap(([verdict, words]) => {
		const count = answered.filter(({ comparison }) => comparison.verdict === verdict).length;
		return count > 0 ? [`${count} ${words}`] : [];
	});
	const harmful = answered.filter(
		({ comparison }) => comparison.verdict === "differ" && verdictOf(comparison) === "harmful",
	).length;
	const harm = harmful > 0 ? ` Darkroom relies on what differs in ${harmful} of them.` : "";
	return `${answered.length} questions: ${counts.join(", ")}.${harm}`;
}

/** Exit codes, for scripts. */
export const EXIT = { agree: 0, differ: 1, notAsked: 2 } as const;

export function exitCodeOf(comparisons: readonly Pick<Comparison, "verdict">[]): number {
	if (comparisons.some(({ verdict }) => verdict === "differ")) return EXIT.differ;
	return comparisons.some(({ verdict }) => verdict === "no answer") ? EXIT.notAsked : EXIT.agree;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, "\\|")).join(" | ")} |`;
	return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

/** Quotes a text that others wrote, so that it is no Markdown. */
function code(text: string): string {
	return `\`${text.replaceAll("`", "'")}\``;
}
