import { env } from "cloudflare:workers";
import { type Config, readConfig } from "../../../src/config.ts";
import type { Env } from "../../../src/env.ts";

/** A checked configuration; throws what is wrong with it. */
export function makeConfig(overrides: Partial<Env> = {}): Config {
	const result = readConfig({ ...env, ...overrides });
	if (!result.ok) throw new Error(result.error.join(" "));
	return result.value;
}

export const JOB = "0123456789abcdef".repeat(4);
export const OTHER_JOB = "fedcba9876543210".repeat(4);

/** A job's id that no other test has, so that tests share no keys in R2. */
export function newJob(): string {
	return crypto.getRandomValues(new Uint8Array(32)).toHex();
}

/** A picture on the simulator's CDN; `fault` and `bytes` are the simulator's. */
export function cdnUrl(query: Readonly<Record<string, string>> = {}): string {
	const all = { size: "64x48", seed: "1", prompt: "a test", ...query };
	return `https://v3.fal.media/files/${crypto.randomUUID()}/0.png?${new URLSearchParams(all)}`;
}
