/** One job whose events more and more clients watch at once: the lateness of each event, and the gateway's work for each client. */
import { Agent, get, type IncomingMessage } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { median, quantile } from "simple-statistics";
import { cpuMs } from "../../test/support/node/processes.ts";
import { startGatewayRuntime, startSimulatorRuntime } from "../../test/support/node/runtime.ts";
import { BEARER } from "../draw.ts";
import { FED, startFedJob } from "../fed-job.ts";
import { atMost, type Case, type Figure, type Size } from "../figure.ts";

export const watchers: Case = async (size) => {
	const simulator = await startSimulatorRuntime();
	const gateway = await startGatewayRuntime(simulator.url, {}, FED);
	const { crowds, events } = SIZES[size];
	try {
		const crowdsMeasured: Crowd[] = [];
		for (const count of crowds) {
			const job = await startFedJob(gateway.url, simulator.url);
			const watching = await Promise.all(Array.from({ length: count }, () => watchEvents(job.eventsUrl)));
			const fedAt = new Map<number, number>();
			const cpuBefore = cpuMs(gateway.pid);
			for (let position = FIRST_POSITION; position < FIRST_POSITION + events; position += 1) {
				fedAt.set(position, performance.now());
				await job.feed([position]);
				await wait(APART_MS);
			}
			const cpu = cpuMs(gateway.pid) - cpuBefore;
			await job.finish();
			const received = await Promise.all(watching.map(({ ended }) => ended));
			const lateness = received.flatMap((positions) =>
				[...fedAt].map(([position, at]) => (positions.get(position) ?? Number.NaN) - at),
			);
			if (lateness.some(Number.isNaN)) throw new Error(`an event did not reach each of ${count} watchers`);
			crowdsMeasured.push({ count, lateness, cpuMsAnEvent: cpu / events });
		}

		const figures: Figure[] = crowdsMeasured.map(({ count, lateness, cpuMsAnEvent }) => ({
			name: `lateness of an event, ${count === 1 ? "1 watcher" : `${count} watchers`}, p50`,
			value: median(lateness),
			unit: "ms",
			goal: null,
			detail: `p99 ${quantile(lateness, 0.99).toFixed(1)} ms, ${lateness.length} deliveries, none missed; ${cpuMsAnEvent.toFixed(2)} ms of the gateway's processors an event`,
		}));
		const [one, few, many] = crowdsMeasured;
		if (one && few && many) {
			const [early, late] = [addedBy(one, few), addedBy(few, many)];
			figures.push({
				name: `what a watcher adds to an event, up to ${many.count} : up to ${few.count}`,
				value: late / early,
				unit: "×",
				goal: atMost(1.25),
				detail: `${late.toFixed(3)} : ${early.toFixed(3)} ms of the gateway's processors, over ${events} events ${APART_MS} ms apart`,
			});
		}
		const series = crowdsMeasured.map(({ count, lateness, cpuMsAnEvent }) => ({
			watchers: count,
			p50: median(lateness),
			p99: quantile(lateness, 0.99),
			cpuMsAnEvent,
		}));
		return { figures, series };
	} finally {
		await Promise.all([gateway, simulator].map((worker) => worker.stop()));
	}
};

const SIZES: Readonly<Record<Size, { readonly crowds: readonly number[]; readonly events: number }>> = {
	guard: { crowds: [3], events: 4 },
	quick: { crowds: [1, 10, 100], events: 30 },
	full: { crowds: [1, 10, 100], events: 150 },
};

/** Above every position that the simulator reports by itself. */
const FIRST_POSITION = 1_000;
const APART_MS = 40;

interface Crowd {
	readonly count: number;
	readonly lateness: readonly number[];
	readonly cpuMsAnEvent: number;
}

/** Returns the time that each further watcher of the larger crowd adds. */
function addedBy(smaller: Crowd, larger: Crowd): number {
	return (larger.cpuMsAnEvent - smaller.cpuMsAnEvent) / (larger.count - smaller.count);
}

/** Opens a stream, and resolves when it has begun. `ended` resolves with the time of each position. */
async function watchEvents(url: string): Promise<{ readonly ended: Promise<ReadonlyMap<number, number>> }> {
	const begun = Promise.withResolvers<void>();
	const response = Promise.withResolvers<IncomingMessage>();
	// Each client has a connection of its own.
	get(url, { agent: new Agent(), headers: BEARER }, response.resolve).on("error", response.reject);
	const read = async () => {
		const positions = new Map<number, number>();
		for await (const chunk of (await response.promise).setEncoding("utf8")) {
			const now = performance.now();
			for (const [, position] of String(chunk).matchAll(/"queue_position":(\d+)/g))
				positions.set(Number(position), now);
			begun.resolve();
		}
		return positions;
	};
	const ended = read();
	ended.catch(begun.reject);
	await begun.promise;
	return { ended };
}
