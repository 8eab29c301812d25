/** The processors' time that the line and the point of a job's end take, against that of the whole job. */
import { median } from "simple-statistics";
import { ACCESS_KEY } from "../../test/support/node/gateway.ts";
import { cpuMs } from "../../test/support/node/processes.ts";
import { startGatewayRuntime } from "../../test/support/node/runtime.ts";
import { BEARER } from "../draw.ts";
import { atMost, type Case, type Size } from "../figure.ts";
import { interleaved } from "../interleaved.ts";
import { saturate } from "../saturate.ts";
import { startInstantFal } from "../start-instant-fal.ts";

const JOBS: Readonly<Record<Size, number>> = { guard: 10, quick: 100, full: 200 };
/** A line takes so little that a difference of whole jobs would not show it: it is told this often. */
const LINES: Readonly<Record<Size, number>> = { guard: 2_000, quick: 5_000, full: 10_000 };
const ROUNDS: Readonly<Record<Size, number>> = { guard: 1, quick: 3, full: 7 };
const CONNECTIONS = 4;

const IMAGE = { model: "imagen4-preview", prompt: "A red fox in the snow [<id>]", response_format: "url" };

export const lines: Case = async (size) => {
	const fal = await startInstantFal();
	const gateway = await startGatewayRuntime(fal.url, {}, "bench/workers/telling/wrangler.toml");
	try {
		const url = `${gateway.url}/v1/images/generations`;
		const first = await fetch(url, { method: "POST", headers: BEARER, body: JSON.stringify(IMAGE) });
		const job = first.headers.get("x-job-id") ?? "";
		await first.arrayBuffer();
		/** Returns the CPU of one of these. */
		const cpuOfOne = async (amount: number, make: () => Promise<unknown>) => {
			const before = cpuMs(gateway.pid);
			await make();
			return (cpuMs(gateway.pid) - before) / amount;
		};
		const contestants = {
			job: () => {
				const load = { url, body: IMAGE, key: ACCESS_KEY, connections: CONNECTIONS, amount: JOBS[size] };
				return cpuOfOne(JOBS[size], () => saturate(load));
			},
			line: () =>
				cpuOfOne(LINES[size], async () => {
					const { status } = await fetch(`${gateway.url}/bench/tell/${job}/${LINES[size]}`);
					if (status !== 200) throw new Error(`no lines: ${status}`);
				}),
		};
		// The runtime compiles what runs often.
		if (size !== "guard") await interleaved(1, contestants);
		const rounds = await interleaved(ROUNDS[size], contestants);
		const [ofJob, ofLine] = [median([...rounds.job]), median([...rounds.line])];
		return {
			figures: [
				{
					name: "CPU of a job's line and its point, to the whole job's",
					value: ofLine / ofJob,
					unit: "×",
					goal: atMost(0.02),
					detail: `${ofLine.toFixed(3)} to ${ofJob.toFixed(1)} ms, medians of ${ROUNDS[size]} rounds of ${LINES[size]} lines and ${JOBS[size]} jobs, all of the runtime's processors`,
				},
			],
		};
	} finally {
		await Promise.all([gateway.stop(), fal.stop()]);
	}
};
