/** Stands in for a client's own webhook, `POST /hooks/{name}`: it records what comes, and answers as its address says. */
import type { Env } from "./env.ts";
import type { Answer } from "./queue.ts";

/** `?fails=2&status=503`: the first two calls fail so. The status 0 never comes: the call hangs. */
export async function serveHook(request: Request, url: URL, env: Env): Promise<Answer> {
	const recorded = { input: await request.text() };
	const fails = Number(url.searchParams.get("fails") ?? 0);
	const status = Number(url.searchParams.get("status") ?? 500);
	const { times } = await env.LEDGER.getByName("ledger").countSubmit(url.pathname, "hook");
	if (times > fails) return { ...recorded, response: new Response(null, { status: 204 }) };
	if (status === 0) return { ...recorded, response: new Response(null, { status: 504 }), fault: "hangs" };
	const headers = { location: url.searchParams.get("location") ?? "/hooks/elsewhere" };
	return { ...recorded, response: new Response("no", { status, headers }) };
}
