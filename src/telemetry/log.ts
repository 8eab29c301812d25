/** Writes the Worker's log: one line an event, as JSON. By construction no line holds a prompt, a key, a link or a MAC. */

import { clip } from "../text.ts";

const MAX_MESSAGE_CHARS = 500;
const MAX_FRAMES = 10;

/**
 * @param message A sentence of ours, without a part of a request or of a secret
 * @param fields Ids of ours, and names of ours
 */
export function logWarning(message: string, fields: Readonly<Record<string, string>> = {}): void {
	console.warn({ message, ...fields });
}

/**
 * Logs what no code expected.
 * @param message Says in our words what failed
 * @param fields Ids of ours: never a text of somebody else's
 */
export function logError(message: string, error: unknown, fields: Readonly<Record<string, string>>): void {
	console.error({ message, ...fields, ...describeError(error) });
}

/**
 * Describes an error without what its message may quote: the runtime's own messages hold addresses, JSON's hold a piece of the text.
 * Plain words and short numbers stay, in which the runtime says what happened; `…` stands for anything else.
 */
export function describeError(error: unknown): { readonly error: string; readonly frames: readonly string[] } {
	if (!(error instanceof Error)) return { error: "not an Error", frames: [] };
	return { error: `${toPlainWords(error.name)}: ${toPlainWords(error.message)}`, frames: framesOf(error) };
}

const QUOTED = /"[^"]*"?|`[^`]*`?|(?<![A-Za-z])'[^']*'?/g;
const PLAIN_WORD = /^(?:\(?[A-Za-z]{1,20}(?:'[a-z]{1,2})?|\d{1,6})[.,;:!?)]{0,2}$/;

function toPlainWords(text: string): string {
	const words = clip(text, MAX_MESSAGE_CHARS).replace(QUOTED, "…").split(/\s+/);
	return words.map((word) => (PLAIN_WORD.test(word) ? word : "…")).join(" ");
}

/** A frame names a function and a place in the bundle. The message, which comes before the frames, may have lines that look like one. */
function framesOf({ name, message, stack = "" }: Error): readonly string[] {
	const head = `${name}: ${message}`;
	const frames = stack.startsWith(head) ? stack.slice(head.length).split("\n") : [];
	return frames.flatMap((line) => FRAME.exec(line)?.slice(1) ?? []).slice(0, MAX_FRAMES);
}

const FRAME = /^ {4}at ((?:async )?[\w.$#<> [\]]{0,80} ?\(?[\w./:@~-]{1,120}:\d+:\d+\)?)$/;
