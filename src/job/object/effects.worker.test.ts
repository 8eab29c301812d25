import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { UPSTREAM } from "../../../test/support/make.ts";
import { passTime, resetClock } from "../../../test/support/workerd/clock.ts";
import { cdnUrl, newJob } from "../../../test/support/workerd/make-config.ts";
import type { Effect } from "../../core/inputs.ts";
import type { Queue } from "../../fal/queue.ts";
import { type EffectDeps, runEffect } from "./effects.ts";

const endpoint = "fal-ai/imagen4/preview";
const atFal = { upstream: UPSTREAM, endpoint };
const PNG =
	"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

afterEach(resetClock);

/** A queue that answers what the test says, and else cannot be reached. */
function queueWith(overrides: Partial<Queue> = {}): Queue {
	return {
		submit: async () => ({ kind: "lost" }),
		status: async () => null,
		result: async () => ({ kind: "unavailable" }),
		cancel: async () => "unclear",
		streamUrl: () => "https://queue.test/stream",
		...overrides,
	};
}

function depsWith(overrides: Partial<EffectDeps> = {}): EffectDeps {
	return {
		jobId: newJob(),
		queue: queueWith(),
		requests: { find: async () => ({ kind: "unclear" }) },
		webhookPath: async (slot) => `/webhooks/fal/job/${slot}/mac`,
		bucket: env.IMAGES,
		queueOrigin: "https://queue.test",
		attach: async () => ({ kind: "ready", fields: {} }),
		outputs: () => null,
		countUnreadable: () => 1,
		erase: async () => {},
		settle: async () => {},
		askBill: async () => [],
		notify: async () => ({ kind: "taken", status: 200 }),
		submitSettled: new AbortController().signal,
		givenUp: new AbortController().signal,
		erasing: new AbortController().signal,
		...overrides,
	};
}

function store(url: string | null, index = 0): Effect {
	return { type: "store", index, url, ...atFal };
}

describe("a call to fal", () => {
	it("submits what the effect says, and may be stopped", async () => {
		const effect: Effect = { type: "submit", endpoint, input: { prompt: "a" }, webhook: null, startTimeoutSeconds: 9 };
		const { signal } = new AbortController();
		const calls: unknown[] = [];
		const queue = queueWith({
			submit: async (...call) => {
				calls.push(call);
				return { kind: "accepted", upstream: UPSTREAM, position: 1 };
			},
		});
		expect(await runEffect(effect, depsWith({ queue, submitSettled: signal }))).toEqual({
			type: "submit_answered",
			answer: { kind: "accepted", upstream: UPSTREAM, position: 1 },
		});
		expect(calls).toEqual([[effect, signal]]);
	});

	it("submits with the addresses of its pictures", async () => {
		const attachments = [{ field: "image_urls", isList: true, pictures: [] }];
		const effect: Effect = {
			type: "submit",
			endpoint,
			input: { prompt: "a" },
			attachments,
			webhook: null,
			startTimeoutSeconds: 9,
		};
		const inputs: unknown[] = [];
		const queue = queueWith({
			submit: async ({ input }) => {
				inputs.push(input);
				return { kind: "lost" };
			},
		});
		const given: unknown[] = [];
		const attach: EffectDeps["attach"] = async (them) => {
			given.push(them);
			return { kind: "ready", fields: { image_urls: ["https://a.example/0"] } };
		};
		await runEffect(effect, depsWith({ queue, attach }));
		expect(given).toEqual([attachments]);
		expect(inputs).toEqual([{ prompt: "a", image_urls: ["https://a.example/0"] }]);
	});

	it("gives fal a webhook of its own for a further slot, under the path that PUBLIC_URL has", async () => {
		const webhook = "https://gateway.test/pictures/webhooks/fal/job/mac";
		const effect: Effect = { type: "submit", endpoint, input: {}, webhook, startTimeoutSeconds: 9 };
		const given: unknown[] = [];
		const queue = queueWith({
			submit: async (submission) => {
				given.push(submission.webhook);
				return { kind: "lost" };
			},
		});
		for (const slot of [0, 2]) await runEffect({ ...effect, slot }, depsWith({ queue }));
		expect(given).toEqual([webhook, "https://gateway.test/pictures/webhooks/fal/job/2/mac"]);
	});

	it("does not submit if its pictures cannot be handed over", async () => {
		const effect: Effect = {
			type: "submit",
			endpoint,
			input: {},
			attachments: [],
			webhook: null,
			startTimeoutSeconds: 9,
		};
		const answer = { kind: "busy", status: 503, error: { code: "upstream_unavailable", message: "no" } } as const;
		const queue = queueWith({
			submit: async () => {
				throw new Error("it was submitted");
			},
		});
		const attach: EffectDeps["attach"] = async () => answer;
		expect(await runEffect(effect, depsWith({ queue, attach }))).toEqual({ type: "submit_answered", answer });
	});

	it("does not submit if it is given up while its pictures are handed over", async () => {
		const effect: Effect = { type: "submit", endpoint, input: {}, webhook: null, startTimeoutSeconds: 9 };
		let submits = 0;
		const queue = queueWith({
			submit: async () => {
				submits += 1;
				return { kind: "lost" };
			},
		});
		const cancellation = new AbortController();
		const attach: EffectDeps["attach"] = async () => {
			cancellation.abort();
			return { kind: "ready", fields: {} };
		};
		const answered = await runEffect(effect, depsWith({ queue, attach, givenUp: cancellation.signal }));
		expect(answered).toMatchObject({ answer: { kind: "refused" } });
		expect(submits).toBe(0);
	});

	it.each([
		["with the time that is left after its pictures were handed over", 5_050, [4]],
		["not at all if that took until the deadline", 9_000, []],
	])("submits %s", async (_, tookMs, left) => {
		const effect: Effect = { type: "submit", endpoint, input: {}, webhook: null, startTimeoutSeconds: 9 };
		const submits: number[] = [];
		const queue = queueWith({
			submit: async ({ startTimeoutSeconds }) => {
				submits.push(startTimeoutSeconds);
				return { kind: "lost" };
			},
		});
		const attach: EffectDeps["attach"] = async () => {
			passTime(tookMs);
			return { kind: "ready", fields: {} };
		};
		const answered = await runEffect(effect, depsWith({ queue, attach }));
		expect(submits).toEqual(left);
		if (left.length === 0)
			expect(answered).toMatchObject({ answer: { kind: "refused", error: { code: "deadline_exceeded" } } });
	});

	it("polls, and counts the answers in a row that say nothing", async () => {
		const countUnreadable = () => 3;
		expect(await runEffect({ type: "poll", ...atFal }, depsWith({ countUnreadable }))).toEqual({
			type: "status_unreadable",
			inARow: 3,
		});
		const queue = queueWith({ status: async () => ({ kind: "queued", position: 2 }) });
		expect(await runEffect({ type: "poll", ...atFal }, depsWith({ queue }))).toEqual({
			type: "status",
			status: { kind: "queued", position: 2 },
		});
	});

	it.each<{ probe?: true }>([{}, { probe: true }])(
		"fetches a result of the request that the effect names, with %j",
		async (probe) => {
			expect(await runEffect({ type: "fetch_result", ...atFal, ...probe }, depsWith())).toEqual({
				type: "result",
				requestId: "r-1",
				result: { kind: "unavailable" },
				probed: "probe" in probe,
			});
		},
	);

	it("cancels", async () => {
		const queue = queueWith({ cancel: async () => "already_completed" });
		expect(await runEffect({ type: "cancel", ...atFal }, depsWith({ queue }))).toEqual({
			type: "cancel_answered",
			answer: "already_completed",
		});
	});
});

