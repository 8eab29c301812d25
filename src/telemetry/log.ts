/** Writes the Worker's log: one line an event, as the text of a JSON object. By construction no line holds a prompt, a key, a link or a MAC. */

import type { Env } from "../env.ts";
import { clip } from "../text.ts";
import type { JobLine } from "./job-lines.ts";
import { toPoint } from "./points.ts";
import type { RefusedLine } from "./refused-line.ts";

const MAX_MESSAGE_CHARS = 500;
const MAX_FRAMES = 10;

/** Writes a line that says what became of a request or of a job. */
export function logLine(line: JobLine | RefusedLine): void {
	console.log(JSON.stringify(line));
}

/** Writes a point for the end of a job. @param points Absent: the operator wants none */
export function writePoint(line: JobLine, points: AnalyticsEngineDataset | undefined): void {
	if (line.event !== "job.ended") return;
	try {
		points?.writeDataPoint(toPoint(line));
	} catch (error) {
		// The line has all that the point would say.
		logError("point not written", error, { job: line.job });
	}
}

/**
 * @param message A sentence of ours, without a part of a request or of a secret
 * @param fields Ids of ours, and names of ours
 */
export function logWarning(message: string, fields: Readonly<Record<string, string>> = {}): void {
	console.warn(JSON.stringify({ event: "warning", message, ...fields }));
}

/**
 * Logs what no code expected.
 * @param message Says in our words what failed
 * @param fields Ids of ours: never a text of somebody else's
 */
export function logError(message: string, error: unknown, fields: Readonly<Record<string, string>>): void {
	console.error(JSON.stringify({ event: "error", message, ...fields, ...describeError(error) }));
}

/**
 * Describes an error without what its message may quote: the runtime's own messages hold addresses, JSON's hold a piece of the text.
 * Plain words and short numbers stay, in which the runtime says what happened, and the names of settings; `…` stands for anything else.
 */
export function describeError(error: unknown): { readonly error: string; readonly frames: readonly string[] } {
	if (!(error instanceof Error)) return { error: "not an Error", frames: [] };
	return { error: `${toPlainWords(error.name)}: ${toPlainWords(error.message)}`, frames: framesOf(error) };
}

const QUOTED = /"[^"]*"?|`[^`]*`?|(?<![A-Za-z])'[^']*'?/g;
const PLAIN_WORD = /^(?:\(?[A-Za-z]{1,20}(?:'[a-z]{1,2})?|\d{1,6})[.,;:!?)]{0,2}$/;

/** The others are plain words. */
const SETTINGS_WITH_SIGNS: readonly string[] = [
	"FAL_API_KEY",
	"FAL_ADMIN_KEY",
	"WORKER_ACCESS_KEY",
	"SIGNING_KEY",
	"FAL_QUEUE_URL",
	"FAL_API_URL",
	"FAL_JWKS_URL",
	"FAL_SCHEMA_URL",
	"FAL_STORAGE_URL",
	"PUBLIC_URL",
	"DEFAULT_MODEL",
	"JOB_DEADLINE_SECONDS",
	"RETENTION_DAYS",
	"DEFAULT_PRICE",
	"MAX_OPEN_JOBS",
	"LOW_BALANCE",
] satisfies readonly (keyof Env)[];

/** `WORD` with the comma or the like that may follow it. */
const NAME = /^([A-Z_]{1,32})[.,;:]?$/;

function isSetting(word: string): boolean {
	return SETTINGS_WITH_SIGNS.includes(NAME.exec(word)?.[1] ?? "");
}

function toPlainWords(text: string): string {
	const words = clip(text, MAX_MESSAGE_CHARS).replace(QUOTED, "…").split(/\s+/);
	return words.map((word) => (PLAIN_WORD.test(word) || isSetting(word) ? word : "…")).join(" ");
}

/** A frame names a function and a place in the bundle. The message, which comes before the frames, may have lines that look like one. */
function framesOf({ name, message, stack = "" }: Error): readonly string[] {
	const head = `${name}: ${message}`;
	const frames = stack.startsWith(head) ? stack.slice(head.length).split("\n") : [];
	return frames.flatMap((line) => FRAME.exec(line)?.slice(1) ?? []).slice(0, MAX_FRAMES);
}

const FRAME = /^ {4}at ((?:async )?[\w.$#<> [\]]{0,80} ?\(?[\w./:@~-]{1,120}:\d+:\d+\)?)$/;
