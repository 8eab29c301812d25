/** Global setup of the browser tests: one gateway with its console, as `npm start` runs it, and one simulator, which all files share. */

import type { TestProject } from "vitest/node";
import { startSeededBox } from "../../support/node/seeded-box.ts";
import type {} from "../../support/node/shared-gateway.ts";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const { url, simUrl, accessKey, folder, stop } = await startSeededBox();
	project.provide("gateway", { url, simUrl, accessKey, folder });
	return stop;
}
