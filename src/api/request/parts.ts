/** Reads the parts of a message. A body may hold very many, so each is looked at once. */

import * as z from "zod/mini";
import { typeOf } from "../../faults.ts";
import { faulty } from "./fields.ts";

/** The types that hold words, in any API: clients write those of one into bodies of the other. */
export const TEXT_TYPES: readonly string[] = ["text", "input_text", "output_text"];

const words = z.optional(z.unknown());
z.globalRegistry.add(words, { override: { type: "string" }, description: "The words of a part of text." });

/** A part of any type. @param types The types that hold words; what else a part of another type holds does not matter */
export function partOf(types: readonly string[]) {
	const part = z.object({ type: z.string(), text: words });
	return part.check(
		faulty(({ type, text }) => {
			if (!types.includes(type) || typeof text === "string") return null;
			return text === undefined ? { is: "missing" } : { is: "type", expected: ["string"], got: typeOf(text) };
		}, "text"),
	);
}

export type Part = z.output<ReturnType<typeof partOf>>;

/** Joins the words of a message's content, a line for each part of these types. */
export function wordsOf(content: string | readonly Part[], types: readonly string[]): string {
	if (typeof content === "string") return content.toWellFormed();
	const texts = content.map(({ type, text }) => (types.includes(type) && typeof text === "string" ? text : null));
	return texts
		.filter((text) => text !== null)
		.join("\n")
		.toWellFormed();
}
