/** Reads from a quote what the pictures will measure. */

import type { Quote } from "../api/types.ts";
import { isNearShape, parseSize } from "../jobs/shape.ts";
import { type Draft, orderedReferences } from "./draft.ts";

type Measured = Pick<Quote, "size" | "aspect_ratio" | "operation">;

/** Returns pixels, such as `1024x768`, or a ratio. Null if nobody can tell yet: the model chooses, or the picture that is edited does. */
export function sizeToCome({ size, aspect_ratio: ratio, operation }: Measured): string | null {
	if (size !== "auto") return size;
	// The quote does not know the picture.
	return operation === "edit" || ratio === "auto" ? null : ratio;
}

/** True if an edit would be stretched or cut: it was asked for in another shape than the picture's. */
export function isOtherShape(quote: Measured, draft: Pick<Draft, "references" | "mask">): boolean {
	const [edited] = orderedReferences(draft);
	const made = quote.operation === "edit" ? parseSize(sizeToCome(quote) ?? "") : null;
	if (edited === undefined || edited.source.kind === "link") return false;
	return made !== null && !isNearShape(made, edited);
}
