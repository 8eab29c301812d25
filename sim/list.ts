import { accountOf, keyNameOf, keyRefusalOf } from "./accounts.ts";
import type { Env } from "./env.ts";
import type { ListEntry } from "./list-entry.ts";
import type { Plan } from "./plan.ts";
import { type Answer, standingOf } from "./queue.ts";
import { detail, refusalOf } from "./refusals.ts";
import { allRequestObjects } from "./request-objects.ts";

/** fal's platform API, as far as it is here: the list of an endpoint's requests. */
const LIST_PATH = "/v1/models/requests/by-endpoint";

/** A key with this name may use the queue, but not read the list. */
const NO_LIST_KEY = "no-list-key";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;
const DAY_MS = 86_400_000;

export function isListAddress(pathname: string): boolean {
	return pathname === LIST_PATH;
}

export async function serveList(request: Request, url: URL, env: Env): Promise<Answer> {
	if (request.method !== "GET") return { response: detail(405, "Method Not Allowed") };
	const refused =
		(await keyRefusalOf(request, "reads", env)) ?? (keyNameOf(request) === NO_LIST_KEY ? forbidden() : undefined);
	if (refused) return { response: refused };
	const { list } = { list: "ok" as const, ...(await standingOf(env)) };
	if (list === "hangs") return { response: detail(504, "Gateway timeout"), fault: "hangs" };
	return { response: listFault(list) ?? (await readList(accountOf(request), url.searchParams, env)) };
}

function forbidden(): Response {
	return detail(403, "This key may not read requests");
}

function listFault(list: Plan["list"]): Response | undefined {
	switch (list) {
		case "403":
			return forbidden();
		case "401":
		case "404":
		case "429":
			return refusalOf(list, "");
		case "500":
			return detail(500, "Internal Server Error");
		case "html":
			return new Response("<html>fal</html>", { headers: { "content-type": "text/html" } });
		default:
			return undefined;
	}
}

async function readList(account: string, query: URLSearchParams, env: Env): Promise<Response> {
	const endpoint = query.get("endpoint_id");
	const limit = Number(query.get("limit") ?? DEFAULT_LIMIT);
	const now = Date.now();
	const from = timeOf(query.get("start"), now - DAY_MS);
	const to = timeOf(query.get("end"), now + 1);
	const skip = Number(atob(query.get("cursor") ?? "MA=="));
	if (!endpoint || from === null || to === null) return detail(422, "endpoint_id, start or end cannot be read");
	if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) return detail(422, "limit is a number from 1 to 100");
	const payloads = query.getAll("expand").includes("payloads");
	const parts = await Promise.all(
		allRequestObjects(env).map((keeper) => keeper.list({ account, endpoint, from, to, payloads })),
	);
	const id = query.get("request_id");
	const all = parts.flat().filter(({ requestId }) => id === null || requestId === id);
	const items = all.toSorted(byEnd).slice(skip, skip + limit);
	const more = all.length > skip + limit;
	const rest = JSON.stringify({ has_more: more, next_cursor: more ? btoa(String(skip + limit)) : null });
	const body = `{"items":[${items.map(({ json }) => json).join(",")}],${rest.slice(1)}`;
	return new Response(body, { headers: { "content-type": "application/json" } });
}

function timeOf(text: string | null, otherwise: number): number | null {
	const time = text === null ? otherwise : Date.parse(text);
	return Number.isNaN(time) ? null : time;
}

/** The newest end first; what has not ended before all. */
function byEnd(a: ListEntry, b: ListEntry): number {
	return (b.endedAt ?? Number.MAX_SAFE_INTEGER) - (a.endedAt ?? Number.MAX_SAFE_INTEGER) || b.sentAt - a.sentAt;
}
