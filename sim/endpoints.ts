/**
 * The endpoints of fal that the simulator has: those of `data/fal-image-endpoints.json`, some that came or went since, and some that make
 * no picture.
 */
import data from "../data/fal-image-endpoints.json" with { type: "json" };
import { COUNTS, firstRow, USUAL_COUNT } from "./bounds.ts";
import { type FieldType, readType } from "./field-type.ts";
import { HOSTILE_ENDPOINTS } from "./hostile-schemas.ts";
import { OTHER_ENDPOINTS } from "./other-endpoints.ts";

/** An endpoint as the data writes it: types in the words of fal's TypeScript client. */
export type EndpointData = {
	in: Readonly<Record<string, FieldData | undefined>>;
	out: readonly string[];
};
export type FieldData = { type: string; default?: string; required?: boolean };

export type Endpoint = {
	id: string;
	fields: ReadonlyMap<string, Field>;
	/** Names of the fields of its result. */
	outputs: readonly string[];
};
export type Field = { type: FieldType; required: boolean; default: unknown };

const ALL: ReadonlyMap<string, EndpointData> = new Map<string, EndpointData>([
	...Object.entries<EndpointData>(data.endpoints),
	...Object.entries(OTHER_ENDPOINTS),
	...Object.entries(HOSTILE_ENDPOINTS),
]);

/** All ids, of which those that the data has come first. */
export const ENDPOINT_IDS: readonly string[] = [...ALL.keys()];

const read = new Map<string, Endpoint>();

/** Returns undefined for an id that fal does not have. */
export function endpointOf(id: string): Endpoint | undefined {
	const known = read.get(id);
	const written = ALL.get(id);
	if (known || !written) return known;
	const fields = Object.entries(written.in).flatMap(([name, field]) =>
		field ? [[name, readField(id, name, field)] as const] : [],
	);
	const endpoint = { id, fields: new Map(fields), outputs: written.out };
	read.set(id, endpoint);
	return endpoint;
}

function readField(id: string, name: string, field: FieldData): Field {
	const type = bounded(id, name, readType(name, field.type));
	return { type, required: field.required === true, default: readDefault(type, field.default) };
}

function bounded(id: string, name: string, type: FieldType): FieldType {
	if (type.kind !== "integer") return type;
	const max = firstRow(COUNTS, id) ?? USUAL_COUNT;
	return name === "num_images" || name === "max_images" ? { ...type, min: 1, max } : type;
}

function readDefault(type: FieldType, text: string | undefined): unknown {
	if (text === undefined) return undefined;
	switch (type.kind) {
		case "integer":
		case "number":
			return Number(text);
		case "boolean":
			return text === "true";
		case "words":
			return type.words.find((word) => String(word) === text);
		case "text":
		case "union":
			return text;
		default:
			return undefined;
	}
}
