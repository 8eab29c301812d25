/** Reads a field that may be missing or of another form as null, so that it never costs the fields that matter. */
import * as z from "zod/mini";

export function orNull<T extends z.ZodMiniType>(schema: T) {
	return z.catch(z.nullish(schema), null);
}
