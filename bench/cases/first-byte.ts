/** Time to the first byte of a chat stream, when its job is durable, against a stream that begins when a new object is. */
import { median } from "simple-statistics";
import { startGatewayRuntime, startWorkerd } from "../../test/support/node/runtime.ts";
import { atMost, type Case, type Size } from "../figure.ts";
import { firstByte } from "../first-byte.ts";
import { interleaved } from "../interleaved.ts";
import { startInstantFal } from "../start-instant-fal.ts";

const ROUNDS: Readonly<Record<Size, number>> = { guard: 3, quick: 80, full: 400 };
const WARM_UP: Readonly<Record<Size, number>> = { guard: 0, quick: 20, full: 50 };

/** Distance of fal, which in reality never finishes before a stream has begun. */
const ANSWER_AFTER_MS = 20;

export const firstByteOfAStream: Case = async (size) => {
	const fal = await startInstantFal(ANSWER_AFTER_MS);
	const gateway = await startGatewayRuntime(fal.url);
	const floors = await startWorkerd("bench/workers/floors/wrangler.toml");
	try {
		let sent = 0;
		const chat = () => {
			sent += 1;
			const messages = [{ role: "user", content: `A red fox in the snow, number ${sent}` }];
			return { model: "darkroom", stream: true, messages };
		};
		const ask = (url: string) => () => firstByte(url, JSON.stringify(chat()));
		const contestants = {
			darkroom: ask(`${gateway.url}/v1/chat/completions`),
			stream: ask(`${floors.url}/stream`),
			empty: ask(`${floors.url}/empty`),
		};
		await interleaved(WARM_UP[size], contestants);
		const took = await interleaved(ROUNDS[size], contestants);
		const [darkroom, stream, empty] = [took.darkroom, took.stream, took.empty].map((times) => median([...times]));
		if (darkroom === undefined || stream === undefined || empty === undefined) throw new Error("nothing was measured");
		return {
			figures: [
				{
					name: "first byte of a chat stream, to a stream after a new object",
					value: darkroom / stream,
					unit: "×",
					goal: atMost(2),
					detail: `${darkroom.toFixed(2)} ms to ${stream.toFixed(2)} ms; an empty Worker answers in ${empty.toFixed(2)} ms (medians of ${ROUNDS[size]}, one after the other, over connections that stay open)`,
				},
			],
			series: took,
		};
	} finally {
		await Promise.all([gateway.stop(), floors.stop(), fal.stop()]);
	}
};
