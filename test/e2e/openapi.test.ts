/** Holds every route to what openapi.json says of it: its good answers, its errors, and a client that is generated from it. */

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { createParser } from "eventsource-parser";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { pngOf } from "../support/forms.ts";
import { type Address, type Gateway, startGateway } from "../support/node/gateway.ts";
import { aPrompt, submitsOf } from "../support/node/simulator.ts";

type Api = "images" | "edits" | "chat" | "responses";

interface Media {
	readonly schema: object;
}

interface Operation {
	readonly operationId: string;
	readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

interface Document {
	readonly openapi: string;
	readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Nothing that a client sends makes it happen, so no case can show it. */
const FAULT_OF_OURS = "internal_error";
/** Long enough for a submit on a machine that runs all tests at once: a job whose submit comes later fails by its deadline. */
const DEADLINE_SECONDS = 7;
/** Of an account that does not administer. */
const GUEST_KEY = "sk-test-key-of-guest";
const QUICK = "sim:quick";
const MODEL = "imagen4-preview";
const MODEL_OF_ONE_PICTURE = "fal-ai/flux-2-pro";
/** Unix seconds. */
const TODAY = Math.floor(Date.now() / 86_400_000) * 86_400;
const PICTURE = `data:image/png;base64,${Buffer.from(pngOf(64, 64)).toString("base64")}`;

const gateway = inject("gateway");
/** Gives a job up after a few seconds, and may not look for a lost one. It has a second account, and may see fal's balance. */
let hasty: Gateway;
/** Has no secrets. */
let bare: Gateway;
let document: Document;
let ajv: Ajv2020;

beforeAll(async () => {
	[hasty, bare] = await Promise.all([
		startGateway(gateway.simUrl, {
			JOB_DEADLINE_SECONDS: `${DEADLINE_SECONDS}`,
			FAL_API_KEY: "no-list-key:secret",
			FAL_ADMIN_KEY: "admin:secret,admin-refused:secret",
			WORKER_ACCESS_KEY: `owner=${gateway.accessKey},guest=${GUEST_KEY}`,
		}),
		startGateway(gateway.simUrl, { FAL_API_KEY: "", WORKER_ACCESS_KEY: "" }),
	]);
	document = (await (await fetch(`${gateway.url}/openapi.json`)).json()) as Document;
	ajv = new Ajv2020({ strict: false, allErrors: true });
	ajv.addSchema(document, "openapi");
	return async () => {
		await Promise.all([hasty.stop(), bare.stop()]);
	};
}, 60_000);

interface Asked extends Omit<RequestInit, "body"> {
	readonly json?: unknown;
	readonly body?: string | Uint8Array<ArrayBuffer>;
	readonly at?: Address;
}

function ask(path: string, { json, at = gateway, ...init }: Asked = {}): Promise<Response> {
	return fetch(path.startsWith("http") ? path : `${at.url}${path}`, {
		...init,
		...(json === undefined ? {} : { method: "POST", body: JSON.stringify(json) }),
		headers: { authorization: `Bearer ${at.accessKey}`, ...init.headers },
	});
}

/** Asks as an account that does not administer. */
function askAsGuest(path: string, init: Asked = {}): Promise<Response> {
	return ask(path, { ...init, at: hasty, headers: { authorization: `Bearer ${GUEST_KEY}` } });
}

/** Issues a key. */
async function aKey(fields: object = {}): Promise<{ id: string; key: string }> {
	return (await ask("/v1/keys", { json: fields })).json() as Promise<{ id: string; key: string }>;
}

/** Sends bodies one after the other under a new key, and returns the last answer. */
async function askWithKey(path: string, fields: object, ...bodies: readonly object[]): Promise<Response> {
	const headers = { authorization: `Bearer ${(await aKey(fields)).key}` };
	const [last, ...earlier] = bodies.toReversed();
	for (const json of earlier) await (await ask(path, { json, headers })).arrayBuffer();
	return ask(path, { json: last, headers });
}

const CREATE: Readonly<Record<Api, { path: string; body: (prompt: string) => object }>> = {
	images: { path: "/v1/images/generations", body: (prompt) => ({ model: MODEL, prompt }) },
	edits: { path: "/v1/images/edits", body: (prompt) => ({ model: MODEL, prompt, image: PICTURE }) },
	chat: {
		path: "/v1/chat/completions",
		body: (prompt) => ({ model: MODEL, messages: [{ role: "user", content: prompt }] }),
	},
	responses: { path: "/v1/responses", body: (prompt) => ({ model: MODEL, input: prompt }) },
};

function create(api: Api, words = QUICK, { json, ...asked }: Asked = {}): Promise<Response> {
	const { path, body } = CREATE[api];
	return ask(path, { json: { ...body(aPrompt(words)), ...(json as object) }, ...asked });
}

/** Makes a job that has ended, and returns its id. */
async function aJob(api: Api, words = QUICK): Promise<string> {
	const response = await create(api, words);
	await response.body?.cancel();
	return jobOf(response);
}

function jobOf(response: Response): string {
	return response.headers.get("x-job-id") ?? "";
}

/** Answers with a picture's link. @param query Changes the link's query */
async function aLink(change: (url: URL) => void = () => {}): Promise<string> {
	const response = await create("images", QUICK, { json: { response_format: "url" } });
	const { data } = (await response.json()) as { data: { url: string }[] };
	const url = new URL(data[0]?.url ?? "");
	change(url);
	return url.href;
}

/** Answers with the link by which fal gets a picture that a job is drawn from. @param change Changes the link's query */
async function anInputLink(change: (url: URL) => void = () => {}): Promise<string> {
	const job = await ask(`/v1/jobs/${await aJob("edits")}`);
	const { inputs } = (await job.json()) as { inputs: { url: string }[] };
	const url = new URL(inputs[0]?.url ?? "");
	change(url);
	return url.href;
}

async function aLinkWithoutPicture(method: string, makeLink = aLink): Promise<Response> {
	const link = await makeLink();
	const [, job] = /\/(?:images|inputs)\/([0-9a-f]{64})\//.exec(link) ?? [];
	await ask(`/v1/jobs/${job}`, { method: "DELETE" });
	return until(
		() => ask(link, { method }),
		({ status }) => status === 404,
	);
}

async function until<T>(look: () => Promise<T>, done: (seen: T) => boolean): Promise<T> {
	for (let tries = 0; ; tries += 1) {
		const seen = await look();
		if (done(seen) || tries > 200) return seen;
		await wait(100);
	}
}

interface Held {
	readonly job: string;
	readonly requestId: string;
	/** fal has to send its webhook to this address. */
	readonly address: string;
}

/** Makes a job that fal holds. @param slot Of several requests to fal, the one that the webhook is of */
async function aHeldJob(slot = 0, words = "sim:hold"): Promise<Held> {
	const prompt = aPrompt(words);
	const { path, body } = CREATE.images;
	const several = slot === 0 ? {} : { model: MODEL_OF_ONE_PICTURE, n: slot + 1 };
	const created = await ask(path, { json: { ...body(prompt), ...several }, headers: { prefer: "respond-async" } });
	const job = jobOf(created);
	const addressOf = (call: { readonly path: string } | undefined) =>
		new URL(call?.path ?? "", gateway.simUrl).searchParams.get("fal_webhook") ?? "";
	const isOfSlot = (call: { readonly path: string }) =>
		addressOf(call).includes(slot === 0 ? `/${job}/` : `/${job}/${slot}/`);
	const calls = await until(
		() => submitsOf(gateway, prompt),
		(made) => made.some(isOfSlot),
	);
	const submit = calls.find(isOfSlot);
	return { job, requestId: submit?.requestId ?? "", address: addressOf(submit) };
}

/** Sends a webhook that the simulator has signed. @param body The simulator's own if undefined */
async function webhook({ requestId, address }: Held, body?: string): Promise<Response> {
	const { promise: signed, resolve: receive } = Promise.withResolvers<{ headers: Headers; body: string }>();
	const receiver = createServer(async (message, answer) => {
		const headers = new Headers();
		for (const [name, value] of Object.entries(message.headers))
			if (name.startsWith("x-fal-")) headers.set(name, String(value));
		receive({ headers, body: Buffer.concat(await message.toArray()).toString() });
		answer.end();
	});
	receiver.listen(0, "127.0.0.1");
	await once(receiver, "listening");
	const { port } = receiver.address() as AddressInfo;
	await fetch(`${gateway.simUrl}/sim/requests/${requestId}/webhook`, {
		method: "POST",
		body: JSON.stringify({ url: `http://127.0.0.1:${port}`, ...(body === undefined ? {} : { body }) }),
	});
	const message = await signed;
	receiver.close();
	return fetch(address, { method: "POST", ...message });
}

async function webhookOfDeletedJob(slot = 0): Promise<Response> {
	const held = await aHeldJob(slot, "sim:quick");
	await until(
		async () => (await (await ask(`/v1/jobs/${held.job}`)).json()) as { readonly status: string },
		({ status }) => status === "succeeded",
	);
	await ask(`/v1/jobs/${held.job}`, { method: "DELETE" });
	return until(
		() => webhook(held),
		({ status }) => status === 404,
	);
}

/** Sends a webhook without the result, which fal does not give, to a job that was cancelled. */
async function webhookWithoutResult(slot = 0): Promise<Response> {
	const held = await aHeldJob(slot, "sim:hold sim:result=500");
	await ask(`/v1/jobs/${held.job}/cancel`, { method: "POST" });
	return until(
		() => webhook(held, JSON.stringify({ request_id: held.requestId, status: "OK", payload: null })),
		({ status }) => status === 503,
	);
}

/** Cancels a job while its first client waits, and returns what that client is told. */
async function cancelled(api: Api): Promise<Response> {
	const key = crypto.randomUUID();
	const { path, body } = CREATE[api];
	const json = body(aPrompt("sim:hold"));
	const waiting = ask(path, { json, headers: { "idempotency-key": key } });
	const known = await until(
		() => ask(path, { json, headers: { "idempotency-key": key, prefer: "respond-async" } }),
		({ status }) => status === 202,
	);
	await ask(`/v1/jobs/${jobOf(known)}/cancel`, { method: "POST" });
	return waiting;
}

type Case = () => Promise<Response>;

const TOO_LARGE = new Uint8Array(32 * 1024 * 1024 + 1);
const WEBHOOK_TOO_LARGE = new Uint8Array(64 * 1024 * 1024 + 1);

/** Provokes every failure that a job can come to. */
function failures(api: Api): Readonly<Record<string, Case>> {
	return {
		moderation_blocked: () => create(api, "sim:content-policy"),
		invalid_input: () => create(api, "sim:invalid-input"),
		no_media_generated: () => create(api, "sim:no-media"),
		upstream_key_refused: () => create(api, "sim:key-refused"),
		upstream_account_locked: () => create(api, "sim:account-locked"),
		upstream_permission_missing: () => create(api, "sim:app-forbidden"),
		insufficient_quota: () => create(api, "sim:balance-exhausted"),
		model_not_found: () => create(api, "sim:model-gone", { json: { model: "flux-schnell" } }),
		rate_limit_exceeded: () => create(api, "sim:always-429", { at: hasty }),
		upstream_unavailable: () => create(api, "sim:always-503", { at: hasty }),
		upstream_outcome_unknown: () => create(api, "sim:answer-lost sim:webhook=never", { at: hasty }),
		deadline_exceeded: () => create(api, "sim:never-starts", { at: hasty }),
		upstream_failed: () => create(api, "sim:server-error"),
		storing_failed: () => create(api, "sim:huge-image"),
		cancelled: () => cancelled(api),
	};
}

function createErrors(api: Api): Readonly<Record<string, Case>> {
	const { path, body } = CREATE[api];
	return { ...failures(api), ...bodyErrors(path, () => body(aPrompt(QUICK))) };
}

/** Provokes every refusal of a body. */
function bodyErrors(path: string, body: () => object): Readonly<Record<string, Case>> {
	return {
		...badBodies(path, "POST"),
		invalid_value: () => ask(path, { json: { ...body(), n: 99 } }),
		schema_unavailable: () => ask(path, { json: { ...body(), model: "hostile/failing" } }),
		model_not_allowed: () => askWithKey(path, { models: ["flux-schnell"] }, body()),
		idempotency_key_reused: async () => {
			const headers = { "idempotency-key": crypto.randomUUID() };
			await (await ask(path, { json: body(), headers })).body?.cancel();
			return ask(path, { json: body(), headers });
		},
	};
}

/** Sends what is no JSON body that can be read. */
function badBodies(path: string, method: string): Readonly<Record<string, Case>> {
	return {
		invalid_json: () => ask(path, { method, body: "{" }),
		request_too_large: () => ask(path, { method, body: TOO_LARGE }),
		unsupported_encoding: () => ask(path, { method, body: "{}", headers: { "content-encoding": "br" } }),
		invalid_encoding: () => ask(path, { method, body: "{}", headers: { "content-encoding": "gzip" } }),
	};
}

function aTask(path: string, more: object = {}): Promise<Response> {
	return ask(path, { json: { ...CREATE.images.body(aPrompt(QUICK)), ...more } });
}

function aBrokenForm(path: string): Promise<Response> {
	const body = '--b\r\nContent-Disposition: form-data; name="prompt"\r\n\r\na fox';
	return ask(path, { method: "POST", body, headers: { "content-type": "multipart/form-data; boundary=b" } });
}

/** Provokes every failure of a request for a task. */
function taskErrors(path: string, body = CREATE.images.body): Readonly<Record<string, Case>> {
	return {
		...bodyErrors(path, () => body(aPrompt(QUICK))),
		rate_limit_exceeded: () => askWithKey(path, { rpm_limit: 1 }, body(aPrompt(QUICK)), body(aPrompt(QUICK))),
		insufficient_quota: () => askWithKey(path, { max_budget: 0.000001 }, body(aPrompt(QUICK))),
		invalid_form: () => aBrokenForm(path),
		model_not_found: () => ask(path, { json: { ...body(aPrompt(QUICK)), model: "no-such-model" } }),
	};
}

function createAnswers(api: Api): readonly Case[] {
	return [
		() => create(api),
		() => create(api, QUICK, { json: { stream: true } }),
		() => create(api, "sim:server-error", { json: { stream: true } }),
		() => create(api, QUICK, { headers: { prefer: "respond-async" } }),
	];
}

const NO_KEY = `/v1/keys/key_owner-${"0".repeat(12)}`;
const NO_JOB = `/v1/jobs/job_${"0".repeat(64)}`;

const THUMBNAIL = "/images/0/thumbnail";
const PNG = pngOf(64, 64);

function bringThumbnail(job: string, asked: Asked = {}): Promise<Response> {
	return ask(`/v1/jobs/${job}${THUMBNAIL}`, { method: "PUT", body: PNG, ...asked });
}

/** Brings a thumbnail, and asks for it. */
async function aThumbnail(asked: Asked = {}): Promise<Response> {
	const job = await aJob("images");
	await bringThumbnail(job);
	return ask(`/v1/jobs/${job}${THUMBNAIL}`, asked);
}

/** Good requests and bad ones for each operation of the document. Whatever the document gains has to be added here. */
const CASES: Readonly<Record<string, { good: readonly Case[]; bad: Readonly<Record<string, Case>> }>> = {
	getModels: { good: [() => ask("/v1/models")], bad: {} },
	getModelsById: {
		good: [() => ask("/v1/models/darkroom"), () => ask("/v1/models/fal-ai%2Fflux%2Fdev")],
		bad: {
			model_not_found: () => ask("/v1/models/no-such-model"),
			// On a busy machine the simulator's schema may come too late, which is remembered for ten seconds.
			invalid_value: () =>
				until(
					() => ask("/v1/models/fal-ai%2Fveo3"),
					({ status }) => status !== 503,
				),
			schema_unavailable: () => ask("/v1/models/hostile%2Ffailing"),
		},
	},
	postImagesGenerations: {
		good: [
			...createAnswers("images"),
			() => create("images", QUICK, { json: { response_format: "url" } }),
			() => create("images", QUICK, { json: { response_format: "b64_json", n: 2 } }),
			() => aTask("/v1/images/generations?async=true"),
		],
		bad: { ...createErrors("images"), invalid_form: () => aBrokenForm(CREATE.images.path) },
	},
	postImagesEdits: {
		good: [...createAnswers("edits"), () => aTask("/v1/images/edits?async=true", { image: PICTURE })],
		bad: { ...createErrors("edits"), invalid_form: () => aBrokenForm(CREATE.edits.path) },
	},
	postImagesEditsAsync: {
		good: [() => aTask("/v1/images/edits/async", { image: PICTURE })],
		bad: taskErrors("/v1/images/edits/async", CREATE.edits.body),
	},
	postImagesGenerationsAsync: {
		good: [() => aTask("/v1/images/generations/async")],
		bad: taskErrors("/v1/images/generations/async"),
	},
	postImagesTasks: { good: [() => aTask("/v1/images/tasks")], bad: taskErrors("/v1/images/tasks") },
	getImagesTasksById: {
		good: [
			async () => ask(`/v1/images/tasks/${jobOf(await aTask("/v1/images/tasks", { prompt: aPrompt("sim:hold") }))}`),
			async () => ask(`/v1/images/tasks/imgtask_${await aJob("images")}`),
			async () => ask(`/v1/images/tasks/imgtask_${await aJob("images", "sim:server-error")}`),
		],
		bad: { not_found: async () => ask(`/v1/images/tasks/${await aJob("chat")}`) },
	},
	postChatCompletions: {
		good: [
			...createAnswers("chat"),
			() => create("chat", QUICK, { json: { stream: true, stream_options: { include_usage: true } } }),
			() => create("chat", "", { json: { messages: [{ role: "user", content: "" }] } }),
			() => create("chat", "", { json: { stream: true, messages: [{ role: "user", content: "" }] } }),
		],
		bad: createErrors("chat"),
	},
	getChatCompletionsById: {
		good: [
			async () => ask(`/v1/chat/completions/${await aJob("chat")}`),
			async () => ask(`/v1/chat/completions/${await aJob("chat")}?stream=true&starting_after=0`),
		],
		bad: {
			...Object.fromEntries(
				Object.entries(failures("chat")).map(([code, fail]) => [
					code,
					async () => {
						const failed = await fail();
						await failed.body?.cancel();
						const { origin } = new URL(failed.url);
						const at = [gateway, hasty].find(({ url }) => url === origin) ?? gateway;
						return ask(`/v1/chat/completions/chatcmpl-${jobOf(failed)}`, { at });
					},
				]),
			),
			invalid_value: async () => ask(`/v1/chat/completions/${await aJob("chat")}?starting_after=x`),
			not_found: async () => ask(`/v1/chat/completions/${await aJob("images")}`),
		},
	},
	postResponses: {
		good: [
			...createAnswers("responses"),
			() => create("responses", QUICK, { json: { background: true } }),
			() => create("responses", "", { json: { input: "" } }),
			() => create("responses", "", { json: { input: "", stream: true } }),
		],
		bad: {
			...createErrors("responses"),
			previous_response_not_found: () =>
				create("responses", QUICK, { json: { previous_response_id: `resp_${"0".repeat(64)}` } }),
		},
	},
	getResponsesById: {
		good: [
			async () => ask(`/v1/responses/${await aJob("responses")}`),
			async () => ask(`/v1/responses/${await aJob("responses", "sim:server-error")}`),
			async () => ask(`/v1/responses/${await aJob("responses")}?stream=true&starting_after=1`),
		],
		bad: {
			invalid_value: async () => ask(`/v1/responses/${await aJob("responses")}?starting_after=-2`),
			not_found: async () => ask(`/v1/responses/${await aJob("chat")}`),
		},
	},
	getResponsesInputItems: {
		good: [
			async () => ask(`/v1/responses/${await aJob("responses")}/input_items`),
			async () => ask(`/v1/responses/resp_${await aJob("responses")}/input_items?limit=1&order=asc&after=msg_1`),
		],
		bad: {
			invalid_value: async () => ask(`/v1/responses/${await aJob("responses")}/input_items?limit=0`),
			not_found: async () => ask(`/v1/responses/${await aJob("chat")}/input_items`),
		},
	},
	postResponsesCancel: {
		good: [
			async () => {
				const made = await create("responses", "sim:hold", { json: { background: true } });
				await made.body?.cancel();
				return ask(`/v1/responses/${jobOf(made)}/cancel`, { method: "POST" });
			},
		],
		bad: { not_found: async () => ask(`/v1/responses/${await aJob("chat")}/cancel`, { method: "POST" }) },
	},
	deleteResponsesById: {
		good: [async () => ask(`/v1/responses/${await aJob("responses")}`, { method: "DELETE" })],
		bad: { not_found: async () => ask(`/v1/responses/${await aJob("chat")}`, { method: "DELETE" }) },
	},
	getJobs: {
		good: [() => ask("/v1/jobs"), () => ask("/v1/jobs?limit=3&status=succeeded")],
		bad: {
			invalid_value: () => ask("/v1/jobs?limit=many"),
			insufficient_permissions: () => askAsGuest("/v1/jobs?account=owner"),
		},
	},
	getJobsById: {
		good: [
			async () => ask(`/v1/jobs/${await aJob("images")}`),
			async () => ask(`/v1/jobs/${await aJob("chat", "sim:server-error")}`),
			async () => {
				const made = await create("images", QUICK, { json: { webhook_url: "http://127.0.0.1:1/hook" } });
				await made.body?.cancel();
				return ask(`/v1/jobs/${jobOf(made)}`);
			},
		],
		bad: {
			not_found: () => ask(NO_JOB),
			invalid_value: () => ask(`${NO_JOB}?account=A`),
			insufficient_permissions: () => askAsGuest(`${NO_JOB}?account=owner`),
		},
	},
	getJobsEvents: {
		good: [
			async () => ask(`/v1/jobs/${await aJob("images", "sim:happy")}/events`),
			async () => ask(`/v1/jobs/${await aJob("images", "sim:model-gone")}/events`),
			async () => ask(`/v1/jobs/${await aJob("images", "sim:server-error")}/events`),
			async () => ask(`/v1/jobs/${await aJob("images", "sim:refused-429")}/events`),
			async () => ask(`/v1/jobs/${await aJob("images", "sim:huge-image")}/events`),
			async () => ask(`/v1/jobs/${await aJob("images")}/events?after=1000`),
		],
		bad: {
			invalid_value: async () => ask(`/v1/jobs/${await aJob("images")}/events?after=x`),
			not_found: () => ask(`${NO_JOB}/events`),
		},
	},
	postJobsCancel: {
		good: [async () => ask(`/v1/jobs/${await aJob("images")}/cancel`, { method: "POST" })],
		bad: {
			not_found: () => ask(`${NO_JOB}/cancel`, { method: "POST" }),
			invalid_value: () => ask(`${NO_JOB}/cancel?account=A`, { method: "POST" }),
			insufficient_permissions: () => askAsGuest(`${NO_JOB}/cancel?account=owner`, { method: "POST" }),
		},
	},
	putJobsImagesThumbnail: {
		good: [
			async () => bringThumbnail(await aJob("images")),
			async () => {
				const job = await aJob("images");
				await bringThumbnail(job);
				return bringThumbnail(job);
			},
		],
		bad: {
			not_found: () => bringThumbnail("0".repeat(64)),
			invalid_value: async () => bringThumbnail(await aJob("images"), { body: "no picture" }),
			insufficient_permissions: () => askAsGuest(`${NO_JOB}${THUMBNAIL}?account=owner`, { method: "PUT", body: PNG }),
			request_too_large: async () => bringThumbnail(await aJob("images"), { body: pngOf(64, 64, 65_537) }),
		},
	},
	getJobsImagesThumbnail: {
		good: [
			async () => aThumbnail(),
			async () => aThumbnail({ headers: { range: "bytes=0-9" } }),
			async () => aThumbnail({ headers: { "if-none-match": "*" } }),
		],
		bad: {
			not_found: async () => ask(`/v1/jobs/${await aJob("images")}${THUMBNAIL}`),
			invalid_value: () => ask(`${NO_JOB}${THUMBNAIL}?account=A`),
			insufficient_permissions: () => askAsGuest(`${NO_JOB}${THUMBNAIL}?account=owner`),
			range_not_satisfiable: async () => aThumbnail({ headers: { range: "bytes=1000-" } }),
		},
	},
	deleteJobsById: {
		good: [async () => ask(`/v1/jobs/${await aJob("images")}`, { method: "DELETE" })],
		bad: {
			not_found: () => ask(NO_JOB, { method: "DELETE" }),
			invalid_value: () => ask(`${NO_JOB}?account=A`, { method: "DELETE" }),
			insufficient_permissions: () => askAsGuest(`${NO_JOB}?account=owner`, { method: "DELETE" }),
		},
	},
	getKey: {
		good: [
			() => ask("/v1/key"),
			async () => ask("/v1/key", { headers: { authorization: `Bearer ${(await aKey()).key}` } }),
		],
		bad: {},
	},
	postKeys: {
		good: [
			() => ask("/v1/keys", { json: {} }),
			() =>
				ask("/v1/keys", {
					json: { account: "guest", name: "a", models: ["darkroom"], max_budget: 1.5, budget_duration: "daily" },
				}),
		],
		bad: {
			...badBodies("/v1/keys", "POST"),
			invalid_value: () => ask("/v1/keys", { json: { max_budget: "much" } }),
			model_not_found: () => ask("/v1/keys", { json: { models: ["none"] } }),
			insufficient_permissions: () => askAsGuest("/v1/keys", { method: "POST", body: "{}" }),
		},
	},
	getKeys: {
		good: [() => ask("/v1/keys"), async () => ask(`/v1/keys?account=owner&limit=1&after=${(await aKey()).id}`)],
		bad: {
			invalid_value: () => ask("/v1/keys?limit=0"),
			not_found: () => ask(`/v1/keys?after=${NO_KEY.replace("/v1/keys/", "")}`),
			insufficient_permissions: () => askAsGuest("/v1/keys"),
		},
	},
	getKeysById: {
		good: [async () => ask(`/v1/keys/${(await aKey()).id}`)],
		bad: { not_found: () => ask(NO_KEY), insufficient_permissions: () => askAsGuest(NO_KEY) },
	},
	patchKeysById: {
		good: [
			async () =>
				ask(`/v1/keys/${(await aKey()).id}`, {
					method: "PATCH",
					body: JSON.stringify({ blocked: true, expires_at: 1 }),
				}),
		],
		bad: {
			...badBodies(NO_KEY, "PATCH"),
			invalid_value: () => ask(NO_KEY, { method: "PATCH", body: JSON.stringify({ rpm_limit: 0 }) }),
			model_not_found: () => ask(NO_KEY, { method: "PATCH", body: JSON.stringify({ models: ["none"] }) }),
			not_found: () => ask(NO_KEY, { method: "PATCH", body: "{}" }),
			insufficient_permissions: () => askAsGuest(NO_KEY, { method: "PATCH", body: "{}" }),
		},
	},
	deleteKeysById: {
		good: [async () => ask(`/v1/keys/${(await aKey()).id}`, { method: "DELETE" })],
		bad: {
			not_found: () => ask(NO_KEY, { method: "DELETE" }),
			insufficient_permissions: () => askAsGuest(NO_KEY, { method: "DELETE" }),
		},
	},
	postKeysRotate: {
		good: [
			async () => ask(`/v1/keys/${(await aKey()).id}/rotate`, { method: "POST" }),
			async () => ask(`/v1/keys/${(await aKey()).id}/rotate`, { json: { grace_period: "48h" } }),
		],
		bad: {
			...badBodies(`${NO_KEY}/rotate`, "POST"),
			invalid_value: () => ask(`${NO_KEY}/rotate`, { json: { grace_period: "long" } }),
			not_found: () => ask(`${NO_KEY}/rotate`, { method: "POST" }),
			insufficient_permissions: () => askAsGuest(`${NO_KEY}/rotate`, { method: "POST" }),
		},
	},
	getAccounts: {
		good: [() => ask("/v1/accounts"), () => ask("/v1/accounts?limit=1&after=a")],
		bad: {
			invalid_value: () => ask("/v1/accounts?limit=x"),
			insufficient_permissions: () => askAsGuest("/v1/accounts"),
		},
	},
	deleteAccountsById: {
		good: [
			() => ask("/v1/accounts/nobody", { method: "DELETE" }),
			async () => {
				const { key } = await aKey({ account: "in-use" });
				const headers = { authorization: `Bearer ${key}`, prefer: "respond-async" };
				await (await create("images", "sim:hold", { headers })).body?.cancel();
				return ask("/v1/accounts/in-use", { method: "DELETE" });
			},
		],
		bad: {
			invalid_value: () => ask("/v1/accounts/owner", { method: "DELETE" }),
			not_found: () => ask("/v1/accounts/Nobody", { method: "DELETE" }),
			insufficient_permissions: () => askAsGuest("/v1/accounts/owner", { method: "DELETE" }),
		},
	},
	getFalBalance: {
		good: [() => ask("/v1/fal/balance", { at: hasty })],
		bad: {
			insufficient_permissions: () => askAsGuest("/v1/fal/balance"),
			fal_admin_key_missing: () => ask("/v1/fal/balance"),
		},
	},
	getImagesById: {
		good: [
			async () => ask(await aLink()),
			async () => ask(await aLink(), { headers: { range: "bytes=0-9" } }),
			async () => ask(await aLink(), { headers: { "if-none-match": "*" } }),
		],
		bad: {
			forbidden: async () => ask(await aLink((url) => url.searchParams.set("exp", "1"))),
			not_found: () => aLinkWithoutPicture("GET"),
			range_not_satisfiable: async () => ask(await aLink(), { headers: { range: "bytes=99999999-" } }),
		},
	},
	getOrganizationUsageImages: {
		good: [
			() => ask("/v1/organization/usage/images?start_time=0"),
			async () => {
				await aJob("images");
				return ask(`/v1/organization/usage/images?start_time=${TODAY}&group_by=project_id,model,size,source`);
			},
		],
		bad: {
			invalid_value: () => ask("/v1/organization/usage/images"),
			insufficient_permissions: () => askAsGuest("/v1/organization/usage/images?start_time=0&project_ids=owner"),
		},
	},
	getOrganizationCosts: {
		good: [
			async () => {
				await aJob("images");
				return ask(`/v1/organization/costs?start_time=${TODAY}&group_by=line_item,project_id`);
			},
		],
		bad: {
			invalid_value: () => ask("/v1/organization/costs?start_time=0&bucket_width=1h"),
			insufficient_permissions: () => askAsGuest("/v1/organization/costs?start_time=0&project_ids=owner"),
		},
	},
	getDashboardBillingSubscription: { good: [() => ask("/dashboard/billing/subscription")], bad: {} },
	getDashboardBillingUsage: {
		good: [() => ask("/dashboard/billing/usage?start_date=2026-11-01&end_date=2026-12-1")],
		bad: { invalid_value: () => ask("/dashboard/billing/usage?start_date=yesterday") },
	},
	getUsageModels: {
		good: [
			async () => {
				await aJob("images");
				return ask("/v1/usage/models?days=1");
			},
		],
		bad: {
			invalid_value: () => ask("/v1/usage/models?days=367"),
			insufficient_permissions: () => askAsGuest("/v1/usage/models?account=owner"),
		},
	},
	getUsageCsv: {
		good: [() => ask("/v1/usage.csv?month=2026-11")],
		bad: {
			invalid_value: () => ask("/v1/usage.csv"),
			insufficient_permissions: () => askAsGuest("/v1/usage.csv?month=2026-11&account=owner"),
		},
	},
	postQuote: {
		good: [
			() => ask("/v1/quote", { json: { model: MODEL, prompt: "a fox", n: 2 } }),
			() => askWithKey("/v1/quote", { max_budget: 0.01, budget_duration: "1d" }, { model: MODEL, prompt: "a fox" }),
		],
		bad: {
			model_not_allowed: () => askWithKey("/v1/quote", { models: ["flux-schnell"] }, { model: MODEL, prompt: "a fox" }),
			...badBodies("/v1/quote", "POST"),
			invalid_value: () => ask("/v1/quote", { json: {} }),
			model_not_found: () => ask("/v1/quote", { json: { model: "none", prompt: "a fox" } }),
			schema_unavailable: () => ask("/v1/quote", { json: { model: "hostile/failing", prompt: "a fox" } }),
			previous_response_not_found: () =>
				ask("/v1/quote", { json: { model: MODEL, input: "a fox", previous_response_id: `resp_${"0".repeat(64)}` } }),
		},
	},
	headImagesById: {
		good: [
			async () => ask(await aLink(), { method: "HEAD" }),
			async () => ask(await aLink(), { method: "HEAD", headers: { "if-none-match": "*" } }),
		],
		bad: {
			forbidden: async () => ask(await aLink((url) => url.searchParams.delete("sig")), { method: "HEAD" }),
			not_found: () => aLinkWithoutPicture("HEAD"),
		},
	},
	postWebhooksFalById: {
		good: [
			async () => {
				const held = await aHeldJob();
				return webhook(held, JSON.stringify({ request_id: held.requestId, status: "OK", payload: null }));
			},
		],
		bad: {
			unauthorized: () => fetch(`${gateway.url}/webhooks/fal/${"0".repeat(64)}/mac`, { method: "POST", body: "{}" }),
			invalid_json: async () => webhook(await aHeldJob(), "{"),
			request_too_large: async () => fetch((await aHeldJob()).address, { method: "POST", body: WEBHOOK_TOO_LARGE }),
			not_found: () => webhookOfDeletedJob(),
			result_unavailable: () => webhookWithoutResult(),
		},
	},
	postWebhooksFalByIdAndSlot: {
		good: [
			async () => {
				const held = await aHeldJob(1);
				return webhook(held, JSON.stringify({ request_id: held.requestId, status: "OK", payload: null }));
			},
		],
		bad: {
			unauthorized: () => fetch(`${gateway.url}/webhooks/fal/${"0".repeat(64)}/1/mac`, { method: "POST", body: "{}" }),
			invalid_json: async () => webhook(await aHeldJob(1), "{"),
			request_too_large: async () => fetch((await aHeldJob(1)).address, { method: "POST", body: WEBHOOK_TOO_LARGE }),
			not_found: () => webhookOfDeletedJob(1),
			result_unavailable: () => webhookWithoutResult(1),
		},
	},
	getInputsById: {
		good: [
			async () => ask(await anInputLink()),
			async () => ask(await anInputLink(), { headers: { range: "bytes=0-9" } }),
			async () => ask(await anInputLink(), { headers: { "if-none-match": "*" } }),
		],
		bad: {
			forbidden: async () => ask(await anInputLink((url) => url.searchParams.set("exp", "1"))),
			not_found: () => aLinkWithoutPicture("GET", anInputLink),
			range_not_satisfiable: async () => ask(await anInputLink(), { headers: { range: "bytes=99999999-" } }),
		},
	},
	headInputsById: {
		good: [
			async () => ask(await anInputLink(), { method: "HEAD" }),
			async () => ask(await anInputLink(), { method: "HEAD", headers: { "if-none-match": "*" } }),
		],
		bad: {
			forbidden: async () => ask(await anInputLink((url) => url.searchParams.delete("sig")), { method: "HEAD" }),
			not_found: () => aLinkWithoutPicture("HEAD", anInputLink),
		},
	},
	getIntegrationsGptImagePlaygroundJson: {
		good: [() => ask("/integrations/gpt-image-playground.json")],
		bad: {},
	},
	getMetrics: {
		good: [() => ask("/metrics")],
		bad: { insufficient_permissions: () => askAsGuest("/metrics") },
	},
	getVersion: { good: [() => ask("/version")], bad: {} },
	getHealthz: {
		good: [() => ask("/healthz"), () => ask("/healthz?deep=1")],
		bad: {
			invalid_api_key: () => ask("/healthz?deep=1", { headers: { authorization: "Bearer sk-wrong" } }),
			insufficient_permissions: () => askAsGuest("/healthz?deep=1"),
		},
	},
};

/** Each operation with its method, its path and a pointer to it in the document. */
function operations() {
	return Object.entries(document.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => ({
			method: method.toUpperCase(),
			path,
			operation,
			pointer: `openapi#/paths/${escaped(path)}/${method}/responses`,
		})),
	);
}

function escaped(word: string): string {
	return encodeURIComponent(word.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function operationOf(id: string) {
	const found = operations().find(({ operation }) => operation.operationId === id);
	if (found === undefined) throw new Error(`the document has no ${id}`);
	return found;
}

/** Checks a body, or the data of each event, by the schema that the document has for the answer's status and media type. */
async function expectDocumented(id: string, response: Response): Promise<string> {
	const { operation, pointer, method } = operationOf(id);
	const documented = operation.responses[response.status];
	expect(documented, `${id} may answer ${response.status}`).toBeDefined();
	const type = response.headers.get("content-type")?.split(";")[0] ?? "";
	if (documented?.content === undefined || method === "HEAD") {
		expect(await response.text()).toBe("");
		return `${response.status}`;
	}
	const media = type.startsWith("image/") ? "image/*" : type;
	expect(Object.keys(documented.content), `${id} ${response.status}`).toContain(media);
	if (media === "image/*") {
		expect((await response.bytes()).byteLength).toBeGreaterThan(0);
		return `${response.status} ${media}`;
	}
	const validate = ajv.getSchema(`${pointer}/${response.status}/content/${escaped(media)}/schema`);
	if (validate === undefined) throw new Error(`no schema for ${id} ${response.status} ${media}`);
	const text = await response.text();
	if (media === "text/csv" || media === "text/plain") {
		expect(validate(text), `${id}: ${text.slice(0, 500)}`).toBe(true);
		return `${response.status} ${media}`;
	}
	const values: unknown[] = media === "text/event-stream" ? dataOf(text) : [JSON.parse(text)];
	expect(values.length).toBeGreaterThan(0);
	for (const value of values)
		expect(validate(value) ? [] : validate.errors, `${id}: ${JSON.stringify(value).slice(0, 500)}`).toEqual([]);
	return `${response.status} ${media}`;
}

function dataOf(stream: string): unknown[] {
	const events: unknown[] = [];
	const parser = createParser({
		onEvent: ({ data }) => {
			if (data !== "[DONE]") events.push(JSON.parse(data));
		},
	});
	parser.feed(stream);
	return events;
}

/** The codes that the document gives to an operation's errors, each with its status. */
function documentedCodes(id: string): readonly (readonly [status: number, code: string])[] {
	return Object.entries(operationOf(id).operation.responses)
		.filter(([status]) => Number(status) >= 400)
		.flatMap(([status, { content }]) =>
			codesIn(content?.["application/json"]?.schema).map((code) => [Number(status), code] as const),
		);
}

function codesIn(schema: unknown): readonly string[] {
	if (typeof schema !== "object" || schema === null) return [];
	if ("enum" in schema && Array.isArray(schema.enum)) return schema.enum;
	if ("const" in schema && typeof schema.const === "string") return [schema.const];
	const { properties = {} } = schema as { properties?: { error?: unknown; code?: unknown } };
	return codesIn(properties.error ?? properties.code);
}

describe("openapi.json", () => {
	it("is a valid OpenAPI 3.1 document", async () => {
		expect(document.openapi).toMatch(/^3\.1\./);
		const { valid, errors } = await new Validator().validate({ ...document });
		expect([valid, errors]).toEqual([true, undefined]);
	});

	it("describes the operations that are tried here, and no others", () => {
		const described = operations().map(({ operation }) => operation.operationId);
		expect(described.toSorted()).toEqual(Object.keys(CASES).toSorted());
	});

	it("may be read by pages on other origins", async () => {
		const { headers } = await fetch(`${gateway.url}/openapi.json`);
		expect(headers.get("access-control-allow-origin")).toBe("*");
	});
});

describe.concurrent.each(Object.entries(CASES))("%s", (id, { good, bad }) => {
	it("answers good requests as documented, in every documented way", async () => {
		const seen = await Promise.all(good.map(async (send) => expectDocumented(id, await send())));
		const { operation, method } = operationOf(id);
		const ways = Object.entries(operation.responses)
			.filter(([status]) => Number(status) < 400)
			.flatMap(([status, { content }]) =>
				content === undefined || method === "HEAD"
					? [status]
					: Object.keys(content).map((media) => `${status} ${media}`),
			);
		expect([...new Set(seen)].toSorted()).toEqual(ways.toSorted());
	});

	it("answers each documented error as documented, and no error goes untried", async () => {
		const { path, method, operation } = operationOf(id);
		const url = path.replaceAll(/\{\w+\}/g, "x");
		const everywhere: Record<string, Case> = {
			configuration_error: () => ask(url, { method, at: bare }),
			invalid_api_key: () => ask(url, { method, headers: { authorization: "Bearer sk-wrong" } }),
		};
		const codes = documentedCodes(id).filter(([, code]) => code !== FAULT_OF_OURS);
		const tried = { ...everywhere, ...bad };
		const open = operation.responses[401] === undefined || id.startsWith("postWebhooksFalById");
		const expected = new Set([...Object.keys(bad), "configuration_error", ...(open ? [] : ["invalid_api_key"])]);
		expect(new Set(codes.map(([, code]) => code))).toEqual(expected);
		await Promise.all(
			[...expected].map(async (code) => {
				const response = await tried[code]?.();
				if (response === undefined) throw new Error(`${code} is not tried`);
				const statuses = codes.flatMap(([status, documented]) => (documented === code ? [status] : []));
				const told = method === "HEAD" ? "" : (await response.clone().text()).slice(0, 500);
				expect(statuses, `${id} ${code}: ${told}`).toContain(response.status);
				if (method === "HEAD") return;
				const body = (await response.clone().json()) as { error: { code: string } };
				expect(body.error.code, `${id}`).toBe(code);
				await expectDocumented(id, response);
			}),
		);
	});
});

describe("a client that is generated from openapi.json", () => {
	const folder = mkdtempSync(join(tmpdir(), "typed-client-"));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it("type-checks one call of each route", () => {
		writeFileSync(join(folder, "openapi.json"), JSON.stringify(document));
		cpSync("test/e2e/typed-client/calls.ts", join(folder, "calls.ts"));
		symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
		const compilerOptions = { types: ["node"], exactOptionalPropertyTypes: false, noUnusedParameters: false };
		writeFileSync(
			join(folder, "tsconfig.json"),
			JSON.stringify({ extends: resolve("tsconfig.json"), compilerOptions, include: ["."], exclude: [] }),
		);
		const run = (command: string, ...args: string[]) =>
			spawnSync(resolve("node_modules/.bin", command), args, { cwd: folder, encoding: "utf8" }).stdout;
		run("oazapfts", "openapi.json", "client.ts");
		expect(run("tsc", "-p", ".")).toBe("");
		for (const { operation } of operations())
			expect(readFileSync(join(folder, "calls.ts"), "utf8")).toContain(`darkroom.${operation.operationId}(`);
	});
});
