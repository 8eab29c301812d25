/** Freezes what clients read of jobs: the job itself, and each of its events, for each log that a version wrote. */

import { describe, expect, it } from "vitest";
import golden from "../../../test/support/golden/jobs.json" with { type: "json" };
import golden3 from "../../../test/support/golden/jobs-3.json" with { type: "json" };
import golden4 from "../../../test/support/golden/jobs-4.json" with { type: "json" };
import golden5 from "../../../test/support/golden/jobs-5.json" with { type: "json" };
import logs from "../../../test/support/golden/logs.json" with { type: "json" };
import logs3 from "../../../test/support/golden/logs-3.json" with { type: "json" };
import logs4 from "../../../test/support/golden/logs-4.json" with { type: "json" };
import logs5 from "../../../test/support/golden/logs-5.json" with { type: "json" };
import { link } from "../../../test/support/logs.ts";
import type { JobEvent } from "../../core/events.ts";
import { toJobFrame } from "./events.ts";
import { toJob } from "./render.ts";

const old: Readonly<Record<string, readonly JobEvent[]>> = JSON.parse(
	JSON.stringify({ ...logs, ...logs3, ...logs4, ...logs5 }),
);
const frozen: Readonly<Record<string, { readonly job: object; readonly events: readonly object[] }>> = {
	...golden,
	...golden3,
	...golden4,
	...golden5,
};

/**
 * A client keeps the id of the last event that it has, and programs read these fields: **what is frozen must never change**. New
 * fields are fine, here and there. A log of a new version gets an entry of its own.
 */
describe.each(Object.entries(old))("a log that was written as %s", (name, log) => {
	const linked = log.map(link);

	it("is the frozen job", () => {
		expect(JSON.parse(JSON.stringify(toJob("1", linked)))).toMatchObject(frozen[name]?.job ?? {});
	});

	it("has the frozen events", () => {
		expect(JSON.parse(JSON.stringify(linked.map(toJobFrame)))).toMatchObject(frozen[name]?.events ?? []);
	});
});

it("freezes no more logs than there are", () => {
	expect(Object.keys(frozen).toSorted()).toEqual(Object.keys(old).toSorted());
});
