/** Lists what answers say to people. Each language has all of it. */

export interface Words {
	/** Answers a message in which nothing is to be drawn. */
	readonly help: string;
	/** Answers a request whose limit of output tokens leaves no room for a picture. */
	readonly noRoom: string;
	/** Answers a request for JSON of no certain shape. */
	readonly noJson: string;
	readonly progress: Progress;
	readonly notes: Notes;
	/** Stands over the pictures of an edit. @param quoted The prompt, as Markdown in which nothing is markup */
	edited(edited: Edited, quoted: string): string;
	/** Answers a picture that came without words. */
	readonly whatToChange: string;
}

/** The pictures that are edited. */
export interface Edited {
	/** Those that the request brought along, the last one of its conversation, or those that it names by their number. */
	readonly whose: "attached" | "last" | "named";
	readonly pictures: number;
	/** The model that really draws; null for the one that was asked. */
	readonly drawnBy: string | null;
}

/** Short lines for people who wait. */
export interface Progress {
	/** @param status fal's; null if it could not be reached */
	busy(status: number | null, seconds: number): string;
	rerouted(from: string, to: string): string;
	readonly answerLost: string;
	/** @param ahead Requests before this one at fal; null if fal did not say */
	queued(ahead: number | null): string;
	editing(edited: Edited): string;
	readonly generating: string;
	generatingPercent(percent: number): string;
	generatingSeconds(seconds: number): string;
	storing(pictures: number): string;
	readonly givingUp: string;
	readonly cancelling: string;
}

/** Notes under the pictures, of those that are missing or black. */
export interface Notes {
	black(pictures: number): string;
	lost(pictures: number): string;
	late(pictures: number): string;
	/** @param why A sentence */
	unmade(pictures: number, why: string): string;
}
