/** Cherry Studio's hidden requests: titles, searches, translations. */

import { type HiddenPrompt, title, unchanged } from "./hidden-prompt.ts";

const LANGUAGE_CODES = { en: "en-us", zh: "zh-cn" } as const;
const NO_SEARCH = "<question>\n      not_needed\n    </question>";

export const CHERRY_STUDIO: readonly HiddenPrompt[] = [
	// Cherry Studio: src/renderer/src/services/ApiService.ts, fetchMessagesSummary; RikkaHub has it too.
	{
		sentAs: "either",
		pattern: /^(?:# 核心指令\s+)?(?:你需要)?总结给出的会话，将其总结为语言为/,
		answer: title,
	},
	// Cherry Studio: src/renderer/src/config/prompts.ts, SEARCH_SUMMARY_PROMPT_WEB_ONLY.
	{
		sentAs: "either",
		pattern: /^You are an AI question rephraser\.[^\n]*retrieve information through web search\./,
		answer: () => `<websearch>\n    ${NO_SEARCH}\n  </websearch>`,
	},
	// Cherry Studio: src/renderer/src/config/prompts.ts, SEARCH_SUMMARY_PROMPT_KNOWLEDGE_ONLY.
	{
		sentAs: "either",
		pattern: /^You are an AI question rephraser\.[^\n]*retrieve information from a knowledge base\./,
		answer: () => `<knowledge>\n    ${NO_SEARCH}\n  </knowledge>`,
	},
	// Cherry Studio: src/renderer/src/config/prompts.ts, SEARCH_SUMMARY_PROMPT.
	{
		sentAs: "either",
		pattern: /^You are an AI question rephraser\./,
		answer: () => `<websearch>\n    ${NO_SEARCH}\n  </websearch>\n  <knowledge>\n    ${NO_SEARCH}\n  </knowledge>`,
	},
	// Cherry Studio: src/renderer/src/config/prompts.ts, TRANSLATE_PROMPT.
	{
		sentAs: "either",
		pattern: /^You are a translation expert\. Your only task is to translate text enclosed with <translate_input>/,
		answer: unchanged,
	},
	// Cherry Studio: src/renderer/src/config/prompts.ts, LANG_DETECT_PROMPT.
	{
		sentAs: "either",
		pattern: /^Your task is to precisely identify the language used in the user's input text/,
		answer: ({ language }) => LANGUAGE_CODES[language],
	},
	// Cherry Studio: src/renderer/src/config/prompts.ts, AGENT_PROMPT: a button that words the prompt of an assistant.
	{
		sentAs: "either",
		pattern: /^You are a Prompt Generator\. You will integrate user input information into a structured Prompt/,
		answer: unchanged,
	},
	// Cherry Studio in other languages: src/renderer/src/services/ApiService.ts, fetchMessagesSummary: only the chat is alike in all of them, a list in JSON.
	{
		sentAs: "user",
		pattern: /^\[\{"role":"user","(?:mainText|content)":/,
		answer: title,
	},
];
