/** The text that stands for long data, such as a picture's address, which was taken out of a body before it was parsed. */

const START = "data:image/x-removed;run=";

/** Returns the text for the piece of data of this number. It is an address, so that no words are found in it. */
export function placeholderOf(run: number): string {
	return `${START}${run},`;
}

/** Returns the number of the piece of data that a text stands for; null for another text. */
export function runOfPlaceholder(text: string): number | null {
	const run = text.startsWith(START) ? /^\d{1,7}(?=,$)/.exec(text.slice(START.length)) : null;
	return run === null ? null : Number(run[0]);
}

/** True for a text from which data was taken out. */
export function holdsPlaceholder(text: string): boolean {
	return text.includes(START);
}
