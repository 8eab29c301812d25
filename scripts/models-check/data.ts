/** Reads the inputs of endpoints from `data/fal-image-endpoints.json`, which tells them as fal's client types them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Input, Inputs } from "./compare.ts";

interface Field {
	readonly type: string;
	readonly default?: string;
	readonly required?: boolean;
}

interface Data {
	readonly endpoints: Readonly<Record<string, { readonly in: Readonly<Record<string, Field>> }>>;
}

const FILE = join(import.meta.dirname, "../../data/fal-image-endpoints.json");

/** Returns the inputs of each endpoint by its id. */
export function readData(): ReadonlyMap<string, Inputs> {
	const { endpoints }: Data = JSON.parse(readFileSync(FILE, "utf8"));
	return new Map(
		Object.entries(endpoints).map(([id, { in: fields }]) => [
			id,
			Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, toInput(field)])),
		]),
	);
}

/** Reads a type such as `ImageSize | "square"`. */
export function toInput({ type, default: usual, required = false }: Field): Input {
	const parts = type.split(" | ");
	return {
		words: parts.flatMap((part) => (/^"(.*)"$/.exec(part) ?? []).slice(1)),
		isList: parts.some((part) => part.startsWith("Array<")),
		takesObject: parts.some((part) => /^[A-Z]\w*$/.test(part)),
		required,
		...(usual === undefined ? {} : { default: usual }),
	};
}
