import { AuthenticationError, InternalServerError } from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Gateway, type Running, startGateway } from "../support/node/gateway.ts";
import {
	aPrompt,
	collect,
	contentOf,
	createClient,
	finishesOf,
	reasoningOf,
	refusal,
} from "../support/node/watched.ts";

/** Gateways with other settings than the usual ones: what each setting does is seen from outside. */

const ALICE = "sk-alice-first";
const ALICE_NEXT = "sk-alice-second";
const BOB = "sk-bob-key-1";
const STEPS = "sim:queue=0 sim:queue-ms=20 sim:run-ms=100";

let gateway: Running;
let quiet: Gateway;
let bare: Gateway;
beforeAll(async () => {
	gateway = await startGateway({
		PROGRESS: "content",
		WORKER_ACCESS_KEY: `alice=${ALICE},alice=${ALICE_NEXT},bob=${BOB}`,
		MODELS: "nano-banana-2,fal-ai/flux/dev",
	});
	[quiet, bare] = await Promise.all([
		gateway.another({ PROGRESS: "off" }),
		gateway.another({ FAL_API_KEY: "", WORKER_ACCESS_KEY: "", PROGRESS: "loud" }),
	]);
});
afterAll(() => gateway.stop());

function stream({ client }: ReturnType<typeof createClient>, prompt: string) {
	return collect(
		client.chat.completions.create({ model: "", messages: [{ role: "user", content: prompt }], stream: true }),
	);
}

describe("WORKER_ACCESS_KEY", () => {
	it("takes each key of a list, and no name, list or part of one", async () => {
		for (const apiKey of [ALICE, ALICE_NEXT, BOB]) {
			const { data } = await createClient(gateway, { apiKey }).client.models.list();
			expect(data.length).toBeGreaterThan(0);
		}
		for (const apiKey of ["alice", `alice=${ALICE}`, `${ALICE},${BOB}`, "sk-alice", `${BOB}2`]) {
			const { client } = createClient(gateway, { apiKey });
			expect((await refusal(AuthenticationError, client.models.list())).code).toBe("invalid_api_key");
		}
	});
});

describe("MODELS", () => {
	it("offers what it lists; the first of it is the default", async () => {
		const { client } = createClient(gateway, { apiKey: BOB });
		const { data } = await client.models.list();
		expect(data.map(({ id }) => id)).toEqual(["nano-banana-2", "fal-ai/flux/dev"]);
		await expect(client.models.retrieve("imagen4-preview")).rejects.toMatchObject({ status: 404 });
		const { response } = await client.images.generate({ prompt: aPrompt("sim:quick") }).withResponse();
		expect(response.headers.get("x-darkroom-model")).toBe("nano-banana-2");
	});
});

describe("PROGRESS", () => {
	it("content shows progress as quotations before the answer, and in none of it without a stream", async () => {
		const alice = createClient(gateway, { apiKey: ALICE });
		const prompt = aPrompt(STEPS);
		const { chunks, error } = await stream(alice, prompt);
		expect(error).toBeNull();
		expect(reasoningOf(chunks)).toBe("");
		const [, progress = "", answer = ""] =
			/^((?:(?:> .*\n)+\n)+)(Generated image[\s\S]*)$/.exec(contentOf(chunks)) ?? [];
		expect(progress).toContain("> In fal's queue, next in line");
		expect(answer).toMatch(
			/^Generated image with prompt: "[^\n]+" and aspect ratio: 1:1\n\n!\[Generated Image\]\(http\S+\)$/,
		);
		const whole = await alice.client.chat.completions.create({
			model: "nano-banana-2",
			messages: [{ role: "user", content: aPrompt(STEPS) }],
		});
		expect(whole.choices[0]?.message.content).toMatch(/^Generated image with prompt:/);
	});

	it("off shows the picture and nothing else", async () => {
		const { chunks, error } = await stream(createClient(quiet), aPrompt(STEPS));
		expect(error).toBeNull();
		expect(reasoningOf(chunks)).toBe("");
		expect(contentOf(chunks)).toMatch(/^Generated image with prompt: "[^\n]+" and aspect ratio: 1:1\n\n!\[/);
		expect(finishesOf(chunks)).toEqual(["stop"]);
	});
});

describe("a gateway without its secrets", () => {
	it("answers everything with one clear error that names them all, which nobody retries", async () => {
		const { client, answers } = createClient(bare);
		for (const call of [() => client.models.list(), () => client.images.generate({ prompt: "a fox" })]) {
			const { status, type, code, message } = await refusal(InternalServerError, call());
			expect([status, type, code]).toEqual([500, "configuration_error", "configuration_error"]);
			for (const name of ["FAL_API_KEY", "WORKER_ACCESS_KEY", "wrangler secret put", "PROGRESS"])
				expect(message).toContain(name);
		}
		expect(answers).toHaveLength(2);
		expect(answers[0]?.headers.get("access-control-allow-origin")).toBe("*");
		expect(answers[0]?.headers.get("x-request-id")).toMatch(/^req_/);
	});

	it("is not healthy, but lets browsers ask", async () => {
		expect((await fetch(`${bare.url}/healthz`)).status).toBe(500);
		expect((await fetch(`${bare.url}/v1/models`, { method: "OPTIONS" })).status).toBe(204);
	});
});
