/** `npm start` as a gateway that people use: clients that are cut, and a machine that is switched off. */
import { globSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { LOCAL_KEY, npmStart, type Started } from "../support/node/npm-start.ts";
import { aPrompt, HELD, requestIdOf, steer, submitsOf } from "../support/node/simulator.ts";

/** The gateway may write to a file that is read here. */
const BUSY_MS = 5_000;

let started: Started;
beforeAll(async () => {
	started = await npmStart();
});
afterAll(() => started.stop());

function draw(prompt: string, more: { signal?: AbortSignal; headers?: Record<string, string> } = {}) {
	return fetch(`http://${started.address}/v1/images/generations`, {
		method: "POST",
		headers: { authorization: `Bearer ${LOCAL_KEY}`, "content-type": "application/json", ...more.headers },
		body: JSON.stringify({ prompt, response_format: "url" }),
		...(more.signal === undefined ? {} : { signal: more.signal }),
	});
}

function simulated(prompt: string) {
	return { gateway: { simUrl: `http://${started.simulator}` }, prompt };
}

/** Looks for an event in the log of a job, which lies in a file of its own. */
async function hasEvent(prompt: string, type: string): Promise<boolean> {
	return globSync(join(started.state, "do/*-Job/*.sqlite")).some((file) => {
		using job = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
		const tables = job.prepare("SELECT name FROM sqlite_master WHERE name = 'log'").all();
		if (tables.length === 0) return false;
		const rows = job.prepare("SELECT events FROM log").all();
		const log = rows.map(({ events }) => String(events)).join();
		return log.includes(prompt) && log.includes(`"${type}"`);
	});
}

async function urlOf(response: Response): Promise<string> {
	const { data } = (await response.json()) as { data: { url: string }[] };
	return data[0]?.url ?? "";
}

describe("a client that is cut", () => {
	it("asks again and gets the picture of its first request", async () => {
		const prompt = aPrompt(HELD);
		const one = simulated(prompt);
		const cut = new AbortController();
		const first = draw(prompt, { signal: cut.signal }).catch(() => null);
		await requestIdOf(one);
		cut.abort();
		expect(await first).toBeNull();

		await eventually(() => hasEvent(prompt, "client_left"), Boolean);

		const second = draw(prompt);
		await steer(one, "finish");
		const response = await second;
		expect(response.status).toBe(200);
		expect((await fetch(await urlOf(response))).status).toBe(200);
		expect(await submitsOf(one.gateway, prompt)).toHaveLength(1);
	});
});

describe("the terminal", () => {
	/** Reads the lines of the log that the terminal shows. */
	const linesOf = (field: string, value: string) => () =>
		Promise.resolve(
			started
				.output()
				.split("\n")
				.filter((line) => line.startsWith("{"))
				.map((line): Record<string, unknown> => JSON.parse(line))
				.filter((line) => line[field] === value),
		);

	it("shows a line for a job, for a client that left, and for a request that is refused", async () => {
		const prompt = aPrompt("sim:quick");
		const response = await draw(prompt);
		const url = await urlOf(response);
		const ended = await eventually(linesOf("job", response.headers.get("x-job-id") ?? ""), ({ length }) => length > 0);
		expect(ended).toMatchObject([{ event: "job.ended", outcome: "succeeded", pictures: 1, charge: "paid" }]);

		const refused = await fetch(`${url}x`);
		expect(refused.status).toBe(403);
		const requestId = refused.headers.get("x-request-id") ?? "";
		const told = await eventually(linesOf("requestId", requestId), ({ length }) => length > 0);
		expect(told).toMatchObject([{ event: "request.refused", route: "/images/:job/:file", status: 403 }]);

		const held = aPrompt(HELD);
		const cut = new AbortController();
		const first = draw(held, { signal: cut.signal }).catch(() => null);
		const falRequest = await requestIdOf(simulated(held));
		cut.abort();
		await first;
		await eventually(() => hasEvent(held, "client_left"), Boolean);
		await steer(simulated(held), "finish");
		const finished = (lines: readonly Record<string, unknown>[]) =>
			lines.some(({ falRequests }) => String(falRequests) === falRequest);
		const all = await eventually(linesOf("event", "job.ended"), finished);
		const own = all.find(({ falRequests }) => String(falRequests) === falRequest);
		expect(own).toMatchObject({ outcome: "succeeded", watched: false, clientLeft: true });
		expect((await linesOf("job", String(own?.job))()).map(({ event }) => event)).toEqual(["client.left", "job.ended"]);

		// The greeting before them has the local key.
		const lines = started.output().slice(started.output().indexOf('\n{"event"'));
		for (const secret of [prompt, held, LOCAL_KEY, "sig=", "exp="]) expect(lines).not.toContain(secret);
	});
});

it("shares no file between the gateway and the simulator, whose runtimes would lock each other out", () => {
	const files = globSync("**/*.sqlite", { cwd: started.state });
	const simulators = files.filter((file) => file.startsWith("simulator/"));
	expect(simulators.length).toBeGreaterThan(0);
	expect(files.filter((file) => file.includes("fal-simulator"))).toEqual(
		simulators.filter((file) => file.includes("fal-simulator")),
	);
});

it("ends with everything if npm alone gets SIGTERM, as from a supervisor", async () => {
	const own = await npmStart();
	process.kill(own.pid, "SIGTERM");
	for (const address of [own.address, own.simulator])
		await eventually(
			() => fetch(`http://${address}/`).then(Boolean, () => false),
			(isAnswered) => !isAnswered,
		);
	await own.stop();
});

describe("a gateway that is killed", () => {
	it("goes on with its jobs when it is started again, and submits none twice", async () => {
		const [running, waiting] = [aPrompt(HELD), aPrompt(HELD)];
		for (const prompt of [running, waiting])
			expect((await draw(prompt, { headers: { prefer: "respond-async" } })).status).toBe(202);
		await steer(simulated(running), "advance", { to: "IN_PROGRESS" });
		await requestIdOf(simulated(waiting));

		await started.kill();
		await started.restart();

		for (const prompt of [running, waiting]) {
			await steer(simulated(prompt), "finish");
			const { data } = await eventually(
				() => jobsOf(prompt),
				({ data }) => data[0]?.status === "succeeded",
			);
			expect((await fetch(data[0]?.images[0]?.url ?? "")).status).toBe(200);
			expect(await submitsOf(simulated(prompt).gateway, prompt)).toHaveLength(1);
		}
	});
});

async function jobsOf(prompt: string) {
	const headers = { authorization: `Bearer ${LOCAL_KEY}` };
	const [, word = ""] = prompt.split(/a fox (\S+)/);
	const response = await fetch(`http://${started.address}/v1/jobs?q=${encodeURIComponent(word)}`, { headers });
	return (await response.json()) as { data: { status: string; images: { url: string }[] }[] };
}
