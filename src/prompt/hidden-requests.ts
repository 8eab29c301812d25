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
/** The part of a message that the topic is taken from. */
const MAX_TOPIC_SOURCE_CHARS = 1_000;
/** The part of a message in which a client's own prompt is looked for. The longest known one has about 2,000. */
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
	return prompt?.answer(topicOf(messages)) ?? null;
}

/** Returns the beginning of the first message that a person wrote. */
function topicOf(messages: readonly ChatMessage[]): string {
	const first = messages.find(({ role, text }) => role === "user" && !isHiddenPrompt(text));
	const source = (first?.text ?? "").trimStart().slice(0, MAX_TOPIC_SOURCE_CHARS);
	const topic = [...source.replace(/\s+/g, " ").trim()].slice(0, MAX_TOPIC_CHARS).join("");
	return topic === "" ? "Image" : topic;
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
