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
	// Open WebUI's completion of what is typed, and Cherry Studio's translation and detection.
	{ start: /<translate_input>\n/g, end: /\n?<\/translate_input>/ },
	{ start: /<text>\s?(?=[^`\s])/g, end: /\n?<\/text>/, last: true },
	// Chatbox: a fence, with lines between the messages. The first message may be the system's.
	{ start: /Here's the conversation:\s+```\n(?:You are [^\n]{0,200}\n\n-{9}\n\n)?/g, end: /\n\n-{9}\n|\n```/ },
	// BetterChatGPT: the messages, and then the question.
	{ start: /^(?=[\s\S]*\nGenerate a title in less than 6 words for the conversation so far)/g, end: /\n/ },
	// LobeChat's questions, names, tags, titles of pictures, translations and languages.
	{
		start: /^Follow Up Input: |^输入: \{|^提示词：\n1\. |^请将以下内容 |^\{(?!\s*")/g,
		end: /, it's standalone query:|\} \[[\w-]{2,12}\]$|\n2\. |，翻译为 [\w-]{2,12}$|\}$/,
	},
	// big-AGI: a list of the messages. Jan: the message behind the prompt.
	{ start: /(?:^|\n)- You: /g, end: /\n/ },
	{ start: /^Summarize in a \d{1,2}-word Title\. Give the title only\.\s(?:Here is the message: )?"?/g, end: /"$/ },
	// Continue: the message behind the prompt.
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
