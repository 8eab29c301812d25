/** A fault in a shell: one place that is wrong on purpose, and the test that notices it. */
export interface Fault {
	/** Says in a line what the fault breaks. */
	readonly breaks: string;
	readonly file: string;
	/** A text that stands once in the file. Short, so that other edits of the file leave it alone. */
	readonly text: string;
	/** Replaces the text. */
	readonly becomes: string;
	readonly caughtBy: CaughtBy;
}

export interface CaughtBy {
	readonly file: string;
	/** A part of the test's title, which no other test of the file has. */
	readonly title: string;
}

/** Puts the fault into the text of its file. Throws if the place is not there, or not once. */
export function breakText({ file, text, becomes, breaks }: Fault, source: string): string {
	const places = source.split(text).length - 1;
	if (places !== 1) throw new Error(`${file} holds ${places} times: ${text} (${breaks})`);
	return source.replace(text, () => becomes);
}

/** Names a test. */
export function test(file: string, title: string): CaughtBy {
	return { file, title };
}
