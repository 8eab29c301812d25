import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { anyLog, link } from "../../../test/support/logs.ts";
import { makeAccepted, NOW, UPSTREAM } from "../../../test/support/make.ts";
import { urlOf } from "../../../test/support/pictures.ts";
import type { EventBody, JobEvent } from "../../core/events.ts";
import { PUBLIC_NAMES } from "../../core/public-events.ts";
import { toJobFrame } from "./events.ts";
import { JobEventData } from "./schema.ts";

const STARTED = NOW / 1000;
const PICTURE = {
	index: 0,
	key: "images/1/0.png",
	contentType: "image/png",
	bytes: 3,
	width: 1408,
	height: 768,
	nsfw: false,
};
const PUBLIC_PICTURE = {
	type: "image",
	index: 0,
	url: urlOf(0),
	content_type: "image/png",
	bytes: 3,
	width: 1408,
	height: 768,
	nsfw: false,
};

/** Each event of the log, with the name and the fields that clients read. */
const CASES: readonly (readonly [event: EventBody, name: string, fields: object])[] = [
	[
		{ type: "accepted", ...makeAccepted() },
		"accepted",
		{
			request: { prompt: "a red fox", model: "imagen4-preview", n: 1, seed: null },
			deadline_at: STARTED + 900,
			expires_at: STARTED + 30 * 86_400,
		},
	],
	[
		{
			type: "submitting",
			endpoint: "fal-ai/imagen4/preview",
			used: { size: "16:9", aspectRatio: "16:9", quality: "auto", outputFormat: "png" },
		},
		"submitting",
		{ endpoint: "fal-ai/imagen4/preview" },
	],
	[
		{
			type: "submitting",
			endpoint: "fal-ai/imagen4/preview",
			used: { size: "16:9", aspectRatio: "16:9", quality: "auto", outputFormat: "png" },
			falAccount: "44efc045",
			first: 0,
			count: 4,
		},
		"submitting",
		{ endpoint: "fal-ai/imagen4/preview", fal_account: "44efc045", first: 0, count: 4 },
	],
	[{ type: "slot", slot: 2, event: { type: "queued", position: 3 } }, "queued", { slot: 2, queue_position: 3 }],
	[
		{ type: "slot", slot: 1, event: { type: "image", ...PICTURE } },
		"output",
		{ slot: 1, output: { ...PUBLIC_PICTURE, late: false } },
	],
	[
		{ type: "slot_ended", slot: 0, outcome: "succeeded", missing: [] },
		"request_ended",
		{ slot: 0, outcome: "succeeded", missing: [] },
	],
	[
		{
			type: "slot_ended",
			slot: 1,
			outcome: "failed",
			error: { code: "invalid_input", message: "no" },
			missing: [4, 5],
		},
		"request_ended",
		{
			slot: 1,
			outcome: "failed",
			missing: [4, 5],
			error: { message: "no", type: "invalid_request_error", param: null, code: "invalid_input" },
		},
	],
	[
		{
			type: "account_refused",
			falAccount: "44efc045",
			error: { code: "insufficient_quota", message: "no" },
		},
		"account_refused",
		{
			fal_account: "44efc045",
			error: { message: "no", type: "insufficient_quota", param: null, code: "insufficient_quota" },
		},
	],
	[{ type: "refused", status: 429, retryAt: NOW + 2_500 }, "refused", { status: 429, retry_at: STARTED + 2 }],
	[{ type: "refused", status: null, retryAt: NOW }, "refused", { status: null, retry_at: STARTED }],
	[{ type: "answer_lost", settleBy: NOW + 300_000 }, "answer_lost", { settle_by: STARTED + 300 }],
	[{ type: "looked_up", lookUpAt: NOW + 4_000 }, "looked_up", { look_up_at: STARTED + 4 }],
	[{ type: "looked_up", lookUpAt: null }, "looked_up", { look_up_at: null }],
	[{ type: "submitted", ...UPSTREAM, position: 2 }, "submitted", { request_id: "r-1", queue_position: 2 }],
	[{ type: "queued", position: null }, "queued", { queue_position: null }],
	[{ type: "running", logs: ["step 1/2"] }, "running", { logs: ["step 1/2"] }],
	[{ type: "completed" }, "completed", {}],
	[
		{ type: "completed", error: { code: "upstream_failed", message: "fal says: no" } },
		"completed",
		{ error: { message: "fal says: no", type: "image_generation_error", param: null, code: "upstream_failed" } },
	],
	[{ type: "result_unavailable", status: 500, retryFor: "minutes" }, "result_unavailable", { status: 500 }],
	[
		{
			type: "late_failure",
			requestId: "r-1",
			error: { code: "upstream_failed", message: "fal says: 502", free: true },
		},
		"late_failure",
		{
			request_id: "r-1",
			error: { code: "upstream_failed", message: "fal says: 502", type: "image_generation_error", param: null },
		},
	],
	[
		{ type: "addresses_kept", requestId: "r-1", addresses: ["https://cdn.test/film.mp4"] },
		"addresses_kept",
		{ addresses: 1 },
	],
	[
		{ type: "generated", requestId: "r-1", outputs: [{ url: "https://cdn.test/0.png", nsfw: false }] },
		"generated",
		{ outputs: 1 },
	],
	[{ type: "image", ...PICTURE }, "output", { output: { ...PUBLIC_PICTURE, late: false } }],
	[{ type: "late_image", ...PICTURE }, "output", { output: { ...PUBLIC_PICTURE, late: true } }],
	[
		{ type: "image_lost", index: 1, why: "The CDN answered 404." },
		"output_lost",
		{ index: 1, message: "The CDN answered 404." },
	],
	[
		{ type: "rerouted", from: "imagen4-preview", to: "nano-banana-2", why: "model_gone" },
		"rerouted",
		{ from: "imagen4-preview", to: "nano-banana-2", why: "model_gone" },
	],
	[{ type: "cancelling", why: "deadline" }, "cancelling", { why: "deadline" }],
	[{ type: "deleting" }, "deleting", {}],
	[{ type: "client_left" }, "client_left", {}],
	[{ type: "delivered" }, "delivered", {}],
	[
		{ type: "thumbnail", index: 1, key: "images/1/1.thumb", contentType: "image/webp", bytes: 4 },
		"thumbnail",
		{ index: 1 },
	],
	[{ type: "notified", status: 204 }, "webhook_delivered", { status: 204 }],
	[
		{ type: "notice_failed", status: 500, retryAt: NOW + 5_000 },
		"webhook_failed",
		{ status: 500, retry_at: NOW / 1000 + 5 },
	],
	[{ type: "notice_failed", status: null, retryAt: null }, "webhook_failed", { status: null, retry_at: null }],
	[
		{
			type: "billed",
			costs: [
				{ requestId: "r-1", cost: 30_000 },
				{ requestId: "r-2", cost: 40_000 },
			],
			retryAt: null,
		},
		"billed",
		{ usd: 0.07, retry_at: null },
	],
	[{ type: "billed", costs: [], retryAt: NOW + 5_000 }, "billed", { usd: 0, retry_at: NOW / 1000 + 5 }],
	[{ type: "succeeded", seconds: 4.2 }, "succeeded", { seconds: 4.2 }],
	[
		{ type: "failed", error: { code: "invalid_input", message: "fal says: no", param: "size" } },
		"failed",
		{ error: { message: "fal says: no", type: "invalid_request_error", param: "size", code: "invalid_input" } },
	],
	[{ type: "cancelled" }, "cancelled", {}],
];

