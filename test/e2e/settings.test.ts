/** Starts gateways with settings of their own, and checks the effect of each setting from outside. */
import { AuthenticationError, InternalServerError } from "openai";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { contentOf, finishesOf, reasoningOf } from "../support/chunks.ts";
import { type Gateway, startGateway } from "../support/node/gateway.ts";
import { collect, createClient, refusalOf } from "../support/node/openai-client.ts";
import { aPrompt } from "../support/node/simulator.ts";

const ALICE = "sk-alice-first";
const ALICE_NEXT = "sk-alice-second";
const BOB = "sk-bob-key-1";
const STEPS = "sim:queue=0 sim:queue-ms=20 sim:run-ms=100";

let gateway: Gateway;
let withoutProgress: Gateway;
let withoutSecrets: Gateway;
beforeAll(async () => {
	const { simUrl } = inject("gateway");
	[gateway, withoutProgress, withoutSecrets] = await Promise.all([
		startGateway(simUrl, {
			PROGRESS: "content",
			WORKER_ACCESS_KEY: `alice=${ALICE},alice=${ALICE_NEXT},bob=${BOB}`,
			MODELS: "nano-banana-2,fal-ai/flux/dev",
		}),
		startGateway(simUrl, { PROGRESS: "off" }),
		startGateway(simUrl, { FAL_API_KEY: "", WORKER_ACCESS_KEY: "", PROGRESS: "loud" }),
	]);
	return async () => {
		await Promise.all([gateway, withoutProgress, withoutSecrets].map(({ stop }) => stop()));
	};
});

function stream({ client }: ReturnType<typeof createClient>, prompt: string) {
	return collect(
		client.chat.completions.create({ model: "", messages: [{ role: "user", content: prompt }], stream: true }),
	);
}

describe("WORKER_ACCESS_KEY", () => {
	it("takes each key of a list, and no name, list or part of a key", async () => {
		for (const apiKey of [ALICE, ALICE_NEXT, BOB]) {
			const { data } = await createClient(gateway, { apiKey }).client.models.list();
			expect(data.length).toBeGreaterThan(0);
		}
		for (const apiKey of ["alice", `alice=${ALICE}`, `${ALICE},${BOB}`, "sk-alice", `${BOB}2`]) {
			const { client } = createClient(gateway, { apiKey });
			expect((await refusalOf(AuthenticationError, client.models.list())).code).toBe("invalid_api_key");
		}
	});
});

describe("MODELS", () => {
	it("limits the models, and makes the first one the default", async () => {
		const { client } = createClient(gateway, { apiKey: BOB });
		const { data } = await client.models.list();
		expect(data.map(({ id }) => id)).toEqual(["nano-banana-2", "fal-ai/flux/dev"]);
		await expect(client.models.retrieve("imagen4-preview")).rejects.toMatchObject({ status: 404 });
		const { response } = await client.images.generate({ prompt: aPrompt("sim:quick") }).withResponse();
		expect(response.headers.get("x-darkroom-model")).toBe("nano-banana-2");
	});
});

describe("PROGRESS", () => {
	it("content shows progress as quotations before the answer of a stream, and nothing of it without a stream", async () => {
		const alice = createClient(gateway, { apiKey: ALICE });
		const prompt = aPrompt(STEPS);
		const { chunks, error } = await stream(alice, prompt);
		expect(error).toBeNull();
		expect(reasoningOf(chunks)).toBe("");
		const [, progress = "", answer = ""] =
			/^((?:(?:> .*\n)+\n)+)(Generated image[\s\S]*)$/.exec(contentOf(chunks)) ?? [];
		expect(progress).toContain("> Queued, next in line");
		expect(answer).toMatch(
			/^Generated image with prompt: "[^\n]+" and aspect ratio: 1:1\n\n!\[Generated Image\]\(http\S+\)$/,
		);
		const whole = await alice.client.chat.completions.create({
			model: "nano-banana-2",
			messages: [{ role: "user", content: aPrompt(STEPS) }],
		});
		expect(whole.choices[0]?.message.content).toMatch(/^Generated image with prompt:/);
	});

	it("off streams the answer without progress", async () => {
		const { chunks, error } = await stream(createClient(withoutProgress), aPrompt(STEPS));
		expect(error).toBeNull();
		expect(reasoningOf(chunks)).toBe("");
		expect(contentOf(chunks)).toMatch(/^Generated image with prompt: "[^\n]+" and aspect ratio: 1:1\n\n!\[/);
		expect(finishesOf(chunks)).toEqual(["stop"]);
	});
});

describe("a gateway without its secrets", () => {
	it("answers every request with one error that names each missing setting, and that no client retries", async () => {
		const { client, answers } = createClient(withoutSecrets);
		for (const call of [() => client.models.list(), () => client.images.generate({ prompt: "a fox" })]) {
			const { status, type, code, message } = await refusalOf(InternalServerError, call());
			expect([status, type, code]).toEqual([500, "configuration_error", "configuration_error"]);
			for (const name of ["FAL_API_KEY", "WORKER_ACCESS_KEY", "wrangler secret put", "PROGRESS"])
				expect(message).toContain(name);
		}
		expect(answers).toHaveLength(2);
		expect(answers[0]?.headers.get("access-control-allow-origin")).toBe("*");
		expect(answers[0]?.headers.get("x-request-id")).toMatch(/^req_/);
	});

	it("is not healthy, and answers preflight requests", async () => {
		expect((await fetch(`${withoutSecrets.url}/healthz`)).status).toBe(500);
		expect((await fetch(`${withoutSecrets.url}/v1/models`, { method: "OPTIONS" })).status).toBe(204);
	});
});
