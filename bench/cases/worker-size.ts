/** Size of the bundle as it is deployed, and the time of its start-up here: the cost of a cold start. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { median } from "simple-statistics";
import { checkout } from "../../test/support/node/gateway.ts";
import { atMost, type Case, type Size } from "../figure.ts";

export const workerSize: Case = async (size) => {
	const { folder, remove } = checkout();
	try {
		const wrangler = async (...args: readonly string[]): Promise<string> =>
			(await promisify(execFile)("node_modules/.bin/wrangler", args, { cwd: folder })).stdout;

		const [total, gzipped] = numbersIn(await wrangler("deploy", "--dry-run"), UPLOAD);
		const startUps: number[] = [];
		for (let round = 0; round < ROUNDS[size]; round += 1)
			startUps.push(...numbersIn(await wrangler("check", "startup"), ACTIVE));
		return {
			figures: [
				{
					name: "Worker, gzipped",
					value: gzipped ?? Number.NaN,
					unit: "KB",
					goal: atMost(235),
					detail: `${total} KB of JavaScript, minified`,
				},
				{
					name: "Worker, start-up",
					value: median(startUps),
					unit: "ms",
					goal: null,
					detail: `wall time, by wrangler's profiles: ${startUps.join(", ")} ms; Cloudflare allows 1000`,
				},
			],
		};
	} finally {
		remove();
	}
};

const ROUNDS: Readonly<Record<Size, number>> = { guard: 1, quick: 1, full: 3 };

const UPLOAD = /Total Upload: ([\d.]+) KiB \/ gzip: ([\d.]+) KiB/;
const ACTIVE = /Active: ([\d.]+) ms/;

/** Reads the numbers of a pattern in the output of wrangler. */
function numbersIn(output: string, pattern: RegExp): readonly number[] {
	const match = pattern.exec(output);
	if (match === null) throw new Error(`wrangler did not print ${pattern}: ${output}`);
	return match.slice(1).map(Number);
}
