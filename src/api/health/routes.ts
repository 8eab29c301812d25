/** Answers `GET /healthz`: that the Worker is alive, and to the owner with `?deep=1` whether all works that a job needs. */

import { authenticate } from "../../account/authenticate.ts";
import type { OpenContext } from "../../context.ts";
import { orRefuse, Refusal } from "../../http/refusal.ts";
import { runChecks } from "./checks.ts";

const HEADERS = { "cache-control": "no-store" };

export async function getHealth(request: Request, context: OpenContext): Promise<Response> {
	const deep = new URL(request.url).searchParams.get("deep");
	if (deep === null || deep === "0") return Response.json({ status: "ok" }, { headers: HEADERS });
	const caller = orRefuse(await authenticate(context, request));
	context.nameCaller(caller);
	if (!caller.scopes.includes("admin")) throw new Refusal({ kind: "scope_missing", scope: "admin" });
	const checks = await runChecks(context.env, context.config);
	const isWell = checks.every(({ ok }) => ok);
	return Response.json({ status: isWell ? "ok" : "failing", checks }, { status: isWell ? 200 : 503, headers: HEADERS });
}
