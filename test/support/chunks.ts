/** Reads text out of the chunks of a chat stream. Runs in Node and in workerd. */

/** The part of a chunk that these functions read. */
interface Chunk {
	readonly choices: readonly {
		readonly delta: { readonly content?: string | null; readonly reasoning_content?: string };
		readonly finish_reason: string | null;
	}[];
}

/** Joins the answer's text. */
export function contentOf(chunks: readonly Chunk[]): string {
	return chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("");
}

/** Joins the progress text. */
export function reasoningOf(chunks: readonly Chunk[]): string {
	return chunks.map(({ choices }) => choices[0]?.delta.reasoning_content ?? "").join("");
}

/** Lists the finish reasons. A whole stream has one. */
export function finishesOf(chunks: readonly Chunk[]): readonly string[] {
	return chunks.flatMap(({ choices }) => choices[0]?.finish_reason ?? []);
}

/** True for a chunk that only keeps a silent stream alive: it says nothing, and has no number. */
export function isKeepAlive({ sequence_number }: { readonly sequence_number?: number }): boolean {
	return sequence_number === undefined;
}