describe("toJobFrame", () => {
	it.each(CASES.map(([event, name, fields]) => [event.type, name, fields, event] as const))(
		"renders `%s` as `%s` with %j",
		(_, name, fields, body) => {
			const event: JobEvent = { ...body, seq: 7, at: NOW + 250 };
			expect(toJobFrame(link(event))).toEqual({
				id: 7,
				event: name,
				data: { sequence_number: 7, at: STARTED + 0.25, type: name, ...fields },
			});
		},
	);

	it("has a row above for each type of the log", () => {
		expect(new Set(CASES.map(([event]) => link({ ...event, seq: 7, at: NOW }).type))).toEqual(
			new Set(Object.keys(PUBLIC_NAMES)),
		);
	});

	it("tells nothing that is not public: no address of fal's, no R2 key, no account, no webhook", () => {
		const secret = "SECRET";
		/** Marks the stored values that are nobody's but ours. */
		const mark = (event: JobEvent): JobEvent => {
			switch (event.type) {
				case "accepted":
					return { ...event, account: secret, webhook: secret, rendering: { ...event.rendering, origin: secret } };
				case "submitted":
					return { ...event, statusUrl: secret, responseUrl: secret, cancelUrl: secret };
				case "generated":
					return { ...event, outputs: event.outputs.map((output) => ({ ...output, url: secret })) };
				default:
					return event;
			}
		};
		fc.assert(
			fc.property(anyLog, (log) => {
				for (const event of log) {
					const marked = "url" in event ? { ...event, key: secret } : link(mark(event));
					expect(JSON.stringify(toJobFrame(marked))).not.toContain(secret);
					const told = JSON.stringify(toJobFrame(event));
					for (const address of ["cdn.test", "queue.test", "/webhooks/"]) expect(told).not.toContain(address);
				}
			}),
		);
	});

	it("is what its schema says, numbered as the log is, for any log", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				for (const [index, event] of log.entries()) {
					const { id, event: name, data } = toJobFrame(event);
					const parsed = z.safeParse(JobEventData, JSON.parse(JSON.stringify(data)));
					expect(parsed).toMatchObject({ success: true, data: { sequence_number: id, type: name } });
					expect(id).toBe(index + 1);
				}
			}),
		);
	});
});
