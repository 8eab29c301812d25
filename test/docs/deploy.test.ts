/** Deploys a clean checkout as Cloudflare's deploy button does, up to the upload, and holds what the button's page reads to what the Worker needs. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv, promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { checkout } from "../support/node/gateway.ts";

/** The page asks for each of these, and takes none as optional. */
const asked = parseEnv(readFileSync(".dev.vars.example", "utf8"));
const ANSWERS = { FAL_API_KEY: "an-id:a-secret", WORKER_ACCESS_KEY: "a-key-of-somebody" };

/** Its types are those of the Workers runtime, which this project has not. */
const { readConfig } = await import(new URL("../../src/config.ts", import.meta.url).href);

const BINDING = /^env\.(\w+)(?: \((.*)\))? {2,}(\S.*?) *$/gm;

/** `wrangler deploy` without an account, as it prints its bindings: name, value, kind. */
async function dryRun(): Promise<readonly (readonly [name: string, value: string, kind: string])[]> {
	const project = checkout();
	writeFileSync(
		join(project.folder, ".dev.vars"),
		Object.entries(ANSWERS)
			.map(([name, value]) => `${name}=${value}\n`)
			.join(""),
	);
	const command = "npx wrangler deploy --dry-run --secrets-file .dev.vars";
	const { stdout } = await promisify(execFile)("bash", ["-c", command], { cwd: project.folder });
	project.remove();
	return [...stdout.matchAll(BINDING)].map(([, name = "", value = "", kind = ""]) => [name, value, kind] as const);
}

describe("a deploy by the button", () => {
	let bindings: Awaited<ReturnType<typeof dryRun>> = [];
	beforeAll(async () => {
		bindings = await dryRun();
	});

	it("binds the objects, the bucket that it makes, and the secrets, and sets nothing else", () => {
		expect(bindings).toEqual([
			["JOB", "Job", "Durable Object"],
			["ACCOUNT", "Account", "Durable Object"],
			["IMAGES", "darkroom-images", "R2 Bucket"],
			["VERSION_METADATA", "", "Worker Version Metadata"],
			["FAL_API_KEY", '"(hidden)"', "Environment Variable"],
			["WORKER_ACCESS_KEY", '"(hidden)"', "Environment Variable"],
		]);
	});

	it("explains each of them in package.json, in a sentence with an end", () => {
		const { cloudflare } = JSON.parse(readFileSync("package.json", "utf8"));
		const described: Readonly<Record<string, { readonly description: string }>> = cloudflare.bindings;
		expect(Object.keys(described).toSorted()).toEqual(bindings.map(([name]) => name).toSorted());
		for (const { description } of Object.values(described)) expect(description).toMatch(/^\S.{20,300}\.$/);
	});

	it("asks for the secrets that the configuration demands, and for no other, with no value that somebody could leave", () => {
		const problems: readonly string[] = readConfig({}).error;
		const demanded = problems.map((problem) => problem.split(" ")[0]);
		expect(Object.keys(asked)).toEqual(demanded);
		expect(Object.keys(asked)).toEqual(["FAL_API_KEY", "WORKER_ACCESS_KEY"]);
		expect(Object.values(asked)).toEqual(["", ""]);
	});

	it("works with these secrets alone", () => {
		expect(readConfig(ANSWERS).ok).toBe(true);
	});
});
