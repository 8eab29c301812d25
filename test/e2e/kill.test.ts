import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { decode } from "fast-png";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getPlatformProxy } from "wrangler";
import { type Gateway, type Running, startGateway } from "../support/node/gateway.ts";
import { type Line, openChat, type Reading, resumeChat, startUnwatched, viewJob } from "../support/node/resuming.ts";
import {
	aPrompt,
	callsOf,
	contentOf,
	eventually,
	fetchBytes,
	reasoningOf,
	requestIdOf,
	steer,
	submitsOf,
} from "../support/node/watched.ts";

/**
 * Gateways that are killed as an operating system kills, with requests in every state, and started again with what they had
 * written. All states of a gateway die in the same moment; each test then looks at what became of one of them.
 */

/** A request of a client, and how the test steers it at fal. */
interface Case {
	readonly prompt: string;
	readonly gateway: Gateway;
	readonly job: string;
}

/** Its client reads a stream. */
interface Watched extends Case {
	readonly reading: Reading;
}

interface State<Of extends Case> {
	readonly words: string;
	/** Brings it to where it is killed. */
	readonly reach: (one: Of) => Promise<unknown>;
	/** What fal does while the gateway is gone. */
	readonly meanwhile?: (one: Of) => Promise<unknown>;
}

interface WatchedState extends State<Watched> {
	/** What happens once the client is back: `back` is its new stream. */
	readonly andThen?: (one: Watched, back: Reading) => Promise<unknown>;
	/** Words of its progress, each told once over the whole stream, whoever had to tell it. */
	readonly tells: readonly string[];
}

const PICTURE = /!\[Generated Image\]\(([^)]+)\)/g;
const QUEUED = "In fal's queue";
const RUNNING = "Generating (";
const STORING = "fetching the picture";
const LOST = "The connection to fal was lost";

let withWebhook: Running;
let withoutWebhook: Gateway;
/** Jobs of the first of them that came to their picture. */
const drawn = new Set<string>();
beforeAll(async () => {
	withWebhook = await startGateway();
	// On a loopback origin no webhook is asked for.
	withoutWebhook = await withWebhook.another({ PUBLIC_URL: "" });
});
afterAll(() => withWebhook.stop());

function run(one: Case) {
	return steer(one, "advance", { to: "IN_PROGRESS" });
}
function finish(one: Case) {
	return steer(one, "advance", { to: "COMPLETED" });
}

/** Until the simulator has answered a call whose path matches. */
function called({ gateway, prompt }: Case, path: RegExp, status?: number) {
	return eventually(
		() => callsOf(gateway, prompt),
		(seen) => seen.some((call) => path.test(call.path) && (status === undefined || call.status === status)),
	);
}
const FILE = /^\/files\//;
const RESULT = /\/requests\/[^/?]+$/;
const STATUS = /\/status\?/;

function saysQueued({ reading }: Watched) {
	return reading.says(QUEUED);
}
async function runs(one: Watched) {
	await saysQueued(one);
	await run(one);
	await one.reading.says(RUNNING);
}

/** Known by what it asks of fal: there is no other sign of a job that nobody watches. */
async function runsUnwatched(one: Case) {
	await run(one);
	await called(one, STATUS);
}

