/** A wire between the browser and the gateway that a test can cut. */

import { inject, onTestFinished } from "vitest";
import { startCuttingProxy } from "../../support/node/cutting-proxy.ts";

/** Opens a wire to the gateway for this test: its `url` is for `openConsole`. `cut` ends all connections and takes no new ones until `heal`. */
export async function relay() {
	const wire = await startCuttingProxy(inject("gateway").url);
	onTestFinished(() => wire.stop());
	return { url: wire.url, cut: wire.takeDown, heal: wire.bringUp };
}
