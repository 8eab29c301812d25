import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
	aPrompt,
	ask,
	type Chunk,
	chunksOf,
	contentOf,
	eventually,
	queueCalls,
	streamChat,
	submitsOf,
} from "../../test/support/workerd/gateway.ts";
import {
	advance,
	drawAllTheSame,
	listingOf,
	logOf,
	requestIdOf,
	tablesOf,
	watchersOf,
} from "../../test/support/workerd/job-of.ts";

interface JobView {
	readonly id: string;
	readonly status: string;
	readonly images: readonly { url: string; late: boolean }[];
	readonly error: { code: string } | null;
	readonly fal_requests: readonly { request_id: string | null }[];
}

async function viewOf(id: string): Promise<JobView> {
	return (await ask(`/v1/jobs/${id}`)).json();
}
function jobOf(response: Response): string {
	return response.headers.get("x-job-id") ?? "";
}

/** Waits until the job has a status. */
function reaches(id: string, status: string) {
	return eventually(
		() => viewOf(id),
		(view) => view.status === status,
	);
}

function post(path: string) {
	return ask(path, { method: "POST" });
}

describe("a job", () => {
	it("is found again by its id, with its links", async () => {
		const prompt = aPrompt("sim:quick");
		const response = await streamChat(prompt);
		await Array.fromAsync(chunksOf(response));
		const view = await viewOf(jobOf(response));
		expect(view).toMatchObject({ id: `job_${jobOf(response)}`, status: "succeeded", error: null });
		expect((await ask(view.images[0]?.url ?? "")).status).toBe(200);
		expect(view.fal_requests).toEqual([{ endpoint: "fal-ai/imagen4/preview", request_id: await requestIdOf(prompt) }]);
		expect(JSON.stringify(view)).not.toContain("fal.test");
	});

	it("is answered before its end on Prefer: respond-async", async () => {
		const prompt = aPrompt("sim:hold");
		const response = await ask("/v1/images/generations", {
			json: { prompt },
			headers: { prefer: "wait=5, respond-async" },
		});
		expect(response.status).toBe(202);
		expect(response.headers.get("preference-applied")).toBe("respond-async");
		const view: JobView = await response.json();
		expect(response.headers.get("location")).toBe(`/v1/jobs/${view.id}`);
		await advance(prompt, "COMPLETED");
		expect((await reaches(view.id, "succeeded")).images).toHaveLength(1);
	});

	it("shows its log as events that can be resumed, and answers 204 when all have been seen", async () => {
		const response = await streamChat(aPrompt("sim:quick"));
		await Array.fromAsync(chunksOf(response));
		const path = `/v1/jobs/${jobOf(response)}/events`;
		const whole = await (await ask(path)).text();
		expect(whole).toMatch(/^retry: 1000\nid: 1\nevent: accepted\ndata: \{/);
		const ids = [...whole.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
		expect(ids).toEqual(ids.map((_, index) => index + 1));
		expect(whole).not.toContain("fal.test");
		const rest = await (await ask(path, { headers: { "last-event-id": "3" } })).text();
		expect([...rest.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))).toEqual(ids.slice(3));
		expect((await ask(`${path}?after=${ids.length}`)).status).toBe(204);
	});
});

describe("a chat stream by its id", () => {
	it("continues after any frame, byte for byte", async () => {
		const response = await streamChat(aPrompt("sim:quick sim:logs=3"), { stream_options: { include_usage: true } });
		const whole = await response.text();
		const frames = whole.split("\n\n").filter((frame) => frame !== "");
		for (let after = -1; after < frames.length; after += 1) {
			const resumed = await ask(`/v1/chat/completions/chatcmpl-${jobOf(response)}?stream=true&starting_after=${after}`);
			const expected = frames.filter((frame, index) => index > after || frame.endsWith("[DONE]"));
			expect(await resumed.text()).toBe(`${expected.join("\n\n")}\n\n`);
		}
	});

	it("is a whole answer without stream=true, as soon as the job is done", async () => {
		const prompt = aPrompt("sim:hold");
		const response = await streamChat(prompt);
		const waiting = ask(`/v1/chat/completions/chatcmpl-${jobOf(response)}`);
		await advance(prompt, "COMPLETED");
		const completion: { choices: { message: { content: string } }[] } = await (await waiting).json();
		const chunks: Chunk[] = await Array.fromAsync(chunksOf(response));
		expect(completion.choices[0]?.message.content).toBe(contentOf(chunks));
	});
});

describe("an equal request", () => {
	const body = (prompt: string) => ({ json: { prompt, response_format: "url" } });

	it("gets a job of its own while the first one's client waits, and after that client has its answer", async () => {
		const prompt = aPrompt("sim:quick");
		const both = await Promise.all([1, 2].map(() => ask("/v1/images/generations", body(prompt))));
		const again = await ask("/v1/images/generations", body(prompt));
		await Promise.all([...both, again].map((response) => response.text()));
		expect(new Set([...both, again].map(jobOf)).size).toBe(3);
		expect(await submitsOf(prompt)).toBe(3);
	});

	it("joins a running or finished job whose client left before the answer", async () => {
		const prompt = aPrompt("sim:hold");
		const first = await streamChat(prompt);
		await requestIdOf(prompt);
		await first.body?.cancel();
		await eventually(
			() => logOf(jobOf(first)),
			(log) => log.some(({ type }) => type === "client_left"),
		);
		const second = await streamChat(prompt);
		expect(jobOf(second)).toBe(jobOf(first));
		await second.body?.cancel();
		await eventually(
			() => watchersOf(jobOf(first)),
			(count) => count === 0,
		);
		await advance(prompt, "COMPLETED");
		await reaches(jobOf(first), "succeeded");
		const third = await streamChat(prompt);
		expect(contentOf(await Array.fromAsync(chunksOf(third)))).toContain("![Generated Image]");
		expect(jobOf(third)).toBe(jobOf(first));
		expect(await submitsOf(prompt)).toBe(1);

		await eventually(
			() => logOf(jobOf(first)),
			(log) => log.at(-1)?.type === "delivered",
		);
		const fourth = await streamChat(prompt);
		expect(jobOf(fourth)).not.toBe(jobOf(first));
		await fourth.body?.cancel();
	});

	it("no longer joins when a client that came back by the job's id has the answer", async () => {
		const prompt = aPrompt("sim:hold");
		const first = await streamChat(prompt);
		const job = jobOf(first);
		await requestIdOf(prompt);
		await first.body?.cancel();
		await eventually(
			() => logOf(job),
			(log) => log.some(({ type }) => type === "client_left"),
		);
		await advance(prompt, "COMPLETED");
		await reaches(job, "succeeded");

		const resumed = await ask(`/v1/chat/completions/chatcmpl-${job}?stream=true&starting_after=0`);
		expect(contentOf(await Array.fromAsync(chunksOf(resumed)))).toContain("![Generated Image]");
		await eventually(
			() => logOf(job),
			(log) => log.at(-1)?.type === "delivered",
		);
		const another = await streamChat(prompt);
		expect(jobOf(another)).not.toBe(job);
		await another.body?.cancel();
	});

	it("joins when the SDK declares a retry", async () => {
		const prompt = aPrompt("sim:hold");
		const first = await streamChat(prompt);
		await requestIdOf(prompt);
		const retry = await ask("/v1/chat/completions", {
			json: { model: "imagen4-preview", stream: true, messages: [{ role: "user", content: prompt }] },
			headers: { "x-stainless-retry-count": "1" },
		});
		expect(jobOf(retry)).toBe(jobOf(first));
		await advance(prompt, "COMPLETED");
		const [one, two] = await Promise.all([first, retry].map((response) => Array.fromAsync(chunksOf(response))));
		expect(one).toEqual(two);
		expect(await submitsOf(prompt)).toBe(1);
	});

	it("joins by its Idempotency-Key, running and finished; another body under that key is refused", async () => {
		const prompt = aPrompt("sim:quick");
		const headers = { "idempotency-key": crypto.randomUUID() };
		const send = (more: object = {}) =>
			ask("/v1/images/generations", { json: { prompt, response_format: "url", ...more }, headers });
		const [one, two, ...more] = await Promise.all([send(), send(), send(), send(), send()]);
		for (const response of more) {
			expect(jobOf(response)).toBe(jobOf(one));
			await response.text();
		}
		const three = await send({ user: "ignored", size: null });
		expect(jobOf(two)).toBe(jobOf(one));
		expect(jobOf(three)).toBe(jobOf(one));
		expect(await three.text()).toBe(await one.text());
		await two.text();
		const other = await send({ n: 2 });
		expect(other.status).toBe(422);
		expect(await other.json()).toMatchObject({ error: { code: "idempotency_key_reused" } });
		expect(await submitsOf(prompt)).toBe(1);
	});

	it("does not join a job that failed and surely cost nothing", async () => {
		const prompt = aPrompt("sim:refused-422");
		const headers = { "x-stainless-retry-count": "1" };
		const send = () => ask("/v1/images/generations", { json: { prompt }, headers });
		const [one, two] = [await send(), await send()];
		expect([one.status, two.status]).toEqual([400, 400]);
		await Promise.all([one.text(), two.text()]);
		expect(jobOf(two)).not.toBe(jobOf(one));
	});
});

describe("cancel", () => {
	it("asks fal first, is idempotent, and ends the stream with the reason", async () => {
		const prompt = aPrompt("sim:hold");
		const response = await streamChat(prompt);
		await reaches(jobOf(response), "queued");
		await requestIdOf(prompt);
		await post(`/v1/jobs/${jobOf(response)}/cancel`);
		const chunks = await Array.fromAsync(chunksOf(response));
		expect(chunks.at(-1)?.error?.code).toBe("cancelled");
		const again: JobView = await (await post(`/v1/jobs/${jobOf(response)}/cancel`)).json();
		expect(again.status).toBe("cancelled");
		expect((await queueCalls(prompt)).filter(({ method }) => method === "PUT")).toHaveLength(1);
	});

	it("that comes too late answers with the job that succeeded", async () => {
		const response = await streamChat(aPrompt("sim:quick"));
		await Array.fromAsync(chunksOf(response));
		const view: JobView = await (await post(`/v1/jobs/${jobOf(response)}/cancel`)).json();
		expect(view.status).toBe("succeeded");
	});

	it("is done when a client with x-on-disconnect: cancel leaves", async () => {
		const prompt = aPrompt("sim:hold");
		const response = await ask("/v1/chat/completions", {
			json: { stream: true, messages: [{ role: "user", content: prompt }] },
			headers: { "x-on-disconnect": "cancel" },
		});
		await requestIdOf(prompt);
		await response.body?.cancel();
		await reaches(jobOf(response), "cancelled");
		expect((await queueCalls(prompt)).filter(({ method }) => method === "PUT")).toHaveLength(1);
	});
});

describe("DELETE", () => {
	it.each(["sim:hold sim:cancel=ignored", "sim:quick", "sim:quick sim:file=500 sim:file-faults=1000"])(
		"leaves nothing of a job with %s",
		async (words) => {
			const prompt = aPrompt(words);
			const response = await streamChat(prompt);
			const job = jobOf(response);
			await requestIdOf(prompt);
			if (words === "sim:quick") await Array.fromAsync(chunksOf(response));
			else await response.body?.cancel();
			expect(await (await ask(`/v1/jobs/${job}`, { method: "DELETE" })).json()).toMatchObject({ deleted: true });
			for (const path of [`/v1/jobs/${job}`, `/v1/jobs/${job}/events`, `/v1/chat/completions/chatcmpl-${job}`]) {
				expect((await ask(path)).status).toBe(404);
			}
			if (words.startsWith("sim:hold")) await drawAllTheSame(prompt);
			await eventually(
				() => tablesOf(job),
				(tables) => tables.length === 0,
			);
			expect((await env.IMAGES.list({ prefix: `images/${job}/` })).objects).toEqual([]);
			expect(await listingOf(job)).toEqual([]);
			const requestId = await requestIdOf(prompt);
			await fetch(`https://fal.test/sim/requests/${requestId}/finish`, { method: "POST", body: "{}" });
			await fetch(`https://fal.test/sim/requests/${requestId}/webhook`, { method: "POST", body: "{}" });
			expect(await tablesOf(job)).toEqual([]);
			expect((await ask(`/v1/jobs/${job}`, { method: "DELETE" })).status).toBe(404);
		},
	);
});

describe("GET /v1/jobs", () => {
	it("lists newest first, page by page, and by status", async () => {
		const prompts = [aPrompt("sim:quick"), aPrompt("sim:quick"), aPrompt("sim:content-policy")];
		const ids: string[] = [];
		for (const prompt of prompts) {
			const response = await streamChat(prompt);
			ids.unshift(`job_${jobOf(response)}`);
			await Array.fromAsync(chunksOf(response));
		}
		interface Page {
			readonly data: readonly JobView[];
			readonly has_more: boolean;
			readonly next_cursor: number | null;
		}
		const page = async (query: string): Promise<Page> => (await ask(`/v1/jobs?${query}`)).json();
		const first = await page("limit=2");
		expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
		expect(first.has_more).toBe(true);
		const second = await page(`limit=1&cursor=${first.next_cursor}`);
		expect(second.data.map(({ id }) => id)).toEqual(ids.slice(2));
		expect((await page("limit=1&status=failed")).data.map(({ id }) => id)).toEqual([ids[0]]);
		for (const query of ["limit=x", "status=odd", "limit=1000"])
			expect((await ask(`/v1/jobs?${query}`)).status).toBe(400);
	});
});

describe("a reader of the event stream", () => {
	it("may leave without cancelling a job that is cancelled when its client leaves", async () => {
		const prompt = aPrompt("sim:hold");
		const response = await ask("/v1/responses", {
			json: { input: prompt },
			headers: { prefer: "respond-async", "x-on-disconnect": "cancel" },
		});
		expect(response.status).toBe(202);
		const { id }: JobView = await response.json();
		const events = await ask(`/v1/jobs/${id}/events`);
		await eventually(
			() => watchersOf(id.slice("job_".length)),
			(count) => count === 1,
		);
		await events.body?.cancel();
		await eventually(
			() => watchersOf(id.slice("job_".length)),
			(count) => count === 0,
		);
		await advance(prompt, "COMPLETED");
		await reaches(id, "succeeded");
	});
});
