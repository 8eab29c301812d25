/**
 * Builds the static files, bundles Workers, and prints what workerd has to know of each, as one JSON text: `prepare.ts wrangler.toml sim/wrangler.toml`.
 * It is a process of its own, because wrangler and the bundler would stay in the memory of the box.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from "wrangler";
import type { PreparedWorker } from "./box.ts";
import { bundle } from "./bundle.ts";

const root = join(import.meta.dirname, "../..");
await import("../build-site.ts");
packAssets(join(root, "dist/site/_headers"));
process.stdout.write(JSON.stringify(process.argv.slice(2).map(prepareOrExit)));

/** Has the console's files sent packed, as Cloudflare sends them: workerd packs what says that it is. Only pages load them, and every browser takes gzip. */
function packAssets(headers: string): void {
	const rules = readFileSync(headers, "utf8");
	writeFileSync(headers, rules.replace("/assets/*\n", "/assets/*\n\tContent-Encoding: gzip\n"));
}

function prepareOrExit(config: string): PreparedWorker {
	try {
		return prepare(join(root, config));
	} catch (error) {
		console.error(`${config}: ${error instanceof Error ? error.message : error}`);
		process.exit(1);
	}
}

function prepare(config: string): PreparedWorker {
	const { name = config } = unstable_readConfig({ config });
	const { main, workerOptions } = unstable_getMiniflareWorkerOptions(config);
	// `bundle` has the rules for modules. The runtime would make up the metadata of a version, which nobody deployed.
	const { modulesRules: _, versionMetadata: _version, ...options } = workerOptions;
	if (main === undefined) throw new Error("it names no main module.");
	return { ...options, name, modules: true, script: bundle(main) };
}
