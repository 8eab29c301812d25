/** Freezes what the logs of earlier versions came to: a job that is settled again must not cost something else. */

import { expect, it } from "vitest";
import logs from "../../test/support/golden/logs.json" with { type: "json" };
import logs3 from "../../test/support/golden/logs-3.json" with { type: "json" };
import logs5 from "../../test/support/golden/logs-5.json" with { type: "json" };
import settlements from "../../test/support/golden/settlements.json" with { type: "json" };
import type { JobEvent } from "./events.ts";
import { settlementOf } from "./settlement.ts";

const priced: Readonly<Record<string, readonly JobEvent[]>> = JSON.parse(JSON.stringify({ ...logs3, ...logs5 }));
const unpriced: Readonly<Record<string, readonly JobEvent[]>> = JSON.parse(JSON.stringify(logs));

it.each(Object.entries(settlements))("a log that was written as %s comes to what it did", (name, frozen) => {
	expect(settlementOf(priced[name] ?? [])).toMatchObject(frozen);
});

it("freezes what each priced log came to", () => {
	expect(Object.keys(settlements).toSorted()).toEqual(Object.keys(priced).toSorted());
});

it.each(Object.entries(unpriced))("a log from before there were prices, %s, costs nothing", (_, log) => {
	expect(settlementOf(log)?.cost).toBe(0);
});
