/** The simulator's own process: starts it, tells its address to its parent, and ends it with its parent. */
import { join } from "node:path";
import { createTestHarness } from "wrangler";

/** Slow enough that each state is seen, and that a cancel comes in time. */
const SCENARIO = "sim:queue=1 sim:queue-ms=400 sim:run-ms=1200";

// Without this, the local runtime asks Cloudflare for the place that it runs at.
process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
const harness = createTestHarness({
	root: join(import.meta.dirname, "../.."),
	workers: [{ configPath: "sim/wrangler.toml", vars: { SIM_SCENARIO: SCENARIO } }],
});
process.on("disconnect", async () => {
	await harness.close();
	process.exit();
});
const { url } = await harness.listen();
process.send?.(url.origin);
