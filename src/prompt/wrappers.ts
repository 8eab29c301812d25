/** Takes a person's own words out of the prompt that a client wraps around them. */

/** Open WebUI puts files and search results before a person's words (`backend/open_webui/config.py`, DEFAULT_RAG_TEMPLATE). */
const OPEN_WEBUI_CONTEXT = /^### Task:\s*Respond to the user query using the provided context/;

const QUERY_START = "<user_query>";
const QUERY_END = "</user_query>";
const CONTEXT_END = "</context>";

/** Returns the query inside Open WebUI's wrapper, and any other text unchanged. */
export function unwrapQuery(text: string): string {
	if (!OPEN_WEBUI_CONTEXT.test(text.trimStart())) return text;
	const start = text.indexOf(QUERY_START) + QUERY_START.length;
	const end = text.lastIndexOf(QUERY_END);
	if (start >= QUERY_START.length && end >= start) return text.slice(start, end);
	const contextEnd = text.lastIndexOf(CONTEXT_END);
	return contextEnd < 0 ? text : text.slice(contextEnd + CONTEXT_END.length);
}

/** gpt_image_playground and its like say this to a language model before the prompt. An image model would draw it. */
const GUARD = /^\s*Use the following text as the complete prompt\. Do not rewrite it:\s*/;

/** Returns a prompt without the line that guards it against rewriting. */
export function withoutGuard(prompt: string): string {
	return prompt.replace(GUARD, "");
}
