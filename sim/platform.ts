/** Serves what fal keeps beside its queue: prices, billing and the balance (`api.fal.ai/v1`), and the models' schemas (`fal.ai/api`). */
import { endpointOf } from "./endpoints.ts";
import type { Env } from "./env.ts";
import { hostileSchemaOf } from "./hostile-schemas.ts";
import { PRICES } from "./prices.ts";
import { requestObjectOf } from "./request-objects.ts";
import { schemaOf } from "./schema.ts";

/** A key whose name begins so has the scope that billing and balance need. */
const ADMIN_KEY = /^Key admin/;
/** Keys that are refused everywhere, as in the queue. */
const REFUSED_KEY = /^Key bad-key:/;
/** fal takes so many ids in one list. */
const MAX_IDS = 50;
/** The balance of everybody, in dollars. */
const BALANCE_USD = 24.5;

/** The bodies of these errors are a guess: fal documents their statuses only. */
function failure(status: number, type: string, message: string): Response {
	return Response.json({ error: { type, message } }, { status });
}

/** Returns `undefined` for an address that is none of these. */
export async function servePlatform(request: Request, url: URL, env: Env): Promise<Response | undefined> {
	switch (`${request.method} ${url.pathname}`) {
		case "GET /api/openapi/queue/openapi.json":
			return serveSchema(url);
		case "GET /v1/models/pricing":
			return keyRefusalOf(request, false) ?? servePrices(url);
		case "GET /v1/models/billing-events":
			return keyRefusalOf(request, true) ?? serveBillingEvents(url, env);
		case "GET /v1/account/billing":
			return keyRefusalOf(request, true) ?? serveBalance(url);
		default:
			return undefined;
	}
}

function keyRefusalOf(request: Request, needsAdmin: boolean): Response | undefined {
	const authorization = request.headers.get("authorization") ?? "";
	if (!/^Key \S/.test(authorization) || REFUSED_KEY.test(authorization)) {
		return failure(401, "authorization_error", "Invalid API key");
	}
	if (needsAdmin && !ADMIN_KEY.test(authorization)) {
		return failure(403, "authorization_error", "This route needs a key with admin scope");
	}
	return undefined;
}

/** Needs no key, as at fal. */
async function serveSchema(url: URL): Promise<Response> {
	const id = url.searchParams.get("endpoint_id") ?? "";
	const hostile = await hostileSchemaOf(id);
	if (hostile) return hostile;
	const endpoint = endpointOf(id);
	return endpoint ? Response.json(schemaOf(endpoint)) : Response.json({ detail: "Not Found" }, { status: 404 });
}

/** Reads a list of ids, given as `a,b` or as repeated parameters. */
function idsOf(url: URL, name: string): string[] {
	return url.searchParams
		.getAll(name)
		.flatMap((value) => value.split(","))
		.filter((id) => id !== "");
}

function servePrices(url: URL): Response {
	const ids = idsOf(url, "endpoint_id");
	if (ids.length === 0 || ids.length > MAX_IDS) {
		return failure(400, "validation_error", `endpoint_id needs 1 to ${MAX_IDS} ids`);
	}
	const prices = ids.flatMap((endpoint_id) => {
		const price = Object.hasOwn(PRICES, endpoint_id) ? PRICES[endpoint_id] : undefined;
		return price ? [{ endpoint_id, unit_price: price.unitPrice, unit: price.unit, currency: "USD" }] : [];
	});
	return Response.json({ prices, next_cursor: null, has_more: false });
}

/** Lists the requests by their ids only: the simulator does not list by time. */
async function serveBillingEvents(url: URL, env: Env): Promise<Response> {
	const ids = idsOf(url, "request_id").slice(0, MAX_IDS);
	const bills = await Promise.all(ids.map((id) => requestObjectOf(env, id).billOf(id)));
	const billing_events = bills.flatMap((bill) => {
		if (!bill) return [];
		const { id, endpoint, completedAt, units } = bill;
		const unit_price = PRICES[endpoint]?.unitPrice ?? 0;
		return [
			{
				request_id: id,
				endpoint_id: endpoint,
				timestamp: new Date(completedAt).toISOString(),
				output_units: units,
				unit_price,
				percent_discount: null,
				cost_estimate_nano_usd: Math.round(units * unit_price * 1e9),
			},
		];
	});
	return Response.json({ billing_events, next_cursor: null, has_more: false });
}

function serveBalance(url: URL): Response {
	const credits = { current_balance: BALANCE_USD, currency: "USD" };
	return Response.json({
		username: "simulator",
		...(idsOf(url, "expand").includes("credits") ? { credits } : {}),
	});
}
