/** Finds words in prompts, in any case. The database knows the case of ASCII letters only. */

/**
 * Returns the longest part of a text that every prompt with the text has in common, in whatever case: ASCII in lower case, and letters
 * that have no case. Empty if there is none, which every prompt has.
 */
export function searchedPart(text: string): string {
	const parts = [""];
	for (const letter of text.toLowerCase()) {
		if (isAscii(letter) || letter.toUpperCase() === letter) parts.push(`${parts.pop() ?? ""}${letter}`);
		else parts.push("");
	}
	return parts.reduce((longest, part) => (part.length > longest.length ? part : longest));
}

function isAscii(letter: string): boolean {
	return letter < "\u0080";
}

/** @param prompt Null if it is not known: then the text may stand in it */
export function mayHaveText(prompt: string | null, text: string | null): boolean {
	return text === null || prompt === null || prompt.toLowerCase().includes(text.toLowerCase());
}
