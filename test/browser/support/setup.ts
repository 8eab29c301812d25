/** Global setup of the browser tests: one gateway with its console, as `npm start` runs it, and one simulator, which all files share. */

import type { TestProject } from "vitest/node";
import { LOCAL_KEY, npmStart } from "../../support/node/npm-start.ts";
import type {} from "../../support/node/shared-gateway.ts";

/** Tests hold more jobs at once than a person does. */
const SETTINGS = "MAX_OPEN_JOBS=100000\n";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const { address, simulator, folder, stop } = await npmStart({ settings: SETTINGS });
	project.provide("gateway", {
		url: `http://${address}`,
		simUrl: `http://${simulator}`,
		accessKey: LOCAL_KEY,
		folder,
	});
	return stop;
}
