/** Makes the request for a quote: the job's own, with tiny pictures in place of the real ones. */

import { type Draft, toFields } from "./draft.ts";

/** Of one pixel: a quote does not look at the pictures. */
const PIXEL =
	"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
/** In place of words that are not written yet, so that a price shows at once, and of those that make no difference. */
const SOME_WORDS = "…";

/** Beside a chosen size the words say none, so that who types them asks for nothing. */
export function toQuoteBody(draft: Draft): Readonly<Record<string, unknown>> {
	const { seed: _, ...fields } = toFields(draft);
	return {
		...fields,
		prompt: draft.size !== null || draft.prompt.trim() === "" ? SOME_WORDS : draft.prompt,
		...(draft.references.length > 0 && { image: draft.references.map(() => PIXEL) }),
		...(draft.mask !== null && { mask: PIXEL }),
	};
}
