/** Hidden requests of clients with one or two of them, and the words that all have in common. */

import { type HiddenPrompt, summary, title, unchanged } from "./hidden-prompt.ts";

const NAMES = { en: "English", zh: "中文" } as const;

export const OTHER_CLIENTS: readonly HiddenPrompt[] = [
	// Continue: core/util/chatDescriber.ts, ChatDescriber.prompt.
	{
		sentAs: "user",
		pattern:
			/^Given the following\.\.\. please reply with a (?:short summary that is 4-12 words|title for the chat that is)/,
		answer: title,
	},
	// BetterChatGPT: src/hooks/useSubmit.ts, handleSubmit.
	{
		sentAs: "user",
		pattern: /(?:^|\n)Generate a title in less than 6 words for the (?:following message|conversation so far)/,
		answer: title,
	},
	// Dify: api/core/llm_generator/prompts.py, CONVERSATION_TITLE_PROMPT.
	{
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
	// Dify: api/core/llm_generator/prompts.py, SUGGESTED_QUESTIONS_AFTER_ANSWER_INSTRUCTION_PROMPT.
	{
		sentAs: "user",
		pattern: /(?:^|\n)Please help me predict the three most likely questions that human would ask/,
		answer: () => "[]",
	},
	// SillyTavern: public/scripts/extensions/expressions/index.js, DEFAULT_LLM_PROMPT: one word of a list.
	{
		sentAs: "system",
		pattern: /^Ignore previous instructions\. Classify the emotion of the last message\./,
		answer: () => "neutral",
	},
	// SillyTavern: public/scripts/extensions/stable-diffusion/index.js, promptTemplates: prompts for pictures that it draws elsewhere.
	{
		sentAs: "system",
		pattern:
			/^(?:Ignore previous instructions(?:\. Your next response must| and provide)|In the next response I want you to provide only a detailed comma-delimited list)/,
		answer: summary,
	},
	// SillyTavern: public/scripts/extensions/memory/index.js, defaultPrompt; extensions/vectors/index.js, summary_prompt.
	{
		sentAs: "either",
		pattern: /^Ignore previous instructions\. Summarize the most important /,
		answer: summary,
	},
	// Jan: the first words of a message that it logs.
	{
		sentAs: "user",
		pattern: /^Summarize in a \d{1,2}-word Title\. Give the title only\./,
		answer: title,
	},
	// FastGPT: packages/global/core/ai/prompt/agent.ts, QuestionGuidePrompt.
	{
		sentAs: "either",
		pattern: /^You are an AI assistant tasked with predicting the user's next question/,
		answer: () => "[]",
	},
	// mem0, in Cherry Studio and others: mem0-ts/src/oss/src/prompts/index.ts, getFactRetrievalMessages.
	{
		sentAs: "system",
		pattern: /^You are a Personal Information Organizer/,
		answer: () => JSON.stringify({ facts: [] }),
	},
	// mem0, in Cherry Studio and others: mem0-ts/src/oss/src/prompts/index.ts, getUpdateMemoryMessages.
	{
		sentAs: "either",
		pattern: /^You are a smart memory manager which controls the memory of a system/,
		answer: () => JSON.stringify({ memory: [] }),
	},
	// Chatbox: src/renderer/packages/prompts.ts, summarizeConversation.
	{
		sentAs: "user",
		pattern: /^Provide a detailed summary for continuing this conversation\./,
		answer: summary,
	},
	// Chatbox: src/renderer/packages/prompts.ts, contructSearchAction and the like: whether to search first.
	{
		sentAs: "system",
		pattern: /^As a professional (?:web |knowledge base )?researcher\b/,
		answer: () => JSON.stringify({ action: "proceed" }),
	},
	// big-AGI: src/modules/aifn/autosuggestions/autoFollowUps.ts.
	{
		sentAs: "user",
		pattern: /^Analyze the following short exchange and call the function /,
		answer: title,
	},
	// Page Assist: src/services/title.ts, DEFAULT_TITLE_GEN_PROMPT. Open WebUI's of 2024, TITLE_GENERATION_PROMPT, has an emoji.
	{
		sentAs: "user",
		pattern: /^Here is the query:\n[\s\S]*\nCreate a concise, 3-5 word phrase (?:with an emoji )?as a title/,
		answer: title,
	},
	// Page Assist: src/services/ollama.ts, defaultWebSearchFollowUpPrompt.
	{
		sentAs: "user",
		pattern: /^You will rephrase follow-up questions into concise, standalone search queries/,
		answer: unchanged,
	},
	// LobeChat, Page Assist, Obsidian Copilot, and whoever takes LangChain's words: langchain/src/chains, the prompt that condenses a question.
	{
		sentAs: "either",
		pattern: /^Given the following conversation and a follow[ -]up question,\s+(?:rephrase|summarize the conversation)/,
		answer: unchanged,
	},
	// ChatMCP: lib/llm/base_llm_client.dart, genTitle.
	{
		sentAs: "user",
		pattern: /^Generate a concise title based on the following conversation content\.[\s\S]*<title>/,
		answer: (chat) => `<title>${chat.title}</title>`,
	},
	// Claude Code: what its proxies look for.
	{
		sentAs: "system",
		pattern: /^Analyze if this message indicates a new conversation topic\./,
		answer: (chat) => JSON.stringify({ isNewTopic: true, title: chat.title }),
	},
	// VS Code Copilot: src/extension/prompts/node/panel, the progress of a request.
	{
		sentAs: "system",
		pattern: /^You are an expert in writing short, catchy, and encouraging progress messages/,
		answer: title,
	},
];
