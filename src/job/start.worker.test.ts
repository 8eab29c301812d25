import { describe, expect, it } from "vitest";
import { makeRequest } from "../../test/support/make.ts";
import { aPrompt } from "../../test/support/workerd/gateway.ts";
import { logOf, newId } from "../../test/support/workerd/job-of.ts";
import { makeContext } from "../../test/support/workerd/make-context.ts";
import type { Context } from "../context.ts";
import type { Accepted } from "../core/events.ts";
import { createLinks } from "../media/links.ts";
import type { ImageRequest } from "../models/request.ts";
import { type Start, startJob, type Terms } from "./start.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The Worker's clock and the object's are read one after the other. */
const BETWEEN_MS = 5_000;

/** A request, before it has an id of its own. */
type Asking = Omit<Start, "id">;

interface Changes {
	readonly request?: Partial<ImageRequest>;
	readonly rendering?: Partial<Start["rendering"]>;
	readonly language?: Start["language"];
	readonly terms?: Partial<Terms>;
	readonly clientWebhook?: string | null;
}

function makeStart({ request, rendering, language = "en", terms, clientWebhook = null }: Changes = {}): Asking {
	return {
		request: makeRequest({ prompt: aPrompt("sim:hold"), ...request }),
		rendering: { api: "images", model: "imagen4-preview", includeUsage: false, responseFormat: "both", ...rendering },
		terms: {
			route: "/v1/images/generations",
			idempotencyKey: null,
			retried: false,
			cancelOnDisconnect: false,
			webhookOrigin: "https://gateway.test",
			...terms,
		},
		written: "a fox 16:9",
		language,
		clientWebhook,
		traits: null,
		watched: false,
	};
}

/** Starts a job and lets go of it. Returns its id, or the error's kind. */
async function idOf(start: Asking, context = makeContext()): Promise<string> {
	const started = await startJob(context, { ...start, id: newId() });
	if (!started.ok) return started.error.kind;
	started.value.close("other");
	return started.value.id;
}

async function acceptedOf(start: Asking, context: Context = makeContext()) {
	const id = await idOf(start, context);
	const [accepted] = await logOf(id);
	if (accepted?.type !== "accepted") throw new Error("a log begins with `accepted`");
	return { id, accepted };
}

describe("startJob", () => {
	it("writes all that the job depends on into its log before it returns", async () => {
		const start = makeStart({ request: { seed: 7 }, rendering: { model: "dall-e-3" }, language: "zh" });
		const context = makeContext();
		const { accepted } = await acceptedOf(start, context);
		expect(accepted).toMatchObject({
			account: "owner",
			listing: expect.any(Number),
			request: start.request,
			rendering: {
				...start.rendering,
				origin: "https://gateway.test",
				progress: context.config.progress,
				version: 3,
				language: "zh",
				written: "a fox 16:9",
			},
		});
		expect(accepted).not.toHaveProperty("onDisconnect");
		expect(accepted.deadlineAt - accepted.at).toBeLessThanOrEqual(context.config.deadlineMs);
		expect(accepted.deadlineAt - accepted.at).toBeGreaterThan(context.config.deadlineMs - BETWEEN_MS);
	});

	it("writes that the job ends with its client, if the client wants that", async () => {
		const { accepted } = await acceptedOf(makeStart({ terms: { cancelOnDisconnect: true } }));
		expect(accepted.onDisconnect).toBe("cancel");
	});

	it("gives fal a webhook address that only this job has", async () => {
		const context = makeContext();
		const { id, accepted } = await acceptedOf(makeStart(), context);
		const [, job, mac = ""] =
			/^https:\/\/gateway\.test\/webhooks\/fal\/([^/]+)\/([^/]+)$/.exec(accepted.webhook ?? "") ?? [];
		expect(job).toBe(id);
		expect(await createLinks(context.config).verifyWebhookMac(id, 0, mac)).toBe(true);
	});

	it("asks for no webhook if fal cannot reach this Worker, as on loopback", async () => {
		const { accepted } = await acceptedOf(makeStart({ terms: { webhookOrigin: null } }));
		expect(accepted.webhook).toBeNull();
	});

	it("returns a log that begins with the first events", async () => {
		const started = await startJob(makeContext(), { ...makeStart(), id: newId() });
		if (!started.ok) throw new Error(started.error.kind);
		for await (const events of started.value.events) {
			expect(events.map(({ type }) => type)).toEqual(["accepted", "submitting"]);
			break;
		}
		expect(started.value.ended).toBe(false);
		started.value.close("other");
	});
});

