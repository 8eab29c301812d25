/** Builds the schemas of answers: what the reference says, and what the tests hold every route to. */

import * as z from "zod/mini";

/** Gives a schema a name of its own in the reference, and a line that says what it is. */
export function named<T extends z.ZodMiniType>(id: string, description: string, schema: T): T {
	return described(schema, description, id);
}

/** Says in the reference what a field means. */
export function described<T extends z.ZodMiniType>(schema: T, description: string, id?: string): T {
	z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), ...(id === undefined ? {} : { id }), description });
	return schema;
}

/** Whole seconds since 1970. */
export function seconds(description: string) {
	return described(z.int(), `${description}, in seconds since 1970.`);
}

/** As `seconds`, null if it has not come to that. */
export function secondsOrNull(description: string) {
	return described(z.nullable(z.int()), `${description}, in seconds since 1970; null before that.`);
}

/** OpenAI's four fields, of which none is ever left out. */
export const ErrorFields = z.object({
	message: described(z.string(), "For people. It never holds a key, a link or fal's echo of the input."),
	type: z.string(),
	param: described(z.nullable(z.string()), "The field that is to blame; null if there is none."),
	code: described(z.string(), "For programs: see docs/errors.md."),
});

/** Null if the bytes do not tell. */
export const Pixels = z.nullable(z.int());
