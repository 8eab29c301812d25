/**
 * Answers the requests that chat clients send to the same model without the user's knowledge: titles, tags, follow-up questions,
 * summaries. Each would cost a picture, so they are answered with text at once.
 */

import { HIDDEN_PROMPTS } from "./hidden-prompts.ts";

export interface ChatMessage {
	readonly role: string;
	readonly text: string;
}

const MAX_TOPIC_CHARS = 24;

/** Open WebUI's prompts begin so, and end with the chat, which may hold any words. Only the part before the chat counts. */
const TASK_START = "### Task:";
const CHAT_START = "<chat_history>";

/** Returns the text that answers a hidden request; null for a message that a person wrote. */
export function answerHiddenRequest(messages: readonly ChatMessage[]): string | null {
	const lastText = messages.findLast(({ role }) => role === "user")?.text.trimStart() ?? "";
	const user = [lastText.startsWith(TASK_START) ? (lastText.split(CHAT_START, 1)[0] ?? "") : lastText];
	const system = messages
		.filter(({ role }) => role === "system" || role === "developer")
		.map(({ text }) => text.trim());
	const texts = { user, system, either: [...user, ...system] };
	const prompt = HIDDEN_PROMPTS.find(({ sentAs, pattern }) => texts[sentAs].some((text) => pattern.test(text)));
	return prompt?.answer(topicOf(messages)) ?? null;
}

/** Returns the beginning of the first message that a person wrote. */
function topicOf(messages: readonly ChatMessage[]): string {
	const first = messages.find(({ role, text }) => role === "user" && !isHiddenPrompt(text));
	const topic = [...(first?.text ?? "").replace(/\s+/g, " ").trim()].slice(0, MAX_TOPIC_CHARS).join("");
	return topic === "" ? "Image" : topic;
}

function isHiddenPrompt(text: string): boolean {
	return HIDDEN_PROMPTS.some(({ pattern }) => pattern.test(text.trimStart()));
}
