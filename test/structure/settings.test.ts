/** Holds what the deployed Worker is set to, where a careless edit would leak something and no other test would see it. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";

const LOGGER = "telemetry/log.ts";

describe("wrangler.toml", () => {
	const { observability, assets } = unstable_readConfig({ config: "wrangler.toml" });

	it("keeps our own log lines, and no addresses of requests: they hold signed links and MACs", () => {
		expect(observability).toMatchObject({
			enabled: true,
			redact_query_string: true,
			logs: { enabled: true, invocation_logs: false },
		});
		expect(observability?.traces?.enabled ?? false).toBe(false);
	});

	it("takes each request of the API to the Worker before the static files are asked", () => {
		const first: readonly string[] = Array.isArray(assets?.run_worker_first) ? assets.run_worker_first : [];
		const paths = [...readFileSync("src/routes.ts", "utf8").matchAll(/ path: "([^"]+)"/g)].map(([, path = ""]) => path);
		expect(paths).toContain("/v1/models");
		const late = paths.filter((path) => !first.some((pattern) => path.startsWith(pattern.replace(/\*$/, ""))));
		expect(late).toEqual(["/metrics", "/version", "/healthz"]);
	});
});

describe("the output", () => {
	const files = readdirSync("src", { recursive: true, encoding: "utf8" })
		.map((file) => file.replaceAll("\\", "/"))
		// The linter looks after the console, which shows programs that write.
		.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.startsWith("console/"));

	it("is written to by the logger alone", () => {
		const writers = files.filter((file) => /\bconsole\b(?!\/)/.test(readFileSync(join("src", file), "utf8")));
		expect(writers).toEqual([LOGGER]);
	});
});