const HURT: Readonly<Record<string, WatchedState>> = {
	"was being submitted: fal had it, but no answer had come": {
		words: "sim:hold sim:answer-hangs",
		reach: requestIdOf,
		andThen: async (one, back) => {
			await back.says(LOST);
			await finish(one);
		},
		tells: [LOST, STORING],
	},
	"was being submitted, and fal is done before the gateway is back": {
		words: "sim:hold sim:answer-hangs",
		reach: requestIdOf,
		meanwhile: finish,
		tells: [LOST, STORING],
	},
	"waited in the queue": {
		words: "sim:hold",
		reach: saysQueued,
		andThen: async (one, back) => {
			await run(one);
			await back.says(RUNNING);
			await finish(one);
		},
		tells: [QUEUED, RUNNING, STORING],
	},
	"was running": { words: "sim:hold", reach: runs, andThen: finish, tells: [QUEUED, RUNNING, STORING] },
	"was running, and fal is done before the gateway is back": {
		words: "sim:hold",
		reach: runs,
		meanwhile: finish,
		tells: [QUEUED, RUNNING, STORING],
	},
	"was running, and fal is done before the gateway is back, but no webhook comes": {
		words: "sim:hold sim:webhook=never",
		reach: runs,
		meanwhile: finish,
		tells: [QUEUED, RUNNING, STORING],
	},
	"was done at fal, but its result could not be had": {
		words: "sim:hold sim:webhook=never sim:result=500",
		reach: async (one) => {
			await saysQueued(one);
			await finish(one);
			await called(one, RESULT, 500);
		},
		andThen: (one) => steer(one, "webhook"),
		tells: [QUEUED, STORING],
	},
	"was being stored from a CDN that fails": {
		words: "sim:quick sim:file=500",
		reach: (one) => called(one, FILE, 500),
		tells: [STORING],
	},
	"was being stored, half of it, from a CDN that hangs": {
		words: "sim:quick sim:file=hangs sim:file-faults=1",
		reach: (one) => called(one, FILE),
		tells: [STORING],
	},
	"was being stored from a CDN that breaks off": {
		words: "sim:quick sim:file=truncated",
		reach: (one) => called(one, FILE),
		tells: [STORING],
	},
	"had succeeded": { words: "sim:quick", reach: ({ reading }) => reading.ended, tells: [STORING] },
};

/** Nobody waits for these: what the object has written, and its alarm, are all that is left. */
const UNWATCHED: Readonly<Record<string, State<Case>>> = {
	"was being submitted": { words: "sim:hold sim:answer-hangs", reach: requestIdOf, meanwhile: finish },
	"was running": { words: "sim:hold sim:webhook=never", reach: runsUnwatched, meanwhile: finish },
};

/** Its alarm comes only after the time that a picture may take, but whoever looks at it wakes it. */
const UNSEEN: Readonly<Record<string, State<Case>>> = {
	storing: { words: "sim:quick sim:file=hangs sim:file-faults=1", reach: (one) => called(one, FILE) },
};

async function beginWatched(gateway: Gateway, { words }: WatchedState): Promise<Watched> {
	const prompt = aPrompt(words);
	const reading = await openChat(gateway, prompt);
	return { prompt, gateway, reading, job: reading.job };
}

async function beginUnwatched(gateway: Gateway, { words }: State<Case>): Promise<Case> {
	const prompt = aPrompt(words);
	return { prompt, gateway, job: await startUnwatched(gateway, prompt) };
}

/** Brings a table of states to where they are killed; `meanwhile` and `of` are for afterwards. */
async function reach<S extends State<C>, C extends Case>(
	states: Readonly<Record<string, S>>,
	begin: (state: S) => Promise<C>,
) {
	const cases = new Map<string, C>();
	await Promise.all(
		Object.entries(states).map(async ([name, state]) => {
			const one = await begin(state);
			cases.set(name, one);
			await state.reach(one);
		}),
	);
	const of = (name: string): C => {
		const one = cases.get(name);
		if (one === undefined) throw new Error(`${name} was not begun`);
		return one;
	};
	const meanwhile = () => Promise.all(Object.entries(states).map(([name, state]) => state.meanwhile?.(of(name))));
	return { of, meanwhile, all: () => [...cases.values()] };
}

/** The client comes back with the number of the last line that it has, and then has all that one has that was never cut. */
async function comeBack(one: Watched, andThen: WatchedState["andThen"]): Promise<readonly Line[]> {
	const { gateway, job, reading } = one;
	await reading.ended;
	const back = await resumeChat(gateway, job, reading.lines.at(-1)?.sequence_number);
	await andThen?.(one, back);
	expect(await back.ended).toBe("done");
	const uncut = await resumeChat(gateway, job);
	expect(await uncut.ended).toBe("done");
	const lines = [...reading.lines, ...back.lines];
	expect(lines).toEqual(uncut.lines);
	expect(lines.map(({ sequence_number }) => sequence_number)).toEqual(lines.map((_, index) => index));
	return lines;
}

