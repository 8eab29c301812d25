/** Serves the routes under `/sim/`, by which tests read and steer the simulator. */
import { ACCOUNT_STATES } from "./accounts.ts";
import { sumUp } from "./bill.ts";

import type { Env } from "./env.ts";
import { isRecord, readJson } from "./json.ts";
import { parseChanges } from "./plan.ts";
import { allRequestObjects, requestObjectOf } from "./request-objects.ts";
import { DEFAULT_SCENARIO, SCENARIOS } from "./scenarios.ts";

function noContent(): Response {
	return new Response(null, { status: 204 });
}
function badRequest(detail: string): Response {
	return Response.json({ detail }, { status: 400 });
}

export async function serveControl(request: Request, url: URL, env: Env): Promise<Response> {
	const ledger = env.LEDGER.getByName("ledger");
	const [, , route = "", id = ""] = url.pathname.split("/");
	switch (`${request.method} ${route}`) {
		case "GET scenarios":
			return Response.json(Object.entries(SCENARIOS).map(([name, { about, plan }]) => ({ name, about, plan })));
		case "GET calls": {
			const { searchParams: query } = url;
			const [prompt, requestId, method] = [query.get("prompt"), query.get("request_id"), query.get("method")];
			const text = await ledger.calls({ prompt, requestId, method, path: query.get("path") });
			return new Response(text, { headers: { "content-type": "application/json" } });
		}
		case "DELETE calls":
			await ledger.deleteCalls();
			return noContent();
		case "GET scenario":
			return Response.json(await ledger.standing());
		case "POST scenario": {
			const body = readJson(await request.text());
			if (!isRecord(body)) return badRequest("A JSON object is needed");
			const { name = DEFAULT_SCENARIO, ...changes } = body;
			const scenario = typeof name === "string" && Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
			if (!scenario) return badRequest(`Unknown simulator scenario "${String(name)}"`);
			const plan = parseChanges({ ...scenario.plan, ...changes });
			if (!plan.ok) return badRequest(plan.error);
			await ledger.setStanding(plan.value);
			return Response.json(plan.value);
		}
		case "DELETE scenario":
			await ledger.setStanding(null);
			return noContent();
		case "GET bill": {
			const text = url.searchParams.get("prompt") ?? "";
			const charges = await Promise.all(allRequestObjects(env).map((keeper) => keeper.charges(text)));
			return Response.json(sumUp(charges.flat()));
		}
		case "POST accounts": {
			const body = readJson(await request.text());
			const state = ACCOUNT_STATES.find((one) => isRecord(body) && body.state === one);
			if (state === undefined) return badRequest(`"state" is one of ${ACCOUNT_STATES.join(", ")}`);
			await ledger.setAccountState(id, state);
			return noContent();
		}
		case "GET elsewhere":
			return Response.json({ status: "COMPLETED", request_id: id });
		case "GET requests":
		case "POST requests":
			return requestObjectOf(env, id).fetch(request);
		default:
			return Response.json({ detail: "Not Found" }, { status: 404 });
	}
}
