/** Reads every hostile body in a process with a heap of 128 MB, as a Worker has, within the bounds on its work. */

import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { budgetMs, HOSTILE_BODIES } from "../support/hostile-bodies.ts";
import { HOSTILE_COMPRESSED_BODIES } from "../support/node/compressed-bodies.ts";
import type { Held, ReadBody } from "../support/node/read-hostile-bodies.ts";

const BODIES = [...HOSTILE_BODIES, ...HOSTILE_COMPRESSED_BODIES];
const MB = 1024 * 1024;
const BODY_BYTES = 32 * MB;
const HEAP_MB = 128;
/** The process may grow by so much: its heap has room for that much garbage. */
const MAX_GROWTH_BYTES = 3 * HEAP_MB * MB;

let bodies: readonly ReadBody[];
let held: Held;

beforeAll(() => {
	const script = ["test/support/node/read-hostile-bodies.ts", `${BODY_BYTES}`];
	const { stdout, stderr, status } = spawnSync(process.execPath, [`--max-old-space-size=${HEAP_MB}`, ...script], {
		encoding: "utf8",
		maxBuffer: 16 * MB,
	});
	if (status !== 0) throw new Error(`the process died: ${stderr.slice(0, 2_000)}`);
	const lines = stdout.trim().split("\n");
	held = JSON.parse(lines.pop() ?? "");
	bodies = lines.map((line): ReadBody => JSON.parse(line));
}, 300_000);

it("survives all of them, and holds little", () => {
	expect(bodies).toHaveLength(BODIES.flatMap(({ apis }) => apis).length);
	expect(held.peakBytes - held.firstBytes).toBeLessThan(MAX_GROWTH_BYTES);
});

describe.each(BODIES)("$name", ({ name, apis }) => {
	it.each(apis)("costs the %s API no more than its bytes allow, and an error no longer than a page", (api) => {
		const body = bodies.find((other) => other.name === name && other.api === api);
		expect(body?.cpuMs).toBeLessThanOrEqual(budgetMs(body?.bytes ?? 0));
		expect(body?.outcome).toMatch(/^(good$|\{"error":\{"message":"[^"].*"\}\}$)/);
		expect(body?.outcome.length).toBeLessThan(3_000);
	});
});
