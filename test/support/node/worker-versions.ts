/** Lets a checkout run the Worker of another day. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const OLD_WORKER = "test/support/golden/worker-2026-11-28.js.gz";
const MAIN = /^main = .*$/m;

/**
 * Puts the Worker of 28 November 2026 into a checkout, as it was bundled that day. It made jobs of one request to fal, knew one fal key, and kept
 * neither prices nor limits nor issued keys: what lies on the disk was all there is in the first migration.
 */
export function useOldWorker(folder: string): void {
	writeFileSync(join(folder, "old-worker.js"), gunzipSync(readFileSync(OLD_WORKER)));
	setMain(folder, "old-worker.js");
}

/** Undoes it. */
export function useTodaysWorker(folder: string): void {
	setMain(folder, "src/worker.ts");
}

function setMain(folder: string, main: string): void {
	const file = join(folder, "wrangler.toml");
	writeFileSync(file, readFileSync(file, "utf8").replace(MAIN, `main = "${main}"`));
}