describe("a picture", () => {
	it("is stored from its address", async () => {
		const deps = depsWith();
		expect(await runEffect(store(cdnUrl(), 2), deps)).toEqual({
			type: "stored",
			image: {
				index: 2,
				key: `images/${deps.jobId}/2.png`,
				contentType: "image/png",
				bytes: expect.any(Number),
				width: 64,
				height: 48,
			},
		});
		expect(await env.IMAGES.head(`images/${deps.jobId}/2.png`)).not.toBeNull();
	});

	it("is stored from the result as it came, without another call", async () => {
		const queue = queueWith({ result: () => Promise.reject(new Error("not called")) });
		const outputs = () => [
			{ url: "https://cdn.test/0.png", nsfw: false },
			{ url: PNG, nsfw: false },
		];
		const stored = await runEffect(store(null, 1), depsWith({ queue, outputs }));
		expect(stored).toMatchObject({ type: "stored", image: { index: 1, width: 1, height: 1 } });
	});

	it("is stored from fal's result by an instance that did not get it, each in its own place", async () => {
		const drawing = (side: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"></svg>`;
		const urls = [PNG, ...[2, 3].map((side) => `data:image/svg+xml,${encodeURIComponent(drawing(side))}`)];
		const outputs = urls.map((url) => ({ url, nsfw: false }));
		const deps = depsWith({ queue: queueWith({ result: async () => ({ kind: "outputs", outputs }) }) });
		expect(await runEffect(store(null), deps)).toMatchObject({ type: "stored", image: { index: 0, width: 1 } });
		for (const [index, side] of [2, 3].entries()) {
			const stored = await runEffect(store(null, index + 1), deps);
			expect(stored).toMatchObject({ type: "stored", image: { index: index + 1, contentType: "image/svg+xml" } });
			expect(await (await env.IMAGES.get(`images/${deps.jobId}/${index + 1}.svg`))?.text()).toBe(drawing(side));
		}
	});

	it.each<readonly [what: string, effect: Effect, outcome: object]>([
		["for a day if its server fails", store(cdnUrl({ fault: "500" })), { retryFor: "a_day" }],
		["for a minute if its server has nothing", store(cdnUrl({ fault: "gone" })), { retryFor: "a_minute" }],
		["never if its address is not fetched", store("ftp://cdn.test/0.png"), { retryFor: "never" }],
		["never if its data: URI is broken", store("data:;base64,%%%"), { retryFor: "never" }],
		[
			"for a day if the result cannot be fetched",
			store(null),
			{ retryFor: "a_day", why: "fal's result cannot be fetched" },
		],
		["for a day if the result lacks it", store(null, 7), { retryFor: "a_day" }],
	])("is tried again %s", async (_, effect, outcome) => {
		const queue = queueWith(
			effect.type === "store" && effect.index === 7 ? { result: async () => ({ kind: "outputs", outputs: [] }) } : {},
		);
		expect(await runEffect(effect, depsWith({ queue }))).toEqual({
			type: "store_failed",
			index: effect.type === "store" ? effect.index : null,
			why: expect.any(String),
			retryFor: expect.any(String),
			...outcome,
		});
	});

	it("stops on its way when the job is erased", async () => {
		const erasing = AbortSignal.abort();
		const deps = depsWith({ erasing });
		expect(await runEffect(store(cdnUrl()), deps)).toMatchObject({ type: "store_failed", retryFor: "a_day" });
		expect((await env.IMAGES.list({ prefix: `images/${deps.jobId}/` })).objects).toEqual([]);
	});
});

it("erases, and has nothing to tell the job", async () => {
	let erased = 0;
	const erase = async () => {
		erased += 1;
	};
	expect(await runEffect({ type: "erase" }, depsWith({ erase }))).toBeNull();
	expect(erased).toBe(1);
});
