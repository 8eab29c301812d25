/** Takes every request: finds its route, checks its key, and turns whatever happens into an answer. */

import { type IRequestStrict, Router } from "itty-router";
import { authenticate } from "./account/authenticate.ts";
import { readConfig } from "./config.ts";
import type { OpenContext } from "./context.ts";
import type { Env } from "./env.ts";
import { finish, preflight } from "./http/cors.ts";
import { dropBody } from "./http/drop-body.ts";
import { publicOrigin } from "./http/origins.ts";
import { orRefuse, Refusal, refuse } from "./http/refusal.ts";
import { newRequestId, toJobRequestId } from "./request-id.ts";
import { ROUTES } from "./routes.ts";
import { logError } from "./telemetry/log.ts";

const router = Router<IRequestStrict, [Omit<OpenContext, "params">]>();
for (const route of ROUTES) {
	const method = route.method.toLowerCase() as Lowercase<typeof route.method>;
	router[method](route.path, async (request, surroundings): Promise<Response> => {
		const context = { ...surroundings, params: decodeAll(request.params) };
		if (route.access === "open") return route.handler(request, context);
		return route.handler(request, { ...context, caller: orRefuse(await authenticate(context.config, request)) });
	});
}

/** Answers a request. Every failure is answered in OpenAI's shape. */
export async function handle(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
	const identity: Identity = { requestId: newRequestId(), job: null };
	const response = request.method === "OPTIONS" ? preflight(request) : await answer(request, env, ctx, identity);
	await dropBody(request);
	return finish(response, toShownId(identity));
}

function toShownId({ requestId, job }: Identity): string {
	return job === null ? requestId : toJobRequestId(job, requestId);
}

/** A request's own id, and the job that it made or joined. */
interface Identity {
	readonly requestId: string;
	job: string | null;
}

async function answer(request: Request, env: Env, ctx: ExecutionContext, identity: Identity): Promise<Response> {
	const nameJob = (job: string) => {
		identity.job = job;
	};
	try {
		const read = readConfig(env);
		if (!read.ok) return refuse({ kind: "misconfigured", problems: read.error });
		const config = read.value;
		const { requestId } = identity;
		const context = { env, config, ctx, requestId, nameJob, origin: publicOrigin(config, request) };
		const response: Response | undefined = await router.fetch(request, context);
		return response ?? refuseUnrouted(request);
	} catch (error) {
		if (error instanceof Refusal) return refuse(error.reason);
		logError("unexpected error", error, { requestId: toShownId(identity) });
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
