/** Finds the pictures in an answer's Markdown. */

/** A picture of ours, as each answer of the Chat API writes it. */
export const PICTURE = /!\[[^\]\n]*\]\((http:\/\/[^()\s]+\/images\/[^()\s]+)\)/g;

/** Lists the addresses of the pictures in a Markdown text. */
export function picturesIn(markdown: string): readonly string[] {
	return [...markdown.matchAll(PICTURE)].map(([, url = ""]) => url);
}
