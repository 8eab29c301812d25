/** Holds the direction of imports: a room imports only what lies below it. */

import { readdirSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/** Each room with the rooms that it may import, beside itself and the floor. The floor is what every room may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
	worker: ["router", "account", "api"],
	router: ["route-table", "api", "account", "http", "telemetry"],
	"route-table": ["routes", "route", "paths"],
	paths: [],
	routes: ["api", "route"],
	// Described for the build and the tests: see below.
	reference: ["routes", "route", "api"],
	route: [],
	api: ["job", "account", "fal", "media", "webhooks", "http", "core", "prompt", "models", "stub"],
	job: ["account", "fal", "media", "webhooks", "http", "core", "models", "stub", "telemetry"],
	account: ["core", "http", "stub"],
	fal: ["core", "http", "models"],
	media: ["core", "http", "models"],
	webhooks: ["core", "http"],
	core: ["models"],
	prompt: ["models"],
	models: [],
	http: [],
	telemetry: ["core"],
	// Types only: what an object is called by.
	stub: ["job", "account"],
	env: ["job", "account"],
	config: ["access-keys", "env", "fal-accounts", "models", "telemetry"],
	context: ["env", "config"],
	// Runs in a browser: it shares what is pure, and calls the rest by HTTP.
	console: ["core", "models", "api"],
};
const FLOOR = [
	"access-keys",
	"env",
	"config",
	"context",
	"errors",
	"fal-accounts",
	"language",
	"money",
	"faults",
	"words",
	"result",
	"text",
	"scrub",
	"job-id",
	"key-id",
	"json-value",
	"request-id",
	"placeholder",
	"validate",
];
/** These rooms know no platform, so the floor's part with bindings is above them. */
const PURE = ["core", "prompt", "models", "console"];
const PURE_FLOOR = [
	"errors",
	"fal-accounts",
	"faults",
	"language",
	"money",
	"result",
	"text",
	"scrub",
	"job-id",
	"json-value",
	"placeholder",
	"validate",
	"words",
];

const SOURCE = "src";
const IMPORT = /(?:from|import) "(\.{1,2}\/[^"]+)"/g;

const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
	.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$|vite\.config\.ts$/.test(file))
	.map((file) => file.replaceAll("\\", "/"));

function roomOf(file: string): string {
	return file.split("/", 1)[0]?.replace(/\.ts$/, "") ?? "";
}

function importsOf(file: string): readonly string[] {
	const text = readFileSync(join(SOURCE, file), "utf8");
	return [...text.matchAll(IMPORT)]
		.map(([, path = ""]) => normalize(join(file, "..", path)))
		.filter((path) => !path.startsWith(".."));
}

describe.each(files)("src/%s", (file) => {
	it("imports only what lies below its room", () => {
		const room = roomOf(file);
		const floor = FLOOR.includes(room) ? PURE_FLOOR : PURE.includes(room) ? PURE_FLOOR : FLOOR;
		const allowed = [room, ...floor, ...(MAY_IMPORT[room] ?? [])];
		const above = importsOf(file).filter((path) => !allowed.includes(roomOf(path)));
		expect(above).toEqual([]);
	});
});

/** Every file that the entry of the Worker leads to. */
function reachedFrom(entry: string): ReadonlySet<string> {
	const reached = new Set([entry]);
	// A set's iteration goes on with what is added on the way.
	for (const file of reached) for (const path of importsOf(file)) if (files.includes(path)) reached.add(path);
	return reached;
}

it("keeps the reference out of the Worker, and the schemas of answers with it", () => {
	const told = [...reachedFrom("worker.ts")].filter((file) => /^reference\/|^api\/\w+\/schema\.ts$/.test(file));
	expect(told).toEqual([]);
	expect([...reachedFrom("reference/described-routes.ts")]).toContain("api/jobs/schema.ts");
});

it("lets the console take types alone from the API, so that nothing of the Worker is bundled", () => {
	const imports = files
		.filter((file) => roomOf(file) === "console")
		.flatMap((file) =>
			[...readFileSync(join(SOURCE, file), "utf8").matchAll(/^import .* from "(\..*)";$/gm)]
				.filter(([, path = ""]) => normalize(join(file, "..", path)).startsWith("api/"))
				.map(([line]) => line),
		);
	expect(imports.length).toBeGreaterThan(0);
	expect(imports.filter((line) => !line.startsWith("import type "))).toEqual([]);
});

it("knows every room", () => {
	const rooms = new Set(files.map(roomOf));
	expect([...rooms].filter((room) => !(room in MAY_IMPORT) && !FLOOR.includes(room))).toEqual([]);
});

it("finds the imports of a file", () => {
	expect(importsOf("worker.ts")).toContain("router.ts");
});
