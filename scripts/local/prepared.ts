/** Runs `prepare.ts` as a process of its own. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PreparedWorker } from "./box.ts";

const MAX_BYTES = 100_000_000;

/**
 * Returns what workerd has to know of the Workers of these configurations. Rejects with the reason as `stderr` if one is broken.
 * @param root The folder of the project, or of a copy of it @param node A Node that runs TypeScript
 */
export async function prepareWorkers(
	configs: readonly string[],
	{ root, node = process.execPath }: { readonly root: string; readonly node?: string },
): Promise<readonly PreparedWorker[]> {
	// wrangler would say on the standard output which settings it found.
	const options = { cwd: root, maxBuffer: MAX_BYTES, env: { ...process.env, WRANGLER_LOG: "none" } };
	const { stdout } = await promisify(execFile)(node, [join(root, "scripts/local/prepare.ts"), ...configs], options);
	return JSON.parse(stdout);
}
