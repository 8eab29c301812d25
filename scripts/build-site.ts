/** Builds the static files that are served beside the Worker: the console, the OpenAPI document, and the reference page that shows it. */

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "vite";

const SITE = "dist/site";
const SWAGGER_FILES = ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt"];

const root = join(import.meta.dirname, "..");
const site = join(root, SITE);
rmSync(site, { recursive: true, force: true });
cpSync(join(root, "site"), site, { recursive: true });

const swagger = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
for (const file of SWAGGER_FILES) cpSync(join(swagger, file), join(site, "docs", file));

const { version }: { version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
// The Worker's sources have types of their own, which this script's do not fit.
const load = (path: string) => import(new URL(path, import.meta.url).href);
const { toOpenApi }: { toOpenApi: (routes: unknown, version: string) => object } =
	await load("../src/reference/openapi.ts");
const { DESCRIBED_ROUTES }: { DESCRIBED_ROUTES: unknown } = await load("../src/reference/described-routes.ts");
mkdirSync(site, { recursive: true });
writeFileSync(join(site, "openapi.json"), `${JSON.stringify(toOpenApi(DESCRIBED_ROUTES, version), null, "\t")}\n`);

// A test's own NODE_ENV would make a build for developers.
process.env.NODE_ENV = "production";
const folder = join(root, "src/console");
await build({ root: folder, configFile: join(folder, "vite.config.ts"), configLoader: "native", logLevel: "warn" });
