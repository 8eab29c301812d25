/** LibreChat's hidden requests: titles. */

import { type HiddenPrompt, title } from "./hidden-prompt.ts";

export const LIBRECHAT: readonly HiddenPrompt[] = [
	// LibreChat: danny-avila/agents, src/utils/title.ts, defaultTitlePrompt.
	{
		sentAs: "user",
		pattern: /^Analyze this conversation and provide:\s+1\. The detected language/,
		answer: title,
	},
	// LibreChat, older: api/app/clients/OpenAIClient.js, titleConvo; api/app/clients/prompts/titlePrompts.js, titleInstruction.
	{
		sentAs: "system",
		pattern: /concise, 5-word-or-less title for the conversation/i,
		answer: title,
	},
];
