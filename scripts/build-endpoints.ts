/**
 * Writes `src/models/endpoints.ts` from `data/fal-image-endpoints.json`: which endpoints of fal make pictures, and which inputs those of the
 * catalogue have. Run it after a change of the data or of the catalogue: `node scripts/build-endpoints.ts`. A test says when they differ.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOGUE } from "../src/models/catalogue/index.ts";

const ROOT = join(import.meta.dirname, "..");
const DATA = "data/fal-image-endpoints.json";
const MODULE = "src/models/endpoints.ts";

interface Data {
	readonly source: string;
	readonly endpoints: Readonly<Record<string, { readonly in: Readonly<Record<string, unknown>> }>>;
}

/** Returns the module's text. A name of an input stands in it once; endpoints name it by its place, in base 36. */
export function toModule(json: string): string {
	const { source, endpoints }: Data = JSON.parse(json);
	const drawn = new Set(CATALOGUE.flatMap((row) => [row, ...(row.edits ?? [])]).map(({ endpoint }) => endpoint));
	const all = Object.keys(endpoints).toSorted();
	const ids = all.filter((id) => drawn.has(id));
	const inputsOf = (id: string) => Object.keys(endpoints[id]?.in ?? {});
	const uses = new Map<string, number>();
	for (const name of ids.flatMap(inputsOf)) uses.set(name, (uses.get(name) ?? 0) + 1);
	// The most used names have the shortest places.
	const names = [...uses.keys()].toSorted((a, b) => (uses.get(b) ?? 0) - (uses.get(a) ?? 0) || (a < b ? -1 : 1));
	const placeOf = new Map(names.map((name, place) => [name, place]));
	const rows = ids.map((id) => {
		const places = inputsOf(id)
			.map((name) => placeOf.get(name) ?? Number.NaN)
			.toSorted((a, b) => a - b);
		return `\t"${id}": "${places.map((place) => place.toString(36)).join(" ")}",`;
	});
	return `/**
 * The endpoints of fal that make pictures, and the names of the inputs of those that the catalogue has. Written by
 * scripts/build-endpoints.ts: change the data instead. Source: ${source}.
 */

/** The names of all these inputs, with a space between them. */
export const INPUT_NAMES =
	"${names.join(" ")}";

/** The places of the inputs of each endpoint of the catalogue among the names, in base 36. */
export const ENDPOINTS: Readonly<Record<string, string>> = {
${rows.join("\n")}
};

/** The other endpoints, with a space between them. */
export const OTHER_ENDPOINTS =
	"${all.filter((id) => !drawn.has(id)).join(" ")}";
`;
}

if (import.meta.main) writeFileSync(join(ROOT, MODULE), toModule(readFileSync(join(ROOT, DATA), "utf8")));