/** One picture, whose bytes are the ones that fal made, though its request was sent once. */
async function expectPicture({ gateway, prompt, job }: Case) {
	const { status, images, fal_requests } = await viewJob(gateway, job);
	expect([status, images.length, fal_requests.length]).toEqual(["succeeded", 1, 1]);
	const bytes = await fetchBytes(images[0]?.url ?? "");
	expect(decode(bytes, { checkCrc: true }).width).toBe(128);
	const calls = await callsOf(gateway, prompt);
	const made = calls.find(({ path }) => FILE.test(path))?.path.replace(/&fault=\w+/, "");
	expect(Buffer.from(bytes).equals(await fetchBytes(`${gateway.simUrl}${made}`))).toBe(true);
	expect(calls.filter(({ method }) => method === "POST")).toHaveLength(1);
	if (gateway === withWebhook) drawn.add(job);
	return images[0]?.url;
}

/** Not the job is asked, which would wake it, but the CDN. */
async function expectPictureUnasked(one: Case) {
	await called(one, FILE, 200);
	await eventually(
		() => viewJob(one.gateway, one.job),
		({ status }) => status !== "storing",
	);
	await expectPicture(one);
}

describe("after its gateway was killed, a request that", () => {
	let watched: Awaited<ReturnType<typeof reach<WatchedState, Watched>>>;
	let unwatched: Awaited<ReturnType<typeof reach<State<Case>, Case>>>;
	beforeAll(async () => {
		[watched, unwatched] = await Promise.all([
			reach(HURT, (state: WatchedState) => beginWatched(withWebhook, state)),
			reach({ ...UNWATCHED, ...UNSEEN }, (state: State<Case>) => beginUnwatched(withWebhook, state)),
		]);
		await withWebhook.kill();
		await Promise.all([watched.meanwhile(), unwatched.meanwhile()]);
		await withWebhook.restart();
	});

	it.concurrent.each(Object.entries(HURT))("%s gives a client that comes back everything once", async (name, state) => {
		const one = watched.of(name);
		const lines = await comeBack(one, state.andThen);
		const told = reasoningOf(lines).split("\n");
		const { tells } = state;
		expect(tells.map((words) => told.filter((line) => line.includes(words)).length)).toEqual(tells.map(() => 1));
		const url = await expectPicture(one);
		expect([...contentOf(lines).matchAll(PICTURE)].map(([, link]) => link)).toEqual([url]);
	});

	it.concurrent.each(Object.keys(UNWATCHED))("%s comes to its picture even if nobody comes back", (name) =>
		expectPictureUnasked(unwatched.of(name)),
	);

	it.concurrent("was being stored goes on when somebody asks how it stands", async () => {
		const one = unwatched.of("storing");
		await eventually(
			() => viewJob(one.gateway, one.job),
			({ status }) => status !== "storing",
		);
		await expectPicture(one);
	});

	it("comes to one object in the bucket, and there is no other", async () => {
		const { folder } = withWebhook;
		await withWebhook.kill();
		const configPath = join(folder, "bucket.json");
		writeFileSync(configPath, JSON.stringify({ r2_buckets: [{ binding: "IMAGES", bucket_name: "darkroom-images" }] }));
		const { env, dispose } = await getPlatformProxy<{
			readonly IMAGES: { readonly list: () => Promise<{ readonly objects: readonly { readonly key: string }[] }> };
		}>({ configPath, persist: { path: join(folder, ".wrangler/state/v3") } });
		// Read out before its proxy is gone, and its objects with it.
		const keys = (await env.IMAGES.list()).objects.map(({ key }) => key);
		await dispose();
		const expected = [...drawn].map((job) => `images/${job}/0.png`);
		expect(keys.toSorted()).toEqual(expected.toSorted());
	});
});

