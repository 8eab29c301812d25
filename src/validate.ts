/** The one way in which a value from outside is held to a schema. */

import * as z from "zod/mini";

/** A value may have as many faults as it has parts, and collecting them all would fill the memory. */
const STOP_AT_FIRST_FAULT: z.core.ParseContextInternal<z.core.$ZodIssue> = { abortEarly: true };

/** Parses a value, and stops at its first fault. */
export function validate<T extends z.ZodMiniType>(schema: T, value: unknown) {
	return z.safeParse(schema, value, STOP_AT_FIRST_FAULT);
}
