/** LobeChat's hidden requests. */

import { type HiddenPrompt, summary, title, unchanged } from "./hidden-prompt.ts";

const LOCALES = { en: "en-US", zh: "zh-CN" } as const;

export const LOBECHAT: readonly HiddenPrompt[] = [
	{
		client: "LobeChat",
		source: "packages/prompts/src/chains/summaryTitle.ts",
		sentAs: "system",
		pattern: /^You are a professional conversation summarizer/,
		answer: title,
	},
	{
		client: "LobeChat, older",
		source: "src/chains/summaryTitle.ts",
		sentAs: "system",
		pattern: /^你是一名擅长会话的助理，你需要将用户的会话总结为/,
		answer: title,
	},
	{
		client: "LobeChat",
		source: "packages/prompts/src/chains/translate.ts",
		sentAs: "system",
		pattern: /^You are a professional translator\. Translate the input text to /,
		answer: unchanged,
	},
	{
		client: "LobeChat, older",
		source: "src/chains/translate.ts",
		sentAs: "system",
		pattern: /^你是一名擅长翻译的助理，你需要将输入的语言翻译为/,
		answer: unchanged,
	},
	{
		client: "LobeChat",
		source: "packages/prompts/src/chains/langDetect.ts, in its form with JSON",
		sentAs: "system",
		pattern: /^你是一名精通全世界语言的语言专家[^\n]*"locale"/,
		answer: ({ language }) => JSON.stringify({ locale: LOCALES[language] }),
	},
	{
		client: "LobeChat",
		source: "packages/prompts/src/chains/langDetect.ts",
		sentAs: "system",
		pattern: /^你是一名精通全世界语言的语言专家/,
		answer: ({ language }) => LOCALES[language],
	},
	{
		client: "LobeChat",
		source: "packages/prompts/src/chains/pickEmoji.ts",
		sentAs: "system",
		pattern: /^You are an emoji expert who selects the most appropriate emoji/,
		answer: () => "🎨",
	},
	{
		client: "LobeChat",
		source: "packages/prompts/src/chains/summaryHistory.ts",
		sentAs: "system",
		pattern: /^You're an assistant who's good at extracting key takeaways from conversations/,
		answer: summary,
	},
	{
		client: "LobeChat",
		source: "packages/prompts/src/chains/summaryAgentName.ts",
		sentAs: "system",
		pattern: /^你是一名擅长起名的起名大师/,
		answer: title,
	},
	{
		client: "LobeChat",
		source: "packages/prompts/src/chains/summaryTags.ts",
		sentAs: "system",
		pattern: /^你是一名擅长会话标签总结的助理/,
		answer: ({ language }) => (language === "zh" ? "图片,绘画" : "image,art"),
	},
	{
		client: "LobeChat",
		source: "packages/prompts/src/chains/summaryGenerationTitle.ts",
		sentAs: "system",
		pattern: /^你是一位资深的 AI 艺术创作者和语言大师。你需要根据用户提供的 AI/,
		answer: title,
	},
	{
		client: "LobeChat",
		source: "packages/prompts/src/chains/rewriteQuery.ts, DEFAULT_REWRITE_QUERY",
		sentAs: "system",
		pattern: /^Given the following conversation and a follow-up question, rephrase the follow up question/,
		answer: unchanged,
	},
];
