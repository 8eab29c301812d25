import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { serving } from "../../test/support/workerd/serving.ts";
import { toFalAccount } from "../fal-accounts.ts";
import { createPrices, type PriceOptions } from "./prices.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MISSED_MS = 600_000;
const MAX_BYTES = 256 * 1024;

let count = 0;
/** An address that no other test has: what is in memory and in R2 goes by it. */
function anApi(): string {
	count += 1;
	return `https://api-${count}.test`;
}

function makePrices(falApiUrl: string, answers: (() => Response)[], options: Partial<PriceOptions> = {}) {
	const { fetch, requests } = serving(...answers);
	const ctx = createExecutionContext();
	const waitUntil = (work: Promise<unknown>) => ctx.waitUntil(work);
	const prices = createPrices({ falApiUrl, falAccounts: [toFalAccount("id:secret")] }, env.IMAGES, {
		waitUntil,
		fetch,
		...options,
	});
	const learn = async (...endpoints: string[]) => {
		await prices.learn(endpoints);
		await waitOnExecutionContext(ctx);
		return Object.fromEntries(prices.published());
	};
	return { prices, requests, learn };
}

const priced = (endpoint: string, unit_price = 0.02) => ({
	endpoint_id: endpoint,
	unit_price,
	unit: "images",
	currency: "USD",
});
const page =
	(...entries: object[]) =>
	() =>
		Response.json({ prices: entries, next_cursor: null, has_more: false });
const A = { a: { usd: 0.02, unit: "images" } };
const laterBy = (ms: number) => () => Date.now() + ms;

/** Lets an isolate begin that knows nothing, but finds what is in R2. */
async function moveKept(from: string, to: string): Promise<void> {
	const keyOf = (api: string) => `prices/${new URL(api).host}.json`;
	const kept = await env.IMAGES.get(keyOf(from));
	if (kept !== null) await env.IMAGES.put(keyOf(to), await kept.text());
}

