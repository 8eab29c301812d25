/** Issued keys, as OpenAI's own package uses them. */
import { randomUUID } from "node:crypto";
import OpenAI from "openai";
import { afterAll, expect, inject, it } from "vitest";
import { createClient, fetchBytes, refusalOf } from "../support/node/openai-client.ts";
import { aPrompt, submitsOf } from "../support/node/simulator.ts";

const gateway = inject("gateway");
const MODEL = "imagen4-preview";
const QUICK = "sim:quick";

interface Issued {
	readonly id: string;
	readonly key: string;
}

const issued: Issued[] = [];

async function administer<T>(method: string, path: string, body?: object): Promise<T> {
	const response = await fetch(`${gateway.url}${path}`, {
		method,
		headers: { authorization: `Bearer ${gateway.accessKey}` },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	expect(response.status, path).toBe(200);
	return response.json() as Promise<T>;
}

function anAccount(): string {
	return `e2e-${randomUUID().slice(0, 8)}`;
}

async function issue(fields: object = {}): Promise<Issued> {
	const key = await administer<Issued>("POST", "/v1/keys", { account: anAccount(), ...fields });
	issued.push(key);
	return key;
}

function clientOf(key: string) {
	return createClient({ url: gateway.url, accessKey: key });
}

const answersOf: ReturnType<typeof clientOf>["answers"][] = [];
function openai(key: string): OpenAI {
	const { client, answers } = clientOf(key);
	answersOf.push(answers);
	return client;
}

afterAll(async () => {
	const texts = await Promise.all(answersOf.flat().map(({ text }) => text));
	expect(texts.length).toBeGreaterThan(0);
	// No answer repeats the key that asked.
	for (const text of texts) for (const { key } of issued) expect(text.includes(key.slice(-40))).toBe(false);
});

it("make pictures, which no other account sees", async () => {
	const [ann, bob] = [await issue(), await issue()];
	const prompt = aPrompt(QUICK);
	const made = openai(ann.key).images.generate({ model: MODEL, prompt, response_format: "url" });
	const { data: pictures, response } = await made.withResponse();
	expect((await fetchBytes(pictures.data?.[0]?.url ?? "")).length).toBeGreaterThan(0);
	expect(await submitsOf(gateway, prompt)).toHaveLength(1);

	const job = `/jobs/${response.headers.get("x-job-id")}`;
	expect(await openai(ann.key).get(job)).toMatchObject({ object: "job", status: "succeeded" });
	const refused = await refusalOf(OpenAI.NotFoundError, openai(bob.key).get(job));
	expect(refused).toMatchObject({ code: "not_found" });
	await refusalOf(OpenAI.NotFoundError, openai(bob.key).delete(job));
	const list: { data: object[] } = await openai(bob.key).get("/jobs");
	expect(list.data).toEqual([]);
});

it("go on with the Responses of their own account alone", async () => {
	const [ann, bob] = [await issue(), await issue()];
	const first = await openai(ann.key).responses.create({ model: MODEL, input: aPrompt(QUICK) });
	expect((await openai(ann.key).responses.retrieve(first.id)).status).toBe("completed");
	await refusalOf(OpenAI.NotFoundError, openai(bob.key).responses.retrieve(first.id));
	const stolen = { model: MODEL, input: aPrompt(QUICK), previous_response_id: first.id };
	const refused = await refusalOf(OpenAI.NotFoundError, openai(bob.key).responses.create(stolen));
	expect(refused.code).toBe("previous_response_not_found");
});

it("fail within 30 seconds of their revocation, and cost nothing from then on", async () => {
	const { id, key } = await issue();
	await openai(key).models.list();
	await administer("DELETE", `/v1/keys/${id}`);
	await expect
		.poll(
			() =>
				openai(key)
					.models.list()
					.then(
						() => "listed",
						(error: InstanceType<typeof OpenAI.APIError>) => error.status,
					),
			{
				timeout: 31_000,
				interval: 500,
			},
		)
		.toBe(401);
	const prompt = aPrompt(QUICK);
	const refused = await refusalOf(OpenAI.AuthenticationError, openai(key).images.generate({ model: MODEL, prompt }));
	expect(refused).toMatchObject({ code: "invalid_api_key", message: expect.stringContaining("was revoked") });
	expect(await submitsOf(gateway, prompt)).toEqual([]);
});

it("are good for a time of grace after their rotation", async () => {
	const { id, key } = await issue();
	const rotated = await administer<Issued>("POST", `/v1/keys/${id}/rotate`, { grace_period: "2s" });
	issued.push(rotated);
	for (const good of [key, rotated.key]) expect((await openai(good).models.list()).data.length).toBeGreaterThan(0);
	await expect
		.poll(
			() =>
				openai(key)
					.images.generate({ model: MODEL, prompt: aPrompt(QUICK) })
					.then(
						() => "made",
						(error: InstanceType<typeof OpenAI.APIError>) => error.status,
					),
			{ timeout: 33_000, interval: 500 },
		)
		.toBe(401);
	expect((await openai(rotated.key).images.generate({ model: MODEL, prompt: aPrompt(QUICK) })).data).toHaveLength(1);
});

it("that were invented make nothing", async () => {
	const { key } = await issue();
	const invented = `${key.slice(0, -1)}${key.endsWith("a") ? "b" : "a"}`;
	const prompt = aPrompt(QUICK);
	await refusalOf(OpenAI.AuthenticationError, openai(invented).images.generate({ model: MODEL, prompt }));
	expect(await submitsOf(gateway, prompt)).toEqual([]);
});
