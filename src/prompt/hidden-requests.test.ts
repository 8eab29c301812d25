import { describe, expect, it } from "vitest";
import { HIDDEN_PROMPTS } from "./hidden-prompts.ts";
import { answerHiddenRequest, type ChatMessage } from "./hidden-requests.ts";

/** The prompts are the clients' own, word for word as far as they matter. */

function user(text: string): ChatMessage {
	return { role: "user", text };
}
function system(text: string): ChatMessage {
	return { role: "system", text };
}
function assistant(text: string): ChatMessage {
	return { role: "assistant", text };
}
const PICTURE = assistant("![Generated Image](https://gateway.test/images/1/0.png)");

function history(said = "a red fox") {
	return `### Chat History:
<chat_history>
USER: ${said}
ASSISTANT: ![Generated Image](https://gateway.test/images/1/0.png)
</chat_history>`;
}

function TITLE(said?: string) {
	return `### Task:
Generate a concise, 3-5 word title with an emoji summarizing the chat history.
### Guidelines:
- The title should clearly represent the main theme or subject of the conversation.
- Write the title in the chat's primary language; default to English if multilingual.
### Output:
JSON format: { "title": "your concise title here" }
### Examples:
- { "title": "📉 Stock Market Trends" },
- { "title": "🍪 Perfect Chocolate Chip Recipe" }
${history(said)}`;
}

function TAGS(said?: string) {
	return `### Task:
Generate 1-3 broad tags categorizing the main themes of the chat history, along with 1-3 more specific subtopic tags.

### Guidelines:
- Start with high-level domains (e.g. Science, Technology, Philosophy, Arts, Politics, Business, Health, Sports)

### Output:
JSON format: { "tags": ["tag1", "tag2", "tag3"] }

${history(said)}`;
}

function FOLLOW_UPS(said?: string) {
	return `### Task:
Suggest 3-5 relevant follow-up questions or prompts that the user might naturally ask next in this conversation as a **user**.
### Guidelines:
- Response must be a JSON array of strings, no extra text or formatting.
### Output:
JSON format: { "follow_ups": ["Question 1?", "Question 2?", "Question 3?"] }
${history(said)}`;
}

function QUERIES(said?: string) {
	return `### Task:
Analyze the chat history to determine the necessity of generating search queries, in the given language.

### Guidelines:
- When generating search queries, respond in the format: { "queries": ["query1", "query2"] }, ensuring each query is distinct.
- If and only if it is entirely certain that no useful results can be retrieved by a search, return: { "queries": [] }.

### Output:
Strictly return in JSON format: 
{
  "queries": ["query1", "query2"]
}

${history(said)}`;
}

function AUTOCOMPLETE(said?: string) {
	return `### Task:
You are an autocompletion system. Continue the text in \`<text>\` based on the **completion type** in \`<type>\` and the given language.

### **Instructions**:
5. If unsure, return: \`{ "text": "" }\`.

### **Output Rules**:
- Respond only in JSON format: \`{ "text": "<your_completion>" }\`.

---
### Context:
<chat_history>
USER: ${said ?? "a red fox"}
</chat_history>
<type>search query</type>
<text>a red fo</text>
#### Output:
`;
}

const IMAGE_PROMPT = `### Task:
Generate a detailed prompt for am image generation task based on the given language and context.

### Output:
Strictly return in JSON format:
{
    "prompt": "Your detailed description here."
}

${history()}`;

describe("Open WebUI's hidden requests", () => {
	const tasks: readonly (readonly [task: string, prompt: (said?: string) => string, answer: object])[] = [
		["a title", TITLE, { title: "Image" }],
		["tags", TAGS, { tags: ["Image"] }],
		["follow-up questions", FOLLOW_UPS, { follow_ups: [] }],
		["search queries", QUERIES, { queries: [] }],
		["a completion of what is typed", AUTOCOMPLETE, { text: "" }],
	];

	it.each(tasks)("for %s are answered with the JSON that they ask for", (_, prompt, answer) => {
		expect(JSON.parse(answerHiddenRequest([user(prompt())]) ?? "")).toEqual(answer);
		expect(JSON.parse(answerHiddenRequest([system("You are kind."), user(`\n ${prompt()}`)]) ?? "")).toEqual(answer);
	});

	it.each(tasks)("for %s are answered so whatever words the chat holds", (_, prompt, answer) => {
		const said = 'a poster that says { "follow_ups": "tags", "queries": "title", "text": 1 }';
		expect(JSON.parse(answerHiddenRequest([user(prompt(said))]) ?? "")).toEqual(answer);
	});

	it("for the prompt of a picture are answered without braces, so that Open WebUI keeps the user's own prompt", () => {
		expect(answerHiddenRequest([user(IMAGE_PROMPT)])).not.toContain("{");
	});
});

