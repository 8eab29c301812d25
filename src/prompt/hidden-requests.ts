/**
 * Chat clients send requests behind the user's back, to the same model: titles, tags, follow-up questions, summaries. Each
 * would cost a picture, so they are answered with text at once. Patterns are those of the clients' own prompts.
 */
export interface ChatMessage {
	readonly role: string;
	readonly text: string;
}

interface Chore {
	/** Which message gives it away: the user's last one, one of the system's, or either. */
	readonly where: "last" | "system" | "either";
	readonly pattern: RegExp;
	readonly answer: (topic: string) => string;
}

function TITLE(topic: string): string {
	return topic;
}
const CHORES: readonly Chore[] = [
	// Open WebUI: one prompt for each task, which says what JSON it wants.
	{ where: "last", pattern: /^### Task:[\s\S]*"follow_ups"/, answer: () => JSON.stringify({ follow_ups: [] }) },
	{ where: "last", pattern: /^### Task:[\s\S]*"tags"/, answer: () => JSON.stringify({ tags: ["Image"] }) },
	{ where: "last", pattern: /^### Task:[\s\S]*"queries"/, answer: () => JSON.stringify({ queries: [] }) },
	{ where: "last", pattern: /^### Task:[\s\S]*"title"/, answer: (topic) => JSON.stringify({ title: topic }) },
	{ where: "last", pattern: /^### Task:[\s\S]*"text"/, answer: () => JSON.stringify({ text: "" }) },
	{ where: "last", pattern: /^### Task:/, answer: TITLE },
	// NextChat: a title after some messages; a summary after more, which it asks for as the system.
	{ where: "last", pattern: /^Please generate a four to five word title/, answer: TITLE },
	{ where: "last", pattern: /^使用四到五个字直接返回这句话的简要主题/, answer: TITLE },
	{ where: "last", pattern: /^使用四到五個字直接返回這句話的簡要主題/, answer: TITLE },
	{
		where: "either",
		pattern: /^Summarize (?:the|our) discussion briefly in \d+ (?:words|characters) or less/,
		answer: TITLE,
	},
	{ where: "either", pattern: /^简要总结一下(?:对话内容|你和用户的对话)，用作后续的上下文提示/, answer: TITLE },
	{ where: "either", pattern: /^簡要總結一下(?:對話內容|你和使用者的對話)，用作後續的上下文提示/, answer: TITLE },
	// LobeChat speaks through the system message.
	{ where: "system", pattern: /^You are a professional conversation summarizer/, answer: TITLE },
	{ where: "system", pattern: /^你是一名擅长会话的助理，你需要将用户的会话总结为/, answer: TITLE },
	// LibreChat: its agents' ways, and its assistants'.
	{ where: "last", pattern: /^Analyze this conversation and provide:\s+1\. The detected language/, answer: TITLE },
	{
		where: "last",
		pattern: /^Please generate a concise title \(max \d+ characters\) for a conversation/,
		answer: TITLE,
	},
	{ where: "last", pattern: /^Please generate a concise, 5-word-or-less title/i, answer: TITLE },
	{ where: "last", pattern: /^Provide a concise, 5-word-or-less title for the conversation/i, answer: TITLE },
	{ where: "system", pattern: /concise,? (?:5-word-or-less )?title for (?:the|this) conversation/i, answer: TITLE },
];

const MAX_TOPIC_CHARS = 24;

/** Open WebUI wraps what a person says about files or search results: theirs is the query inside. */
const WRAPPED = /^### Task:\s*Respond to the user query using the provided context/;

/** What the person said, out of the prompt that a client may have wrapped it in. */
export function unwrap(text: string): string {
	if (!WRAPPED.test(text.trimStart())) return text;
	const [, query] = /<user_query>([\s\S]*)<\/user_query>/.exec(text) ?? [];
	return query ?? text.slice(text.lastIndexOf("</context>") + "</context>".length);
}

/** Open WebUI's prompts end with the chat itself, in which anything may stand: their own words come before it. */
const CHAT_ITSELF = "<chat_history>";

/** The text to answer a hidden request with; null for a message that a person wrote. */
export function answerChore(messages: readonly ChatMessage[]): string | null {
	const said = messages.findLast(({ role }) => role === "user")?.text.trimStart() ?? "";
	const last = [said.startsWith("### Task:") ? (said.split(CHAT_ITSELF, 1)[0] ?? "") : said];
	const system = messages
		.filter(({ role }) => role === "system" || role === "developer")
		.map((message) => message.text.trim());
	const texts = { last, system, either: [...last, ...system] };
	const chore = CHORES.find(({ where, pattern }) => texts[where].some((text) => pattern.test(text)));
	return chore?.answer(topicOf(messages)) ?? null;
}

/** The first thing that a person said, as a title. */
function topicOf(messages: readonly ChatMessage[]): string {
	const said = messages.find(
		({ role, text }) => role === "user" && !CHORES.some(({ pattern }) => pattern.test(text.trimStart())),
	);
	const topic = [...(said?.text ?? "").replace(/\s+/g, " ").trim()].slice(0, MAX_TOPIC_CHARS).join("");
	return topic === "" ? "Image" : topic;
}
