import { describe, expect, it } from "vitest";
import { aPrompt, ask, askWith, sim, submitsOf } from "../../test/support/workerd/gateway.ts";
import { logOf } from "../../test/support/workerd/job-of.ts";

const PATH = "/v1/images/generations";

/** The bodies of the submits of a prompt, oldest first. */
async function bodiesOf(prompt: string): Promise<readonly unknown[]> {
	const calls: readonly { input: unknown }[] = await (
		await sim(`/calls?prompt=${encodeURIComponent(prompt)}&method=POST`)
	).json();
	return calls.map(({ input }) => input);
}

async function schemaCallsOf(endpoint: string): Promise<number> {
	const path = `/api/openapi/queue/openapi.json?endpoint_id=${encodeURIComponent(endpoint)}`;
	const calls: readonly { path: string }[] = await (await sim("/calls?path=/api/openapi")).json();
	return calls.filter((call) => call.path === path).length;
}

describe("a model that is in no catalogue", () => {
	it("is asked as its schema says, whoever owns it", async () => {
		const prompt = aPrompt("sim:instant");
		const model = "atelier-nord/lumen/v3/text-to-image";
		const body = { model, prompt, n: 2, size: "16:9", quality: "high", output_format: "webp", seed: 7 };
		const answer = await ask(PATH, { json: { ...body, negative_prompt: "rain", fal: { mood: "wild" } } });
		expect([answer.status, answer.headers.get("x-darkroom-model")]).toEqual([200, model]);
		expect(await bodiesOf(prompt)).toEqual([
			{
				prompt,
				aspect_ratio: "16:9",
				num_images: 2,
				output_format: "png",
				seed: 7,
				negative_prompt: "rain",
				mood: "wild",
			},
		]);
	});

	it("is fetched once for many requests, and a model of the catalogue never", async () => {
		const model = "fal-ai/cogview4";
		for (let time = 0; time < 3; time += 1) {
			await ask(PATH, { json: { model, prompt: aPrompt("sim:instant") } });
			await ask(PATH, { json: { model: "flux-schnell", prompt: aPrompt("sim:instant") } });
		}
		expect(await schemaCallsOf(model)).toBe(1);
		expect(await schemaCallsOf("fal-ai/flux/schnell")).toBe(0);
	});

	it("edits a picture if its schema has a field for one", async () => {
		const prompt = aPrompt("sim:instant");
		const image = "https://example.com/fox.png";
		const json = { model: "fal-ai/bagel/edit", prompt, images: [{ image_url: image }], seed: 7 };
		expect((await ask("/v1/images/edits", { json })).status).toBe(200);
		expect(await bodiesOf(prompt)).toEqual([{ prompt, image_url: image, seed: 7 }]);
		const more = {
			...json,
			prompt: aPrompt("sim:instant"),
			images: [{ image_url: image }, { image_url: `${image}?2` }],
		};
		const refused = await ask("/v1/images/edits", { json: more });
		expect([refused.status, await submitsOf(more.prompt)]).toEqual([400, 0]);
	});

	it("makes many pictures by several requests if its schema has no count", async () => {
		const prompt = aPrompt("sim:instant");
		expect((await ask(PATH, { json: { model: "fal-ai/bagel", prompt, n: 3, seed: 7 } })).status).toBe(200);
		const bodies = await bodiesOf(prompt);
		expect(bodies).toHaveLength(3);
		expect(bodies).toEqual(expect.arrayContaining([7, 8, 9].map((seed) => ({ prompt, seed }))));
	});

	it("is submitted again as it was accepted", async () => {
		const prompt = aPrompt("sim:instant sim:submit=503 sim:refusals=1");
		const model = "atelier-nord/lumen/v3/text-to-image";
		const answer = await ask(PATH, { json: { model, prompt, size: "9:16", fal: { mood: "calm" } } });
		expect(answer.status).toBe(200);
		const [first, second] = await bodiesOf(prompt);
		expect(first).toEqual({
			prompt,
			aspect_ratio: "9:16",
			num_images: 1,
			output_format: "png",
			seed: expect.any(Number),
			mood: "calm",
		});
		expect(second).toEqual(first);
		const [accepted] = await logOf(answer.headers.get("x-job-id") ?? "");
		expect(accepted).toMatchObject({ traits: { dialect: { kind: "ratio" }, inputs: ["mood"] } });
	});

	it.each([
		["fal-ai/veo3", 400, "invalid_value", "model", "makes no pictures"],
		["fal-ai/any-llm", 400, "invalid_value", "model", "makes no pictures"],
		["fal-ai/imageutils/nsfw", 400, "invalid_value", "model", "makes no pictures"],
		["hostile/remote-ref", 400, "invalid_value", "model", "cannot be read"],
		["hostile/deep", 400, "invalid_value", "model", "cannot be read"],
		["hostile/huge", 400, "invalid_value", "model", "cannot be read"],
		["hostile/endless", 400, "invalid_value", "model", "cannot be read"],
		["hostile/not-json", 400, "invalid_value", "model", "cannot be read"],
		["hostile/many-properties", 400, "invalid_value", "model", "cannot be read"],
		["hostile/missing", 404, "model_not_found", "model", "does not exist"],
		["hostile/failing", 503, "schema_unavailable", "model", "Nothing was sent"],
		["hostile/redirect", 503, "schema_unavailable", "model", "Nothing was sent"],
		["hostile/slow", 503, "schema_unavailable", "model", "Nothing was sent"],
		["nobody/has/this", 404, "model_not_found", "model", "does not exist"],
		["bria/fibo-edit/relight", 400, "invalid_value", "image", "needs a picture"],
		["fal-ai/pulid", 400, "invalid_value", "fal", "reference_images"],
		["fal-ai/ideogram/custom-models/generate", 400, "invalid_value", "fal", "model_id"],
	])("is refused before any submit: %s is %i %s", async (model, status, code, param, words) => {
		const prompt = aPrompt("sim:instant");
		const answer = await ask(PATH, { json: { model, prompt } });
		const { error } = await answer.json<{ error: object }>();
		expect(answer.status).toBe(status);
		expect(error).toMatchObject({ code, param, message: expect.stringContaining(words) });
		expect(await submitsOf(prompt)).toBe(0);
	});

	it.each(["hostile/cycle", "hostile/doubling", "hostile/proto"])(
		"is asked by what its document says between its traps: %s",
		async (model) => {
			const prompt = aPrompt("sim:instant");
			expect((await ask(PATH, { json: { model, prompt, size: "16:9" } })).status).toBe(200);
			expect(await bodiesOf(prompt)).toEqual([{ prompt }]);
		},
	);

	it("is guessed by its family if its schema cannot be had, and refused if it is not known to make pictures", async () => {
		const other = askWith({ FAL_SCHEMA_URL: "https://fal.test/nothing-here" });
		const prompt = aPrompt("sim:instant");
		expect((await other(PATH, { json: { model: "fal-ai/flux/krea", prompt } })).status).toBe(200);
		expect(await submitsOf(prompt)).toBe(1);
		const unheard = aPrompt("sim:instant");
		const answer = await other(PATH, { json: { model: "hostile/many-words", prompt: unheard } });
		expect(answer.status).toBe(404);
		expect(await submitsOf(unheard)).toBe(0);
	});

	it("is not guessed without a schema because MODELS names it, and asked by its schema if there is one", async () => {
		const named = askWith({ MODELS: "*,workflows/me/flow,hostile/many-words,hostile/failing" });
		const prompt = aPrompt("sim:instant");
		const missing = await named(PATH, { json: { model: "workflows/me/flow", prompt } });
		expect([missing.status, await missing.json()]).toMatchObject([404, { error: { code: "model_not_found" } }]);
		const failing = await named(PATH, { json: { model: "hostile/failing", prompt } });
		expect([failing.status, await failing.json()]).toMatchObject([503, { error: { code: "schema_unavailable" } }]);
		expect((await named("/v1/models/workflows/me/flow")).status).toBe(404);
		expect(await submitsOf(prompt)).toBe(0);
		const described = { model: "hostile/cycle", prompt };
		expect((await askWith({ MODELS: "hostile/cycle" })(PATH, { json: described })).status).toBe(200);
	});

	it("is offered only if MODELS names it, where it lists models", async () => {
		const few = askWith({ MODELS: "flux-schnell,fal-ai/cogview4" });
		const prompt = aPrompt("sim:instant");
		expect((await few(PATH, { json: { model: "fal-ai/cogview4", prompt } })).status).toBe(200);
		expect((await few(PATH, { json: { model: "fal-ai/sana", prompt: aPrompt("sim:instant") } })).status).toBe(404);
	});

	it("lets `fal` set what the schema has, but for what Darkroom answers for", async () => {
		const model = "fal-ai/cogview4";
		const blamed = async (fal: object) => {
			const answer = await ask(PATH, { json: { model, prompt: aPrompt("sim:instant"), fal } });
			const { error } = await answer.json<{ error?: { param: string } }>();
			return [answer.status, error?.param];
		};
		expect(await blamed({ guidance_scale: 3 })).toEqual([200, undefined]);
		expect(await blamed({ loras: [] })).toEqual([400, "fal.loras"]);
		expect(await blamed({ num_images: 3 })).toEqual([400, "fal.num_images"]);
		expect(await blamed({ prompt: "a dog" })).toEqual([400, "fal.prompt"]);
		expect(await blamed({ sync_mode: true })).toEqual([400, "fal.sync_mode"]);
	});

	it("is shown by /v1/models/{id}", async () => {
		const shown = async (id: string) => (await ask(`/v1/models/${id}`)).status;
		expect(await shown("atelier-nord/lumen/v3/text-to-image")).toBe(200);
		expect(await shown("fal-ai/cogview4")).toBe(200);
		expect(await shown("fal-ai/veo3")).toBe(400);
		expect(await shown("nobody/has/this")).toBe(404);
	});
});
