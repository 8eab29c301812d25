/** Builds the console into the static files. `npx vite src/console` serves it from its sources, in front of a gateway that `npm start` runs. */

import { join } from "node:path";
import { defineConfig, type IndexHtmlTransformContext } from "vite";

/** What the console asks the gateway for. */
const PATHS_OF_GATEWAY = ["/v1", "/images", "/integrations", "/healthz", "/docs", "/openapi.json"];
/** It loads all else. */
const ENTRY = join(import.meta.dirname, "main.ts");
/** Written by the tools: they load parts with their styles, and join them. */
const HELPERS = ["\0vite/preload-helper.js", "\0rolldown/runtime.js"];
const FIRST_VIEW = join(import.meta.dirname, "begin.tsx");
const GATEWAY = `http://localhost:${process.env.PORT ?? 8787}`;

export default defineConfig({
	build: {
		// `scripts/build-site.ts` names the folder, and has put other files there.
		emptyOutDir: false,
		target: "es2024",
		modulePreload: { polyfill: false },
		// The page's policy allows no data: but for pictures.
		assetsInlineLimit: 0,
		reportCompressedSize: false,
		rolldownOptions: { output: { codeSplitting: { groups: [{ name: nameOfChunk, debugName: "first" }] } } },
	},
	plugins: [{ name: "name-first-files", transformIndexHtml: { order: "post", handler: nameFirstFiles } }],
	server: { proxy: Object.fromEntries(PATHS_OF_GATEWAY.map((path) => [path, GATEWAY])) },
});

interface Graph {
	readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null;
}

let begun: { readonly early: ReadonlySet<string>; readonly first: ReadonlySet<string> } | null = null;

/**
 * Puts all that the first view needs into one file, which packs better than the dozen that the parts which are loaded later would share,
 * and what asks before it is read into another. Null for a module of the later parts.
 */
function nameOfChunk(id: string, graph: Graph): string | null {
	begun ??= { early: reachedFrom(ENTRY, graph), first: reachedFrom(FIRST_VIEW, graph) };
	if (begun.early.has(id) || HELPERS.includes(id)) return "early";
	return begun.first.has(id) ? "first" : null;
}

function reachedFrom(entry: string, graph: Graph): ReadonlySet<string> {
	const reached = new Set([entry]);
	// A set's iteration goes on with what is added on the way.
	for (const id of reached) for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
	return reached;
}

/** Names the first view's files in the page itself, so that they are loaded beside the entry and not behind it. */
function nameFirstFiles(html: string, { bundle = {} }: IndexHtmlTransformContext) {
	const names = Object.keys(bundle).filter((name) => /^assets\/(?:first|rolldown-runtime)-/.test(name));
	const tags = names.map((name) => ({
		tag: "link",
		attrs: { rel: name.endsWith(".css") ? "stylesheet" : "modulepreload", crossorigin: true, href: `/${name}` },
		injectTo: "head" as const,
	}));
	return { html, tags };
}
