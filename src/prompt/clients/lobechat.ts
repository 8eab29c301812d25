/** LobeChat's hidden requests. */

import { type HiddenPrompt, summary, title } from "./hidden-prompt.ts";

const LOCALES = { en: "en-US", zh: "zh-CN" } as const;

export const LOBECHAT: readonly HiddenPrompt[] = [
	// LobeChat: packages/prompts/src/chains/langDetect.ts, in its form with JSON.
	{
		sentAs: "system",
		pattern: /^你是一名精通全世界语言的语言专家[^\n]*"locale"/,
		answer: ({ language }) => JSON.stringify({ locale: LOCALES[language] }),
	},
	// LobeChat: packages/prompts/src/chains/langDetect.ts.
	{
		sentAs: "system",
		pattern: /^你是一名精通全世界语言的语言专家/,
		answer: ({ language }) => LOCALES[language],
	},
	// LobeChat: packages/prompts/src/chains/pickEmoji.ts.
	{
		sentAs: "system",
		pattern: /^You are an emoji expert who selects the most appropriate emoji/,
		answer: () => "🎨",
	},
	// LobeChat: packages/prompts/src/chains/summaryHistory.ts.
	{
		sentAs: "system",
		pattern: /^You're an assistant who's good at extracting key takeaways from conversations/,
		answer: summary,
	},
	// LobeChat: packages/prompts/src/chains/summaryAgentName.ts.
	{
		sentAs: "system",
		pattern: /^你是一名擅长起名的起名大师/,
		answer: title,
	},
	// LobeChat: packages/prompts/src/chains/summaryTags.ts.
	{
		sentAs: "system",
		pattern: /^你是一名擅长会话标签总结的助理/,
		answer: ({ language }) => (language === "zh" ? "图片,绘画" : "image,art"),
	},
	// LobeChat: packages/prompts/src/chains/summaryGenerationTitle.ts.
	{
		sentAs: "system",
		pattern: /^你是一位资深的 AI 艺术创作者和语言大师。你需要根据用户提供的 AI/,
		answer: title,
	},
	// LobeChat: packages/prompts/src/chains/topicAutoSummary.ts.
	{
		sentAs: "system",
		pattern: /^Summarize the conversation for future reference\./,
		answer: (chat) => JSON.stringify({ description: chat.title, summary: summary(chat) }),
	},
	// LobeChat: packages/prompts/src/chains/compressContext.ts.
	{
		sentAs: "system",
		pattern: /^You are a conversation context compressor\./,
		answer: summary,
	},
	// LobeChat: packages/prompts/src/chains/followUpAction.ts.
	{
		sentAs: "system",
		pattern: /^You are a sidecar that extracts 0-4 quick-reply suggestions/,
		answer: () => JSON.stringify({ chips: [] }),
	},
	// LobeChat: packages/prompts/src/chains/inputCompletion.ts, in its form with JSON.
	{
		sentAs: "system",
		pattern: /^You are an inline autocomplete engine[^\n]*`completion`/,
		answer: () => JSON.stringify({ completion: "" }),
	},
	// LobeChat, older: packages/prompts/src/chains/inputCompletion.ts.
	{
		sentAs: "system",
		pattern: /^Complete the user's partially typed message\./,
		answer: () => "",
	},
	// LobeChat: packages/prompts/src/chains/summaryDescription.ts.
	{
		sentAs: "system",
		pattern: /^你是一名擅长技能总结的助理/,
		answer: summary,
	},
];
