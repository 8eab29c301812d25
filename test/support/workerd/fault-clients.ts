/** Clients whose connection is cut, and who come back. All that they keep is what they have read. */
import type { Client, Schedule } from "./fault-schedules.ts";
import { ask, ORIGIN } from "./gateway.ts";

const DONE = "data: [DONE]";
/** While objects are aborted an answer may be a 500: a client asks again. */
const MAX_TRIES = 40;
const RETRY_MS = 25;

/** Yields server-sent events as text, comments left out. Leaving the loop cuts the connection. */
async function* framesOf(response: Response): AsyncGenerator<string> {
	let text = "";
	for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
		text += piece;
		const frames = text.split("\n\n");
		text = frames.pop() ?? "";
		for (const frame of frames) if (!frame.startsWith(":")) yield frame;
	}
	if (text !== "") throw new Error(`the stream ended inside a frame: ${text}`);
}

/** An origin that fal cannot reach, so that no webhook is asked for. */
const LOOPBACK = "http://localhost:8787";

/** Reads until the end, or until the cut. */
async function readInto(frames: string[], response: Response, cutAfter: number, onFrame = () => {}) {
	let left = cutAfter;
	if (left > 0) {
		for await (const frame of framesOf(response)) {
			// Links have the origin of whoever reads: a client that resumes at the other one gets the same frames but for that.
			frames.push(frame.replaceAll(LOOPBACK, ORIGIN));
			onFrame();
			left -= 1;
			if (left <= 0) return;
		}
		if (cutAfter !== Number.POSITIVE_INFINITY && frames.at(-1) !== DONE) throw new Error("the stream broke off");
	} else await response.body?.cancel();
}

async function retryOn500(open: (attempt: number) => Promise<Response>): Promise<Response> {
	for (let attempt = 0; ; attempt += 1) {
		const response = await open(attempt);
		if (response.ok) return response;
		const text = await response.text();
		if (response.status !== 500 || attempt >= MAX_TRIES) throw new Error(`${response.status}: ${text}`);
		await scheduler.wait(RETRY_MS);
	}
}

function lastSequenceNumber(frames: readonly string[]): number {
	const last = frames.findLast((frame) => frame.startsWith("data: {"));
	return last === undefined ? -1 : JSON.parse(last.slice("data: ".length)).sequence_number;
}

function resumeChat(job: string, after: number): Promise<Response> {
	return retryOn500(() => ask(`/v1/chat/completions/chatcmpl-${job}?stream=true&starting_after=${after}`));
}

/** Each reading is the stream from its beginning. All but the last may be cut short. */
export type Readings = readonly (readonly string[])[];

/** Runs the client that asks first, and that comes back as its schedule says. `onJob` learns each job that it was given. */
export async function runClient(
	{ client, webhook, pictures, includeUsage, onDisconnect }: Schedule,
	prompt: string,
	onJob: (job: string) => void,
	onFrame: (count: number) => void,
): Promise<Readings> {
	const post = createPost(client, {
		url: `${webhook ? ORIGIN : LOOPBACK}/v1/chat/completions`,
		body: {
			model: "imagen4-preview",
			stream: true,
			n: pictures,
			stream_options: { include_usage: includeUsage },
			messages: [{ role: "user", content: prompt }],
		},
		headers: onDisconnect === null ? {} : { "x-on-disconnect": onDisconnect },
	});
	const open = async (before: number): Promise<Response> => {
		const response = await retryOn500((attempt) => post(before + attempt));
		onJob(response.headers.get("x-job-id") ?? "");
		return response;
	};

	const atOnce = client.declares === "key" ? client.atOnce : 1;
	const [first, ...others] = await Promise.all(Array.from({ length: atOnce }, () => open(0)));
	const readings: string[][] = [];
	const read = async (response: Response, cuts: Client["cuts"]) => {
		let frames: string[] = [];
		readings.push(frames);
		let current = response;
		for (const { frames: cutAfter, back } of cuts) {
			await readInto(frames, current, cutAfter, () => onFrame(frames.length));
			if (frames.at(-1) === DONE) return;
			if (back === "resume") {
				current = await resumeChat(response.headers.get("x-job-id") ?? "", lastSequenceNumber(frames));
			} else {
				current = await open(1);
				frames = [];
				readings.push(frames);
			}
		}
		await readInto(frames, current, Number.POSITIVE_INFINITY, () => onFrame(frames.length));
		if (frames.at(-1) !== DONE) throw new Error("the stream ended without [DONE]");
	};
	await Promise.all([read(first ?? new Response(), client.cuts), ...others.map((response) => read(response, []))]);
	return readings;
}

/** Makes a request that can be sent again: it declares that it was sent before. */
function createPost(
	{ declares }: Client,
	{ url, body, headers }: { url: string; body: object; headers: Record<string, string> },
): (attempt: number) => Promise<Response> {
	const key = crypto.randomUUID();
	return (attempt) =>
		ask(url, {
			json: body,
			headers: {
				...headers,
				...(declares === "key" ? { "idempotency-key": key } : {}),
				...(declares === "retry" && attempt > 0 ? { "x-stainless-retry-count": `${attempt}` } : {}),
			},
		});
}

/** Reads the chat stream by the job's id, cut by cut. */
export async function readChat(job: string, cuts: readonly number[]): Promise<readonly string[]> {
	const frames: string[] = [];
	for (const cutAfter of [...cuts, Number.POSITIVE_INFINITY]) {
		await readInto(frames, await resumeChat(job, lastSequenceNumber(frames)), cutAfter);
		if (frames.at(-1) === DONE) return frames;
	}
	throw new Error("the stream ended without [DONE]");
}

/** Reads the job's own events, from `Last-Event-ID` on. Leaves out the `retry:` line that each connection begins with. */
export async function readEvents(job: string, cuts: readonly number[]): Promise<readonly string[]> {
	const frames: string[] = [];
	const isOver = () => /^event: (succeeded|failed|cancelled)$/m.test(frames.at(-1) ?? "");
	for (const cutAfter of [...cuts, Number.POSITIVE_INFINITY]) {
		const lastId = /^id: (\d+)$/m.exec(frames.at(-1) ?? "")?.[1];
		const headers = lastId === undefined ? {} : { "last-event-id": lastId };
		const response = await retryOn500(() => ask(`/v1/jobs/job_${job}/events`, { headers }));
		if (response.status === 204) break;
		const fresh: string[] = [];
		await readInto(fresh, response, isOver() ? 0 : cutAfter).catch((error: unknown) => {
			// Events have no [DONE]: they end with the job.
			if (!/^event: (succeeded|failed|cancelled)$/m.test(fresh.at(-1) ?? "")) throw error;
		});
		frames.push(...fresh.map((frame) => frame.replace(/^retry: \d+\n/, "")));
	}
	if (!isOver()) throw new Error("the events ended before the job");
	return frames;
}
