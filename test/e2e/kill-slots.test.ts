/** Kills a gateway while jobs make several requests to fal, each job in another state, and starts it again. */
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { contentOf } from "../support/chunks.ts";
import { eventually } from "../support/eventually.ts";
import { openChat, type Reading, resumeChat, viewJob } from "../support/node/chat-client.ts";
import { type Gateway, startGateway } from "../support/node/gateway.ts";
import { expectNumbered, PICTURE_LINK } from "../support/node/kill-cases.ts";
import { fetchBytes } from "../support/node/openai-client.ts";
import { aPrompt, callsOf, submitsOf } from "../support/node/simulator.ts";

/** More than may be submitted at once. */
const PICTURES = 7;
const BODY = { model: "fal-ai/flux-2-pro", n: PICTURES };

let gateway: Gateway;
beforeAll(async () => {
	gateway = await startGateway(inject("gateway").simUrl);
});
afterAll(() => gateway.stop());

interface Case {
	readonly prompt: string;
	readonly reading: Reading;
}

async function begin(words: string): Promise<Case> {
	const prompt = aPrompt(words);
	return { prompt, reading: await openChat(gateway, prompt, BODY) };
}

async function idsOf({ prompt }: Case): Promise<readonly string[]> {
	return (await submitsOf(gateway, prompt)).flatMap(({ requestId }) => requestId ?? []);
}

/** Waits until fal has so many requests of this job. */
function reach(one: Case, count: number): Promise<readonly string[]> {
	return eventually(
		() => idsOf(one),
		(ids) => ids.length >= count,
	);
}

async function steer(ids: readonly string[], to: "IN_PROGRESS" | "COMPLETED"): Promise<void> {
	for (const id of ids) {
		const url = `${gateway.simUrl}/sim/requests/${id}/advance`;
		await (await fetch(url, { method: "POST", body: JSON.stringify({ to }) })).text();
	}
}

interface State {
	readonly words: string;
	/** Brings the job to its state. */
	readonly reach: (one: Case) => Promise<unknown>;
	/** Moves fal while the gateway is down, or after it. */
	readonly whileDown?: (one: Case) => Promise<unknown>;
	readonly after?: (one: Case) => Promise<unknown>;
}

const finishAll = async (one: Case) => {
	await reach(one, PICTURES);
	await steer(await idsOf(one), "COMPLETED");
};

const STATES: Readonly<Record<string, State>> = {
	"had submitted the first, which is not answered": {
		words: "sim:hold sim:answer-hangs sim:only=1",
		reach: (one) => reach(one, 1),
		whileDown: async (one) => steer(await idsOf(one), "COMPLETED"),
	},
	"had submitted the others, of which one is not answered": {
		words: "sim:run-ms=100 sim:answer-hangs sim:only=3",
		reach: (one) => reach(one, PICTURES),
	},
	"waited in the queue with all": { words: "sim:hold", reach: (one) => reach(one, PICTURES), after: finishAll },
	"ran, and all are done before the gateway is back": {
		words: "sim:hold",
		reach: async (one) => steer(await reach(one, PICTURES), "IN_PROGRESS"),
		whileDown: finishAll,
	},
	"had shown some of its pictures": {
		words: "sim:hold",
		reach: async (one) => {
			const ids = await reach(one, PICTURES);
			await steer(ids.slice(2, 5), "COMPLETED");
			await eventually(
				async () => [...contentOf(one.reading.lines).matchAll(PICTURE_LINK)].length,
				(count) => count === 3,
			);
		},
		after: finishAll,
	},
	"fetched pictures of which one was cut off": {
		words: "sim:quick sim:truncated-image sim:only=4",
		reach: (one) =>
			eventually(
				() => callsOf(gateway, one.prompt),
				(calls) => calls.some(({ path }) => /^\/files\//.test(path)),
			),
	},
};

describe("a gateway that is killed while a job of seven requests", () => {
	const reached = new Map<string, Case>();
	beforeAll(async () => {
		await Promise.all(
			Object.entries(STATES).map(async ([name, state]) => {
				const one = await begin(state.words);
				reached.set(name, one);
				await state.reach(one);
			}),
		);
		await gateway.kill();
		await Promise.all(Object.entries(STATES).map(([name, state]) => state.whileDown?.(of(name))));
		await gateway.restart();
	}, 120_000);

	const of = (name: string): Case => {
		const one = reached.get(name);
		if (one === undefined) throw new Error(`${name} was not begun`);
		return one;
	};

	it.each(Object.entries(STATES))(
		"%s makes every picture, and submits none again",
		async (name, { after }) => {
			const one = of(name);
			const { job, lines } = one.reading;
			await one.reading.ended;
			const resumed = await resumeChat(gateway, job, lines.at(-1)?.sequence_number);
			await after?.(one);
			expect(await resumed.ended).toBe("done");
			const whole = [...lines, ...resumed.lines];
			expectNumbered(whole);
			const links = [...contentOf(whole).matchAll(PICTURE_LINK)].flatMap(([, link]) => link ?? []);
			expect(links).toHaveLength(PICTURES);
			const pictures = await Promise.all(links.map(fetchBytes));
			expect(new Set(pictures.map((bytes) => Buffer.from(bytes).toString("base64"))).size).toBe(PICTURES);
			expect(await idsOf(one)).toHaveLength(PICTURES);
			expect(await viewJob(gateway, job)).toMatchObject({ status: "succeeded" });
		},
		120_000,
	);
});

it("a gateway that is killed at random moments loses no request of a job, and repeats none", async () => {
	for (let kill = 0; kill < 3; kill += 1) {
		const other = await begin("sim:queue-ms=100 sim:run-ms=400");
		await wait(Math.random() * 900);
		await gateway.kill();
		await gateway.restart();
		const resumed = await eventually(
			() => resumeChat(gateway, other.reading.job).catch(() => null),
			(reading) => reading !== null,
		);
		expect(await resumed?.ended).toBe("done");
		const submits = await idsOf(other);
		expect(submits.length).toBeLessThanOrEqual(PICTURES);
		const shown = [...contentOf(resumed?.lines ?? []).matchAll(PICTURE_LINK)].length;
		const { images } = await viewJob(gateway, other.reading.job);
		// An intent that was stored right before the kill may not have left: then fal has fewer requests, and nothing is sent again.
		expect([shown, images.length]).toEqual([submits.length, submits.length]);
	}
}, 240_000);
