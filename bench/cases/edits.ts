/** An edit of one picture beside a picture from words alone, of the same model: time to the first byte, and from fal's end to the answer's. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { median, quantile } from "simple-statistics";
import { formOf, pngOf } from "../../test/support/forms.ts";
import { startGatewayRuntime, startSimulatorRuntime, startWorkerd } from "../../test/support/node/runtime.ts";
import { aPrompt, timesOf } from "../designs.ts";
import { BEARER } from "../draw.ts";
import { atMost, type Case, type Figure, type Size } from "../figure.ts";
import { firstByte } from "../first-byte.ts";
import { interleaved } from "../interleaved.ts";
import { startInstantFal } from "../start-instant-fal.ts";

/** A photo as a chat client sends it. */
const PICTURE = pngOf(1_024, 768, 200 * 1024);
const DATA_URL = `data:image/png;base64,${Buffer.from(PICTURE).toString("base64")}`;
const MODEL = "nano-banana-2";

const ROUNDS: Readonly<Record<Size, { readonly firstBytes: number; readonly lags: number }>> = {
	guard: { firstBytes: 3, lags: 1 },
	quick: { firstBytes: 40, lags: 8 },
	full: { firstBytes: 200, lags: 24 },
};
const WARM_UPS = 5;
/** Distance of fal, which in reality never finishes before a stream has begun. */
const ANSWER_AFTER_MS = 20;

export const edits: Case = async (size) => ({
	figures: [...(await firstBytes(ROUNDS[size].firstBytes)), await finishLag(ROUNDS[size].lags)],
});

async function firstBytes(rounds: number): Promise<readonly Figure[]> {
	const fal = await startInstantFal(ANSWER_AFTER_MS);
	const [gateway, floors] = [
		await startGatewayRuntime(fal.url),
		await startWorkerd("bench/workers/floors/wrangler.toml"),
	];
	const chat = (prompt: string, picture?: string) =>
		firstByte(`${gateway.url}/v1/chat/completions`, chatOf(`${prompt} ${randomUUID()}`, picture));
	try {
		const contestants = {
			chat: () => chat("a fox"),
			chatEdit: () => chat("in the snow", DATA_URL),
			images: () => firstByte(`${gateway.url}/v1/images/generations`, imagesOf(`a fox ${randomUUID()}`)),
			formEdit: () => {
				const boundary = `boundary-${randomUUID()}`;
				const type = `multipart/form-data; boundary=${boundary}`;
				return firstByte(`${gateway.url}/v1/images/edits`, editForm(boundary), type);
			},
			put: () => put(`${floors.url}/picture/0`),
		};
		await interleaved(WARM_UPS, contestants);
		const took = await interleaved(rounds, contestants);
		const times = (name: keyof typeof contestants) => median([...took[name]]);
		const toFigure = (name: string, edit: keyof typeof contestants, words: keyof typeof contestants): Figure => ({
			name: `first byte of an edit, ${name} : of the same from words, and a put to R2`,
			value: times(edit) / (times(words) + times("put")),
			unit: "×",
			goal: atMost(1.5),
			detail: `${times(edit).toFixed(1)} to ${times(words).toFixed(1)} ms, and ${times("put").toFixed(1)} ms for the 200 KB in a Worker with R2 alone; medians of ${rounds}`,
		});
		return [toFigure("in a chat", "chatEdit", "chat"), toFigure("by a form, streamed", "formEdit", "images")];
	} finally {
		await Promise.all([gateway.stop(), floors.stop(), fal.stop()]);
	}
}

async function finishLag(rounds: number): Promise<Figure> {
	const simulator = await startSimulatorRuntime();
	const gateway = await startGatewayRuntime(simulator.url);
	try {
		const lagOf = async (picture?: string) => {
			const prompt = aPrompt("sim:queue=1 sim:queue-ms=100 sim:run-ms=400");
			const response = await fetch(`${gateway.url}/v1/chat/completions`, postOf(chatOf(prompt, picture)));
			const answer = await response.text();
			const at = Date.now();
			if (!answer.includes("![")) throw new Error(`no picture in the answer: ${answer.slice(-500)}`);
			await wait(AFTERWORK_MS);
			return at - (await timesOf(simulator.url, prompt)).completedAt;
		};
		const contestants = { generation: () => lagOf(), edit: () => lagOf(DATA_URL) };
		await interleaved(1, contestants);
		const { generation, edit } = await interleaved(rounds, contestants);
		const said = (name: string, times: readonly number[]) =>
			`${name}: p50 ${median([...times]).toFixed(0)} ms, p95 ${quantile([...times], 0.95).toFixed(0)} ms`;
		return {
			name: "finish lag of an edit : of a picture from words, p50",
			value: median([...edit]) / median([...generation]),
			unit: "×",
			goal: atMost(1.25),
			detail: `${said("edit", edit)}; ${said("from words", generation)}; ${rounds} jobs each, one after the other, by webhook`,
		};
	} finally {
		await Promise.all([gateway.stop(), simulator.stop()]);
	}
}

/** Time of a job's work after its answer. */
const AFTERWORK_MS = 100;

function chatOf(prompt: string, picture?: string): string {
	const image = picture === undefined ? [] : [{ type: "image_url", image_url: { url: picture } }];
	const content = [{ type: "text", text: prompt }, ...image];
	return JSON.stringify({ model: MODEL, stream: true, messages: [{ role: "user", content }] });
}

function imagesOf(prompt: string): string {
	return JSON.stringify({ model: MODEL, prompt, stream: true });
}

/** Puts the picture into the floor's R2, and returns the time to its answer, in milliseconds. */
async function put(url: string): Promise<number> {
	const begun = performance.now();
	const response = await fetch(url, { method: "PUT", body: PICTURE });
	await response.arrayBuffer();
	return performance.now() - begun;
}

function postOf(body: string): RequestInit {
	return { method: "POST", headers: { ...BEARER, "content-type": "application/json" }, body };
}

function editForm(boundary: string): Uint8Array {
	return formOf(
		[
			{ name: "model", body: MODEL },
			{ name: "prompt", body: `in the snow ${randomUUID()}` },
			{ name: "stream", body: "true" },
			{ name: "image", filename: "a.png", type: "image/png", body: PICTURE },
		],
		boundary,
	);
}
