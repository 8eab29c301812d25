/** Takes a person's own words out of the prompt that a client wraps around them. */

/** Open WebUI puts files and search results before a person's words (`backend/open_webui/config.py`, DEFAULT_RAG_TEMPLATE). */
const OPEN_WEBUI_CONTEXT = /^### Task:\s*Respond to the user query using the provided context/;

/** Returns the query inside Open WebUI's wrapper, and any other text unchanged. */
export function unwrapQuery(text: string): string {
	if (!OPEN_WEBUI_CONTEXT.test(text.trimStart())) return text;
	const [, query] = /<user_query>([\s\S]*)<\/user_query>/.exec(text) ?? [];
	return query ?? text.slice(text.lastIndexOf("</context>") + "</context>".length);
}

/** gpt_image_playground and its like say this to a language model before the prompt. An image model would draw it. */
const GUARD = /^\s*Use the following text as the complete prompt\. Do not rewrite it:\s*/;

/** Returns a prompt without the line that guards it against rewriting. */
export function withoutGuard(prompt: string): string {
	return prompt.replace(GUARD, "");
}