describe("after its gateway was killed, a request without a webhook", () => {
	const WATCHED: Readonly<Record<string, WatchedState>> = {
		"in submission": { words: "sim:hold sim:answer-hangs", reach: requestIdOf, tells: [] },
		queued: { words: "sim:hold", reach: saysQueued, meanwhile: finish, tells: [] },
	};
	let watched: Awaited<ReturnType<typeof reach<WatchedState, Watched>>>;
	let unwatched: Awaited<ReturnType<typeof reach<State<Case>, Case>>>;
	beforeAll(async () => {
		[watched, unwatched] = await Promise.all([
			reach(WATCHED, (state: WatchedState) => beginWatched(withoutWebhook, state)),
			reach({ running: { words: "sim:hold", reach: runsUnwatched, meanwhile: finish } }, (state: State<Case>) =>
				beginUnwatched(withoutWebhook, state),
			),
		]);
		await withoutWebhook.kill();
		await Promise.all([watched.meanwhile(), unwatched.meanwhile()]);
		await withoutWebhook.restart();
	});

	it.concurrent("that was being submitted fails as one of unknown outcome, and is not sent again", async () => {
		const one = watched.of("in submission");
		const lines = await comeBack(one, undefined);
		expect(lines.flatMap(({ error }) => error?.code ?? [])).toEqual(["upstream_outcome_unknown"]);
		const { status, error, images } = await viewJob(one.gateway, one.job);
		expect([status, error?.code, images]).toEqual(["failed", "upstream_outcome_unknown", []]);
		expect(await submitsOf(one.gateway, one.prompt)).toHaveLength(1);
	});

	it.concurrent("that waited in the queue gives its picture to a client that comes back", async () => {
		const one = watched.of("queued");
		await comeBack(one, undefined);
		await expectPicture(one);
	});

	it.concurrent("that was running is asked about at fal though nobody comes back, and its picture kept", () =>
		expectPictureUnasked(unwatched.of("running")));
});

describe("a gateway that is killed at moments that nobody chose", () => {
	const KILLS = 2;
	const CLIENTS = 3;
	const MAX_ALIVE_MS = 1_500;

	let gateway: Gateway;
	beforeAll(async () => {
		// Long enough for all that happens here; a request that never reached fal is given up at its end.
		gateway = await withWebhook.another({ JOB_DEADLINE_SECONDS: "15" });
	});

	interface Persistent extends Case {
		readonly lines: readonly Line[];
	}

	/** A client that comes back until it has it all. Null: it never learned of its job. */
	const persist = async (prompt: string): Promise<Persistent | null> => {
		const first = await openChat(gateway, prompt).catch(() => null);
		if (first === null) return null;
		const { job } = first;
		const lines: Line[] = [];
		const readAll = async (reading: Reading): Promise<void> => {
			const how = await reading.ended;
			lines.push(...reading.lines);
			if (how === "done") return;
			const resume = () => resumeChat(gateway, job, lines.at(-1)?.sequence_number);
			const resumed = await eventually(
				() => resume().catch(() => null),
				(again) => again !== null,
			);
			if (resumed !== null) await readAll(resumed);
		};
		await readAll(first);
		expect(lines.map(({ sequence_number }) => sequence_number)).toEqual(lines.map((_, index) => index));
		return { prompt, gateway, job, lines };
	};

	/** A job whose client never learned of it is known to fal alone, if fal was asked. */
	const findUnknown = async (prompt: string): Promise<Case[]> => {
		const [submit] = await submitsOf(gateway, prompt);
		if (submit === undefined) return [];
		const response = await fetch(`${gateway.simUrl}/sim/requests/${submit.requestId}`);
		const { webhook } = (await response.json()) as { webhook: string };
		return [{ prompt, gateway, job: webhook.split("/").at(-2) ?? "" }];
	};

	it("loses nothing and repeats nothing", async () => {
		const clients: { readonly prompt: string; readonly persisting: Promise<Persistent | null> }[] = [];
		for (let kill = 0; kill < KILLS; kill += 1) {
			for (let client = 0; client < CLIENTS; client += 1) {
				const prompt = aPrompt("sim:queue-ms=200 sim:run-ms=500");
				clients.push({ prompt, persisting: persist(prompt) });
			}
			await wait(Math.random() * MAX_ALIVE_MS);
			await gateway.kill();
			await gateway.restart();
		}
		await Promise.all(
			clients.map(async ({ prompt, persisting }) => {
				const known = await persisting;
				const submits = await submitsOf(gateway, prompt);
				const drawings = [...contentOf(known?.lines ?? []).matchAll(PICTURE)].length;
				const errors = known?.lines.flatMap(({ error }) => error?.code ?? []) ?? [];
				// Killed between the intent, which is kept, and the request: that fal never had it, nobody can know.
				if (submits.length === 0)
					return expect([drawings, errors]).toEqual([0, known ? ["upstream_outcome_unknown"] : []]);
				expect([drawings, errors]).toEqual([known ? 1 : 0, []]);
				for (const one of known ? [known] : await findUnknown(prompt)) await expectPictureUnasked(one);
			}),
		);
	});
});
