/** Knows which endpoints of fal make pictures, and which inputs those of the catalogue have. */

import type { Endpoint } from "./catalogue/types.ts";
import { ENDPOINTS, INPUT_NAMES, OTHER_ENDPOINTS } from "./endpoints.ts";

const BASE = 36;

/** Read once an isolate, and only when the first request asks. */
let names: readonly string[] | null = null;
let others: ReadonlySet<string> | null = null;

/** True for an endpoint that is known to make pictures. A row of the catalogue may have another. */
export function makesPictures(endpoint: string): boolean {
	others ??= new Set(OTHER_ENDPOINTS.split(" "));
	return Object.hasOwn(ENDPOINTS, endpoint) || others.has(endpoint);
}

/** Returns the names of an endpoint's inputs at fal; null if they are not known. */
export function inputsOf({ endpoint, inputs }: Pick<Endpoint, "endpoint" | "inputs">): ReadonlySet<string> | null {
	if (inputs !== undefined) return new Set(inputs);
	const places = Object.hasOwn(ENDPOINTS, endpoint) ? ENDPOINTS[endpoint] : undefined;
	if (places === undefined) return null;
	names ??= INPUT_NAMES.split(" ");
	const all = names;
	return new Set(places.split(" ").flatMap((place) => all[Number.parseInt(place, BASE)] ?? []));
}
