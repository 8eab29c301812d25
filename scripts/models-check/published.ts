/** Reads the inputs of an endpoint from the OpenAPI document that fal publishes for it. */

import { readDocument, type Shape } from "../../src/models/schema-document.ts";
import type { Input, Inputs } from "./compare.ts";

/** Returns null for a document without inputs that can be read. */
export function readPublished(document: unknown, endpoint: string): Inputs | null {
	const read = readDocument(document, endpoint);
	if (!read.ok) return null;
	const inputs = [...read.value.inputs].map(([name, { shape, required }]) => [name, toInput(shape, required)] as const);
	return Object.fromEntries(inputs);
}

function toInput({ words, items, fields, max, default: usual }: Shape, required: boolean): Input {
	return {
		words,
		isList: items !== null,
		takesObject: fields !== null,
		required,
		...(usual === null ? {} : { default: String(usual) }),
		...(max === null || items !== null ? {} : { max }),
	};
}
