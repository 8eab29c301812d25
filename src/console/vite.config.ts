/** Builds the console into the static files. `npx vite src/console` serves it from its sources, in front of a gateway that `npm start` runs. */

import { join } from "node:path";
import { defineConfig } from "vite";

/** What the console asks the gateway for. */
const PATHS_OF_GATEWAY = ["/v1", "/images", "/integrations", "/healthz", "/docs", "/openapi.json"];
const ENTRY = join(import.meta.dirname, "main.tsx");
const GATEWAY = `http://localhost:${process.env.PORT ?? 8787}`;

export default defineConfig({
	build: {
		outDir: "../../dist/site",
		// `scripts/build-site.ts` empties it, and puts other files there.
		emptyOutDir: false,
		target: "es2024",
		modulePreload: { polyfill: false },
		// The page's policy allows no data: but for pictures.
		assetsInlineLimit: 0,
		reportCompressedSize: false,
		rolldownOptions: { output: { codeSplitting: { groups: [{ name: nameOfChunk, debugName: "first" }] } } },
	},
	server: { proxy: Object.fromEntries(PATHS_OF_GATEWAY.map((path) => [path, GATEWAY])) },
});

interface Graph {
	readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null;
}

let first: ReadonlySet<string> | null = null;

/**
 * Puts all that the first view needs into one file, which packs better than the dozen that the parts which are loaded later would share.
 * Null for a module of those parts.
 */
function nameOfChunk(id: string, graph: Graph): string | null {
	first ??= reachedFrom(ENTRY, graph);
	return first.has(id) ? "first" : null;
}

function reachedFrom(entry: string, graph: Graph): ReadonlySet<string> {
	const reached = new Set([entry]);
	// A set's iteration goes on with what is added on the way.
	for (const id of reached) for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
	return reached;
}
