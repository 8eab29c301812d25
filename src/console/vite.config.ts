/** Builds the console into the static files. `npx vite src/console` serves it from its sources, in front of a gateway that `npm start` runs. */

import { defineConfig } from "vite";

/** What the console asks the gateway for. */
const PATHS_OF_GATEWAY = ["/v1", "/images", "/integrations", "/healthz", "/docs", "/openapi.json"];
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
	},
	server: { proxy: Object.fromEntries(PATHS_OF_GATEWAY.map((path) => [path, GATEWAY])) },
});
