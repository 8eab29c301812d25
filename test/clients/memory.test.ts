import { createHash, type Hash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Running, startGateway } from "./gateway.ts";
import { fetchBytes } from "./watched.ts";

/** Pictures pass through a gateway and do not pile up in it: the memory of its process is watched from outside. */

const PICTURES = 4;
const PICTURE_BYTES = 10_000_000;
const ANSWER_BYTES = PICTURES * Math.ceil(PICTURE_BYTES / 3) * 4;
const MB = 1024 * 1024;

let gateway: Running;
beforeAll(async () => {
	gateway = await startGateway();
	await read(await ask("b64_json"));
});
afterAll(() => gateway.stop());

const ask = async (responseFormat: string | null): Promise<Response> => {
	const response = await fetch(`${gateway.url}/v1/images/generations`, {
		method: "POST",
		// Without it, the local runtime would compress.
		headers: { authorization: `Bearer ${gateway.accessKey}`, "accept-encoding": "identity" },
		body: JSON.stringify({
			model: "imagen4-preview",
			prompt: `large sim:quick sim:bytes=${PICTURE_BYTES}`,
			n: PICTURES,
			response_format: responseFormat,
		}),
	});
	expect(response.status).toBe(200);
	return response;
};

/** Reads to the end and keeps nothing; `onPiece` may take its time. */
const read = async (response: Response, onPiece: (length: number) => Promise<void> | void = () => {}): Promise<number> => {
	let length = 0;
	for await (const piece of response.body ?? []) {
		length += piece.length;
		await onPiece(length);
	}
	return length;
};

/** What the gateway's runtime holds in memory: all workerd processes in the group of its wrangler. */
const memoryOf = ({ pid }: Running): number => {
	let bytes = 0;
	for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
		try {
			const [, name, rest = ""] = /^\d+ \((.*)\) (.*)/.exec(readFileSync(`/proc/${id}/stat`, "utf8")) ?? [];
			const [, , group] = rest.split(" ");
			if (name !== "workerd" || Number(group) !== pid) continue;
			const [, kilobytes = "0"] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, "utf8")) ?? [];
			bytes += Number(kilobytes) * 1024;
		} catch {
			// That process has just ended.
		}
	}
	return bytes;
};
it("x", async () => {
	for (let i = 0; i < 5; i++) {
		const before = memoryOf(gateway);
		const t = Date.now();
		let peak = 0;
		const timer = setInterval(() => { peak = Math.max(peak, memoryOf(gateway)); }, 50);
		const r = await ask("b64_json");
		const a = memoryOf(gateway);
		const t2 = Date.now();
		const len = await read(r);
		clearInterval(timer);
		console.log({ before: before/MB, headers: a/MB, peak: peak/MB, after: memoryOf(gateway)/MB, len, t: t2-t, t2: Date.now()-t2 });
	}
});
