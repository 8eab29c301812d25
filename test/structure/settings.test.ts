/** Holds what the deployed Worker is set to, where a careless edit would leak something and no other test would see it. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";

const LOGGER = "telemetry/log.ts";

describe("wrangler.toml", () => {
	const { observability } = unstable_readConfig({ config: "wrangler.toml" });

	it("keeps our own log lines, and no addresses of requests: they hold signed links and MACs", () => {
		expect(observability).toMatchObject({
			enabled: true,
			redact_query_string: true,
			logs: { enabled: true, invocation_logs: false },
		});
		expect(observability?.traces?.enabled ?? false).toBe(false);
	});
});

describe("the console", () => {
	const files = readdirSync("src", { recursive: true, encoding: "utf8" })
		.map((file) => file.replaceAll("\\", "/"))
		.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));

	it("is written to by the logger alone", () => {
		const writers = files.filter((file) => /\bconsole\b/.test(readFileSync(join("src", file), "utf8")));
		expect(writers).toEqual([LOGGER]);
	});
});
