/** Hidden requests of clients with one or two of them, and the words that all have in common. */

import { type HiddenPrompt, summary, title } from "./hidden-prompt.ts";

const NAMES = { en: "English", zh: "中文" } as const;

export const OTHER_CLIENTS: readonly HiddenPrompt[] = [
	{
		client: "Chatbox",
		source: "src/renderer/packages/prompts.ts, nameConversation",
		sentAs: "user",
		pattern: /^Based on the chat history, give this conversation a name\./,
		answer: title,
	},
	{
		client: "Continue",
		source: "core/util/chatDescriber.ts, ChatDescriber.prompt",
		sentAs: "user",
		pattern: /^Given the following\.\.\. please reply with a short summary that is 4-12 words in length/,
		answer: title,
	},
	{
		client: "BetterChatGPT",
		source: "src/hooks/useSubmit.ts, handleSubmit",
		sentAs: "user",
		pattern: /(?:^|\n)Generate a title in less than 6 words for the (?:following message|conversation so far)/,
		answer: title,
	},
	{
		client: "Dify",
		source: "api/core/llm_generator/prompts.py, CONVERSATION_TITLE_PROMPT",
		sentAs: "user",
		pattern:
			/^You (?:need to decompose the user's input into "subject" and "intention"|are asked to generate a concise chat title)/,
		answer: (chat) =>
			JSON.stringify({
				"Language Type": NAMES[chat.language],
				"Your Reasoning": NAMES[chat.language],
				"Your Output": chat.title,
			}),
	},
	{
		client: "Dify",
		source: "api/core/llm_generator/prompts.py, SUGGESTED_QUESTIONS_AFTER_ANSWER_INSTRUCTION_PROMPT",
		sentAs: "user",
		pattern: /(?:^|\n)Please help me predict the three most likely questions that human would ask/,
		answer: () => "[]",
	},
	{
		client: "SillyTavern",
		source: "public/scripts/extensions/memory/index.js, defaultPrompt; extensions/vectors/index.js, summary_prompt",
		sentAs: "either",
		pattern: /^Ignore previous instructions\. Summarize the most important /,
		answer: summary,
	},
	{
		client: "Jan",
		source: "the first words of a message that it logs",
		sentAs: "user",
		pattern: /^Summarize in a \d{1,2}-word Title\. Give the title only\./,
		answer: title,
	},
	{
		client: "big-AGI",
		source: "src/apps/chat, autoTitle.ts",
		sentAs: "system",
		pattern: /^You are an AI conversation titles assistant/,
		answer: title,
	},
	{
		client: "TypingMind, and clients with its words",
		source: "what their proxies look for",
		sentAs: "either",
		pattern: /^What would be a (?:less than \d{1,3} character )?short and relevant title for this chat/,
		answer: title,
	},
	{
		client: "RikkaHub, Kelivo",
		source: "app/src/main/java/me/rerere/rikkahub/data/ai/prompts, DEFAULT_TITLE_PROMPT",
		sentAs: "either",
		pattern: /^I will give you some dialogue content in the `?<content>/,
		answer: title,
	},
	{
		client: "FastGPT",
		source: "packages/global/core/ai/prompt/agent.ts, QuestionGuidePrompt",
		sentAs: "either",
		pattern: /^You are an AI assistant tasked with predicting the user's next question/,
		answer: () => "[]",
	},
	{
		client: "mem0, in Cherry Studio and others",
		source: "mem0-ts/src/oss/src/prompts/index.ts, getFactRetrievalMessages",
		sentAs: "system",
		pattern: /^You are a Personal Information Organizer/,
		answer: () => JSON.stringify({ facts: [] }),
	},
	{
		client: "any other",
		source: "the words that such prompts have in common",
		sentAs: "user",
		pattern:
			/^(?:please )?(?:generate|create|write|provide|suggest|give|come up with)\s(?:(?!(?:image|picture|photo|poster|banner|logo|cover|card|comic|sign|sticker|wallpaper|illustration|drawing|painting|with|whose)\b)[^\s.]{1,30}\s{1,3}){0,12}(?:title|name)\b(?:[^\s.]?\s(?!(?:image|picture|photo|poster|banner|logo|cover|card|comic|sign|sticker|wallpaper|illustration|drawing|painting)\b)[^\s.]{1,30}?){0,8}\s(?:for|of|to) (?:this|the|our|the following) (?:conversation|chat|discussion|dialog(?:ue)?|thread|session)(?=$|[.,:;\n]| (?:so far|in|below|above|based|using|with|that|between)\b)/i,
		answer: title,
	},
	{
		client: "any other",
		source: "the same in Chinese",
		sentAs: "user",
		pattern:
			/^(?:请|請)?(?:为|給|给|為|根据|根據|总结|總結|概括)[^。\n画畫图圖报報]{0,40}?(?:对话|對話|会话|會話|聊天)[^。\n画畫图圖报報]{0,40}?(?:生成|取|起|拟|擬|写|寫|想|给出|給出|提取|提炼|提煉|总结|總結|概括|归纳|歸納|创建|創建|输出|輸出|返回|[为為成]一[个個])[^。，,\n画畫图圖报報上带帶]{0,25}(?:标题|標題)(?=$|[。：:，,；;！!\n]|即可|吧|就行|就好)/,
		answer: title,
	},
	{
		client: "any other",
		source: "the same with the conversation first",
		sentAs: "user",
		pattern:
			/^(?:given|based on|analy[sz]e|summari[sz]e|read) (?:the|this|our) (?:[\w-]{1,20} ){0,4}(?:conversation|chat|discussion|dialog(?:ue)?|thread)\b(?:[^\s.]?\s{1,3}(?!(?:draw|paint|sketch|illustrate)\b)[^\s.]{1,30}?){0,12}[^\s.]?\s{1,3}(?:generate|give|create|suggest|write|extract|provide|produce)\s(?:(?!(?:image|picture|photo|poster|banner|logo|cover|card|comic|sign|sticker|wallpaper|illustration|drawing|painting|with|whose)\b)[^\s.]{1,30}\s){0,8}(?:title|name)(?=$|[.,:;!?\n]| (?:for|of|to|that|which|so|and|no|at|as|under|within|using|based|from|with|in (?:the|this|its|less|fewer|under|at|no|up|\d|one|two|three|four|five|six|english|chinese))\b)/i,
		answer: title,
	},
	{
		client: "any other",
		source: "a system message of an assistant for titles",
		sentAs: "system",
		pattern:
			/^You are (?:an? |the )?[^.\n]{0,40}\b(?:conversation|chat|thread|session)s?\b[^.\n]{0,30}\b(?:titles?|titling|naming|summari[sz](?:er|ation|ing))\b/i,
		answer: title,
	},
	{
		client: "any other",
		source: "a summary that takes the place of a long chat, as agents ask for it",
		sentAs: "either",
		pattern:
			/^Your task is to create a (?:detailed|comprehensive|concise|brief) summary of (?:the|this|our) conversation/,
		answer: summary,
	},
];
