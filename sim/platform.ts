/** Serves what fal keeps beside its queue: prices, billing and the balance (`api.fal.ai/v1`), and the models' schemas (`fal.ai/api`). */
import { keyNameOf } from "./accounts.ts";
import type { Bill } from "./answers.ts";
import { endpointOf } from "./endpoints.ts";
import type { Env } from "./env.ts";
import { hostileSchemaOf } from "./hostile-schemas.ts";
import { PRICES } from "./prices.ts";
import type { Answer } from "./queue.ts";
import { requestObjectOf } from "./request-objects.ts";
import { schemaOf } from "./schema.ts";

/** A key whose name begins so has the scope that billing and balance need. */
const ADMIN_KEY = /^Key admin/;
/** Keys that are refused everywhere, as in the queue. */
const REFUSED_KEY = /^Key bad-key:/;
/** fal takes so many ids in one list. */
const MAX_IDS = 50;
/** The balance of everybody else, in dollars. */
const BALANCE_USD = 24.5;
/** By the names of keys. */
const BALANCES_USD: Readonly<Record<string, number>> = { "admin-poor": 1.25, "admin-empty": -0.5 };
/** By the names of keys: the status of every answer of the platform's, and 0 for none at all. */
const FAULTS: Readonly<Record<string, number>> = {
	"no-platform-key": 403,
	"busy-platform-key": 503,
	"slow-platform-key": 0,
	"admin-refused": 403,
	"admin-busy": 503,
	"admin-slow": 0,
};

/** The bodies of these errors are a guess: fal documents their statuses only. */
function failure(status: number, type: string, message: string): Response {
	return Response.json({ error: { type, message } }, { status });
}

/** Returns `undefined` for an address that is none of these. */
export async function servePlatform(request: Request, url: URL, env: Env): Promise<Answer | undefined> {
	switch (`${request.method} ${url.pathname}`) {
		case "GET /api/openapi/queue/openapi.json":
			return { response: await serveSchema(url) };
		case "GET /v1/models/pricing":
			return faultOf(request, false) ?? { response: servePrices(url) };
		case "GET /v1/models/billing-events":
			return faultOf(request, true) ?? { response: await serveBillingEvents(url, env) };
		case "GET /v1/account/billing":
			return faultOf(request, true) ?? { response: serveBalance(request, url) };
		default:
			return undefined;
	}
}

function faultOf(request: Request, needsAdmin: boolean): Answer | undefined {
	const name = keyNameOf(request);
	const status = Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined;
	if (status === 0) return { response: failure(504, "timeout", "Gateway timeout"), fault: "hangs" };
	if (status !== undefined) return { response: failure(status, "authorization_error", "This key may not do that") };
	const response = keyRefusalOf(request, needsAdmin);
	return response && { response };
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
		if (!price) return [];
		const { unitPrice, unit, currency = "USD" } = price;
		return [{ endpoint_id, unit_price: unitPrice, unit, currency }];
	});
	return Response.json({ prices, next_cursor: null, has_more: false });
}

/** Lists the requests by their ids only: the simulator does not list by time. */
async function serveBillingEvents(url: URL, env: Env): Promise<Response> {
	const ids = idsOf(url, "request_id").slice(0, MAX_IDS);
	const bills = await Promise.all(ids.map((id) => requestObjectOf(env, id).billOf(id)));
	const billing_events = bills.flatMap((bill) => (bill ? [toBillingEvent(bill)] : []));
	return Response.json({ billing_events, next_cursor: null, has_more: false });
}

function toBillingEvent({ id, endpoint, completedAt, units, unitUsd, discount }: Bill) {
	const cost_subtotal = units * unitUsd;
	const cost_discount = (cost_subtotal * discount) / 100;
	const cost_total = cost_subtotal - cost_discount;
	return {
		request_id: id,
		endpoint_id: endpoint,
		timestamp: new Date(completedAt).toISOString(),
		output_units: units,
		unit_price: unitUsd,
		percent_discount: discount === 0 ? null : discount,
		cost_subtotal,
		cost_discount,
		cost_total,
		cost_estimate_nano_usd: Math.round(cost_total * 1e9),
	};
}

function serveBalance(request: Request, url: URL): Response {
	const name = keyNameOf(request);
	const current_balance = BALANCES_USD[name] ?? BALANCE_USD;
	const credits = { current_balance, currency: "USD" };
	return Response.json({
		username: name === "admin" ? "simulator" : name,
		...(idsOf(url, "expand").includes("credits") ? { credits } : {}),
	});
}
