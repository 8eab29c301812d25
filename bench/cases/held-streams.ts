import { fork } from "node:child_process";
import { once } from "node:events";
import { max, mean, sum } from "simple-statistics";
import { startGatewayRuntime, startWorkerd, type Workerd } from "../../test/support/node/runtime.ts";
import { atLeast, atMost, type Case, type Figure, type Size } from "../figure.ts";
import { type Held, holdStreams, IN_TIME_MS, type Load, maxDescriptors, processesFor } from "../held-streams.ts";

/** Streams held open: Darkroom's, and those of the least design that lets its objects sleep. One after the other, under equal loads. */

const LOADS: Readonly<Record<Size, readonly Load[]>> = {
	guard: [{ streams: 20, everyMs: 500, forMs: 2_000 }],
	quick: [{ streams: 200, everyMs: 1_000, forMs: 5_000 }],
	full: [
		{ streams: 5_000, everyMs: 30_000, forMs: 35_000 },
		{ streams: 1_000, everyMs: 1_000, forMs: 20_000 },
	],
};
const MAX_KB_PER_STREAM = 350;

export const heldStreams: Case = async (size) => {
	const figures: Figure[] = [];
	for (const load of LOADS[size]) {
		const darkroom = await measure(startDarkroom, load);
		const bridge = await measure(startBridge, load);
		figures.push(...judge(load, darkroom, bridge));
	}
	return { figures };
};

type Start = () => Promise<Workerd>;

/** By as many processes as the machine's bound of descriptors makes it take: each holds its share, and the worst of them counts. */
async function measure(start: Start, load: Load): Promise<Held> {
	const workers: Workerd[] = [];
	try {
		while (workers.length < processesFor(load)) workers.push(await start());
		const share = { ...load, streams: Math.ceil(load.streams / workers.length) };
		const parts = await Promise.all(workers.map((worker) => holdStreams(worker, share)));
		const all = (of: keyof Held) => parts.map((part) => part[of]);
		return {
			pushed: sum(all("pushed")),
			gapped: sum(all("gapped")),
			inTime: sum(all("inTime")),
			p50Ms: max(all("p50Ms")),
			p99Ms: max(all("p99Ms")),
			kbPerStream: mean(all("kbPerStream")),
			openSeconds: max(all("openSeconds")),
			descriptors: max(all("descriptors")),
		};
	} finally {
		await Promise.all(workers.map((worker) => worker.stop()));
	}
}

const startBridge: Start = () => startWorkerd("bench/workers/bridge/wrangler.toml");

const startDarkroom: Start = async () => {
	const fal = fork("bench/held-fal.ts");
	const [falUrl] = await once(fal, "message");
	const gateway = await startGatewayRuntime(falUrl, {}, "bench/workers/fed/wrangler.toml");
	const stop = async () => {
		await gateway.stop();
		fal.kill();
		await once(fal, "exit");
	};
	return { ...gateway, stop };
};

function judge(held: Load, darkroom: Held, bridge: Held): Figure[] {
	const { streams, everyMs } = held;
	const processes = processesFor(held);
	const short = processes > 1 ? `; by ${processes} processes, of ${maxDescriptors()} descriptors at most` : "";
	const load = `${streams} streams, an event each ${everyMs / 1000} s`;
	return [
		{
			name: `${load}: streams that lost any`,
			value: darkroom.gapped,
			unit: "streams",
			goal: atMost(0),
			detail: `${darkroom.pushed} events were pushed; bare bridge: ${bridge.gapped} streams, ${bridge.pushed} events${short}`,
		},
		{
			name: `${load}: lateness, p99`,
			value: darkroom.p99Ms,
			unit: "ms",
			goal: atMost(IN_TIME_MS),
			detail: `p50 ${darkroom.p50Ms.toFixed(0)} ms; bare bridge: p50 ${bridge.p50Ms.toFixed(0)} ms, p99 ${bridge.p99Ms.toFixed(0)} ms. Opened in ${darkroom.openSeconds.toFixed(0)} s and ${bridge.openSeconds.toFixed(0)} s`,
		},
		{
			name: `${load}: memory of a stream`,
			value: darkroom.kbPerStream,
			unit: "KB",
			// What the process takes for itself is not spread over few streams.
			goal: streams < 1_000 ? null : atMost(MAX_KB_PER_STREAM),
			detail: `growth of the Worker's process at its largest, fal's status stream to each included; bare bridge: ${bridge.kbPerStream.toFixed(0)} KB. At most ${darkroom.descriptors} and ${bridge.descriptors} descriptors`,
		},
		{
			name: `${load}: streams held ÷ bare bridge's`,
			value: heldOf(darkroom) / heldOf(bridge),
			unit: "×",
			goal: atLeast(0.8),
			detail: `the share of events that came within ${IN_TIME_MS} ms: ${percent(darkroom)} and ${percent(bridge)}`,
		},
	];
}

/** How many of the streams are held, as their events tell: one that is late or lost is an event that is not held. */
function heldOf({ inTime, pushed }: Held): number {
	return inTime / pushed;
}
function percent(held: Held): string {
	return `${(heldOf(held) * 100).toFixed(2)} %`;
}
