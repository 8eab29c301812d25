/**
 * Builds the static files that are served beside the Worker: the console, the OpenAPI document, and the reference page that shows it. What was built
 * from the same sources before is taken again, because a build takes seconds of a processor.
 */

import { createHash } from "node:crypto";
import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const SITE = "dist/site";
const SWAGGER_FILES = ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt"];
/** Whatever a build reads. npm writes into the last which packages are installed. */
const SOURCES = ["package.json", "scripts/build-site.ts", "site", "src", "node_modules/.package-lock.json"];
/** Checkouts that share their packages share it too. */
const CACHE = "node_modules/.cache/darkroom-site";
const MAX_CACHED_MS = 24 * 60 * 60_000;

const root = join(import.meta.dirname, "..");
const cache = join(root, CACHE);
const built = join(cache, hashOf(SOURCES));
if (!existsSync(built)) {
	removeOld();
	await buildInto(built);
}
const site = join(root, SITE);
rmSync(site, { recursive: true, force: true });
cpSync(built, site, { recursive: true });

/** Hashes the names and contents of all files below these paths. */
function hashOf(paths: readonly string[]): string {
	const hash = createHash("sha256");
	for (const path of paths.flatMap(filesBelow)) {
		const content = readFileSync(join(root, path));
		hash.update(`${path}\n${content.length}\n`).update(content);
	}
	return hash.digest("hex");
}

function filesBelow(path: string): readonly string[] {
	const stats = statSync(join(root, path), { throwIfNoEntry: false });
	if (!stats?.isDirectory()) return stats === undefined ? [] : [path];
	return readdirSync(join(root, path))
		.sort()
		.flatMap((name) => filesBelow(join(path, name)));
}

function removeOld(): void {
	if (!existsSync(cache)) return;
	for (const name of readdirSync(cache)) {
		const stats = statSync(join(cache, name), { throwIfNoEntry: false });
		if (stats !== undefined && Date.now() - stats.mtimeMs > MAX_CACHED_MS)
			rmSync(join(cache, name), { recursive: true, force: true });
	}
}

/** Builds beside the folder and renames at the end, so that the folder is whole whenever it is there. */
async function buildInto(folder: string): Promise<void> {
	const begun = `${folder}.${process.pid}`;
	cpSync(join(root, "site"), begun, { recursive: true });

	const swagger = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
	for (const file of SWAGGER_FILES) cpSync(join(swagger, file), join(begun, "docs", file));

	const { version }: { version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
	// The Worker's sources have types of their own, which this script's do not fit.
	const load = (path: string) => import(new URL(path, import.meta.url).href);
	const { toOpenApi }: { toOpenApi: (routes: unknown, version: string) => object } =
		await load("../src/reference/openapi.ts");
	const { DESCRIBED_ROUTES }: { DESCRIBED_ROUTES: unknown } = await load("../src/reference/described-routes.ts");
	writeFileSync(join(begun, "openapi.json"), `${JSON.stringify(toOpenApi(DESCRIBED_ROUTES, version), null, "\t")}\n`);

	// A test's own NODE_ENV would make a build for developers.
	process.env.NODE_ENV = "production";
	const { build } = await import("vite");
	const console = join(root, "src/console");
	await build({
		root: console,
		configFile: join(console, "vite.config.ts"),
		configLoader: "native",
		logLevel: "warn",
		build: { outDir: begun },
	});
	try {
		mkdirSync(dirname(folder), { recursive: true });
		renameSync(begun, folder);
	} catch (error) {
		// Another process was sooner.
		rmSync(begun, { recursive: true, force: true });
		if (!existsSync(folder)) throw error;
	}
}
