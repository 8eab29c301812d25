/** Reads what a conversation asks for: the last words of the user, and the size in them. */

import type { Fault } from "../../faults.ts";
import type { InvalidValue } from "../../models/fal-input.ts";
import type { Size } from "../../models/size.ts";
import { holdsPlaceholder } from "../../placeholder.ts";
import type { ChatMessage } from "../../prompt/hidden-requests.ts";
import { extractSize } from "../../prompt/size-in-prose.ts";
import { unwrapQuery } from "../../prompt/wrappers.ts";

export const MAX_PROMPT_CHARS = 32_000;

export interface PromptInProse {
	/** Without its size. */
	readonly prompt: string;
	readonly size: Size | undefined;
	readonly resolution?: string;
	readonly tooLong: boolean;
}

/** Returns the last message of the user, trimmed; empty if there is none. */
export function promptOf(messages: readonly ChatMessage[]): string {
	return messages.findLast(({ role }) => role === "user")?.text.trim() ?? "";
}

/**
 * Takes the size out of a prompt. Of one that is too long only the beginning is read.
 * @param isSearched False leaves the prompt as it is
 */
export function readPrompt(text: string, isSearched = true): PromptInProse {
	const beginning = text.slice(0, MAX_PROMPT_CHARS);
	const { size, ...found } = isSearched ? extractSize(beginning) : { prompt: beginning, size: null };
	return { ...found, size: size ?? undefined, tooLong: text.length > MAX_PROMPT_CHARS };
}

/** Takes the last message of the user out of what its client wraps around it. The others are not drawn. */
export function unwrapLast(messages: readonly ChatMessage[]): ChatMessage[] {
	const last = messages.findLastIndex(({ role }) => role === "user");
	return messages.map((message, index) => (index === last ? { ...message, text: unwrapQuery(message.text) } : message));
}

/** Says why a prompt cannot be drawn; null if it can. @param param The field that it comes from */
export function faultOf({ prompt, tooLong }: Omit<PromptInProse, "size">, param: string): InvalidValue | null {
	if (tooLong) return { kind: "invalid_value", param, fault: tooLongFor(param) };
	return holdsPlaceholder(prompt) ? { kind: "invalid_value", param, fault: { is: "message_data" } } : null;
}

/** Of a conversation, only the last message of the user is too long. */
function tooLongFor(param: string): Fault {
	const max = MAX_PROMPT_CHARS;
	return param === "prompt" ? { is: "too_long", max, of: "characters" } : { is: "message_too_long", max };
}
