/** Runs designs by which a client learns that fal is done, side by side in front of one simulator. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText } from "ai";
import { ACCESS_KEY, FAL_KEY } from "../test/support/node/gateway.ts";
import { startGatewayRuntime, startSimulatorRuntime, startWorkerd } from "../test/support/node/runtime.ts";
import { createSimulatedFalClient, IMAGEN } from "../test/support/node/sim-client.ts";
import { type Call, callsOf } from "../test/support/node/simulator.ts";
import { BEARER } from "./draw.ts";

/** Draws a picture, and reads the answer to its last byte. The answer has a link to the picture. */
export type Draw = (prompt: string) => Promise<void>;

/**
 * - Darkroom: a chat stream, to its end. `by webhook` has the follower, too, as deployed. `by follower` has no webhook, as on a loopback
 *   address. `by polls` has neither, because the status stream fails.
 * - fal's client: `subscribe` with its default mode, polling, and with its other mode, the status stream.
 * - in-request Worker: a chat stream of bench/workers/in-request, to its end.
 * - AI SDK: a stream of Darkroom's chat by webhook. The SDK's own provider for fal is no peer, because it holds one connection to the
 *   synchronous `fal.run` and uses no queue.
 */
export type Design =
	| "Darkroom by webhook"
	| "Darkroom by follower"
	| "Darkroom by polls"
	| "AI SDK over Darkroom"
	| "fal's client"
	| "fal's client by stream"
	| "in-request Worker";

export interface Designs {
	readonly simUrl: string;
	readonly draws: Readonly<Record<Design, Draw>>;
	readonly stop: () => Promise<void>;
}

/** Makes a prompt for a small picture, so that no design waits for the drawing. */
export function aPrompt(words: string): string {
	return `a fox ${randomUUID()} ${words} sim:max-side=64`;
}

const WARM_UPS = 6;

/** Starts all designs, and warms them up. */
export async function startDesigns(): Promise<Designs> {
	const simulator = await startSimulatorRuntime();
	const simUrl = simulator.url;
	const vars = { FAL_QUEUE_URL: simUrl, FAL_API_KEY: FAL_KEY, WORKER_ACCESS_KEY: ACCESS_KEY };
	const [gateway, loopback, inRequest] = await Promise.all([
		startGatewayRuntime(simUrl),
		startGatewayRuntime(simUrl, { PUBLIC_URL: "" }),
		startWorkerd("bench/workers/in-request/wrangler.toml", vars),
	]);
	const stop = async () => {
		await Promise.all([simulator, gateway, loopback, inRequest].map((worker) => worker.stop()));
	};
	const draws: Designs["draws"] = {
		"Darkroom by webhook": (prompt) => streamChat(gateway.url, prompt),
		"fal's client": (prompt) => subscribe(simUrl, prompt, "polling"),
		"Darkroom by follower": (prompt) => streamChat(loopback.url, prompt),
		"in-request Worker": (prompt) => streamChat(inRequest.url, prompt),
		"Darkroom by polls": (prompt) => streamChat(loopback.url, `${prompt} sim:stream=404`),
		"fal's client by stream": (prompt) => subscribe(simUrl, prompt, "streaming"),
		"AI SDK over Darkroom": (prompt) => streamWithAiSdk(gateway.url, prompt),
	};
	try {
		const warmUp = () => sideBySide(draws, (_, draw) => draw(aPrompt("sim:queue=0 sim:queue-ms=50 sim:run-ms=100")));
		await Promise.all(Array.from({ length: WARM_UPS }, warmUp));
	} catch (error) {
		await stop();
		throw error;
	}
	return { simUrl, draws, stop };
}

/** Time between the starts. Jobs that begin together would end together, and wait for each other. */
const APART_MS = 90;

/** Measures all designs at the same time. They begin a little apart, in an order that `round` rotates. */
export function sideBySide<T>(
	draws: Designs["draws"],
	measure: (design: Design, draw: Draw) => Promise<T>,
	round = 0,
): Promise<readonly T[]> {
	const entries = Object.entries(draws) as [Design, Draw][];
	return Promise.all(
		entries.map(async ([design, draw], index) => {
			await wait(((index + round) % entries.length) * APART_MS);
			return measure(design, draw);
		}),
	);
}

async function streamChat(url: string, prompt: string): Promise<void> {
	const response = await fetch(`${url}/v1/chat/completions`, {
		method: "POST",
		headers: { ...BEARER, "content-type": "application/json" },
		body: JSON.stringify({ model: "imagen4-preview", stream: true, messages: [{ role: "user", content: prompt }] }),
	});
	expectPicture(await response.text());
}

async function streamWithAiSdk(url: string, prompt: string): Promise<void> {
	const provider = createOpenAICompatible({ name: "darkroom", baseURL: `${url}/v1`, apiKey: ACCESS_KEY });
	expectPicture(await streamText({ model: provider("imagen4-preview"), prompt }).text);
}

async function subscribe(simUrl: string, prompt: string, mode: "polling" | "streaming"): Promise<void> {
	const options = { input: { prompt } };
	const { data } = await createSimulatedFalClient(simUrl).subscribe(
		IMAGEN,
		mode === "streaming" ? { ...options, mode } : options,
	);
	expectPicture(`![](${data.images[0]?.url})`);
}

function expectPicture(answer: string): void {
	if (!/!\[.*\]\(http[^)]+\)/.test(answer)) throw new Error(`no picture in the answer: ${answer.slice(-500)}`);
}

/** Lists the calls to fal's queue about this prompt, without those to the CDN. */
export async function queueCallsOf(simUrl: string, prompt: string): Promise<readonly Call[]> {
	return (await callsOf({ simUrl }, prompt)).filter(({ path }) => !path.startsWith("/files/"));
}

interface RequestView {
	readonly moment: { readonly completedAt: number };
	readonly deliveries: readonly { readonly at: number }[];
}

/** Returns the times when the simulator completed the request of a prompt, and when it sent the webhook. */
export async function timesOf(simUrl: string, prompt: string) {
	const [submit] = await queueCallsOf(simUrl, prompt);
	const response = await fetch(`${simUrl}/sim/requests/${submit?.requestId}`);
	const { moment, deliveries } = (await response.json()) as RequestView;
	return { completedAt: moment.completedAt, webhookAt: deliveries[0]?.at ?? null };
}
