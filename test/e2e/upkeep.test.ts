/** What docs/operating.md promises of a gateway that is upgraded, rolled back, given new secrets, moved and cleared, with jobs running meanwhile. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { checkout, settingsOf, type Vars } from "../support/node/gateway.ts";
import { npmStart, type Started, writeSettings } from "../support/node/npm-start.ts";
import { aPrompt, HELD, requestIdOf, SHORT, steer, submitsOf } from "../support/node/simulator.ts";
import { useOldWorker, useTodaysWorker } from "../support/node/worker-versions.ts";

/** Two keys of one account at fal. */
const FIRST_FAL_KEY = "ann.1:first-secret";
const NEXT_FAL_KEY = "ann.2:next-secret";
const FIRST_KEY = "the-first-access-key";
const NEXT_KEY = "the-next-access-key";
const ALICE_KEY = "the-access-key-of-alice";

const { simUrl } = inject("gateway");

let started: Started;
/** Where the gateway was moved to. */
const moved = checkout();
beforeAll(async () => {
	started = await npmStart({
		prepare: (folder, port) => {
			useOldWorker(folder);
			writeSettings(folder, settingsWith(port, {}));
		},
	});
});
afterAll(async () => {
	await started.stop();
	moved.remove();
});

function settingsWith(port: string, vars: Vars): Vars {
	const first = { FAL_API_KEY: FIRST_FAL_KEY, WORKER_ACCESS_KEY: FIRST_KEY };
	return settingsOf(simUrl, `http://localhost:${port}`, { ...first, ...vars });
}

/** Changes settings as an operator does: here a box has to be started again, at Cloudflare a deploy does it. */
async function restartWith(vars: Vars): Promise<void> {
	await started.kill();
	const [, port = ""] = started.address.split(":");
	writeSettings(started.folder, settingsWith(port, vars));
	await started.restart();
}

interface ShownJob {
	readonly id: string;
	readonly status: string;
	readonly images: readonly { readonly url: string }[];
}

function ask(path: string, key = FIRST_KEY, init: RequestInit = {}): Promise<Response> {
	return fetch(`http://${started.address}${path}`, {
		...init,
		headers: { authorization: `Bearer ${key}`, ...init.headers },
	});
}

async function jobOf(path: string, key?: string): Promise<ShownJob> {
	return (await (await ask(path, key)).json()) as ShownJob;
}

/** Begins a job. */
async function begin(prompt: string, key?: string): Promise<{ readonly prompt: string; readonly id: string }> {
	const init = {
		method: "POST",
		headers: { "content-type": "application/json", prefer: "respond-async" },
		body: JSON.stringify({ prompt }),
	};
	const response = await ask("/v1/images/generations", key, init);
	expect(response.status).toBe(202);
	const { id } = (await response.json()) as ShownJob;
	await requestIdOf({ gateway: { simUrl }, prompt });
	return { prompt, id };
}

/** Waits until a job has ended, as a client that watches it, and returns the link of its picture. */
async function linkOf({ id }: { readonly id: string }, key?: string): Promise<string> {
	await (await ask(`/v1/jobs/${id}/events`, key)).text();
	const { status, images } = await jobOf(`/v1/jobs/${id}`, key);
	expect(status).toBe("succeeded");
	return images[0]?.url ?? "";
}

/** Lets fal finish a job that it holds. */
async function finish(job: { readonly prompt: string; readonly id: string }): Promise<string> {
	await steer({ gateway: { simUrl }, prompt: job.prompt }, "finish");
	const link = await linkOf(job);
	expect(await statusOf(link)).toBe(200);
	expect(await submitsOf({ simUrl }, job.prompt)).toHaveLength(1);
	return link;
}

async function statusOf(link: string): Promise<number> {
	const response = await fetch(link);
	await response.body?.cancel();
	return response.status;
}

function idOf(response: Response): string {
	return response.headers.get("x-request-id") ?? "";
}

/** Finds the last line of the log with an id, as `grep` does. */
function lineWith(id: string): unknown {
	const line = started
		.output()
		.split("\n")
		.findLast((text) => text.startsWith("{") && text.includes(id));
	return line === undefined ? null : JSON.parse(line);
}

async function listed(key?: string): Promise<readonly string[]> {
	const { data } = (await (await ask("/v1/jobs?limit=40", key)).json()) as { data: ShownJob[] };
	return data.map(({ id }) => id);
}

