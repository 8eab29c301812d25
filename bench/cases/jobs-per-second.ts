/** Jobs a second from end to end, against the same commits and the same picture without Darkroom's work. */
import { median } from "simple-statistics";
import { ACCESS_KEY } from "../../test/support/node/gateway.ts";
import { startGatewayRuntime, startWorkerd } from "../../test/support/node/runtime.ts";
import { atLeast, type Case, type Size } from "../figure.ts";
import { interleaved } from "../interleaved.ts";
import { saturate } from "../saturate.ts";
import { startInstantFal } from "../start-instant-fal.ts";

const CONNECTIONS = 32;
const JOBS: Readonly<Record<Size, number>> = { guard: 40, quick: 120, full: 400 };
const ROUNDS: Readonly<Record<Size, number>> = { guard: 1, quick: 2, full: 5 };
/** Submits for each job of the load that measures fal alone. */
const FAL_SUBMITS = 10;

const IMAGE = { model: "imagen4-preview", prompt: "A red fox in the snow [<id>]", response_format: "url" };

export const jobsPerSecond: Case = async (size) => {
	const fal = await startInstantFal();
	const gateway = await startGatewayRuntime(fal.url);
	const floors = await startWorkerd("bench/workers/floors/wrangler.toml");
	try {
		const amount = JOBS[size];
		const load = { body: IMAGE, key: ACCESS_KEY, connections: CONNECTIONS };
		const job = { ...load, url: `${gateway.url}/v1/images/generations` };
		const floor = { ...load, url: `${floors.url}/job` };
		const alone = { ...load, url: `${fal.url}/fal-ai/imagen4/preview` };

		if (size !== "guard") for (const warmUp of [job, floor, alone]) await saturate({ ...warmUp, amount });
		const before = await fal.counts();
		const rounds = await interleaved(ROUNDS[size], {
			darkroom: () => saturate({ ...job, amount }),
			floor: () => saturate({ ...floor, amount }),
		});
		const calls = await fal.counts();
		const made = amount * ROUNDS[size];
		const each = (name: keyof typeof calls) => ((calls[name] - before[name]) / made).toFixed(2);
		const carries = await saturate({ ...alone, amount: amount * FAL_SUBMITS });

		const [darkroom, least] = [median([...rounds.darkroom]), median([...rounds.floor])];
		return {
			figures: [
				{
					name: "jobs a second, to an object with as many commits and one picture put",
					value: darkroom / least,
					unit: "×",
					goal: atLeast(0.6),
					detail: `${darkroom.toFixed(0)} jobs/s to ${least.toFixed(0)}/s (${ROUNDS[size]} rounds of ${amount}, ${CONNECTIONS} connections). fal answers at once, with webhooks: a job is ${each("submits")} submits, ${each("streams")} status streams, ${each("results")} results, ${each("webhooks")} webhooks and ${each("pictures")} pictures. That fal alone carries ${carries.toFixed(0)} submits/s`,
				},
			],
			series: rounds,
		};
	} finally {
		await Promise.all([gateway.stop(), floors.stop(), fal.stop()]);
	}
};