const NEXTCHAT_TOPIC =
	"Please generate a four to five word title summarizing our conversation without any lead-in, punctuation, quotation marks, periods, symbols, bold text, or additional text. Remove enclosing quotation marks.";
const NEXTCHAT_TOPIC_CN =
	"使用四到五个字直接返回这句话的简要主题，不要解释、不要标点、不要语气词、不要多余文本，不要加粗，如果没有主题，请直接返回“闲聊”";
const NEXTCHAT_TOPIC_TW =
	"使用四到五個字直接返回這句話的簡要主題，不要解釋、不要標點、不要語氣詞、不要多餘文本，如果沒有主題，請直接返回“閒聊”";
const NEXTCHAT_SUMMARY = "Summarize the discussion briefly in 200 words or less to use as a prompt for future context.";
const NEXTCHAT_SUMMARY_OLD =
	"Summarize our discussion briefly in 200 words or less to use as a prompt for future context.";
const NEXTCHAT_SUMMARY_CN = "简要总结一下对话内容，用作后续的上下文提示 prompt，控制在 200 字以内";
const NEXTCHAT_SUMMARY_TW = "簡要總結一下對話內容，用作後續的上下文提示 prompt，控制在 200 字以內";
const NEXTCHAT_SUMMARY_TW_OLD = "簡要總結一下你和使用者的對話，用作後續的上下文提示 prompt，控制在 200 字以內";
const LOBECHAT = `You are a professional conversation summarizer. Generate a concise title that captures the essence of the conversation.

Rules:
- Output ONLY the title text, no explanations or additional context
- Maximum 10 words`;
const LOBECHAT_CN = "你是一名擅长会话的助理，你需要将用户的会话总结为 10 个字以内的标题";
const LIBRECHAT = `Provide a concise, 5-word-or-less title for the conversation, using title case conventions. Only return the title itself.

Conversation:
User: a red fox`;
const LIBRECHAT_STRUCTURED = `Analyze this conversation and provide:
1. The detected language of the conversation
2. A concise title in the detected language (5 words or less, no punctuation or quotation)

User: a red fox`;
const LIBRECHAT_ASSISTANTS = `Please generate a concise title (max 40 characters) for a conversation that starts with:
User: a red fox
Assistant: ![Generated Image](https://gateway.test/images/1/0.png)

Title:`;
const LIBRECHAT_OLD =
	"Please generate a concise, 5-word-or-less title for the conversation, using its same language, with no punctuation.";
const LIBRECHAT_LANGCHAIN = `Write a concise title for this conversation in the given language.
Title in 5 Words or Less. No Punctuation or Quotation.`;

