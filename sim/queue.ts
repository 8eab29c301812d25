import { readQueueAddress } from "./addresses.ts";
import { HANG_HEADER } from "./answers.ts";
import type { Env } from "./env.ts";
import { isRecord } from "./input.ts";
import { readJson } from "./json.ts";
import { MODELS } from "./models.ts";
import { type Plan, type PlanChanges, readWords } from "./plan.ts";
import type { RequestRow } from "./request-row.ts";
import { DEFAULT_SCENARIO, planOf, SCENARIOS } from "./scenarios.ts";
import { keeperOf } from "./shards.ts";
import { urlsOf } from "./status.ts";

/** An answer of the queue, and what the ledger wants to know of it. */
export type Answer = {
	response: Response;
	requestId?: string;
	prompt?: string;
	input?: string;
	/** Instead of the whole answer the client gets the beginning of one, or nothing. */
	fate?: "lost" | "hangs";
};

const MAX_START_TIMEOUT_MS = 86_400_000;

function detail(status: number, text: unknown, more: Record<string, unknown> = {}): Response {
	return Response.json({ detail: text, ...more }, { status });
}

/** The gateway's own answers, which never reach a model. By the plan's `submit`, and by the names of keys. */
function refusal(why: Plan["submit"], endpoint: string): Response | undefined {
	switch (why) {
		case "401":
			return detail(401, "invalid key credentials");
		case "403":
			return detail(403, "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.");
		case "404":
			return detail(404, `Application "${endpoint.split("/")[1] ?? endpoint}" not found`);
		case "422":
			return detail(422, [{ loc: ["body", "prompt"], msg: "Value error, refused at submit", type: "value_error" }]);
		case "429":
			return detail(429, "Too many requests");
		case "503":
			return detail(503, "Service unavailable", { error_type: "runner_scheduling_failure" });
		case "502":
			return detail(502, "Bad gateway");
		case "504":
			return detail(504, "Gateway timeout");
		case "ok":
		case "lost":
		case "hangs":
			return undefined;
	}
}

/** Keys that are refused; any other that is not empty is taken. */
const KEY_FAULTS: Readonly<Record<string, Plan["submit"]>> = { "bad-key": "401", "locked-key": "403" };

function keyFault(request: Request): Response | undefined {
	const [, key = ""] = /^Key\s+(\S.*)$/.exec(request.headers.get("authorization") ?? "") ?? [];
	if (key === "") return detail(401, "Authentication is required to access this application");
	const name = key.split(":")[0] ?? "";
	const fault = Object.hasOwn(KEY_FAULTS, name) ? KEY_FAULTS[name] : undefined;
	return fault && refusal(fault, "");
}

export async function serveQueue(request: Request, url: URL, env: Env): Promise<Answer> {
	const address = readQueueAddress(url.pathname);
	if (!address) return { response: detail(404, "Not Found") };
	const fault = keyFault(request);
	const requestId = address.kind === "request" ? address.id : undefined;
	if (fault) return { response: fault, ...(requestId ? { requestId } : {}) };
	if (address.kind === "submit") {
		if (request.method !== "POST") return { response: detail(405, "Method Not Allowed") };
		return submit(request, url, address.endpoint, env);
	}
	if (request.method !== (address.part === "cancel" ? "PUT" : "GET")) {
		return { response: detail(405, "Method Not Allowed"), requestId: address.id };
	}
	const response = await keeperOf(env, address.id).fetch(request);
	return { response, requestId: address.id, ...(response.headers.has(HANG_HEADER) ? { fate: "hangs" } : {}) };
}

async function submit(request: Request, url: URL, endpoint: string, env: Env): Promise<Answer> {
	const body = await request.text();
	const input = readJson(body);
	const prompt = isRecord(input) && typeof input.prompt === "string" ? input.prompt : "";
	const said = { prompt, input: body };
	if (!Object.hasOwn(MODELS, endpoint)) {
		return { ...said, response: refusal("404", endpoint) ?? detail(404, "Not Found") };
	}
	if (input === undefined) return { ...said, response: detail(422, "The body is not JSON") };
	const planned = planOf(await standingOf(env), readWords(prompt));
	if (!planned.ok) return { ...said, response: detail(400, planned.message) };
	const { plan } = planned;
	if (await isRefused(plan, prompt, endpoint, env)) {
		const response = refusal(plan.submit, endpoint);
		if (response) return { ...said, response };
	}
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
		marks: {},
	};
	await keeperOf(env, row.id).create(row);
	const status = {
		status: "IN_QUEUE",
		request_id: row.id,
		...urlsOf(row),
		logs: null,
		metrics: {},
		queue_position: plan.queue,
	};
	const broken = plan.submit === "502" || plan.submit === "504" ? refusal(plan.submit, endpoint) : undefined;
	const answer = { ...said, response: broken ?? Response.json(status), requestId: row.id };
	return plan.submit === "lost" || plan.submit === "hangs" ? { ...answer, fate: plan.submit } : answer;
}

async function standingOf(env: Env): Promise<PlanChanges> {
	const standing = env.SIM_LEDGER === "off" ? null : await env.LEDGER.getByName("ledger").standing();
	if (standing) return standing;
	const happy = SCENARIOS[DEFAULT_SCENARIO]?.plan ?? {};
	const configured = env.SIM_SCENARIO ? planOf(happy, readWords(env.SIM_SCENARIO)) : undefined;
	return configured?.ok ? configured.plan : happy;
}

/** Whether this submit is turned away before anything is made of it. */
async function isRefused(plan: Plan, prompt: string, endpoint: string, env: Env): Promise<boolean> {
	const { submit, refusals } = plan;
	if (submit === "ok" || submit === "lost" || submit === "hangs" || submit === "502" || submit === "504") return false;
	if (submit !== "404" && refusals === 0) return true;
	const { times, first } = await env.LEDGER.getByName("ledger").countSubmit(prompt, endpoint);
	return submit === "404" ? endpoint === first : times <= refusals;
}

function startTimeoutOf(request: Request): number | null {
	const header = request.headers.get("x-fal-request-start-timeout") ?? request.headers.get("x-fal-request-timeout");
	const seconds = Number(header ?? Number.NaN);
	return seconds > 0 ? Math.min(seconds * 1000, MAX_START_TIMEOUT_MS) : null;
}
