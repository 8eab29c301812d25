import type { Env } from "./env.ts";
import { isRecord } from "./input.ts";
import { readJson } from "./json.ts";
import { parseChanges } from "./plan.ts";
import { DEFAULT_SCENARIO, SCENARIOS } from "./scenarios.ts";
import { keeperOf } from "./shards.ts";

function done(): Response {
	return new Response(null, { status: 204 });
}
function bad(detail: string): Response {
	return Response.json({ detail }, { status: 400 });
}

/** The routes under `/sim/`: what tests use to look and to steer. */
export async function serveControl(request: Request, url: URL, env: Env): Promise<Response> {
	const ledger = env.LEDGER.getByName("ledger");
	const [, , route = "", id = ""] = url.pathname.split("/");
	switch (`${request.method} ${route}`) {
		case "GET scenarios":
			return Response.json(Object.entries(SCENARIOS).map(([name, { about, plan }]) => ({ name, about, plan })));
		case "GET calls": {
			const { searchParams: query } = url;
			const text = await ledger.calls({ prompt: query.get("prompt"), requestId: query.get("request_id") });
			return new Response(text, { headers: { "content-type": "application/json" } });
		}
		case "DELETE calls":
			await ledger.forget();
			return done();
		case "GET scenario":
			return Response.json(await ledger.standing());
		case "POST scenario": {
			const body = readJson(await request.text());
			if (!isRecord(body)) return bad("A JSON object is needed");
			const { name = DEFAULT_SCENARIO, ...changes } = body;
			const scenario = typeof name === "string" && Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
			if (!scenario) return bad(`Unknown simulator scenario "${String(name)}"`);
			const parsed = parseChanges({ ...scenario.plan, ...changes });
			if (!parsed.ok) return bad(parsed.message);
			await ledger.setStanding(parsed.plan);
			return Response.json(parsed.plan);
		}
		case "DELETE scenario":
			await ledger.setStanding(null);
			return done();
		case "GET elsewhere":
			return Response.json({ status: "COMPLETED", request_id: id });
		case "GET requests":
		case "POST requests":
			return keeperOf(env, id).fetch(request);
		default:
			return Response.json({ detail: "Not Found" }, { status: 404 });
	}
}
