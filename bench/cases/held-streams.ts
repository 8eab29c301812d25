/** Streams held open, against the smallest design that lets its objects hibernate, one after the other, under equal loads. */
import { max, mean, sum } from "simple-statistics";
import { startGatewayRuntime, startWorkerd, type Workerd } from "../../test/support/node/runtime.ts";
import { FED } from "../fed-job.ts";
import { atLeast, atMost, type Case, type Figure, type Size } from "../figure.ts";
import { forkServer } from "../fork-server.ts";
import { type Held, holdStreams, IN_TIME_MS, type Load, maxDescriptors, processesFor } from "../held-streams.ts";

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

/** Spreads a load over as many processes as it needs, and returns the worst of their measures. */
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
	const fal = await forkServer("bench/held-fal.ts");
	const gateway = await startGatewayRuntime(fal.url, {}, FED);
	const stop = async () => {
		await gateway.stop();
		await fal.stop();
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
			// Few streams do not outweigh the memory of the process itself.
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

/** Returns the share of events that came in time. A stream with a late or lost event does not count as held. */
function heldOf({ inTime, pushed }: Held): number {
	return inTime / pushed;
}
function percent(held: Held): string {
	return `${(heldOf(held) * 100).toFixed(2)} %`;
}
