/** LibreChat's hidden requests: titles. */

import { type HiddenPrompt, title } from "./hidden-prompt.ts";

export const LIBRECHAT: readonly HiddenPrompt[] = [
	{
		client: "LibreChat",
		source: "danny-avila/agents, src/utils/title.ts, defaultTitlePrompt",
		sentAs: "user",
		pattern: /^Analyze this conversation and provide:\s+1\. The detected language/,
		answer: title,
	},
	{
		client: "LibreChat, assistants",
		source: "api/server/services/Endpoints/assistants/title.js",
		sentAs: "user",
		pattern: /^Please generate a concise title \(max \d+ characters\) for a conversation/,
		answer: title,
	},
	{
		client: "LibreChat, older",
		source: "api/app/clients/OpenAIClient.js, titleConvo",
		sentAs: "user",
		pattern: /^Please generate a concise, 5-word-or-less title/i,
		answer: title,
	},
	{
		client: "LibreChat",
		source: "danny-avila/agents, src/utils/title.ts, defaultCompletionPrompt",
		sentAs: "user",
		pattern: /^Provide a concise, 5-word-or-less title for the conversation/i,
		answer: title,
	},
	{
		client: "LibreChat, older",
		source: "api/app/clients/OpenAIClient.js, titleConvo; api/app/clients/prompts/titlePrompts.js, createTitlePrompt",
		sentAs: "system",
		pattern: /concise,? (?:5-word-or-less )?title for (?:the|this) conversation/i,
		answer: title,
	},
];
