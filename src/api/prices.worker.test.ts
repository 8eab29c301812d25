/** fal's published prices, from the first request for a model to what its job is said to cost. */
import { describe, expect, it } from "vitest";
import { type Ask, aPrompt, askWith, type Call, eventually, sim } from "../../test/support/workerd/gateway.ts";

let count = 0;
/** A gateway that knows no prices: it has an address of fal's for itself. */
function aGateway(settings: object = {}): Ask {
	count += 1;
	const origin = `https://platform-${count}-${crypto.randomUUID().slice(0, 8)}.test`;
	return askWith({ FAL_API_URL: origin, FAL_SCHEMA_URL: `${origin}/api/openapi/queue/openapi.json`, ...settings });
}

interface Quoted {
	readonly per_picture_usd: number;
	readonly known: boolean;
}

async function quoteOf(ask: Ask, model: string, more: object = {}): Promise<Quoted> {
	const answer = await ask("/v1/quote", { json: { model, prompt: "a fox", ...more } });
	const { per_picture_usd, known } = await answer.json<Quoted>();
	return { per_picture_usd, known };
}

/** Returns dollars. */
async function costOf(ask: Ask, model: string): Promise<number | undefined> {
	const made = await ask("/v1/images/generations", { json: { model, prompt: aPrompt("sim:quick") } });
	expect(made.status).toBe(200);
	await made.body?.cancel();
	const job = await ask(`/v1/jobs/${made.headers.get("x-job-id")}`);
	return (await job.json<{ cost: { usd: number } | null }>()).cost?.usd;
}

/** Counts the calls about an endpoint that no other file asks about. */
async function callsAbout(endpoint: string): Promise<{ prices: number; schemas: number }> {
	const callsTo = async (path: string) => {
		const query = new URLSearchParams({ path: `${path}?endpoint_id=${encodeURIComponent(endpoint)}` });
		return (await (await sim(`/calls?${query}`)).json<Call[]>()).length;
	};
	return {
		prices: await callsTo("/v1/models/pricing"),
		schemas: await callsTo("/api/openapi/queue/openapi.json"),
	};
}

describe("the price of a model that the catalogue does not have", () => {
	it("is fal's from its first job on, and costs one request a day", async () => {
		const ask = aGateway();
		expect(await costOf(ask, "fal-ai/lumina-image/v2")).toBe(0.02);
		expect(await callsAbout("fal-ai/lumina-image/v2")).toEqual({ prices: 1, schemas: 1 });
		for (let jobs = 0; jobs < 3; jobs += 1) await costOf(ask, "fal-ai/lumina-image/v2");
		expect(await callsAbout("fal-ai/lumina-image/v2")).toEqual({ prices: 1, schemas: 1 });
	});

	it.each<readonly [model: string, what: string, quoted: Quoted]>([
		["fal-ai/playground-v25", "is that of a request", { per_picture_usd: 0.03, known: true }],
		["fal-ai/fast-sdxl", "is unknown by the second of a machine", { per_picture_usd: 0.1, known: false }],
		["fal-ai/kolors", "is unknown by thirty frames", { per_picture_usd: 0.1, known: false }],
		["fal-ai/omnigen-v1", "is never nothing", { per_picture_usd: 0.1, known: false }],
		["fal-ai/omnigen-v2", "is never below nothing", { per_picture_usd: 0.1, known: false }],
		["fal-ai/aura-flow", "is no text", { per_picture_usd: 0.1, known: false }],
		["fal-ai/cogview4", "is in dollars", { per_picture_usd: 0.1, known: false }],
		["fal-ai/flux/krea", "is unknown if fal has none", { per_picture_usd: 0.1, known: false }],
	])("%s %s", async (model, _, quoted) => {
		expect(await quoteOf(aGateway(), model, { size: "2048x2048" })).toEqual(quoted);
	});

	it("is the operator's, if that is set", async () => {
		const ask = aGateway({ PRICES: "fal-ai/lumina-image/v2=0.5" });
		expect(await quoteOf(ask, "fal-ai/lumina-image/v2")).toEqual({ per_picture_usd: 0.5, known: true });
	});

	it.each(["no-platform-key", "busy-platform-key", "slow-platform-key"])(
		"is the default with %s, and the job is made",
		async (name) => {
			const ask = aGateway({ FAL_API_KEY: `${name}:secret`, DEFAULT_PRICE: "0.07" });
			expect(await costOf(ask, "fal-ai/playground-v25")).toBe(0.07);
		},
	);
});

describe("the price of a model of the catalogue that has none there", () => {
	it("is fal's from its second job on, for nobody waits for it", async () => {
		const ask = aGateway();
		expect(await costOf(ask, "sana")).toBe(0.1);
		const second = await eventually(
			() => costOf(ask, "sana"),
			(usd) => usd !== 0.1,
		);
		expect(second).toBe(0.001);
		await costOf(ask, "sana");
		expect((await callsAbout("fal-ai/sana")).prices).toBe(1);
	});

	it("is fal's in a quote, which waits for it", async () => {
		expect(await quoteOf(aGateway(), "sana", { size: "2048x2048" })).toEqual({ per_picture_usd: 0.004, known: true });
	});
});

describe("the list of models", () => {
	it("shows fal's prices, under the unit of the picture", async () => {
		const row = await (await aGateway()("/v1/models/fal-ai%2Fsana")).json();
		expect(row).toMatchObject({
			prices: [{ billable: "output_image", unit: "megapixel", cost_usd: 0.001, variant: null }],
		});
		const list = await (await aGateway({ MODELS: "fal-ai/sana,fal-ai/kolors,flux-schnell" })("/v1/models")).json<{
			data: { id: string; prices: { cost_usd: number }[] }[];
		}>();
		expect(list.data.map(({ id, prices }) => [id, prices.map(({ cost_usd }) => cost_usd)])).toEqual([
			["fal-ai/sana", [0.001]],
			["fal-ai/kolors", []],
			["flux-schnell", [0.003]],
		]);
	});
});