describe("a published price", () => {
	it("is asked with the key, by the endpoint's id, and follows no redirect", async () => {
		const api = anApi();
		const { learn, requests } = makePrices(api, [() => Response.redirect("https://elsewhere.test/", 302)]);
		expect(await learn("owner/a b")).toEqual({});
		expect(requests.map(({ url }) => url)).toEqual([`${api}/v1/models/pricing?endpoint_id=owner%2Fa+b`]);
		expect(requests[0]?.headers.get("authorization")).toBe("Key id:secret");
		expect(requests[0]?.redirect).toBe("manual");
	});

	it("is asked once, and then known to the isolate for a day", async () => {
		const api = anApi();
		const { learn, requests } = makePrices(api, [page(priced("a"))]);
		expect(await learn("a")).toEqual(A);
		expect(await learn("a", "a")).toEqual(A);
		expect(requests).toHaveLength(1);
		const nearly = makePrices(api, [], { now: laterBy(DAY_MS - 1_000) });
		expect(await nearly.learn("a")).toEqual(A);
		const after = makePrices(api, [page(priced("a", 0.03))], { now: laterBy(DAY_MS + 1_000) });
		expect(await after.learn("a")).toEqual({ a: { usd: 0.03, unit: "images" } });
		expect(after.requests).toHaveLength(1);
	});

	it("is taken from R2 by another isolate, which asks for the rest only", async () => {
		const [api, other] = [anApi(), anApi()];
		await makePrices(api, [page(priced("a"))]).learn("a");
		await moveKept(api, other);
		const { learn, requests } = makePrices(other, [page(priced("b"))]);
		expect(await learn("a")).toEqual(A);
		expect(requests).toHaveLength(0);
		expect(await learn("a", "b")).toEqual({ ...A, b: { usd: 0.02, unit: "images" } });
		expect(requests.map(({ url }) => new URL(url).searchParams.get("endpoint_id"))).toEqual(["b"]);
	});

	it("is looked for in R2 once an hour at most", async () => {
		const [api, other] = [anApi(), anApi()];
		const unknown = makePrices(other, [() => new Response(null, { status: 503 })]);
		await unknown.learn("a");
		await makePrices(api, [page(priced("a"))]).learn("a");
		await moveKept(api, other);
		expect(
			await makePrices(other, [() => new Response(null, { status: 503 })], { now: laterBy(HOUR_MS / 2) }).learn("a"),
		).toEqual({});
		expect(await makePrices(other, [], { now: laterBy(HOUR_MS + 60_000) }).learn("a")).toEqual(A);
	});

	it("stays if fal gives no other", async () => {
		const api = anApi();
		await makePrices(api, [page(priced("a"))]).learn("a");
		const gone = makePrices(api, [() => new Response(null, { status: 500 })], { now: laterBy(3 * DAY_MS) });
		expect(await gone.learn("a")).toEqual(A);
		expect(gone.requests).toHaveLength(1);
	});

	it("goes if fal tells it no more", async () => {
		const api = anApi();
		await makePrices(api, [page(priced("a"))]).learn("a");
		expect(await makePrices(api, [page()], { now: laterBy(2 * DAY_MS) }).learn("a")).toEqual({});
	});

	it.each([
		["no list", () => Response.json({ detail: "no" })],
		["a page", () => new Response("<!doctype html>")],
		["refused", () => new Response(null, { status: 403 })],
		["too many levels", () => new Response(`${"[".repeat(200)}${"]".repeat(200)}`)],
		["too long", () => new Response(JSON.stringify({ prices: [priced("a")] }) + " ".repeat(MAX_BYTES))],
	])("that is %s is a miss: it is asked again ten minutes later", async (_, answer) => {
		const api = anApi();
		expect(await makePrices(api, [answer]).learn("a")).toEqual({});
		const soon = makePrices(api, [page(priced("a"))], { now: laterBy(MISSED_MS - 5_000) });
		expect(await soon.learn("a")).toEqual({});
		expect(soon.requests).toHaveLength(0);
		expect(await makePrices(api, [page(priced("a"))], { now: laterBy(MISSED_MS + 5_000) }).learn("a")).toEqual(A);
	});

	it("is none for a day if fal does not know the endpoint, or has no price of it", async () => {
		const api = anApi();
		const missing = () => Response.json({ detail: "Not Found" }, { status: 404 });
		const { learn, requests } = makePrices(api, [missing, page(priced("c"))]);
		expect(await learn("b")).toEqual({});
		expect(await learn("d")).toEqual({});
		expect(requests).toHaveLength(2);
		const later = makePrices(api, [page(priced("b"))], { now: laterBy(HOUR_MS) });
		await later.learn("b", "d");
		expect(later.requests).toHaveLength(0);
	});

	it("of a few endpoints is asked one by one, and of many together, fifty at a time", async () => {
		const { learn, requests } = makePrices(anApi(), [page()]);
		await learn(...Array.from({ length: 4 }, (_, at) => `few-${at}`));
		expect(requests).toHaveLength(4);
		await learn(...Array.from({ length: 51 }, (_, at) => `many-${at}`));
		const asked = requests.slice(4).map(({ url }) => new URL(url).searchParams.get("endpoint_id")?.split(",").length);
		expect(asked).toEqual([50, 1]);
	});

	it("is not asked twice at once", async () => {
		const { prices, requests } = makePrices(anApi(), [page(priced("a"))]);
		await Promise.all([prices.learn(["a"]), prices.learn(["a"])]);
		expect(requests).toHaveLength(1);
	});

	it("that does not come soon is waited for no longer, and taken when it comes", async () => {
		const late = Promise.withResolvers<Response>();
		const { prices, learn } = makePrices(anApi(), [], { fetch: () => late.promise, patienceMs: 10 });
		await prices.learn(["a"]);
		expect(prices.published().size).toBe(0);
		late.resolve(page(priced("a"))());
		expect(await learn()).toEqual(A);
	});

	it("that never comes is given up", async () => {
		const silent = (_input: RequestInfo | URL, init?: RequestInit) =>
			new Promise<Response>((_resolve, reject) => {
				init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
			});
		expect(await makePrices(anApi(), [], { fetch: silent, timeoutMs: 20 }).learn("a")).toEqual({});
	});
});
