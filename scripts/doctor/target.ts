/** Names whom the questions go to, fal or the simulator, and what is submitted. */

export interface Target {
	/** All addresses are without a slash at the end. */
	readonly queueUrl: string;
	readonly apiUrl: string;
	readonly schemaUrl: string;
	readonly jwksUrl: string;
	readonly key: string;
	/** A key with admin scope; null if there is none. */
	readonly adminKey: string | null;
}

/** A key that must be refused. It holds nothing of a real one. */
export const WRONG_KEY = "bad-key:00000000000000000000000000000000";

/** The cheapest model that fal has had for years. */
export const MODEL = "fal-ai/flux/schnell";
export const MODEL_APP = "fal-ai/flux";
/** Dollars for one picture of `PICTURE_INPUT`, as fal told in September 2026: 0.003 a megapixel. */
export const PICTURE_PRICE = 0.003;
/** The report may show the doctor's own prompt, so it says nothing. */
export const PROMPT = "A paper boat on a pond";

/** Returns the input of one small picture. Its seed tells it from all others. */
export function pictureInput(seed: number) {
	return { prompt: PROMPT, image_size: "square", num_images: 1, seed };
}

/** An input that no model takes, so that it costs nothing wherever it is sent. */
export const EMPTY_INPUT = {};
/** Time that a request may wait in fal's queue. */
export const START_TIMEOUT_SECONDS = 60;

/** Returns the part of an endpoint that names its app, as far as the doctor's endpoints go. */
export function appOf(endpoint: string): string {
	return endpoint.split("/").slice(0, 2).join("/");
}