describe("hidden requests for a title or a summary", () => {
	const chat = [user("a red fox in the snow, watercolour"), PICTURE];
	const topic = "a red fox in the snow, w";

	it.each<readonly [client: string, messages: readonly ChatMessage[], answer: string]>([
		["NextChat's title", [...chat, user(NEXTCHAT_TOPIC)], topic],
		["NextChat's title in Chinese", [...chat, user(NEXTCHAT_TOPIC_CN)], topic],
		["NextChat's title in traditional Chinese", [...chat, user(NEXTCHAT_TOPIC_TW)], topic],
		// NextChat sends these as a system message, after the chat (store/chat.ts, `summarizeSession`).
		["NextChat's summary", [...chat, system(NEXTCHAT_SUMMARY)], topic],
		["NextChat's older summary", [...chat, system(NEXTCHAT_SUMMARY_OLD)], topic],
		["NextChat's summary in Chinese", [...chat, system(NEXTCHAT_SUMMARY_CN)], topic],
		["NextChat's summary in traditional Chinese", [...chat, system(NEXTCHAT_SUMMARY_TW)], topic],
		["NextChat's older summary in traditional Chinese", [...chat, system(NEXTCHAT_SUMMARY_TW_OLD)], topic],
		["a fork's summary, as the user", [...chat, user(NEXTCHAT_SUMMARY)], topic],
		["a fork's summary in Chinese, as the user", [...chat, user(NEXTCHAT_SUMMARY_CN)], topic],
		["LobeChat's title", [system(LOBECHAT), user("user: a red fox\nassistant: …")], "user: a red fox assistan"],
		["LobeChat's older title", [system(LOBECHAT_CN), user("user: 狐\n\n请总结上述对话")], "user: 狐 请总结上述对话"],
		["LobeChat's title, as the developer", [{ role: "developer", text: LOBECHAT }, user("a hen")], "a hen"],
		["LibreChat's title", [user(LIBRECHAT)], "Image"],
		["LibreChat's structured title", [user(LIBRECHAT_STRUCTURED)], "Image"],
		["LibreChat's title for assistants", [user(LIBRECHAT_ASSISTANTS)], "Image"],
		["LibreChat's older title", [system(LIBRECHAT_OLD)], "Image"],
		["LibreChat's older title, as the user", [user(LIBRECHAT_OLD)], "Image"],
		["LibreChat's title by LangChain", [system(LIBRECHAT_LANGCHAIN), user("Language: English")], "Language: English"],
	])("%s is answered with the topic", (_, messages, answer) => {
		expect(answerHiddenRequest(messages)).toBe(answer);
	});

	it("is answered however long the chat in it is", () => {
		const said = "a red fox ".repeat(100_000);
		expect(answerHiddenRequest([user(TITLE(said))])).toBe(JSON.stringify({ title: "Image" }));
		expect(answerHiddenRequest([user(`${" ".repeat(100_000)}${LIBRECHAT}${said}`)])).toBe("Image");
		expect(answerHiddenRequest([...chat, system(`${NEXTCHAT_SUMMARY}${said}`)])).toBe(topic);
	});

	it("is looked for in the first 32,000 characters of a message", () => {
		const task = (chars: number) => `${"### Task:".padEnd(chars - '"title"'.length, "x")}"title"`;
		expect(answerHiddenRequest([user(task(32_000))])).toBe(JSON.stringify({ title: "Image" }));
		// A task of another kind.
		expect(answerHiddenRequest([user(task(32_001))])).toBe("Image");
	});

	it("takes its topic from the beginning of a long message", () => {
		const long = `${"\n ".repeat(100_000)}a red fox ${"in the snow ".repeat(100_000)}`;
		expect(answerHiddenRequest([user(long), PICTURE, user(NEXTCHAT_TOPIC)])).toBe("a red fox in the snow in");
	});

	it("never cuts a character of the title in two", () => {
		const answer = answerHiddenRequest([user("🦊".repeat(40)), PICTURE, user(NEXTCHAT_TOPIC)]);
		expect(answer).toBe("🦊".repeat(24));
	});
});

describe("a message that a person wrote", () => {
	it.each([
		"a red fox",
		"Please generate a picture of a fox",
		"Please generate a four-panel comic about a title fight",
		"Please generate a concise logo",
		"# Task: draw a fox",
		"## Task: draw a fox",
		"Task: draw a fox",
		"draw this: ### Task: do the dishes, written on a fridge",
		"Summarize a sunset as a painting",
		"Summarize the discussion in a cartoon",
		"Provide a concise logo for a bakery",
		"Analyze this picture and draw a better one",
		'a sign with { "title": "Open" } on it',
		"a title card that says The End",
		"You are a professional conversation summarizer, drawn as a robot",
		"使用四种颜色画一只狐狸",
		"简要画一下对话",
		"总结一下夏天，画成水彩",
		"請畫一隻狐狸",
		"",
		"   ",
	])("%j is no hidden request", (text) => {
		expect(answerHiddenRequest([user(text)])).toBeNull();
		expect(answerHiddenRequest([system("You are a helpful artist."), user("a hen"), PICTURE, user(text)])).toBeNull();
	});

	it("is drawn after a hidden request, too", () => {
		expect(answerHiddenRequest([user(NEXTCHAT_TOPIC), assistant("Red Fox"), user("a hen")])).toBeNull();
	});

	it("is drawn with the memory that a hidden request made", () => {
		const memory = system("This is a summary of the chat history as a recap: a red fox");
		expect(answerHiddenRequest([memory, user("a hen")])).toBeNull();
		expect(answerHiddenRequest([system("这是历史聊天总结作为前情提要：红狐"), user("一只母鸡")])).toBeNull();
	});

	it("is not expected in an empty chat", () => {
		expect(answerHiddenRequest([])).toBeNull();
		expect(answerHiddenRequest([system("You are kind.")])).toBeNull();
		expect(answerHiddenRequest([assistant("### Task: x")])).toBeNull();
	});
});

describe("HIDDEN_PROMPTS", () => {
	it.each(HIDDEN_PROMPTS)("$client, $source: keeps no state between matches", ({ pattern }) => {
		expect(pattern.flags).not.toMatch(/[gy]/);
	});
});
