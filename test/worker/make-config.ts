import { env } from "cloudflare:workers";
import { type Config, readConfig } from "../../src/config.ts";
import type { Env } from "../../src/env.ts";

/** A checked configuration; throws what is wrong with it. */
export const makeConfig = (overrides: Partial<Env> = {}): Config => {
	const result = readConfig({ ...env, ...overrides });
	if (!result.ok) throw new Error(result.problems.join(" "));
	return result.config;
};

export const JOB = "0123456789abcdef".repeat(4);
export const OTHER_JOB = "fedcba9876543210".repeat(4);
