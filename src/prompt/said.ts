/** Finds a person's own words in a hidden request: in the chat that the client's prompt quotes. */

/** Of a person's message, an answer repeats so much. */
export const MAX_SAID_CHARS = 1_000;

interface Quote {
	/** Matches what stands before the words. */
	readonly start: RegExp;
	/** Matches what stands behind them. */
	readonly end: RegExp;
	/** Takes the last place that `start` matches: those before it are examples. */
	readonly last?: true;
}

/** The ways in which clients quote a chat, the sure ones first. */
const QUOTES: readonly Quote[] = [
	// Cherry Studio: a list in JSON.
	{ start: /"role":\s?"user",\s?"(?:mainText|content)":\s?"/g, end: /(?<!\\)"/ },
	// Dify: behind examples of the same form.
	{ start: /\nUser Input:\s/g, end: /\n(?=$)/, last: true },
	// Open WebUI, LobeChat, LibreChat, BetterChatGPT, and Dify's histories: a name before each message.
	{
		start: /(?:^|\n)(?:\|\|>)?\[?(?:USER|User|user|Human)\]?:\s?"?/g,
		end: /"?\n{1,3}(?:\|\|>)?\[?(?:ASSISTANT|Assistant|assistant|AI|Response|SYSTEM|USER|User|user|Human)\]?:|<\/content>|\n"""|<\/chat_history>|\n\n请总结上述对话/,
	},
	// LobeChat's histories; HuggingChat's first message; histories in Chinese.
	{ start: /<user>/g, end: /<\/user>/ },
	{ start: /^User message: "/g, end: /"$/ },
	{ start: /(?:^|\n)(?:用户问题|用户消息|用户|用戶)[:：]/g, end: /\n(?:助手回答|助手|回答|AI)[:：]/ },
	// Open WebUI's completion of what is typed, and Cherry Studio's translation and detection.
	{ start: /<(?:source_text|messages)>\n/g, end: /<\/(?:source_text|messages)>/ },
	{ start: /<translate_input>\n/g, end: /<\/translate_input>/ },
	{ start: /<text>\s?(?=[^`\s])/g, end: /<\/text>/, last: true },
	// Chatbox: a fence, with lines between the messages. The first message may be the system's.
	{ start: /Here's the conversation:\s+```\n(?:You are [^\n]{0,200}\n\n-{9}\n\n)?/g, end: /\n\n-{9}\n|\n```/ },
	// BetterChatGPT: the messages, and then the question.
	{ start: /^(?=[\s\S]*\nGenerate a title in less than 6 words for the conversation so far)/g, end: /\n/ },
	// LobeChat's questions, names, tags, titles of pictures, translations and languages.
	{
		start: /^Follow Up Input: |^输入: \{|^提示词：\n1\. |^请将以下内容 |^\{(?!\s*")/g,
		end: /, it's standalone query:|\} \[[\w-]{2,12}\]$|\n2\. |，翻译为 [\w-]{2,12}$|\}$/,
	},
	// Page Assist, and Open WebUI of 2024: the message before the request, perhaps between lines.
	{ start: /^Here is the query:\n(?:\n-{14}\n\n)?/g, end: /\n\n(?:-{14}\n\n)?Create a concise, 3-5 word / },
	// Page Assist, LangChain and others: a question that follows a chat. The first ones may be examples.
	{ start: /^You will rephrase follow-up questions[\s\S]*\nFollow-up question: /g, end: /\n/ },
	{ start: /^Given the following conversation[\s\S]*?Follow Up Input: /g, end: /\sStandalone question:/ },
	// big-AGI: a list of the messages. Jan: the message behind the prompt.
	{ start: /(?:^|\n)- You: /g, end: /\n/ },
	{ start: /^Summarize in a \d{1,2}-word Title\. Give the title only\.\s(?:Here is the message: )?"?/g, end: /"$/ },
	// Continue, and any client: the message behind the prompt.
	{
		start:
			/^(?:请|請|用|以|为|為|给|給)[^\n]{0,200}(?:标题|標題)[^\n]{0,200}\n\n|^This is the first [^\n]{0,200}title[^\n]{0,200}\n/g,
		end: /$/,
	},
	{ start: /you don't need ending punctuation\.\s|no additional text or explanation\.\s/g, end: /\n\n(?=!\[)/ },
];

/** Returns the person's words that a prompt quotes; empty if there are none. */
export function quotedIn(prompt: string): string {
	for (const { start, end, last } of QUOTES) {
		const places = prompt.matchAll(start);
		const found = last ? [...places].at(-1) : places.next().value;
		if (found === undefined) continue;
		const said = prompt.slice(found.index + found[0].length).slice(0, MAX_SAID_CHARS);
		const words = said.slice(0, end.exec(said)?.index ?? said.length);
		if (words.trim() !== "") return words.replaceAll("\\n", "\n").replaceAll('\\"', '"').trim();
	}
	return "";
}

const FIRST_COLON = /^[^\n:：]*[:：]/;
const LABEL = /[:：]\s*$/;
/** A line that says how to answer, or only that the words follow. */
const RULE =
	/^\s*(?:[-*•#]|\d{1,2}[.)、]|(?:rules|requirements|note|examples?|title|the title|output|return|respond|reply|only|just|use|keep|do not|don't|must|注意|标题|標題|输出|輸出|请|請|只|仅|僅|不要)(?![a-z]))|[:：]\s*$/i;

/** Returns the words behind a request: those behind its first label that are no rules. */
export function wordsBehind(request: string): string {
	const lines = request.trim().replace(FIRST_COLON, "$&\n").split("\n");
	const label = lines.findIndex((line) => LABEL.test(line));
	let words = "";
	for (const line of label < 0 ? [] : lines.slice(label)) {
		if (!RULE.test(line)) words += `${line}\n`;
		else if (words.trim() === "") words = "";
		else break;
	}
	return words.trim().replace(/^["“]|["”]$/g, "");
}
