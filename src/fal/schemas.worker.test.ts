import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { serving } from "../../test/support/workerd/serving.ts";
import { createSchemas, type SchemaOptions } from "./schemas.ts";

const FROM = { falSchemaUrl: "https://schemas.test/openapi.json" };
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MAX_BYTES = 1024 * 1024;

let count = 0;
/** An endpoint that no other test has. */
function anEndpoint(): string {
	count += 1;
	return `owner/app-${count}`;
}

const DOCUMENT = {
	components: {
		schemas: {
			AppInput: { properties: { prompt: { type: "string" }, seed: { type: "integer" } } },
			AppOutput: { properties: { images: { type: "array", items: { type: "object" } } } },
		},
	},
};
const page = () => Response.json(DOCUMENT);
const FOUND = { ok: true, value: { traits: { seed: true }, givesPictures: true } };

function makeSchemas(answers: (() => Response)[], options: SchemaOptions = {}) {
	const { fetch, requests } = serving(...answers);
	return { schemas: createSchemas(FROM, env.IMAGES, { fetch, ...options }), requests };
}

/** Reads as an isolate would that began later than all those before: what is in memory has run out. */
function laterBy(ms: number): () => number {
	return () => Date.now() + ms;
}

describe("a schema", () => {
	it("is asked by the endpoint's id, without a key, and follows no redirect", async () => {
		const { schemas, requests } = makeSchemas([() => Response.redirect("https://elsewhere.test/schema.json", 302)]);
		expect(await schemas.describe("owner/app/x y")).toEqual({ ok: false, error: "unavailable" });
		expect(requests).toHaveLength(1);
		expect(requests[0]?.url).toBe("https://schemas.test/openapi.json?endpoint_id=owner%2Fapp%2Fx%20y");
		expect(requests[0]?.redirect).toBe("manual");
		expect(requests[0]?.headers.has("authorization")).toBe(false);
	});

	it("is fetched once, and then known to the isolate", async () => {
		const endpoint = anEndpoint();
		const { schemas, requests } = makeSchemas([page]);
		expect(await schemas.describe(endpoint)).toMatchObject(FOUND);
		expect(await schemas.describe(endpoint)).toMatchObject(FOUND);
		expect(requests).toHaveLength(1);
	});

	it("is kept in R2 for a week, and fetched again after it", async () => {
		const endpoint = anEndpoint();
		await makeSchemas([page]).schemas.describe(endpoint);
		expect(await (await env.IMAGES.get(`schemas/${endpoint}`))?.json()).toEqual(DOCUMENT);
		const within = makeSchemas([page], { now: laterBy(6 * DAY_MS) });
		expect(await within.schemas.describe(endpoint)).toMatchObject(FOUND);
		expect(within.requests).toHaveLength(0);
		const after = makeSchemas([page], { now: laterBy(8 * DAY_MS) });
		expect(await after.schemas.describe(endpoint)).toMatchObject(FOUND);
		expect(after.requests).toHaveLength(1);
	});

	it("is used after its week if fal gives no other", async () => {
		const endpoint = anEndpoint();
		await makeSchemas([page]).schemas.describe(endpoint);
		const { schemas } = makeSchemas([() => new Response(null, { status: 500 })], { now: laterBy(8 * DAY_MS) });
		expect(await schemas.describe(endpoint)).toMatchObject(FOUND);
	});

	it("is used after its week if what fal gives cannot be read", async () => {
		const endpoint = anEndpoint();
		await makeSchemas([page]).schemas.describe(endpoint);
		const { schemas } = makeSchemas([() => new Response("<!doctype html>")], { now: laterBy(8 * DAY_MS) });
		expect(await schemas.describe(endpoint)).toMatchObject(FOUND);
		expect(await (await env.IMAGES.get(`schemas/${endpoint}`))?.json()).toEqual(DOCUMENT);
	});

	it.each([
		["404", () => Response.json({ detail: "Not Found" }, { status: 404 }), "missing"],
		["500", () => new Response("no", { status: 500 }), "unavailable"],
		["no JSON", () => new Response("<!doctype html>"), "unreadable"],
		["no inputs", () => Response.json({ components: {} }), "unreadable"],
		["too many levels", () => new Response(`${"[".repeat(200)}${"]".repeat(200)}`), "unreadable"],
	])("that is %s is a miss, and is not kept", async (_, answer, error) => {
		const endpoint = anEndpoint();
		const { schemas } = makeSchemas([answer]);
		expect(await schemas.describe(endpoint)).toEqual({ ok: false, error });
		expect(await env.IMAGES.head(`schemas/${endpoint}`)).toBeNull();
	});

	it("is read up to its bound of bytes", async () => {
		const text = JSON.stringify(DOCUMENT);
		const padded = (bytes: number) => () => new Response(text + " ".repeat(bytes - text.length));
		expect(await makeSchemas([padded(MAX_BYTES)]).schemas.describe(anEndpoint())).toMatchObject(FOUND);
		const { schemas } = makeSchemas([padded(MAX_BYTES + 1)]);
		expect(await schemas.describe(anEndpoint())).toEqual({ ok: false, error: "unreadable" });
	});

	it("that never ends is given up at its bound", async () => {
		let chunks = 0;
		const endless = new ReadableStream<Uint8Array>({
			pull: (controller) => {
				chunks += 1;
				controller.enqueue(new TextEncoder().encode(" ".repeat(64 * 1024)));
			},
		});
		const { schemas } = makeSchemas([() => new Response(endless)]);
		expect(await schemas.describe(anEndpoint())).toEqual({ ok: false, error: "unreadable" });
		expect(chunks).toBeLessThan(32);
	});

	it("that does not come in time is unavailable, and is asked again ten seconds later", async () => {
		const endpoint = anEndpoint();
		const silent = (_input: RequestInfo | URL, init?: RequestInit) =>
			new Promise<Response>((_resolve, reject) => {
				init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
			});
		const slow = createSchemas(FROM, env.IMAGES, { fetch: silent, timeoutMs: 20 });
		expect(await slow.describe(endpoint)).toEqual({ ok: false, error: "unavailable" });
		const soon = makeSchemas([page], { now: laterBy(9_000) });
		expect(await soon.schemas.describe(endpoint)).toEqual({ ok: false, error: "unavailable" });
		expect(soon.requests).toHaveLength(0);
		expect(await makeSchemas([page], { now: laterBy(11_000) }).schemas.describe(endpoint)).toMatchObject(FOUND);
	});

	it("is read from R2 after an hour: an isolate may live long", async () => {
		const endpoint = anEndpoint();
		await makeSchemas([page]).schemas.describe(endpoint);
		await env.IMAGES.delete(`schemas/${endpoint}`);
		expect(await makeSchemas([]).schemas.describe(endpoint)).toMatchObject(FOUND);
		const { schemas, requests } = makeSchemas([page], { now: laterBy(HOUR_MS + 1_000) });
		expect(await schemas.describe(endpoint)).toMatchObject(FOUND);
		expect(requests).toHaveLength(1);
	});

	it("is forgotten if the isolate has many others", async () => {
		const endpoint = anEndpoint();
		const first = makeSchemas([page]);
		await first.schemas.describe(endpoint);
		for (let other = 0; other < 200; other += 1) await first.schemas.describe(anEndpoint());
		await env.IMAGES.delete(`schemas/${endpoint}`);
		const { schemas, requests } = makeSchemas([page]);
		await schemas.describe(endpoint);
		expect(requests).toHaveLength(1);
	});
});
