/** NextChat's hidden requests: titles and summaries, which it sends as the system, and its forks as the user. */

import { type HiddenPrompt, summary, title } from "./hidden-prompt.ts";

export const NEXTCHAT: readonly HiddenPrompt[] = [
	{
		client: "NextChat",
		source: "app/locales/en.ts, Store.Prompt.Topic",
		sentAs: "user",
		pattern: /^Please generate a four to five word title/,
		answer: title,
	},
	{
		client: "NextChat",
		source: "app/locales/cn.ts, Store.Prompt.Topic",
		sentAs: "user",
		pattern: /^使用四到五个字直接返回这句话的简要主题/,
		answer: title,
	},
	{
		client: "NextChat",
		source: "app/locales/tw.ts, Store.Prompt.Topic",
		sentAs: "user",
		pattern: /^使用四到五個字直接返回這句話的簡要主題/,
		answer: title,
	},
	{
		client: "NextChat",
		source: "app/locales/en.ts, Store.Prompt.Summarize",
		sentAs: "either",
		pattern: /^Summarize (?:the|our) discussion briefly in \d+ (?:words|characters) or less/,
		answer: summary,
	},
	{
		client: "NextChat",
		source: "app/locales/cn.ts, Store.Prompt.Summarize",
		sentAs: "either",
		pattern: /^简要总结一下(?:对话内容|你和用户的对话)，用作后续的上下文提示/,
		answer: summary,
	},
	{
		client: "NextChat",
		source: "app/locales/tw.ts, Store.Prompt.Summarize",
		sentAs: "either",
		pattern: /^簡要總結一下(?:對話內容|你和使用者的對話)，用作後續的上下文提示/,
		answer: summary,
	},
];
