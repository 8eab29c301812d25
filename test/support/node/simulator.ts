/** Reads what a simulator recorded, and moves the requests that it holds. */
import { randomUUID } from "node:crypto";
import { reasoningOf } from "../chunks.ts";
import { eventually } from "../eventually.ts";
import type { Chunk } from "./chat-client.ts";

/** Address of a simulator. */
type SimulatorAddress = { readonly simUrl: string };

/** A call that the simulator recorded. */
export interface Call {
	readonly method: string;
	readonly path: string;
	readonly status: number;
	readonly requestId: string | null;
	/** At fal. */
	readonly account: string;
	readonly input: { readonly [field: string]: unknown } | null;
}

/** Lists the calls about prompts that contain this text. */
export async function callsOf({ simUrl }: SimulatorAddress, prompt: string): Promise<readonly Call[]> {
	return (await fetch(`${simUrl}/sim/calls?prompt=${encodeURIComponent(prompt)}`)).json() as Promise<Call[]>;
}

/** Lists the submits among the calls. */
export async function submitsOf(simulator: SimulatorAddress, prompt: string): Promise<readonly Call[]> {
	return (await callsOf(simulator, prompt)).filter(({ method }) => method === "POST");
}

/** A request at a simulator. Its prompt identifies it. */
export interface SimulatedRequest {
	readonly gateway: SimulatorAddress;
	readonly prompt: string;
}

/** Waits until the simulator has the request. */
export async function requestIdOf({ gateway, prompt }: SimulatedRequest): Promise<string> {
	const [submit] = await eventually(
		() => submitsOf(gateway, prompt),
		(submits) => submits.some(({ requestId }) => requestId !== null),
	);
	return submit?.requestId ?? "";
}

/** Moves a request that the simulator holds, or sends its webhook. */
export async function steer(
	request: SimulatedRequest,
	action: "advance" | "finish" | "webhook",
	body: object = {},
): Promise<unknown> {
	const url = `${request.gateway.simUrl}/sim/requests/${await requestIdOf(request)}/${action}`;
	const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
	if (response.status !== 200) throw new Error(`${response.status} at ${url}: ${await response.text()}`);
	return response.json();
}

/** Words that make a request short: its queue and its run take some milliseconds. Other words may follow. */
export const SHORT = "sim:queue=0 sim:queue-ms=20 sim:run-ms=60";

/** With these words the simulator does nothing by itself. */
export const HELD = "sim:hold sim:queue=1";

/** Each next step of a held request, and the progress text after which it may happen. */
const STEPS = [
	["Queued, 1 ahead", "advance", { position: 0 }],
	["Queued, next in line", "advance", { to: "IN_PROGRESS" }],
	["Generating", "finish", {}],
] as const;

/** Returns a function that moves a held request one step further when the chunks so far show the step before. */
export function createSteering(request: SimulatedRequest): (chunks: readonly Chunk[]) => Promise<void> {
	const steps = [...STEPS];
	return async (chunks) => {
		const [progress, action, body] = steps[0] ?? [];
		if (progress === undefined || !reasoningOf(chunks).includes(progress)) return;
		steps.shift();
		await steer(request, action, body);
	};
}

/** Makes a prompt that no other test has, so that its calls can be found, with words for the simulator. */
export function aPrompt(words = ""): string {
	return `a fox ${randomUUID()} ${words} sim:max-side=128`;
}
