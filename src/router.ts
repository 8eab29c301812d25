/** Takes every request: finds its route, checks its key, and turns whatever happens into an answer. */

import { authenticate } from "./account/authenticate.ts";
import { checkKey } from "./account/key-check.ts";
import { readConfig } from "./config.ts";
import type { Caller, OpenContext } from "./context.ts";
import type { Env } from "./env.ts";
import type { RequestError } from "./errors.ts";
import { finish, preflight } from "./http/cors.ts";
import { dropBody } from "./http/drop-body.ts";
import { publicOrigin } from "./http/origins.ts";
import { errorOf, orRefuse, Refusal, refuse } from "./http/refusal.ts";
import { toPublicKeyId } from "./key-id.ts";
import { preferredLanguage } from "./language.ts";
import { newRequestId, toJobRequestId } from "./request-id.ts";
import { type Found, findMeant, METHODS, routeAtEnd, unrouted } from "./route-table.ts";
import { logError, logLine } from "./telemetry/log.ts";
import { toRefusedLine } from "./telemetry/refused-line.ts";

/** Answers a request. Every failure is answered in OpenAI's shape. */
export async function handle(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
	const begun = Date.now();
	const identity: Identity = { requestId: newRequestId(), job: null, route: null, caller: null, headers: {} };
	const response =
		request.method === "OPTIONS" ? preflight(request, METHODS) : await answer(request, env, ctx, identity);
	await dropBody(request);
	logRefusal(response, request, identity, Date.now() - begun);
	for (const [name, value] of Object.entries(identity.headers)) response.headers.set(name, value);
	return finish(request.method === "HEAD" ? await withoutBody(response) : response, toShownId(identity));
}

function toShownId({ requestId, job }: Identity): string {
	return job === null ? requestId : toJobRequestId(job, requestId);
}

/** The failure of a job is no refusal: its own line tells of it. */
function logRefusal(response: Response, { method }: Request, identity: Identity, ms: number): void {
	const error = errorOf(response);
	if (error === null) return;
	const { route, caller } = identity;
	const account = caller?.account ?? null;
	const key = caller === null ? null : toPublicKeyId({ account: caller.account, id: caller.key?.id ?? null });
	const { status } = response;
	logLine(toRefusedLine(error, { status, method, route, account, key, requestId: toShownId(identity), ms }, METHODS));
}

/** What is known of a request so far. */
interface Identity {
	readonly requestId: string;
	/** The job that it made or joined. */
	job: string | null;
	/** As the table of routes has it. */
	route: string | null;
	/** Whoever has a good key. */
	caller: Caller | null;
	/** What its answer has besides its own. */
	headers: Readonly<Record<string, string>>;
}

async function answer(request: Request, env: Env, ctx: ExecutionContext, identity: Identity): Promise<Response> {
	const nameJob = (job: string) => {
		identity.job = job;
	};
	const addHeaders = (headers: Identity["headers"]) => {
		identity.headers = { ...identity.headers, ...headers };
	};
	const url = new URL(request.url);
	const path = url.pathname;
	let { origin } = url;
	const language = preferredLanguage(request.headers.get("accept-language"));
	try {
		const read = readConfig(env);
		if (!read.ok) return refuse({ kind: "misconfigured", problems: read.error }, language);
		const config = read.value;
		const { requestId } = identity;
		origin = publicOrigin(config, request);
		const found = findMeant(request.method, path);
		if (found === null) return refuse(unrouted(request.method, path, origin), language);
		identity.route = found.route.path;
		const nameCaller = (caller: Caller) => {
			identity.caller = caller;
		};
		return await run(found, request, { env, config, ctx, requestId, nameJob, nameCaller, addHeaders, origin });
	} catch (error) {
		if (error instanceof Refusal)
			return refuse(reasonOf(error, request.method, path, origin), error.language ?? language);
		logError("unexpected error", error, { requestId: toShownId(identity) });
		return refuse({ kind: "unexpected" }, language);
	}
}

/** An id that no job has may be the end of a path that was put together wrongly, as in `/v1/chat/completions/models`. */
function reasonOf({ reason }: Refusal, method: string, path: string, origin: string): RequestError {
	return (reason.kind === "not_found" ? routeAtEnd(method, path, origin) : null) ?? reason;
}

async function run(
	{ route, params }: Found,
	request: Request,
	surroundings: Omit<OpenContext, "params">,
): Promise<Response> {
	const context = { ...surroundings, params };
	const isHead = request.method === "HEAD";
	if (route.access === "open") return ((isHead && route.head) || route.handler)(request, context);
	const caller = orRefuse(await authenticate(context, request));
	context.nameCaller(caller);
	if (!caller.scopes.includes(route.scope)) throw new Refusal({ kind: "scope_missing", scope: route.scope });
	if (route.admits === undefined) orRefuse(await checkKey(context.env, caller));
	return ((isHead && route.head) || route.handler)(request, { ...context, caller });
}

async function withoutBody(response: Response): Promise<Response> {
	await response.body?.cancel();
	return new Response(null, response);
}
