/**
 * Answers the requests that chat clients send to the same model without the user's knowledge: titles, tags, follow-up questions,
 * summaries. Each would cost a picture, so they are answered with text at once.
 */

import { languageOf } from "../language.ts";
import { ANY_CLIENT } from "./clients/any-client.ts";
import type { Chat, HiddenPrompt } from "./clients/hidden-prompt.ts";
import { HIDDEN_PROMPTS } from "./hidden-prompts.ts";
import { speaksOfPictures } from "./picture-words.ts";
import { MAX_SAID_CHARS, quotedIn, wordsBehind } from "./said.ts";
import { titleOf } from "./title.ts";
import { toSimplified } from "./traditional.ts";

export interface ChatMessage {
	readonly role: string;
	readonly text: string;
}

/** The part of a message in which a client's own prompt is looked for. The longest known one has about 9,000. */
const MAX_HEAD_CHARS = 32_000;
/** The part in which the words of any client are looked for. */
const MAX_REQUEST_CHARS = 2_000;

/** Open WebUI's prompts begin so, and end with the chat, which may hold any words. Only the part before the chat counts. */
const TASK_START = "### Task:";
const CHAT_START = "<chat_history>";

/** Returns the text that answers a hidden request; null for a message that a person wrote. */
export function answerHiddenRequest(messages: readonly ChatMessage[]): string | null {
	const { last, system } = promptsOf(messages);
	const [user, systems] = [[toRead(last)], system.map(toRead)];
	const texts = { user, system: systems, either: [...user, ...systems] };
	const prompt = HIDDEN_PROMPTS.find((known) => texts[known.sentAs].some((text) => isOfKind(known, text)));
	return prompt === undefined ? null : prompt.answer(chatOf(messages));
}

/** Returns the messages that may be a client's prompt. */
function promptsOf(messages: readonly ChatMessage[]) {
	const last = headOf(messages.findLast(({ role }) => role === "user")?.text ?? "");
	const system = messages
		.filter(({ role }) => role === "system" || role === "developer")
		.map(({ text }) => headOf(text));
	return { last, system };
}

/** Reads the chat that a request without a picture is about: its messages, or what one of them quotes. */
export function chatOf(messages: readonly ChatMessage[]): Chat {
	const { last, system } = promptsOf(messages);
	const prompts = [last, ...system];
	const quoted = prompts.map(quotedIn).find((words) => words !== "");
	const behind = isHiddenPrompt(last, ANY_CLIENT) ? wordsBehind(last) : "";
	const own = messages.find(({ role, text }) => role === "user" && !isHiddenPrompt(text))?.text.trim() ?? "";
	const said = quoted ?? (behind || own).slice(0, MAX_SAID_CHARS).toWellFormed();
	// A chat without words, such as a picture alone, is told of in the language of the request.
	const language = [said, ...prompts].map(languageOf).find((known) => known !== null) ?? "en";
	return { title: titleOf(said, language), said, language };
}

function isHiddenPrompt(text: string, prompts = HIDDEN_PROMPTS): boolean {
	const read = toRead(headOf(text));
	return prompts.some((known) => isOfKind(known, read));
}

/** A message as prompts are looked for in it. */
interface ReadText {
	readonly head: string;
	/** Its beginning, in simplified characters. */
	readonly request: string;
}

function toRead(text: string): ReadText {
	const head = text.startsWith(TASK_START) ? beforeChat(text) : text;
	return { head, request: toSimplified(head.slice(0, MAX_REQUEST_CHARS)) };
}

function isOfKind({ pattern, ofAnyClient, ofPictures }: HiddenPrompt, { head, request }: ReadText): boolean {
	if (!ofAnyClient) return pattern.test(head);
	const found = pattern.exec(request)?.[0];
	if (found === undefined) return false;
	// The words that a request is about follow behind a colon, or on a line of their own.
	const [rest] = request.slice(found.length).split(/[:：\n]/, 1);
	return ofPictures === true || !speaksOfPictures(`${found}${rest}`);
}

function headOf(text: string): string {
	return text.trimStart().slice(0, MAX_HEAD_CHARS);
}

/** Returns nothing of a text without a chat. */
function beforeChat(text: string): string {
	return text.slice(0, Math.max(0, text.indexOf(CHAT_START)));
}
