/** An edit's form with a picture of 50 MB: growth of the gateway's process, speed and processor time, beside a Worker that streams the same bytes to R2. */
import { randomUUID } from "node:crypto";
import { type IncomingMessage, request } from "node:http";
import { max, median } from "simple-statistics";
import { formOf, pngOf } from "../../test/support/forms.ts";
import { cpuMs, peakDuring, residentBytes } from "../../test/support/node/processes.ts";
import {
	startGatewayRuntime,
	startSimulatorRuntime,
	startWorkerd,
	type Workerd,
} from "../../test/support/node/runtime.ts";
import { BEARER } from "../draw.ts";
import { atLeast, atMost, type Case, type Size } from "../figure.ts";
import { interleaved } from "../interleaved.ts";

export const uploads: Case = async (size) => {
	const [simulator, floor] = await Promise.all([
		startSimulatorRuntime(),
		startWorkerd("bench/workers/floors/wrangler.toml"),
	]);
	const gateway = await startGatewayRuntime(simulator.url);
	const { pictureMb, rounds } = SIZES[size];
	try {
		const png = pngOf(4_000, 3_000, pictureMb * MB);
		const ours = () => upload(gateway, png);
		const floors = () => measured(floor, () => send("PUT", `${floor.url}/picture/0`, png, {}));

		// The first upload brings code and buffers into memory, which stay.
		await ours();
		await floors();
		await rest();
		const grownOurs = (await ours()).growthMb;
		await rest();
		const grownFloor = (await floors()).growthMb;

		const cpu = { ours: 0, floor: 0 };
		const seconds = await interleaved(rounds, {
			ours: async () => {
				const { seconds: taken, cpuTime } = await ours();
				cpu.ours += cpuTime;
				return taken;
			},
			floor: async () => {
				const { seconds: taken, cpuTime } = await floors();
				cpu.floor += cpuTime;
				return taken;
			},
		});
		const speeds = [seconds.ours, seconds.floor].map((each) => pictureMb / median([...each]));
		const [speed = 0, floorSpeed = 0] = speeds;
		const perMb = (ms: number) => ms / (rounds * pictureMb);
		return {
			figures: [
				{
					name: `growth in a second upload of ${pictureMb} MB, beyond a stream to R2`,
					value: Math.max(0, grownOurs - grownFloor),
					unit: "MB",
					goal: atMost(16),
					detail: `${grownOurs.toFixed(1)} MB, and ${grownFloor.toFixed(1)} MB for the stream`,
				},
				{
					name: `upload of ${pictureMb} MB, throughput : a stream to R2`,
					value: speed / floorSpeed,
					unit: "×",
					goal: atLeast(0.85),
					detail: `${Math.round(speed)} : ${Math.round(floorSpeed)} MB a second, medians of ${rounds}; hashed and measured on the way`,
				},
				{
					name: "processor time of an upload, a MB",
					value: perMb(cpu.ours),
					unit: "ms",
					goal: null,
					detail: `the local runtime with its R2; ${perMb(cpu.floor).toFixed(2)} ms for the stream`,
				},
			],
			series: { seconds: { ours: max([...seconds.ours]), floor: max([...seconds.floor]) } },
		};
	} finally {
		await Promise.all([gateway, floor, simulator].map((worker) => worker.stop()));
	}
};

const SIZES: Readonly<Record<Size, { readonly pictureMb: number; readonly rounds: number }>> = {
	guard: { pictureMb: 12, rounds: 1 },
	quick: { pictureMb: 50, rounds: 3 },
	full: { pictureMb: 50, rounds: 15 },
};

const MB = 1024 * 1024;
/** Memory that the runtime gives back a little later is no part of the next measurement. */
const REST_MS = 1_000;

function rest(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, REST_MS));
}

interface Upload {
	readonly seconds: number;
	readonly growthMb: number;
	/** Milliseconds. */
	readonly cpuTime: number;
	readonly answer: IncomingMessage;
}

async function measured({ pid }: Workerd, run: () => Promise<IncomingMessage>): Promise<Upload> {
	const [begun, used, before] = [performance.now(), cpuMs(pid), residentBytes(pid)];
	const { peak, result: answer } = await peakDuring(() => residentBytes(pid), run);
	const seconds = (performance.now() - begun) / 1000;
	return { seconds, growthMb: (peak - before) / MB, cpuTime: cpuMs(pid) - used, answer };
}

/** Uploads a picture; then deletes the job that it makes, which is not measured. */
async function upload(gateway: Workerd, png: Uint8Array): Promise<Upload> {
	const boundary = `boundary-${randomUUID()}`;
	const prompt = `a fox ${randomUUID()} sim:hold`;
	const form = formOf(
		[
			{ name: "model", body: "gpt-image-1.5" },
			{ name: "prompt", body: prompt },
			{ name: "image", filename: "a.png", type: "image/png", body: png },
		],
		boundary,
	);
	const type = { "content-type": `multipart/form-data; boundary=${boundary}` };
	const url = `${gateway.url}/v1/images/edits/async`;
	const uploaded = await measured(gateway, () => send("POST", url, form, { ...BEARER, ...type }));
	const job = `${gateway.url}/v1/jobs/${uploaded.answer.headers["x-job-id"]}`;
	await (await fetch(`${job}/cancel`, { method: "POST", headers: BEARER })).arrayBuffer();
	await (await fetch(job, { method: "DELETE", headers: BEARER })).arrayBuffer();
	return uploaded;
}

async function send(
	method: string,
	url: string,
	body: Uint8Array,
	headers: Readonly<Record<string, string>>,
): Promise<IncomingMessage> {
	const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
	const sent = request(url, { method, headers: { ...headers, "content-length": body.length } });
	sent.on("response", resolve).on("error", reject).end(body);
	const answer = await promise;
	answer.resume();
	if ((answer.statusCode ?? 500) >= 300) throw new Error(`${url} answered ${answer.statusCode}`);
	return answer;
}
