/** Takes a person's own words out of the prompt that a client wraps around them. */

/** Tells a client's wrapper by the text before a person's words, and the one behind them. */
interface Wrapper {
	/** Matches from the beginning of a message to the person's words. */
	readonly start: RegExp;
	/** Stands behind the words, at its first place or its last. Absent: the words end the message. */
	readonly end?: string;
	readonly last?: true;
}

const WRAPPERS: readonly Wrapper[] = [
	// Open WebUI: files and search results (`backend/open_webui/config.py`, DEFAULT_RAG_TEMPLATE).
	{
		start: /^\s*### Task:\s*Respond to the user query using the provided context[\s\S]*?<user_query>/,
		end: "</user_query>",
		last: true,
	},
	{ start: /^\s*### Task:\s*Respond to the user query using the provided context[\s\S]*<\/context>/ },
	// Open WebUI: files for a model that calls tools (`backend/open_webui/utils/middleware.py`).
	{ start: /^\s*<attached_files>[\s\S]*?<\/attached_files>\s*/ },
	// Cherry Studio: what it found in the web (`src/renderer/src/config/prompts.ts`, REFERENCE_PROMPT).
	{
		start: /^Please answer the question based on the reference materials[\s\S]*?\n## My question is:\s*/,
		end: "\n\n## Reference Materials:",
		last: true,
	},
	{ start: /^请根据参考资料回答问题[\s\S]*?\n## 我的问题是：\s*/, end: "\n\n## 参考资料：", last: true },
	// Chatbox: the same (`src/renderer/packages/model-calls`).
	{ start: /^\[webpage 1 begin\][\s\S]*\nUser Message:\s*/ },
	// Files behind the words, as tools for code send them.
	{ start: /^/, end: "\n\n<attached_files>\n" },
	// LobeChat: files, behind the words (`packages/prompts/src/prompts/files`).
	{ start: /^/, end: "<!-- SYSTEM CONTEXT (NOT PART OF USER QUERY) -->" },
];

/** Returns the words inside of a client's wrapper, and any other text unchanged. */
export function unwrapQuery(text: string): string {
	for (const { start, end, last } of WRAPPERS) {
		const before = start.exec(text)?.[0];
		if (before === undefined) continue;
		const words = text.slice(before.length);
		if (end === undefined) return words;
		const place = last ? words.lastIndexOf(end) : words.indexOf(end);
		if (place >= 0) return words.slice(0, place).trimEnd();
	}
	return text;
}

/** gpt_image_playground and its like say this to a language model before the prompt. An image model would draw it. */
const GUARD = /^\s*Use the following text as the complete prompt\. Do not rewrite it:\s*/;

/** Returns a prompt without the line that guards it against rewriting. */
export function withoutGuard(prompt: string): string {
	return prompt.replace(GUARD, "");
}
