import { type IRequestStrict, Router } from "itty-router";
import { authenticate } from "./account/authenticate.ts";
import { createChat, getChat } from "./api/chat/routes.ts";
import type { Context, Handler } from "./api/context.ts";
import { createImages } from "./api/images/routes.ts";
import { cancelJob, deleteJob, getJob, listJobs, streamJobEvents } from "./api/jobs/routes.ts";
import { getModel, listModels } from "./api/models/routes.ts";
import { picture } from "./api/pictures/routes.ts";
import { cancelResponse, createResponse, deleteResponse, getResponse } from "./api/responses/routes.ts";
import { falWebhook } from "./api/webhooks/routes.ts";
import { readConfig } from "./config.ts";
import type { Env } from "./env.ts";
import { finish, preflight, Refusal, refuse } from "./http/http.ts";

type Method = "get" | "head" | "post" | "delete";
/** `key` wants an access key; `open` routes check for themselves what they need. */
type Access = "key" | "open";

/** Every route there is: the whole HTTP surface. */
export const ROUTES: readonly (readonly [method: Method, path: string, access: Access, handler: Handler])[] = [
	["get", "/v1/models", "key", listModels],
	["get", "/v1/models/:id+", "key", getModel],
	["post", "/v1/images/generations", "key", createImages],
	["post", "/v1/chat/completions", "key", createChat],
	["get", "/v1/chat/completions/:id", "key", getChat],
	["post", "/v1/responses", "key", createResponse],
	["get", "/v1/responses/:id", "key", getResponse],
	["post", "/v1/responses/:id/cancel", "key", cancelResponse],
	["delete", "/v1/responses/:id", "key", deleteResponse],
	["get", "/v1/jobs", "key", listJobs],
	["get", "/v1/jobs/:id", "key", getJob],
	["get", "/v1/jobs/:id/events", "key", streamJobEvents],
	["post", "/v1/jobs/:id/cancel", "key", cancelJob],
	["delete", "/v1/jobs/:id", "key", deleteJob],
	["get", "/images/:job/:file", "open", picture],
	["head", "/images/:job/:file", "open", picture],
	["post", "/webhooks/fal/:job/:mac", "open", falWebhook],
	["get", "/healthz", "open", () => Response.json({ status: "ok" })],
];

const router = Router<IRequestStrict, [Omit<Context, "account" | "params">]>();
for (const [method, path, access, handler] of ROUTES) {
	router[method](path, async (request, surroundings): Promise<Response> => {
		const params = decodeAll(request.params);
		if (access === "open") return handler(request, { ...surroundings, params, account: "" });
		const authenticated = await authenticate(surroundings.config, request);
		if (!authenticated.ok) throw new Refusal(authenticated.error);
		return handler(request, { ...surroundings, params, account: authenticated.account });
	});
}

/** The one way through: whatever happens is answered, and every failure in OpenAI's shape. */
export async function handle(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
	const requestId = `req_${crypto.randomUUID().replaceAll("-", "")}`;
	const response = request.method === "OPTIONS" ? preflight(request) : await answer(request, env, ctx, requestId);
	return finish(response, requestId);
}

async function answer(request: Request, env: Env, ctx: ExecutionContext, requestId: string): Promise<Response> {
	try {
		const read = readConfig(env);
		if (!read.ok) return refuse({ kind: "misconfigured", problems: read.problems });
		const response: Response | undefined = await router.fetch(request, { env, config: read.config, ctx, requestId });
		return response ?? refuseUnrouted(request);
	} catch (error) {
		if (error instanceof Refusal) return refuse(error.reason);
		console.error({
			message: "unexpected error",
			requestId,
			error: error instanceof Error ? error.stack : String(error),
		});
		return refuse({ kind: "unexpected" });
	}
}

function refuseUnrouted({ method, url }: Request): Response {
	const path = new URL(url).pathname;
	const allow = router.routes.flatMap(([routeMethod, regex]) => (regex.test(path) ? [routeMethod] : []));
	return refuse(
		allow.length > 0 ? { kind: "method_not_allowed", method, allow } : { kind: "route_not_found", method, path },
	);
}

function decodeAll(params: Readonly<Record<string, string | undefined>>): Record<string, string> {
	return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decode(value ?? "")]));
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
