/** Reads the lines that the Worker and its objects write to the log, and says what is wrong with one. */
import { vi } from "vitest";

/** A line as the console got it. */
export type RawLine = readonly unknown[];

/** Collects all lines from now on. `vi.restoreAllMocks` ends it. */
export function collectLines(): RawLine[] {
	const lines: RawLine[] = [];
	for (const level of ["log", "info", "warn", "error", "debug", "trace"] as const)
		vi.spyOn(console, level).mockImplementation((...line) => {
			lines.push(line);
		});
	return lines;
}

/** Returns a line as a text, whatever it is. */
export function textOf(line: RawLine): string {
	return line.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(" ");
}

/** Returns the fields of a line of ours; null for anything else. */
export function fieldsOf(line: RawLine): Readonly<Record<string, unknown>> | null {
	const [text, ...more] = line;
	if (typeof text !== "string" || more.length > 0 || text.includes("\n")) return null;
	try {
		const fields: unknown = JSON.parse(text);
		return typeof fields === "object" && fields !== null ? { ...fields } : null;
	} catch {
		return null;
	}
}

/** The fields of each line, in their order. */
const FIELDS: Readonly<Record<string, string | readonly string[]>> = {
	"job.ended":
		"event outcome code message job account key api source model endpoint falRequests size asked pictures lost bytes cost basis charge submitSeconds queueSeconds runSeconds storeSeconds totalSeconds watched clientLeft",
	"job.late": "event job account key index bytes secondsAfterEnd cost charge",
	"client.left": "event job account key api outcome seconds",
	"request.refused": "event status code param method route account key requestId ms",
	/** Of an account at fal that refuses, and of a picture that is not stored yet. Any other is of settings, and no test of jobs has such. */
	warning: ["event message job account code", "event message job why"],
};

/** Never in a line, whoever wrote it: addresses, and the paths of pictures and webhooks. Those of the table of routes have a `:` for their parts. */
const HIDDEN = /:\/\/|sig=|exp=|\/(?:images|inputs|fal)\/[0-9a-f]{8}|fal_webhook/;

/** Says what is wrong with a line that tells what became of a request or a job. @param secrets Of the tests: keys and prompts */
export function objectionsToLine(line: RawLine, secrets: readonly string[]): string[] {
	const text = textOf(line);
	const found = [HIDDEN.exec(text)?.[0] ?? "", ...secrets].filter((secret) => secret !== "" && text.includes(secret));
	const fields = fieldsOf(line);
	const known = FIELDS[String(fields?.event)];
	return [
		...(found.length > 0 ? [`it holds ${found}`] : []),
		...(known === undefined || fields === null
			? ["it is none of the lines of docs/operating.md"]
			: [known].flat().includes(Object.keys(fields).join(" "))
				? []
				: [`its fields are ${Object.keys(fields).join(" ")}`]),
	].map((objection) => `a line in the log: ${objection}: ${text}`);
}
