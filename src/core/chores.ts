/**
 * Chat clients send requests behind the user's back, to the same model: titles, tags, follow-up questions, summaries. Each
 * would cost a picture, so they are answered with text at once. Patterns are those of the clients' own prompts.
 */
export interface ChatMessage {
	readonly role: string;
	readonly text: string;
}

interface Chore {
	/** Which message gives it away. */
	readonly where: "last" | "system";
	readonly pattern: RegExp;
	readonly answer: (topic: string) => string;
}

const TITLE = (topic: string): string => topic;
const CHORES: readonly Chore[] = [
	// Open WebUI: one prompt for each task, which says what JSON it wants.
	{ where: "last", pattern: /^### Task:[\s\S]*"follow_ups"/, answer: () => JSON.stringify({ follow_ups: [] }) },
	{ where: "last", pattern: /^### Task:[\s\S]*"tags"/, answer: () => JSON.stringify({ tags: ["Image"] }) },
	{ where: "last", pattern: /^### Task:[\s\S]*"queries"/, answer: () => JSON.stringify({ queries: [] }) },
	{ where: "last", pattern: /^### Task:[\s\S]*"title"/, answer: (topic) => JSON.stringify({ title: topic }) },
	{ where: "last", pattern: /^### Task:[\s\S]*"text"/, answer: () => JSON.stringify({ text: "" }) },
	{ where: "last", pattern: /^### Task:/, answer: TITLE },
	// NextChat: a title after some messages, a summary after more.
	{ where: "last", pattern: /^Please generate a four to five word title/, answer: TITLE },
	{ where: "last", pattern: /^使用四到五个字直接返回这句话的简要主题/, answer: TITLE },
	{ where: "last", pattern: /^使用四到五個字直接返回這句話的簡要主題/, answer: TITLE },
	{ where: "last", pattern: /^Summarize the discussion briefly in 200 words or less/, answer: TITLE },
	{ where: "last", pattern: /^简要总结一下对话内容，用作后续的上下文提示/, answer: TITLE },
	{ where: "last", pattern: /^簡要總結一下(?:對話內容|你和使用者的對話)/, answer: TITLE },
	// LobeChat speaks through the system message.
	{ where: "system", pattern: /^You are a professional conversation summarizer/, answer: TITLE },
	{ where: "system", pattern: /^你是一名擅长会话的助理，你需要将用户的会话总结为/, answer: TITLE },
	// LibreChat.
	{ where: "last", pattern: /^Please generate a concise, 5-word-or-less title/i, answer: TITLE },
	{ where: "last", pattern: /^Provide a concise, 5-word-or-less title for the conversation/i, answer: TITLE },
	{ where: "system", pattern: /concise,? (?:5-word-or-less )?title for (?:the|this) conversation/i, answer: TITLE },
];

const MAX_TOPIC_CHARS = 24;

/** The text to answer a hidden request with; null for a message that a person wrote. */
export const answerChore = (messages: readonly ChatMessage[]): string | null => {
	const last = messages.findLast(({ role }) => role === "user")?.text.trimStart() ?? "";
	const system = messages
		.filter(({ role }) => role === "system" || role === "developer")
		.map((message) => message.text.trim());
	const chore = CHORES.find(({ where, pattern }) =>
		(where === "last" ? [last] : system).some((text) => pattern.test(text)),
	);
	return chore?.answer(topicOf(messages)) ?? null;
};

/** The first thing that a person said, as a title. */
const topicOf = (messages: readonly ChatMessage[]): string => {
	const said = messages.find(
		({ role, text }) => role === "user" && !CHORES.some(({ pattern }) => pattern.test(text.trimStart())),
	);
	const topic = [...(said?.text ?? "").replace(/\s+/g, " ").trim()].slice(0, MAX_TOPIC_CHARS).join("");
	return topic === "" ? "Image" : topic;
};