describe("a job's expiry", () => {
	const offsetOf = ({ expiresAt, at }: Accepted & { readonly at: number }, retentionMs: number) =>
		expiresAt - at - retentionMs;
	const keeping = (retentionMs: number): Context => {
		const context = makeContext();
		return { ...context, config: { ...context.config, retentionMs } };
	};

	it("is spread over six hours to both sides, so that the jobs of a day do not all expire at once", async () => {
		const jobs = await Promise.all(Array.from({ length: 12 }, () => acceptedOf(makeStart(), keeping(2 * DAY_MS))));
		const offsets = jobs.map(({ accepted }) => offsetOf(accepted, 2 * DAY_MS));
		for (const offset of offsets) expect(Math.abs(offset)).toBeLessThanOrEqual(6 * HOUR_MS + BETWEEN_MS);
		expect(Math.max(...offsets) - Math.min(...offsets)).toBeGreaterThan(HOUR_MS / 10);
		for (const { accepted } of jobs) expect(Number.isInteger(accepted.expiresAt)).toBe(true);
	});

	it.each([DAY_MS, 90_000])("is exact if a job is kept for a day or less: %i ms", async (retentionMs) => {
		const { accepted } = await acceptedOf(makeStart(), keeping(retentionMs));
		expect(offsetOf(accepted, retentionMs)).toBeLessThanOrEqual(0);
		expect(offsetOf(accepted, retentionMs)).toBeGreaterThan(-BETWEEN_MS);
	});
});

describe("two requests under one Idempotency-Key", () => {
	const request = {
		model: "fal-ai/qwen-image",
		fal: { loras: [{ weight: 2, scale: 1 }], num_inference_steps: 4 },
		size: { kind: "ratio", width: 16, height: 9 },
	} as const;
	const rendering = { metadata: { order: "7", note: "n" } };

	/** Starts a job under a key of its own, then a changed request under the same key. */
	async function compare(changes: Changes) {
		const key = { idempotencyKey: crypto.randomUUID() };
		const base = { request: { prompt: aPrompt("sim:hold"), ...request }, rendering };
		const first = await idOf(makeStart({ ...base, terms: key }));
		const second = await idOf(
			makeStart({
				request: { ...base.request, ...changes.request },
				rendering: { ...rendering, ...changes.rendering },
				language: changes.language ?? "en",
				terms: { ...key, ...changes.terms },
			}),
		);
		return { first, second };
	}

	it.each<readonly [case_: string, changes: Changes]>([
		["nothing", {}],
		["the order of fields", { request: { fal: { num_inference_steps: 4, loras: [{ scale: 1, weight: 2 }] } } }],
		["the order of a nested field", { request: { size: { height: 9, width: 16, kind: "ratio" } } }],
		["the order of metadata", { rendering: { metadata: { note: "n", order: "7" } } }],
		["terms that do not change the answer", { terms: { retried: true, cancelOnDisconnect: true } }],
		["the host that it came by", { terms: { webhookOrigin: null } }],
		["the language of their answers", { language: "zh" }],
	])("are one job if they differ by %s", async (_, changes) => {
		const { first, second } = await compare(changes);
		expect(first).toMatch(/^[0-9a-f]{64}$/);
		expect(second).toBe(first);
	});

	it.each<readonly [part: string, changes: Changes]>([
		["the route", { terms: { route: "/v1/responses" } }],
		["the prompt", { request: { prompt: "a hen" } }],
		["the model", { request: { model: "flux-schnell" } }],
		["the number of pictures", { request: { n: 2 } }],
		["the size", { request: { size: { kind: "ratio", width: 9, height: 16 } } }],
		["the kind of size", { request: { size: { kind: "pixels", width: 16, height: 9 } } }],
		["the quality", { request: { quality: "high" } }],
		["the format", { request: { outputFormat: "webp" } }],
		["the seed", { request: { seed: 0 } }],
		["a field of fal's", { request: { fal: { ...request.fal, num_inference_steps: 5 } } }],
		["a list of fal's", { request: { fal: { ...request.fal, loras: [] } } }],
		["the API", { rendering: { api: "responses" } }],
		["the client's name of the model", { rendering: { model: "dall-e-3" } }],
		["the fields of an item", { rendering: { responseFormat: "url" } }],
		["usage", { rendering: { includeUsage: true } }],
		["the background", { rendering: { background: true } }],
		["`store`", { rendering: { store: false } }],
		["metadata", { rendering: { metadata: { order: "8", note: "n" } } }],
	])("conflict if they differ by %s", async (_, changes) => {
		expect((await compare(changes)).second).toBe("idempotency_conflict");
	});

	it("are two jobs if their accounts differ", async () => {
		const start = makeStart({ terms: { idempotencyKey: crypto.randomUUID() } });
		const caller = { account: "other", key: null, scopes: [] };
		expect(await idOf(start, makeContext({ caller }))).not.toBe(await idOf(start));
	});
});
