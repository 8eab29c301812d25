/** Holds the table of endpoints that the Worker carries to the data that it is made from. */

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { toModule } from "../../scripts/build-endpoints.ts";
import { ENDPOINTS, INPUT_NAMES, OTHER_ENDPOINTS } from "../../src/models/endpoints.ts";

const json = readFileSync("data/fal-image-endpoints.json", "utf8");

it("is what the script writes", () => {
	expect(readFileSync("src/models/endpoints.ts", "utf8")).toBe(toModule(json));
});

it("has each endpoint of the data, and the names of the inputs of those of the catalogue", () => {
	const { endpoints }: { endpoints: Record<string, { in: object }> } = JSON.parse(json);
	const names = INPUT_NAMES.split(" ");
	const table = Object.entries(ENDPOINTS).map(([id, places]) => [
		id,
		places.split(" ").map((place) => names[Number.parseInt(place, 36)]),
	]);
	expect([...table.map(([id]) => id), ...OTHER_ENDPOINTS.split(" ")].toSorted()).toEqual(
		Object.keys(endpoints).toSorted(),
	);
	for (const [id, inputs] of table)
		expect([id, [...(inputs ?? [])].toSorted()]).toEqual([id, Object.keys(endpoints[`${id}`]?.in ?? {}).toSorted()]);
});