// Each test begins with what the one before it left, as an operator does.
describe("a gateway in the hands of its operator", { timeout: 120_000 }, () => {
	let done: Awaited<ReturnType<typeof begin>>;
	let link: string;
	let late: Awaited<ReturnType<typeof begin>>;

	it("is upgraded and rolled back in the middle of jobs, and submits none twice", async () => {
		done = await begin(aPrompt(SHORT));
		link = await linkOf(done);
		const [first, second] = [await begin(aPrompt(HELD)), await begin(aPrompt(HELD))];

		await started.kill();
		useTodaysWorker(started.folder);
		await started.restart();
		await finish(first);
		expect(await statusOf(link)).toBe(200);
		const third = await begin(aPrompt(HELD));
		const newer = await begin(aPrompt(SHORT));
		const newerLink = await linkOf(newer);

		await started.kill();
		useOldWorker(started.folder);
		await started.restart();
		await finish(second);
		await finish(third);
		for (const one of [link, newerLink]) expect(await statusOf(one)).toBe(200);
		const made = [third, newer, second, first, done].map(({ id }) => id);
		expect((await listed()).toSorted()).toEqual(made.toSorted());
		late = await begin(aPrompt(HELD));
	});

	it("loses its links with another fal key, if no SIGNING_KEY is set, and its jobs go on", async () => {
		await started.kill();
		useTodaysWorker(started.folder);
		await restartWith({ FAL_API_KEY: NEXT_FAL_KEY });
		expect(await statusOf(link)).toBe(403);
		await finish(late);
	});

	it("has them back when SIGNING_KEY ends with the old fal key, and its history under a named key", async () => {
		await restartWith({
			FAL_API_KEY: NEXT_FAL_KEY,
			SIGNING_KEY: `a-key-for-links,${FIRST_FAL_KEY}`,
			WORKER_ACCESS_KEY: `owner=${NEXT_KEY},owner=${FIRST_KEY},alice=${ALICE_KEY}`,
		});
		expect(await statusOf(link)).toBe(200);
		expect(await listed(FIRST_KEY)).toContain(done.id);
		expect(await listed(NEXT_KEY)).toEqual(await listed(FIRST_KEY));
		expect(await listed(ALICE_KEY)).toEqual([]);
	});

	it("goes on elsewhere from a copy of its folder, with its links, list and running jobs", async () => {
		const ofAlice = await begin(aPrompt(SHORT), ALICE_KEY);
		await linkOf(ofAlice, ALICE_KEY);
		const running = await begin(aPrompt(HELD), NEXT_KEY);
		const before = await listed(NEXT_KEY);

		await started.kill();
		execFileSync("tar", ["-czf", join(moved.folder, "darkroom.tar.gz"), ".darkroom", ".dev.vars"], {
			cwd: started.folder,
		});
		execFileSync("tar", ["-xzf", "darkroom.tar.gz"], { cwd: moved.folder });
		await started.restart(moved.folder);

		expect(await statusOf(link)).toBe(200);
		expect(await listed(NEXT_KEY)).toEqual(before);
		expect(await listed(ALICE_KEY)).toEqual([ofAlice.id]);
		await steer({ gateway: { simUrl }, prompt: running.prompt }, "finish");
		expect(await statusOf(await linkOf(running, NEXT_KEY))).toBe(200);
		expect((await ask("/healthz?deep=1", NEXT_KEY)).status).toBe(200);
	});

	it("tells in its log, by the id that a client has, why there is no picture", async () => {
		const prompt = aPrompt("sim:content-policy");
		const init = { method: "POST", body: JSON.stringify({ prompt }) };
		const failed = await ask("/v1/images/generations", NEXT_KEY, init);
		const job = await jobOf(`/v1/jobs/${idOf(failed)}`, NEXT_KEY);
		expect(job).toMatchObject({ status: "failed", error: { code: "moderation_blocked" } });
		expect(lineWith(job.id.replace("job_", ""))).toMatchObject({ event: "job.ended", code: "moderation_blocked" });

		const refused = await ask("/v1/images/generations", "no-key-of-anybody", init);
		expect((await ask(`/v1/jobs/${idOf(refused)}`, NEXT_KEY)).status).toBe(404);
		const line = { event: "request.refused", status: 401, code: "invalid_api_key", route: "/v1/images/generations" };
		expect(lineWith(idOf(refused))).toMatchObject(line);
	});

	it("deletes a person's data: jobs, pictures and history", async () => {
		const [id = ""] = await listed(ALICE_KEY);
		const { images } = await jobOf(`/v1/jobs/${id}`, ALICE_KEY);
		const hers = images[0]?.url ?? "";
		expect(await statusOf(hers)).toBe(200);

		const erase = () => ask("/v1/accounts/alice", NEXT_KEY, { method: "DELETE" });
		await eventually(erase, ({ status }) => status === 200);

		expect(await statusOf(hers)).toBe(404);
		expect(await listed(ALICE_KEY)).toEqual([]);
		expect(await statusOf(link)).toBe(200);
	});
});
