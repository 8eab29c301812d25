/**
 * A client that comes back to a job that has ended, and reads all of it: its events, and the frames of its chat. Against one call to an
 * object that reads as many rows, and a Worker that passes them on.
 */
import { median } from "simple-statistics";
import { startGatewayRuntime, startSimulatorRuntime, startWorkerd } from "../../test/support/node/runtime.ts";
import { FED, startFedJob } from "../fed-job.ts";
import { atMost, type Case, type Figure, type Size } from "../figure.ts";
import { type TimedAnswer, timeAnswer } from "../time-answer.ts";

export const replay: Case = async (size) => {
	const [simulator, floor] = await Promise.all([
		startSimulatorRuntime(),
		startWorkerd("bench/workers/floors/wrangler.toml"),
	]);
	const gateway = await startGatewayRuntime(simulator.url, {}, FED);
	const { lengths, rounds } = SIZES[size];
	try {
		const figures: Figure[] = [];
		const logs: Log[] = [];
		for (const length of lengths) {
			const job = await startFedJob(gateway.url, simulator.url);
			await job.feed(Array.from({ length: Math.max(0, length - OWN_EVENTS) }, (_, index) => length + 10 - index));
			await job.finish();
			const rows = eventsIn((await timeAnswer(job.eventsUrl)).text);
			const floorUrl = `${floor.url}/log/${length}`;
			await fetch(floorUrl, { method: "PUT", body: JSON.stringify(rows) });
			const chatUrl = `${gateway.url}/v1/chat/completions/${job.id}?stream=true&starting_after=1`;
			logs.push({ events: rows.length, urls: { events: job.eventsUrl, chat: chatUrl, floor: floorUrl } });
		}

		const times = await readInTurn(logs, rounds);
		for (const { events, urls } of logs) {
			if (events !== JUDGED && size !== "guard") continue;
			for (const way of ["events", "chat"] as const) {
				for (const byte of ["firstByteMs", "lastByteMs"] as const) {
					const [ours, least] = [times(urls[way])[byte], times(urls.floor)[byte]];
					figures.push({
						name: `replay of ${events} events as ${way}, ${NAMES[byte]} : one object call`,
						value: ours / least,
						unit: "×",
						goal: atMost(2),
						detail: `${ours.toFixed(2)} : ${least.toFixed(2)} ms, medians of ${rounds}`,
					});
				}
			}
		}
		const [few, many] = [logs[0], logs.at(-1)];
		if (few && many && few !== many) {
			for (const way of ["events", "chat"] as const) {
				const [short, long] = [times(few.urls[way]), times(many.urls[way])];
				const [shortFloor, longFloor] = [times(few.urls.floor), times(many.urls.floor)];
				const perEvent = [long.lastByteMs / many.events, short.lastByteMs / few.events] as const;
				figures.push(
					{
						name: `replay as ${way}, time an event of ${many.events} : of ${few.events}`,
						value: perEvent[0] / perEvent[1],
						unit: "×",
						goal: atMost(1.25),
						detail: `${perEvent.map((ms) => (ms * 1000).toFixed(0)).join(" : ")} µs an event`,
					},
					{
						name: `replay as ${way}, first byte of ${many.events} events : of ${few.events}`,
						value: long.firstByteMs / short.firstByteMs,
						unit: "×",
						goal: atMost(1.25),
						detail: `${long.firstByteMs.toFixed(2)} : ${short.firstByteMs.toFixed(2)} ms: the log is read and sent whole, and one object call takes ${longFloor.firstByteMs.toFixed(2)} : ${shortFloor.firstByteMs.toFixed(2)} ms`,
					},
				);
			}
		}
		const series = logs.map(({ events, urls }) => ({
			events,
			...Object.fromEntries(Object.entries(urls).map(([way, url]) => [way, times(url)])),
		}));
		return { figures, series };
	} finally {
		await Promise.all([gateway, floor, simulator].map((worker) => worker.stop()));
	}
};

const SIZES: Readonly<Record<Size, { readonly lengths: readonly number[]; readonly rounds: number }>> = {
	guard: { lengths: [10], rounds: 2 },
	quick: { lengths: [10, 100, 1_000], rounds: 50 },
	full: { lengths: [10, 100, 1_000], rounds: 200 },
};

/** Number of events of a log that are not fed. */
const OWN_EVENTS = 6;
const JUDGED = 100;
const NAMES = { firstByteMs: "first byte", lastByteMs: "last byte" } as const;

interface Log {
	readonly events: number;
	readonly urls: { readonly events: string; readonly chat: string; readonly floor: string };
}

type Times = Omit<TimedAnswer, "text">;

/** Reads all answers in each round, one after the other, and returns the medians of each. */
async function readInTurn(logs: readonly Log[], rounds: number): Promise<(url: string) => Times> {
	const urls = logs.flatMap(({ urls }) => Object.values<string>(urls));
	const answers = new Map<string, Times[]>(urls.map((url) => [url, []]));
	for (let round = -Math.min(WARM_UPS, rounds); round < rounds; round += 1) {
		for (const url of round % 2 === 0 ? urls : urls.toReversed()) {
			const answer = await timeAnswer(url);
			if (round >= 0) answers.get(url)?.push(answer);
		}
	}
	return (url) => ({
		firstByteMs: median((answers.get(url) ?? []).map(({ firstByteMs }) => firstByteMs)),
		lastByteMs: median((answers.get(url) ?? []).map(({ lastByteMs }) => lastByteMs)),
	});
}

const WARM_UPS = 20;

function eventsIn(stream: string): readonly string[] {
	return [...stream.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) => data);
}
