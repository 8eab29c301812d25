/** Asks fal for the schema of each endpoint of the catalogue, and tells what moved. */

import { CATALOGUE } from "../../src/models/catalogue/index.ts";
import type { Endpoint } from "../../src/models/catalogue/types.ts";
import { compare } from "./compare.ts";
import { readPublished } from "./published.ts";

/** fal's own address. It takes an endpoint as `endpoint_id` and needs no key. */
export const FAL_SCHEMA_URL = "https://fal.ai/api/openapi/queue/openapi.json";

/** Schemas that are asked for at once. */
const AT_ONCE = 6;
const TIMEOUT_MS = 20_000;

/** `moved`: a row is not as fal has it. `unasked`: fal did not answer for some of them, and the others are as they were. */
export const EXIT = { same: 0, moved: 1, unasked: 2 } as const;

/** A row's endpoint, or one that edits for it. */
interface Asked {
	readonly endpoint: Endpoint;
	/** The row says that fal has it no longer. */
	readonly isGone: boolean;
}

type Found = { readonly is: "same" } | { readonly is: "moved" | "unasked"; readonly lines: readonly string[] };

/** Prints a line for each difference. @param schemaUrl fal's address, or a simulator's */
export async function run(schemaUrl: string, print: (line: string) => void): Promise<number> {
	const all = endpointsOf();
	const found: Found[] = [];
	const rest = [...all];
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			for (let asked = rest.shift(); asked !== undefined; asked = rest.shift()) {
				const result = await ask(schemaUrl, asked);
				found.push(result);
				if (result.is !== "same") for (const line of result.lines) print(`${asked.endpoint.endpoint}: ${line}`);
			}
		}),
	);
	const count = (is: Found["is"]) => found.filter((one) => one.is === is).length;
	print(
		`${all.length} endpoints: ${count("same")} as the rows say, ${count("moved")} moved, ${count("unasked")} not asked`,
	);
	return count("moved") > 0 ? EXIT.moved : count("unasked") > 0 ? EXIT.unasked : EXIT.same;
}

/** Rows share some endpoints: each is asked once. */
function endpointsOf(): readonly Asked[] {
	const asked = new Map<string, Asked>();
	for (const row of CATALOGUE) {
		for (const endpoint of [row, ...(row.edits ?? [])]) {
			asked.set(endpoint.endpoint, { endpoint, isGone: row.shutdownOn !== undefined });
		}
	}
	return [...asked.values()];
}

async function ask(schemaUrl: string, { endpoint, isGone }: Asked): Promise<Found> {
	const url = new URL(schemaUrl);
	url.searchParams.set("endpoint_id", endpoint.endpoint);
	try {
		const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
		if (answer.status === 404) return isGone ? { is: "same" } : { is: "moved", lines: ["fal does not have it"] };
		if (!answer.ok) return { is: "unasked", lines: [`fal answered ${answer.status}`] };
		const inputs = readPublished(await answer.json(), endpoint.endpoint);
		if (inputs === null) return { is: "unasked", lines: ["fal's schema could not be read"] };
		const lines = [...(isGone ? ["fal has it, and the row says that it is gone"] : []), ...compare(endpoint, inputs)];
		return lines.length > 0 ? { is: "moved", lines } : { is: "same" };
	} catch (error) {
		return { is: "unasked", lines: [error instanceof Error ? error.message : String(error)] };
	}
}
