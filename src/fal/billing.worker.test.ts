import { describe, expect, it } from "vitest";
import { serving } from "../../test/support/workerd/serving.ts";
import { toFalAccount } from "../fal-accounts.ts";
import { askBill } from "./billing.ts";

const SINCE = Date.UTC(2026, 10, 29, 12);
const ADMINS = ["first:secret", "second:secret"].map(toFalAccount);

const event = (request_id: string, cost_total: number) => ({ request_id, cost_total });
const page =
	(...events: object[]) =>
	() =>
		Response.json({ billing_events: events, has_more: false });

async function ask(answers: (() => Response)[], ids: readonly string[] = ["r-1"], falAdmins = ADMINS) {
	const { fetch, requests } = serving(...answers);
	const told = await askBill({ falApiUrl: "https://api.test", falAdmins }, ids, SINCE, { fetch, timeoutMs: 50 });
	return { told, requests };
}

describe("a bill", () => {
	it("is asked with the admin key, by the ids of its requests, from an hour before the job on", async () => {
		const { told, requests } = await ask([page(event("r-1", 0.03), event("r-2", 0.04))], ["r-1", "r-2"]);
		expect(told).toEqual([
			{ requestId: "r-1", cost: 30_000 },
			{ requestId: "r-2", cost: 40_000 },
		]);
		const [request, ...others] = requests;
		expect(others).toEqual([]);
		const url = new URL(request?.url ?? "");
		expect(`${url.origin}${url.pathname}`).toBe("https://api.test/v1/models/billing-events");
		expect(Object.fromEntries(url.searchParams)).toEqual({
			request_id: "r-1,r-2",
			start: "2026-11-29T11:00:00.000Z",
			limit: "100",
		});
		expect(request?.headers.get("authorization")).toBe("Key first:secret");
		expect(request?.redirect).toBe("manual");
	});

	it("is asked of the next account for what the first does not tell", async () => {
		const { told, requests } = await ask([page(event("r-2", 0.04)), page(event("r-1", 0.03))], ["r-1", "r-2"]);
		expect(told).toEqual([
			{ requestId: "r-2", cost: 40_000 },
			{ requestId: "r-1", cost: 30_000 },
		]);
		expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual([
			"Key first:secret",
			"Key second:secret",
		]);
		expect(new URL(requests[1]?.url ?? "").searchParams.get("request_id")).toBe("r-1");
	});

	it("is asked of the next account if the first cannot tell", async () => {
		const { told } = await ask([() => new Response(null, { status: 403 }), page(event("r-1", 0.03))]);
		expect(told).toEqual([{ requestId: "r-1", cost: 30_000 }]);
	});

	it("has nothing of other requests", async () => {
		expect((await ask([page(event("r-9", 9))])).told).toEqual([]);
	});

	it.each([
		["refused", () => new Response(null, { status: 403 })],
		["a failure", () => new Response(null, { status: 500 })],
		["a redirect", () => Response.redirect("https://elsewhere.test/", 302)],
		["a page", () => new Response("<html>")],
		["too long", () => new Response(`{"billing_events":[]}${" ".repeat(256 * 1024)}`)],
	])("is empty if the answer is %s", async (_, answer) => {
		expect((await ask([answer])).told).toEqual([]);
	});

	it("is empty without an admin key", async () => {
		const { told, requests } = await ask([page(event("r-1", 1))], ["r-1"], []);
		expect([told, requests]).toEqual([[], []]);
	});
});
