/** Reads the examples of a document: each block of shell that calls curl without a placeholder, with the answer that is shown beneath it. */

/** The address that the documents name, and that `npm start` takes by default. */
export const DOCUMENTED = "localhost:8787";

/** The simulator's. */
export const DOCUMENTED_SIMULATOR = "localhost:8788";

export interface Example {
	/** The heading that it stands under, and its line in the document. */
	readonly title: string;
	readonly command: string;
	/** Empty if the command prints nothing. */
	readonly shown: string;
}

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;
const HEADING = /^#+ (.*)$/gm;

interface Block {
	readonly language: string;
	readonly text: string;
	readonly at: number;
}

export function readExamples(markdown: string): readonly Example[] {
	const blocks: readonly Block[] = [...markdown.matchAll(FENCE)].map(({ 1: language = "", 2: text = "", index }) => ({
		language,
		text,
		at: index,
	}));
	return blocks.flatMap(({ language, text, at }, number) => {
		if (language !== "sh" || !/\bcurl /.test(text) || text.includes("<your")) return [];
		const answer = blocks[number + 1];
		const shown = answer?.language === "json" || answer?.language === "text" ? answer.text : "";
		const before = markdown.slice(0, at);
		const heading = [...before.matchAll(HEADING)].at(-1)?.[1] ?? "";
		return [{ title: `${heading} (line ${before.split("\n").length})`, command: text, shown }];
	});
}
