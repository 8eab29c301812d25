import { describe, expect, it } from "vitest";
import { aPrompt, submitsOf } from "../../test/support/workerd/gateway.ts";
import { serving } from "../../test/support/workerd/serving.ts";
import type { LookUp } from "../core/fal-answers.ts";
import type { SoughtSubmit } from "../core/inputs.ts";
import { toFalAccount } from "../fal-accounts.ts";
import { createQueue } from "./queue.ts";
import { createRequests, MAX_PAGE_BYTES, MAX_PAGES, type RequestsOptions, type RequestsSettings } from "./requests.ts";

const SETTINGS: RequestsSettings = { falApiUrl: "https://api.test", falAccounts: [toFalAccount("id:secret")] };
const NOW = Date.now();
const SOUGHT: SoughtSubmit = {
	endpoint: "fal-ai/flux/dev",
	prompt: "a red fox",
	seed: 7,
	leftAfter: NOW - 120_000,
	leftBefore: NOW - 119_000,
};
const OURS = itemOf("r-1", { prompt: "a red fox", seed: 7 }, 119_500);
const LATER = itemOf("r-2", { prompt: "a blue cat", seed: 9 }, 60_000);

function itemOf(requestId: string, input: object, agoMs: number) {
	const sent_at = new Date(NOW - agoMs).toISOString();
	return { request_id: requestId, endpoint_id: SOUGHT.endpoint, sent_at, json_input: input };
}

function page(items: readonly object[], next: string | null = null): () => Response {
	const body = { items, has_more: next !== null, next_cursor: next };
	return () => Response.json(body, { headers: { date: new Date().toUTCString() } });
}

/** A list that gets these answers in turn. */
function listOf(...answers: (() => Response)[]) {
	const { fetch, requests } = serving(...answers);
	return { find: () => createRequests(SETTINGS, { fetch }).find(SOUGHT), requests };
}

function silent(_input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
	return new Promise((_resolve, reject) => {
		init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
	});
}

/** A page of exactly so many bytes. */
function padded(bytes: number): () => Response {
	const text = JSON.stringify({ items: [OURS], has_more: false });
	return () => new Response(text + " ".repeat(bytes - text.length));
}

describe("the list of requests", () => {
	it("is asked with the key, from five minutes before the submit on, and follows no redirect", async () => {
		const { find, requests } = listOf(page([]));
		await find();
		expect(requests).toHaveLength(1);
		const [request] = requests;
		const url = new URL(request?.url ?? "");
		expect(`${url.origin}${url.pathname}`).toBe("https://api.test/v1/models/requests/by-endpoint");
		expect(Object.fromEntries(url.searchParams)).toEqual({
			endpoint_id: "fal-ai/flux/dev",
			start: new Date(SOUGHT.leftAfter - 300_000).toISOString(),
			limit: "100",
			expand: "payloads",
		});
		expect([request?.method, request?.redirect]).toEqual(["GET", "manual"]);
		expect(Object.fromEntries(request?.headers ?? [])).toEqual({ authorization: "Key id:secret" });
	});

	it("finds the submit, on a later page too, with one question a page", async () => {
		const { find, requests } = listOf(page([LATER], "Mg=="), page([OURS]));
		expect(await find()).toEqual({ kind: "found", requestId: "r-1" });
		expect(requests.map(({ url }) => new URL(url).searchParams.get("cursor"))).toEqual([null, "Mg=="]);
		expect(new Set(requests.map(({ url }) => new URL(url).origin))).toEqual(new Set(["https://api.test"]));
	});

	it("tells that fal does not have the submit", async () => {
		expect(await listOf(page([LATER])).find()).toEqual({ kind: "absent" });
	});

	it("tells nothing of the kind if fal does not say its time", async () => {
		const { find } = listOf(() => Response.json({ items: [LATER], has_more: false }));
		expect(await find()).toEqual({ kind: "unclear" });
	});

	it(`is read for ${MAX_PAGES} pages, and then proves only what it shows`, async () => {
		const endless = listOf(page([LATER], "Mg=="));
		expect(await endless.find()).toEqual({ kind: "unclear" });
		expect(endless.requests).toHaveLength(3);
		expect(await listOf(page([OURS], "Mg==")).find()).toEqual({ kind: "found", requestId: "r-1" });
	});

	it.each([401, 403, 404])("is forbidden by a %i", async (status) => {
		const { find, requests } = listOf(() => new Response('{"detail":"no"}', { status }));
		expect(await find()).toEqual({ kind: "forbidden" });
		expect(requests).toHaveLength(1);
	});

	it.each<readonly [what: string, answer: () => Response]>([
		["a 429", () => new Response(null, { status: 429 })],
		["a 500", () => new Response(JSON.stringify({ items: [OURS] }), { status: 500 })],
		["a redirect", () => new Response(null, { status: 302, headers: { location: "https://elsewhere.test/" } })],
		["a page of HTML", () => new Response("<html>")],
		["an empty body", () => new Response(null)],
		[
			"no connection",
			() => {
				throw new Error("connection refused");
			},
		],
	])("tells nothing by %s", async (_, answer) => {
		const { find, requests } = listOf(answer);
		expect(await find()).toEqual({ kind: "unclear" });
		expect(requests).toHaveLength(1);
	});

	it("proves what it showed before it failed, and no more", async () => {
		const failing = () => new Response(null, { status: 500 });
		expect(await listOf(page([OURS], "Mg=="), failing).find()).toEqual({ kind: "found", requestId: "r-1" });
		expect(await listOf(page([LATER], "Mg=="), failing).find()).toEqual({ kind: "unclear" });
	});

	it.each<readonly [what: string, lists: (() => Response)[], answer: LookUp]>([
		["finds the submit, in whichever list it is", [page([LATER]), page([OURS])], { kind: "found", requestId: "r-1" }],
		["does not tell that it is absent, if it is in none", [page([LATER]), page([LATER])], { kind: "unclear" }],
		["is not forbidden if one may be read", [() => new Response(null, { status: 403 }), page([])], { kind: "unclear" }],
		["is forbidden if none may be read", [() => new Response(null, { status: 401 })], { kind: "forbidden" }],
	])("of an account that is not among the keys %s", async (_, lists, answer) => {
		const falAccounts: RequestsSettings["falAccounts"] = [toFalAccount("id-1:secret"), toFalAccount("id-2:secret")];
		const { fetch, requests } = serving(...lists);
		const settings = { ...SETTINGS, falAccounts };
		expect(await createRequests(settings, { fetch }).find({ ...SOUGHT, falAccount: "00000000" })).toEqual(answer);
		expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual(["Key id-1:secret", "Key id-2:secret"]);
	});

	it("is parsed up to 1 MiB a page", async () => {
		expect(MAX_PAGE_BYTES).toBe(1_048_576);
		expect(await listOf(padded(MAX_PAGE_BYTES)).find()).toEqual({ kind: "found", requestId: "r-1" });
		expect(await listOf(padded(MAX_PAGE_BYTES + 1)).find()).toEqual({ kind: "unclear" });
	});

	it("is parsed up to 64 levels", async () => {
		const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
		const page = (depth: number) => `{"items":[${JSON.stringify(OURS)}],"has_more":false,"more":${nested(depth)}}`;
		expect(await listOf(() => new Response(page(63))).find()).toEqual({ kind: "found", requestId: "r-1" });
		expect(await listOf(() => new Response(page(64))).find()).toEqual({ kind: "unclear" });
	});

	it("is left when it does not answer in time", async () => {
		const requests = createRequests(SETTINGS, { fetch: silent, timeoutMs: 20 });
		expect(await requests.find(SOUGHT)).toEqual({ kind: "unclear" });
	});
});

