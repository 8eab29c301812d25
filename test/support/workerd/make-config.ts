/** Makes configurations, ids and addresses for tests in workerd. */
import { env } from "cloudflare:workers";
import { type Config, readConfig } from "../../../src/config.ts";
import type { Env } from "../../../src/env.ts";

/** Makes a valid configuration. Throws its problems if it is not valid. */
export function makeConfig(overrides: Partial<Env> = {}): Config {
	const result = readConfig({ ...env, ...overrides });
	if (!result.ok) throw new Error(result.error.join(" "));
	return result.value;
}

export const JOB = "0123456789abcdef".repeat(4);
export const OTHER_JOB = "fedcba9876543210".repeat(4);

/** Makes the id of a job that no other test has, so that tests share no keys in R2. */
export function newJob(): string {
	return crypto.getRandomValues(new Uint8Array(32)).toHex();
}

/** Makes the address of a picture on the simulator's CDN. `query` may have its `fault` and `bytes`. */
export function cdnUrl(query: Readonly<Record<string, string>> = {}): string {
	const all = { size: "64x48", seed: "1", prompt: "a test", ...query };
	return `https://v3.fal.media/files/${crypto.randomUUID()}/0.png?${new URLSearchParams(all)}`;
}
