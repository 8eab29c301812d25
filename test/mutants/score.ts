/** Judges Stryker's report: how many mutants were noticed, and which survivors nobody has looked at. Pure. */
import { isAboutMoney, LEAST_MONEY_SCORE, LEAST_SCORE, roomOf } from "./rooms.ts";

/** The part of Stryker's report that is read (mutation-testing-report-schema). */
export interface Report {
	readonly files: Readonly<Record<string, FileReport>>;
}

export interface FileReport {
	readonly source: string;
	readonly mutants: readonly Mutant[];
}

export interface Mutant {
	readonly replacement?: string;
	readonly status: string;
	readonly location: { readonly start: Place; readonly end: Place };
}

/** From 1. */
interface Place {
	readonly line: number;
	readonly column: number;
}

/** A mutant that no test notices, and that was looked at. Named by its text, so that other edits of the file leave it alone. */
export interface ListedSurvivor {
	readonly file: string;
	/** `the code → what it becomes`, with all blanks as one space, each side clipped to `MAX_TEXT_CHARS`. */
	readonly mutant: string;
	/** So many places of the file have this code, and nobody notices the change there. The same change elsewhere is noticed. */
	readonly count: number;
	/** Says why no test has to notice it. */
	readonly reason: string;
}

export interface Survivor {
	readonly file: string;
	readonly line: number;
	readonly mutant: string;
}

export interface Score {
	readonly name: string;
	readonly noticed: number;
	readonly total: number;
	/** Percent; 100 for no mutants. */
	readonly score: number;
}

export interface Judgement {
	/** Of each room, of what is about money, and of all. */
	readonly scores: readonly Score[];
	/** Survivors that are not in the list: all that are called alike, if they are more than it has. */
	readonly unlisted: readonly Survivor[];
	/** Rows of the list that have more mutants than survive: some are noticed by now, or are gone. */
	readonly stale: readonly ListedSurvivor[];
	readonly isGood: boolean;
}

const MAX_TEXT_CHARS = 120;
const NOTICED = ["Killed", "Timeout"];
const UNNOTICED = ["Survived", "NoCoverage"];

/** @param files The files that were run: a report may also hold others, of earlier runs */
export function judge(report: Report, files: readonly string[], list: readonly ListedSurvivor[]): Judgement {
	const all = files.flatMap((file) => {
		const { source = "", mutants = [] } = report.files[file] ?? {};
		// Others, such as those that do not compile, prove nothing.
		const counted = mutants.filter(({ status }) => NOTICED.includes(status) || UNNOTICED.includes(status));
		return counted.map((mutant) => ({ mutant, survivor: toSurvivor(file, source, mutant) }));
	});
	const scoreOf = (name: string, belongs: (file: string) => boolean): Score => {
		const some = all.filter(({ survivor }) => belongs(survivor.file));
		const noticed = some.filter(({ mutant }) => NOTICED.includes(mutant.status)).length;
		return { name, noticed, total: some.length, score: some.length === 0 ? 100 : (100 * noticed) / some.length };
	};
	const money = scoreOf("about money and joining", isAboutMoney);
	const whole = scoreOf("all", () => true);
	const rooms = [...new Set(files.map(roomOf))].map((room) => scoreOf(room, (file) => roomOf(file) === room));

	const survivors = all.flatMap(({ mutant, survivor }) => (UNNOTICED.includes(mutant.status) ? [survivor] : []));
	const byName = Map.groupBy(survivors, nameOf);
	const listed = new Map(list.map((row) => [nameOf(row), row.count]));
	const unlisted = [...byName].flatMap(([name, alike]) => (alike.length > (listed.get(name) ?? 0) ? alike : []));
	const stale = list.filter((row) => files.includes(row.file) && (byName.get(nameOf(row))?.length ?? 0) < row.count);
	return {
		scores: [...rooms, money, whole],
		unlisted,
		stale,
		isGood:
			money.score >= LEAST_MONEY_SCORE && whole.score >= LEAST_SCORE && unlisted.length === 0 && stale.length === 0,
	};
}

function nameOf({ file, mutant }: ListedSurvivor | Survivor): string {
	return `${file}: ${mutant}`;
}

function toSurvivor(file: string, source: string, { replacement = "", location }: Mutant): Survivor {
	const mutant = `${toOneLine(textBetween(source, location))} → ${toOneLine(replacement)}`;
	return { file, line: location.start.line, mutant };
}

function textBetween(source: string, { start, end }: Mutant["location"]): string {
	const lines = source.split("\n").slice(start.line - 1, end.line);
	const [first = "", ...more] = lines;
	if (more.length === 0) return first.slice(start.column - 1, end.column - 1);
	return [first.slice(start.column - 1), ...more.slice(0, -1), (more.at(-1) ?? "").slice(0, end.column - 1)].join("\n");
}

function toOneLine(text: string): string {
	return text.replace(/\s+/g, " ").trim().slice(0, MAX_TEXT_CHARS);
}