describe("the simulator's list of requests", () => {
	const ENDPOINT = "fal-ai/flux/dev";
	/** The list has the requests of other tests, too, with prompts much alike: only a seed of its own tells one from them. */
	const aSeed = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
	/** The simulator, over a real connection. */
	const find = (sought: Partial<SoughtSubmit>, falApiKey = "id:secret", options: RequestsOptions = {}) =>
		createRequests({ falApiUrl: "https://api.fal.ai", falAccounts: [toFalAccount(falApiKey)] }, options).find({
			...SOUGHT,
			endpoint: ENDPOINT,
			leftAfter: Date.now() - 1_000,
			leftBefore: Date.now(),
			...sought,
		});
	const send = async (prompt: string, seed: number | null, endpoint = ENDPOINT): Promise<string> => {
		const queue = createQueue({ falQueueUrl: "https://queue.fal.run", falAccounts: [toFalAccount("id:secret")] });
		const input = { prompt, ...(seed === null ? {} : { seed }) };
		const answer = await queue.submit(
			{ type: "submit", endpoint, input, webhook: null, startTimeoutSeconds: 60 },
			new AbortController().signal,
		);
		return answer.kind === "accepted" ? answer.upstream.requestId : "";
	};

	it("has a request of two equal prompts by its seed, in the queue and when it is done", async () => {
		for (const words of ["sim:hold", "sim:instant"]) {
			const prompt = aPrompt(words);
			const seed = aSeed();
			const ids = [await send(prompt, seed), await send(prompt, seed + 1), await send(prompt, null)];
			expect(await find({ prompt, seed })).toEqual({ kind: "found", requestId: ids[0] });
			expect(await find({ prompt, seed: seed + 1 })).toEqual({ kind: "found", requestId: ids[1] });
			expect(await find({ prompt, seed: null })).toEqual({ kind: "unclear" });
			expect(await submitsOf(prompt)).toBe(3);
		}
	});

	it("is not read by a key that may not", async () => {
		const prompt = aPrompt("sim:instant");
		const seed = aSeed();
		await send(prompt, seed);
		expect(await find({ prompt, seed }, "no-list-key:secret")).toEqual({ kind: "forbidden" });
		expect(await find({ prompt, seed }, "bad-key:secret")).toEqual({ kind: "forbidden" });
	});

	it.each(["sim:unlisted", "sim:listed=without-input", "sim:listed-late"])("does not tell of %s", async (words) => {
		const prompt = aPrompt(`sim:instant ${words}`);
		const seed = aSeed();
		await send(prompt, seed);
		expect(await find({ prompt, seed })).toEqual({ kind: "unclear" });
	});

	it("has a request once it is listed", async () => {
		const prompt = aPrompt("sim:instant sim:listed-after-ms=300");
		const seed = aSeed();
		const requestId = await send(prompt, seed);
		expect(await find({ prompt, seed })).toEqual({ kind: "unclear" });
		await scheduler.wait(350);
		expect(await find({ prompt, seed })).toEqual({ kind: "found", requestId });
	});

	it("shows by a later request that fal does not have one", async () => {
		const other = "fal-ai/recraft/v3/text-to-image";
		const long = { leftAfter: Date.now() - 21_000, leftBefore: Date.now() - 20_000 };
		const neverSent = { prompt: "a fox that was never sent", seed: aSeed(), endpoint: other, ...long };
		expect(await find(neverSent)).toEqual({ kind: "unclear" });
		await send(aPrompt("sim:hold"), aSeed(), other);
		expect(await find(neverSent)).toEqual({ kind: "absent" });
	});
});
