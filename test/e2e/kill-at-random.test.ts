/** Kills a gateway at random moments, while clients resume until they have everything. */
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { contentOf } from "../support/chunks.ts";
import { eventually } from "../support/eventually.ts";
import { type Line, openChat, type Reading, resumeChat } from "../support/node/chat-client.ts";
import { type Gateway, startGateway } from "../support/node/gateway.ts";
import { type Case, expectNumbered, expectPictureWithoutReader, PICTURE_LINK } from "../support/node/kill-cases.ts";
import { aPrompt, submitsOf } from "../support/node/simulator.ts";

const KILLS = 2;
const CLIENTS_PER_KILL = 3;
const MAX_ALIVE_MS = 1_500;
/** For a gateway to start again, on a machine that runs all tests at once. */
const RESTART_MS = 60_000;

let gateway: Gateway;
beforeAll(async () => {
	// Long enough for everything here. A request that never reached fal fails at its deadline.
	gateway = await startGateway(inject("gateway").simUrl, { JOB_DEADLINE_SECONDS: "15" });
});
afterAll(() => gateway.stop());

interface FinishedCase extends Case {
	readonly lines: readonly Line[];
}

/** Reads a chat, and resumes it until it ends. Null if the kill came before the client learned its job's id. */
async function readPersistently(prompt: string): Promise<FinishedCase | null> {
	const first = await openChat(gateway, prompt).catch(() => null);
	if (first === null) return null;
	const { job } = first;
	const lines: Line[] = [];
	const readAll = async (reading: Reading): Promise<void> => {
		const end = await reading.ended;
		lines.push(...reading.lines);
		if (end === "done") return;
		const resume = () => resumeChat(gateway, job, lines.at(-1)?.sequence_number);
		const resumed = await eventually(
			() => resume().catch(() => null),
			(reading) => reading !== null,
			RESTART_MS,
		);
		if (resumed !== null) await readAll(resumed);
	};
	await readAll(first);
	expectNumbered(lines);
	return { prompt, gateway, job, lines };
}

/** Finds the job of a client that never learned its id, by the address of its webhook. None if fal was not asked. */
async function findJob(prompt: string): Promise<Case[]> {
	const [submit] = await submitsOf(gateway, prompt);
	if (submit === undefined) return [];
	const response = await fetch(`${gateway.simUrl}/sim/requests/${submit.requestId}`);
	const { webhook } = (await response.json()) as { webhook: string };
	return [{ prompt, gateway, job: webhook.split("/").at(-2) ?? "" }];
}

describe("a gateway that is killed at random moments", () => {
	it("loses nothing and repeats nothing", async () => {
		const clients: { readonly prompt: string; readonly finished: Promise<FinishedCase | null> }[] = [];
		for (let kill = 0; kill < KILLS; kill += 1) {
			for (let client = 0; client < CLIENTS_PER_KILL; client += 1) {
				const prompt = aPrompt("sim:queue-ms=200 sim:run-ms=500");
				clients.push({ prompt, finished: readPersistently(prompt) });
			}
			await wait(Math.random() * MAX_ALIVE_MS);
			await gateway.kill();
			await gateway.restart();
		}
		await Promise.all(
			clients.map(async ({ prompt, finished }) => {
				const one = await finished;
				const submits = await submitsOf(gateway, prompt);
				const drawings = [...contentOf(one?.lines ?? []).matchAll(PICTURE_LINK)].length;
				const errors = one?.lines.flatMap(({ error }) => error?.code ?? []) ?? [];
				// The kill came between the intent, which is stored, and the submit: the gateway cannot know that fal has no request.
				if (submits.length === 0)
					return expect([drawings, errors]).toEqual([0, one ? ["upstream_outcome_unknown"] : []]);
				expect([drawings, errors]).toEqual([one ? 1 : 0, []]);
				for (const job of one ? [one] : await findJob(prompt)) await expectPictureWithoutReader(job);
			}),
		);
	});
});
