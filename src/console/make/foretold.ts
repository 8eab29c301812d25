/** Reads from a quote what the pictures will measure. */

import type { Quote } from "../api/types.ts";

type Measured = Pick<Quote, "size" | "aspect_ratio" | "operation">;

/** Returns pixels, such as `1024x768`, or a ratio. Null if nobody can tell yet: the model chooses, or the picture that is edited does. */
export function sizeToCome({ size, aspect_ratio: ratio, operation }: Measured): string | null {
	if (size !== "auto") return size;
	// The quote does not know the picture.
	return operation === "edit" || ratio === "auto" ? null : ratio;
}
