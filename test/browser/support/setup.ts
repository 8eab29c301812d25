/** Global setup of the browser tests: one gateway with its console, as `npm start` runs it, and one simulator, which all files share. */

import type { TestProject } from "vitest/node";
import { prepareBoxes } from "../../support/node/gateway.ts";
import { startSeededBox } from "../../support/node/seeded-box.ts";
import type {} from "../../support/node/shared-gateway.ts";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const [{ url, simUrl, accessKey, state, stop }] = await Promise.all([startSeededBox(), prepareBoxes()]);
	project.provide("gateway", { url, simUrl, accessKey, state });
	return stop;
}
