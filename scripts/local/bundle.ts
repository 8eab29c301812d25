/** Bundles a Worker to one script, for runtimes that take no folder. */
import { dirname, resolve } from "node:path";
import { buildSync } from "esbuild";

export function bundle(entryPoint: string): string {
	const path = resolve(entryPoint);
	return buildSync({
		entryPoints: [path],
		absWorkingDir: dirname(path),
		bundle: true,
		write: false,
		format: "esm",
		target: "es2024",
		conditions: ["workerd"],
		external: ["cloudflare:*", "node:*"],
		loader: { ".txt": "text", ".sql": "text" },
	})
		.outputFiles.map(({ text }) => text)
		.join("");
}
