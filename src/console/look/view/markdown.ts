/** Writes a picture as Markdown. */

const MAX_TEXT_CHARS = 200;

/** The prompt becomes the text: on one line, and with no sign that ends it. */
export function toMarkdown(prompt: string, url: string): string {
	const text = Array.from(prompt.replace(/\s+/g, " ").trim()).slice(0, MAX_TEXT_CHARS).join("");
	return `![${text.replace(/[\\[\]`<>*_!]/g, "\\$&")}](<${url.replace(/[<>]/g, encodeURIComponent)}>)`;
}
