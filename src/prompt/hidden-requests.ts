/**
 * Answers the requests that chat clients send to the same model without the user's knowledge: titles, tags, follow-up questions,
 * summaries. Each would cost a picture, so they are answered with text at once.
 */

import { languageOf } from "../language.ts";
import type { Chat } from "./clients/hidden-prompt.ts";
import { HIDDEN_PROMPTS } from "./hidden-prompts.ts";
import { MAX_SAID_CHARS, quotedIn } from "./said.ts";
import { titleOf } from "./title.ts";

export interface ChatMessage {
	readonly role: string;
	readonly text: string;
}

/** The part of a message in which a client's own prompt is looked for. The longest known one has about 9,000. */
const MAX_HEAD_CHARS = 32_000;

/** Open WebUI's prompts begin so, and end with the chat, which may hold any words. Only the part before the chat counts. */
const TASK_START = "### Task:";
const CHAT_START = "<chat_history>";

/** Returns the text that answers a hidden request; null for a message that a person wrote. */
export function answerHiddenRequest(messages: readonly ChatMessage[]): string | null {
	const last = headOf(messages.findLast(({ role }) => role === "user")?.text ?? "");
	const user = [last.startsWith(TASK_START) ? beforeChat(last) : last];
	const system = messages
		.filter(({ role }) => role === "system" || role === "developer")
		.map(({ text }) => headOf(text));
	const texts = { user, system, either: [...user, ...system] };
	const prompt = HIDDEN_PROMPTS.find(({ sentAs, pattern }) => texts[sentAs].some((text) => pattern.test(text)));
	return prompt === undefined ? null : prompt.answer(chatOf(messages, [last, ...system]));
}

/** Reads the chat that a hidden request is about. @param prompts The messages that may quote it */
function chatOf(messages: readonly ChatMessage[], prompts: readonly string[]): Chat {
	const quoted = prompts.map(quotedIn).find((words) => words !== "");
	const own = messages.find(({ role, text }) => role === "user" && !isHiddenPrompt(text))?.text.trim() ?? "";
	const said = quoted ?? own.slice(0, MAX_SAID_CHARS).toWellFormed();
	// A chat without words, such as a picture alone, is told of in the language of the request.
	const language = [said, ...prompts].map(languageOf).find((known) => known !== null) ?? "en";
	return { title: titleOf(said, language), said, language };
}

function isHiddenPrompt(text: string): boolean {
	const head = headOf(text);
	return HIDDEN_PROMPTS.some(({ pattern }) => pattern.test(head));
}

function headOf(text: string): string {
	return text.trimStart().slice(0, MAX_HEAD_CHARS);
}

function beforeChat(text: string): string {
	const end = text.indexOf(CHAT_START);
	return end < 0 ? text : text.slice(0, end);
}
