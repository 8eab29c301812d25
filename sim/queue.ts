/** Serves fal's queue: submits, and everything under a request's address. */

import { accountOf, keyRefusalOf } from "./accounts.ts";
import { readQueueAddress } from "./addresses.ts";
import { HANG_HEADER } from "./answers.ts";
import { endpointOf } from "./endpoints.ts";
import type { Env } from "./env.ts";
import { fuzzed, fuzzedError, fuzzedRefusal, fuzzOf } from "./fuzz.ts";
import { promptOf } from "./input.ts";
import { readJson } from "./json.ts";
import { LEAKS } from "./odd.ts";
import { type Plan, type PlanChanges, readWords } from "./plan.ts";
import { planOf } from "./plan-of.ts";
import type { Random } from "./random.ts";
import { detail, refusalOf } from "./refusals.ts";
import { requestObjectOf } from "./request-objects.ts";
import type { RequestRow } from "./request-row.ts";
import { DEFAULT_SCENARIO, SCENARIOS } from "./scenarios.ts";
import { urlsOf } from "./status.ts";

/** An answer of the queue, with the fields that the ledger records. */
export type Answer = {
	response: Response;
	requestId?: string;
	prompt?: string;
	input?: string;
	/** Replaces the answer by its beginning, or by nothing. */
	fault?: "lost" | "hangs";
};

const MAX_START_TIMEOUT_MS = 86_400_000;

/** Repeats the key of the request, too. */
function leakyRefusal(request: Request): Response {
	const key = request.headers.get("authorization")?.replace(/^Key /, "");
	return detail(400, `refused: ${key} of ${LEAKS}`);
}

export async function serveQueue(request: Request, url: URL, env: Env): Promise<Answer> {
	const address = readQueueAddress(url.pathname);
	if (!address) return { response: detail(404, "Not Found") };
	const keyRefusal = await keyRefusalOf(request, address.kind === "submit" ? "spends" : "reads", env);
	const requestId = address.kind === "request" ? address.id : undefined;
	if (keyRefusal) return { response: keyRefusal, ...(requestId ? { requestId } : {}) };
	if (address.kind === "submit") {
		if (request.method !== "POST") return { response: detail(405, "Method Not Allowed") };
		return submit(request, url, address.endpoint, env);
	}
	if (request.method !== (address.part === "cancel" ? "PUT" : "GET")) {
		return { response: detail(405, "Method Not Allowed"), requestId: address.id };
	}
	const response = await requestObjectOf(env, address.id).fetch(request);
	return { response, requestId: address.id, ...(response.headers.has(HANG_HEADER) ? { fault: "hangs" } : {}) };
}

async function submit(request: Request, url: URL, endpoint: string, env: Env): Promise<Answer> {
	const body = await request.text();
	const input = readJson(body);
	const prompt = promptOf(input);
	const recorded = { prompt, input: body };
	if (!endpointOf(endpoint)) {
		return { ...recorded, response: refusalOf("404", endpoint) ?? detail(404, "Not Found") };
	}
	if (input === undefined) return { ...recorded, response: detail(422, "The body is not JSON") };
	const planned = planOf(await standingOf(env), readWords(prompt));
	if (!planned.ok) return { ...recorded, response: detail(400, planned.error) };
	const plan = ofAccount(await planOfSubmit(planned.value, prompt, endpoint, env), accountOf(request));
	if (await isRefused(plan, prompt, endpoint, env)) {
		const response = plan.submit === "leaky" ? leakyRefusal(request) : refusalOf(plan.submit, endpoint);
		if (response) return { ...recorded, response };
	}
	const random = await submitFuzzOf(plan, prompt, endpoint, env);
	const refusal = random && fuzzedRefusal(random);
	const fuzz = random && { random, key: request.headers.get("authorization") ?? "" };
	if (fuzz && refusal) return { ...recorded, response: fuzzedError(refusal, fuzz) };
	const row: RequestRow = {
		id: crypto.randomUUID(),
		gatewayId: crypto.randomUUID(),
		endpoint,
		origin: url.origin,
		body,
		webhook: url.searchParams.get("fal_webhook"),
		submittedAt: Date.now(),
		startTimeoutMs: startTimeoutOf(request),
		plan,
		account: accountOf(request),
		marks: {},
	};
	await requestObjectOf(env, row.id).create(row);
	const status = {
		status: "IN_QUEUE",
		request_id: row.id,
		...urlsOf(row),
		logs: null,
		metrics: {},
		queue_position: plan.queue,
	};
	const gatewayError = plan.submit === "502" || plan.submit === "504" ? refusalOf(plan.submit, endpoint) : undefined;
	const response = gatewayError ?? Response.json(status);
	const answer = {
		...recorded,
		response: fuzz ? await fuzzed(response, fuzz, "submit") : response,
		requestId: row.id,
	};
	return plan.submit === "lost" || plan.submit === "hangs" ? { ...answer, fault: plan.submit } : answer;
}

/** Returns the standing plan: the one that the control route set, or the configured one. */
export async function standingOf(env: Env): Promise<PlanChanges> {
	const standing = env.SIM_LEDGER === "off" ? null : await env.LEDGER.getByName("ledger").standing();
	if (standing) return standing;
	const defaultPlan = SCENARIOS[DEFAULT_SCENARIO]?.plan ?? {};
	const configured = env.SIM_SCENARIO ? planOf(defaultPlan, readWords(env.SIM_SCENARIO)) : undefined;
	return configured?.ok ? configured.value : defaultPlan;
}

/** Returns the plan of this submit, which may be one that the prompt's words do not mean. */
async function planOfSubmit(plan: Plan, prompt: string, endpoint: string, env: Env): Promise<Plan> {
	if (plan.only === 0) return plan;
	const { times } = await env.LEDGER.getByName("ledger").countSubmit(`submits of ${prompt}`, endpoint);
	const quick = planOf({}, [{ name: "quick", value: undefined }]);
	return times === plan.only || !quick.ok ? plan : { ...quick.value, maxSide: plan.maxSide };
}

/** Returns the plan of this account: what it says of submits may be said of another one. */
function ofAccount(plan: Plan, account: string): Plan {
	return plan.account === "" || plan.account === account ? plan : { ...plan, submit: plan.elsewhere };
}

/** Returns what mutates the answer to this submit; null if nothing does. */
async function submitFuzzOf({ fuzz }: Plan, prompt: string, endpoint: string, env: Env): Promise<Random | null> {
	if (fuzz === 0) return null;
	const { times } = await env.LEDGER.getByName("ledger").countSubmit(`fuzz of ${prompt}`, endpoint);
	return fuzzOf(fuzz, "submit", times);
}

/** True if this submit is refused before a request exists. */
async function isRefused(plan: Plan, prompt: string, endpoint: string, env: Env): Promise<boolean> {
	const { submit, refusals } = plan;
	if (submit === "ok" || submit === "lost" || submit === "hangs" || submit === "502" || submit === "504") return false;
	const isGone = submit === "404" || submit === "404-path" || submit === "410";
	if (!isGone && refusals === 0) return true;
	const { times, first } = await env.LEDGER.getByName("ledger").countSubmit(prompt, endpoint);
	return isGone ? endpoint === first : times <= refusals;
}

/** Reads the start time-out that the client asks for, in milliseconds. */
function startTimeoutOf(request: Request): number | null {
	const header = request.headers.get("x-fal-request-start-timeout") ?? request.headers.get("x-fal-request-timeout");
	const seconds = Number(header ?? Number.NaN);
	return seconds > 0 ? Math.min(seconds * 1000, MAX_START_TIMEOUT_MS) : null;
}
