/** Reads a field that may be missing or of another form as null, so that it never costs the fields that matter. */
import * as z from "zod/mini";

/** As `z.catch` would, which brings all of zod's helpers into the bundle with it. */
export function orNull<T extends z.ZodMiniType>(schema: T) {
	return z.union([
		z.nullish(schema),
		z.pipe(
			z.unknown(),
			z.transform(() => null),
		),
	]);
}
