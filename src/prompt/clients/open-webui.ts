/** Open WebUI's hidden requests. They differ only by the JSON that they ask for, so the first row that fits counts. All hold a chat. */

import { type HiddenPrompt, title } from "./hidden-prompt.ts";

const IMAGE = { en: "Image", zh: "图片" } as const;

export const OPEN_WEBUI: readonly HiddenPrompt[] = [
	// Open WebUI: backend/open_webui/config.py, DEFAULT_FOLLOW_UP_GENERATION_PROMPT_TEMPLATE.
	{
		sentAs: "user",
		pattern: /^### Task:[\s\S]*"follow_ups"/,
		answer: () => JSON.stringify({ follow_ups: [] }),
	},
	// Open WebUI: backend/open_webui/config.py, DEFAULT_TAGS_GENERATION_PROMPT_TEMPLATE.
	{
		sentAs: "user",
		pattern: /^### Task:[\s\S]*"tags"/,
		answer: ({ language }) => JSON.stringify({ tags: [IMAGE[language]] }),
	},
	// Open WebUI: backend/open_webui/config.py, DEFAULT_QUERY_GENERATION_PROMPT_TEMPLATE.
	{
		sentAs: "user",
		pattern: /^### Task:[\s\S]*"queries"/,
		answer: () => JSON.stringify({ queries: [] }),
	},
	// Open WebUI: backend/open_webui/config.py, DEFAULT_TITLE_GENERATION_PROMPT_TEMPLATE.
	{
		sentAs: "user",
		pattern: /^### Task:[\s\S]*"title"/,
		answer: (chat) => JSON.stringify({ title: chat.title }),
	},
	// Open WebUI: backend/open_webui/config.py, DEFAULT_AUTOCOMPLETE_GENERATION_PROMPT_TEMPLATE.
	{
		sentAs: "user",
		pattern: /^### Task:[\s\S]*"text"/,
		answer: () => JSON.stringify({ text: "" }),
	},
	// Open WebUI: backend/open_webui/config.py, DEFAULT_IMAGE_PROMPT_GENERATION_PROMPT_TEMPLATE.
	{
		// An answer without braces makes Open WebUI keep the user's own prompt.
		sentAs: "user",
		pattern: /^### Task:/,
		answer: title,
	},
	// Open WebUI: backend/open_webui/config.py, DEFAULT_EMOJI_GENERATION_PROMPT_TEMPLATE.
	{
		sentAs: "user",
		pattern: /^Your task is to reflect the speaker's likely facial expression through a fitting emoji/,
		answer: () => "😊",
	},
	// Open WebUI: backend/open_webui/config.py, DEFAULT_TOOLS_FUNCTION_CALLING_PROMPT_TEMPLATE.
	{
		sentAs: "system",
		pattern: /^Available Tools: [\s\S]*\nYour task is to choose and return the correct tool\(s\) from the list/,
		answer: () => JSON.stringify({ tool_calls: [] }),
	},
	// Open WebUI: backend/open_webui/config.py, DEFAULT_MOA_GENERATION_PROMPT_TEMPLATE.
	{
		sentAs: "user",
		pattern: /^You have been provided with a set of responses from various models to the latest user query/,
		answer: title,
	},
];
