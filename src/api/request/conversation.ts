/** Reads what a conversation asks for: the last words of the user, and the size in them. */

import type { Size } from "../../models/size.ts";
import { holdsPlaceholder } from "../../placeholder.ts";
import type { ChatMessage } from "../../prompt/hidden-requests.ts";
import { extractSize } from "../../prompt/size-in-prose.ts";
import { unwrapQuery } from "../../prompt/wrappers.ts";
import type { Asked } from "./asked.ts";

export const MAX_PROMPT_CHARS = 32_000;

export const TOO_LONG = `The last user message is longer than the ${MAX_PROMPT_CHARS} characters of a prompt.`;

export const HOLDS_DATA =
	"The last user message holds long data, such as a picture's data: address, in its text. A prompt is words only.";

export interface PromptInProse {
	/** Without its size. */
	readonly prompt: string;
	readonly size: Size | undefined;
	readonly tooLong: boolean;
}

/** Returns the last message of the user, trimmed; empty if there is none. */
export function promptOf(messages: readonly ChatMessage[]): string {
	return messages.findLast(({ role }) => role === "user")?.text.trim() ?? "";
}

/** Takes the size out of a prompt. Of one that is too long only the beginning is read. */
export function readPrompt(text: string): PromptInProse {
	const { prompt, size } = extractSize(text.slice(0, MAX_PROMPT_CHARS));
	return { prompt, size: size ?? undefined, tooLong: text.length > MAX_PROMPT_CHARS };
}

/** Takes the last message of the user out of what its client wraps around it. The others are not drawn. */
export function unwrapLast(messages: readonly ChatMessage[]): ChatMessage[] {
	const last = messages.findLastIndex(({ role }) => role === "user");
	return messages.map((message, index) => (index === last ? { ...message, text: unwrapQuery(message.text) } : message));
}

/** Says why a prompt cannot be drawn; null if it can. @param param The field that it comes from */
export function faultOf({ prompt, tooLong }: PromptInProse, param: string): Asked["tooLong"] {
	if (tooLong) return { param, message: TOO_LONG };
	return holdsPlaceholder(prompt) ? { param, message: HOLDS_DATA } : null;
}
