/** The prompts of hidden requests, as data: each client's own words, and the file of its repository that holds them. */

export interface HiddenPrompt {
	readonly client: string;
	readonly source: string;
	/** The message that holds the prompt: the user's last one, a system message, or either. */
	readonly sentAs: "user" | "system" | "either";
	/** Matches the message, without blanks at its start. */
	readonly pattern: RegExp;
	/** Returns the text of the answer. */
	readonly answer: (topic: string) => string;
}

function topicAlone(topic: string): string {
	return topic;
}

/** The first row that fits counts. Open WebUI's prompts differ only by the JSON that they ask for. */
export const HIDDEN_PROMPTS: readonly HiddenPrompt[] = [
	{
		client: "Open WebUI",
		source: "backend/open_webui/config.py, DEFAULT_FOLLOW_UP_GENERATION_PROMPT_TEMPLATE",
		sentAs: "user",
		pattern: /^### Task:[\s\S]*"follow_ups"/,
		answer: () => JSON.stringify({ follow_ups: [] }),
	},
	{
		client: "Open WebUI",
		source: "backend/open_webui/config.py, DEFAULT_TAGS_GENERATION_PROMPT_TEMPLATE",
		sentAs: "user",
		pattern: /^### Task:[\s\S]*"tags"/,
		answer: () => JSON.stringify({ tags: ["Image"] }),
	},
	{
		client: "Open WebUI",
		source: "backend/open_webui/config.py, DEFAULT_QUERY_GENERATION_PROMPT_TEMPLATE",
		sentAs: "user",
		pattern: /^### Task:[\s\S]*"queries"/,
		answer: () => JSON.stringify({ queries: [] }),
	},
	{
		client: "Open WebUI",
		source: "backend/open_webui/config.py, DEFAULT_TITLE_GENERATION_PROMPT_TEMPLATE",
		sentAs: "user",
		pattern: /^### Task:[\s\S]*"title"/,
		answer: (topic) => JSON.stringify({ title: topic }),
	},
	{
		client: "Open WebUI",
		source: "backend/open_webui/config.py, DEFAULT_AUTOCOMPLETE_GENERATION_PROMPT_TEMPLATE",
		sentAs: "user",
		pattern: /^### Task:[\s\S]*"text"/,
		answer: () => JSON.stringify({ text: "" }),
	},
	{
		// An answer without braces makes Open WebUI keep the user's own prompt.
		client: "Open WebUI",
		source: "backend/open_webui/config.py, DEFAULT_IMAGE_PROMPT_GENERATION_PROMPT_TEMPLATE",
		sentAs: "user",
		pattern: /^### Task:/,
		answer: topicAlone,
	},
	{
		client: "NextChat",
		source: "app/locales/en.ts, Store.Prompt.Topic",
		sentAs: "user",
		pattern: /^Please generate a four to five word title/,
		answer: topicAlone,
	},
	{
		client: "NextChat",
		source: "app/locales/cn.ts, Store.Prompt.Topic",
		sentAs: "user",
		pattern: /^使用四到五个字直接返回这句话的简要主题/,
		answer: topicAlone,
	},
	{
		client: "NextChat",
		source: "app/locales/tw.ts, Store.Prompt.Topic",
		sentAs: "user",
		pattern: /^使用四到五個字直接返回這句話的簡要主題/,
		answer: topicAlone,
	},
	{
		// NextChat sends its summaries as the system, and its forks send them as the user.
		client: "NextChat",
		source: "app/locales/en.ts, Store.Prompt.Summarize",
		sentAs: "either",
		pattern: /^Summarize (?:the|our) discussion briefly in \d+ (?:words|characters) or less/,
		answer: topicAlone,
	},
	{
		client: "NextChat",
		source: "app/locales/cn.ts, Store.Prompt.Summarize",
		sentAs: "either",
		pattern: /^简要总结一下(?:对话内容|你和用户的对话)，用作后续的上下文提示/,
		answer: topicAlone,
	},
	{
		client: "NextChat",
		source: "app/locales/tw.ts, Store.Prompt.Summarize",
		sentAs: "either",
		pattern: /^簡要總結一下(?:對話內容|你和使用者的對話)，用作後續的上下文提示/,
		answer: topicAlone,
	},
	{
		client: "LobeChat",
		source: "packages/prompts/src/chains/summaryTitle.ts",
		sentAs: "system",
		pattern: /^You are a professional conversation summarizer/,
		answer: topicAlone,
	},
	{
		client: "LobeChat, older",
		source: "src/chains/summaryTitle.ts",
		sentAs: "system",
		pattern: /^你是一名擅长会话的助理，你需要将用户的会话总结为/,
		answer: topicAlone,
	},
	{
		client: "LibreChat",
		source: "danny-avila/agents, src/utils/title.ts, defaultTitlePrompt",
		sentAs: "user",
		pattern: /^Analyze this conversation and provide:\s+1\. The detected language/,
		answer: topicAlone,
	},
	{
		client: "LibreChat, assistants",
		source: "api/server/services/Endpoints/assistants/title.js",
		sentAs: "user",
		pattern: /^Please generate a concise title \(max \d+ characters\) for a conversation/,
		answer: topicAlone,
	},
	{
		client: "LibreChat, older",
		source: "api/app/clients/OpenAIClient.js, titleConvo",
		sentAs: "user",
		pattern: /^Please generate a concise, 5-word-or-less title/i,
		answer: topicAlone,
	},
	{
		client: "LibreChat",
		source: "danny-avila/agents, src/utils/title.ts, defaultCompletionPrompt",
		sentAs: "user",
		pattern: /^Provide a concise, 5-word-or-less title for the conversation/i,
		answer: topicAlone,
	},
	{
		client: "LibreChat, older",
		source: "api/app/clients/OpenAIClient.js, titleConvo; api/app/clients/prompts/titlePrompts.js, createTitlePrompt",
		sentAs: "system",
		pattern: /concise,? (?:5-word-or-less )?title for (?:the|this) conversation/i,
		answer: topicAlone,
	},
];
