import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
	aPrompt,
	ask,
	chunksOf,
	contentOf,
	eventually,
	queueCalls,
	sim,
	streamChat,
} from "../../test/support/workerd/gateway.ts";
import { requestIdOf } from "../../test/support/workerd/job-of.ts";

/** Two positions in the queue and a run: five seconds in all. */
const FIVE_SECONDS = "sim:queue=1 sim:queue-ms=700 sim:run-ms=3600 sim:logs=3";

function rowsOf(job: string): Promise<number> {
	return runInDurableObject(env.JOB.get(env.JOB.idFromString(job)), (instance) => instance.rowsWritten());
}

async function watchToEnd(prompt: string, more: object = {}) {
	const response = await streamChat(prompt, more);
	const chunks = await Array.fromAsync(chunksOf(response));
	const calls = await queueCalls(prompt);
	return {
		content: contentOf(chunks),
		calls,
		asked: calls.map(toCallName),
		rows: await rowsOf(response.headers.get("x-job-id") ?? ""),
	};
}

function toCallName({ method, path }: { method: string; path: string }): string {
	const { pathname } = new URL(path, "https://fal.test");
	const last = pathname.split("/").at(-1) ?? "";
	return method === "GET" && !["status", "stream"].includes(last) ? "result" : method === "POST" ? "submit" : last;
}

describe.concurrent("a watched job of five seconds, with at most four requests to fal's queue and twelve rows", () => {
	it("learns of its end by the webhook and the follower", async () => {
		const { content, asked, rows } = await watchToEnd(aPrompt(FIVE_SECONDS));
		expect(content).toContain("![Generated Image](https://gateway.example/images/");
		expect(asked).toEqual(["submit", "stream", "result"]);
		expect(rows).toBeLessThanOrEqual(12);
	});

	it("learns of its end by the webhook alone", async () => {
		const { content, asked, rows } = await watchToEnd(aPrompt(`sim:webhook-only ${FIVE_SECONDS}`));
		expect(content).toContain("![Generated Image]");
		expect(asked).not.toContain("result");
		expect(asked.length).toBeLessThanOrEqual(4);
		expect(rows).toBeLessThanOrEqual(12);
	});

	it("learns of its end by the follower alone", async () => {
		const { content, asked, rows } = await watchToEnd(aPrompt(`sim:stream-only ${FIVE_SECONDS}`));
		expect(content).toContain("![Generated Image]");
		expect(asked).toEqual(["submit", "stream", "result"]);
		expect(rows).toBeLessThanOrEqual(12);
	});
});

describe.concurrent("polling", () => {
	it("brings the picture if the webhook is lost and the stream cannot be had, at about 1, 3 and 9 s", async () => {
		const { content, asked } = await watchToEnd(aPrompt("sim:poll-only sim:queue=0 sim:queue-ms=100 sim:run-ms=1900"));
		expect(content).toContain("![Generated Image]");
		expect(asked).toEqual(["submit", "stream", "status", "status", "result"]);
	});

	it("asks often while someone waits and no webhook can come", async () => {
		const prompt = aPrompt("sim:poll-only sim:queue=0 sim:queue-ms=100 sim:run-ms=1900");
		const response = await ask("http://localhost:8787/v1/chat/completions", {
			json: { stream: true, messages: [{ role: "user", content: prompt }] },
		});
		expect(contentOf(await Array.fromAsync(chunksOf(response)))).toContain("![Generated Image]");
		const calls = await queueCalls(prompt);
		expect(calls[0]?.path).not.toContain("fal_webhook");
		expect(calls.filter(({ path }) => path.includes("/status?")).length).toBeGreaterThanOrEqual(3);
	});
});

describe.concurrent("a job, whatever the webhook, the follower and polling do", () => {
	it.each([
		"webhook-twice",
		"webhook-early",
		"webhook-late",
		"webhook-null-payload",
		"webhook-forged",
		"stream-cut",
		"redirected",
		"foreign-urls",
		"answer-lost",
		"answer-502",
		"answer-504",
		"refused-429",
		"refused-503",
		"truncated-image",
		"cdn-500",
		"chunked-image",
		"data-uri",
		"null-fields",
		"wrong-type",
	])("ends with the picture, submitted once: sim:%s", async (scenario) => {
		const prompt = aPrompt(`sim:quick sim:${scenario} sim:run-ms=200`);
		const { content, calls } = await watchToEnd(prompt);
		expect(content).toContain("![Generated Image](https://gateway.example/images/");
		const [, link = ""] = /\((https:[^)]*)\)/.exec(content) ?? [];
		const picture = await ask(link);
		expect(picture.status).toBe(200);
		expect(picture.headers.get("content-type")).toBe("image/png");
		await picture.body?.cancel();
		const taken = calls.filter(({ method, status }) => method === "POST" && status !== 429 && status !== 503);
		expect(taken).toHaveLength(1);
	});

	it("asks fal nothing more once it is settled", async () => {
		const prompt = aPrompt("sim:quick sim:webhook-late");
		await watchToEnd(prompt);
		const before = (await queueCalls(prompt)).length;
		const [submit] = await queueCalls(prompt);
		await fetch(`https://fal.test/sim/requests/${submit?.requestId}/webhook`, { method: "POST", body: "{}" });
		expect(await queueCalls(prompt)).toHaveLength(before);
	});

	it("stores each picture of a result in its own place, whether it comes as a link or inside of the result", async () => {
		for (const words of ["sim:quick", "sim:quick sim:data-uri", "sim:quick sim:data-uri sim:webhook=null-payload"]) {
			const prompt = aPrompt(`${words} sim:max-side=64`);
			const response = await streamChat(prompt, { n: 3 });
			await Array.fromAsync(chunksOf(response));
			const job = response.headers.get("x-job-id") ?? "";
			const calls = await queueCalls(prompt);
			expect(calls.filter((call) => toCallName(call) === "result").length).toBeLessThanOrEqual(1);
			const [submit] = calls;
			const { path = "" } = submit ?? {};
			const result = await fetch(`https://queue.fal.run${path.split("?")[0]}/requests/${submit?.requestId}`, {
				headers: { authorization: "Key test-id:any" },
			});
			const { images } = await result.json<{ images: { url: string }[] }>();
			expect(images).toHaveLength(3);
			const hashes: string[] = [];
			for (const [index, { url }] of images.entries()) {
				const made = await (await fetch(url)).bytes();
				const stored = await (await env.IMAGES.get(`images/${job}/${index}.png`))?.bytes();
				expect(stored?.toHex()).toBe(made.toHex());
				hashes.push(made.toHex());
			}
			expect(new Set(hashes).size).toBe(3);
		}
	});

	it("never asks at the target of a redirect, which would get the key", async () => {
		const prompt = aPrompt("sim:redirected sim:quick sim:run-ms=200 sim:webhook=never sim:stream=404");
		const response = await ask("http://localhost:8787/v1/chat/completions", {
			json: { stream: true, messages: [{ role: "user", content: prompt }] },
		});
		const requestId = await requestIdOf(prompt);
		await eventually(
			() => queueCalls(prompt),
			(calls) => calls.some(({ path, status }) => path.includes("/status?") && status >= 300),
		);
		const all: readonly { path: string }[] = await (await sim("/calls")).json();
		expect(all.filter(({ path }) => path.includes("/elsewhere/") && path.includes(requestId))).toEqual([]);
		await response.body?.cancel();
	});
});
