/** Clients whose connection is cut, and who come back. All that they keep is what they have read. */

import { hookOf } from "./fault-hooks.ts";
import type { Client, Schedule, Settings, Watcher } from "./fault-schedules.ts";
import { type Ask, ask, askWith, ORIGIN } from "./gateway.ts";

export const DONE = "data: [DONE]";
/** While objects are aborted an answer may be a 500: a client asks again. */
const MAX_TRIES = 40;
const RETRY_MS = 25;
/** An origin that fal cannot reach, so that no webhook is asked for. */
const LOOPBACK = "http://localhost:8787";

/** An answer that is none. */
export class Refused extends Error {
	readonly status: number;
	constructor(status: number, text: string) {
		super(`${status}: ${text}`);
		this.status = status;
	}
}

/** Asks a Worker that has the settings of a schedule. */
export function askerOf({ deadlineSeconds, retentionDays, progress, publicUrl }: Settings): Ask {
	const settings = {
		...(deadlineSeconds === null ? {} : { JOB_DEADLINE_SECONDS: String(deadlineSeconds) }),
		...(retentionDays === null ? {} : { RETENTION_DAYS: String(retentionDays) }),
		...(progress === null ? {} : { PROGRESS: progress }),
		...(publicUrl === null ? {} : { PUBLIC_URL: publicUrl }),
	};
	return Object.keys(settings).length === 0 ? ask : askWith(settings);
}

/** True for what keeps a silent stream alive: a slow machine and a clock that jumps make silences. */
function isKeepAlive(frame: string): boolean {
	return frame.startsWith(":") || (frame.includes('"delta":{}') && !/"sequence_number":|"error":/.test(frame));
}

/** Yields server-sent events as text, without those that only keep the stream alive. Leaving the loop cuts the connection. */
async function* framesOf(response: Response): AsyncGenerator<string> {
	let text = "";
	for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
		text += piece;
		const frames = text.split("\n\n");
		text = frames.pop() ?? "";
		for (const frame of frames) if (!isKeepAlive(frame)) yield frame;
	}
	if (text !== "") throw new Error(`the stream ended inside a frame: ${text}`);
}

/** Reads until the end, or until the cut. */
async function readInto(frames: string[], response: Response, cutAfter: number, onFrame = () => {}) {
	let left = cutAfter;
	if (left <= 0) return response.body?.cancel();
	for await (const frame of framesOf(response)) {
		// Links have the origin of whoever reads: a client that resumes at the other one gets the same frames but for that.
		frames.push(frame.replaceAll(LOOPBACK, ORIGIN));
		onFrame();
		left -= 1;
		if (left <= 0) return;
	}
	if (cutAfter !== Number.POSITIVE_INFINITY && frames.at(-1) !== DONE) throw new Error("the stream broke off");
}

async function retryOn500(open: (attempt: number) => Promise<Response>): Promise<Response> {
	for (let attempt = 0; ; attempt += 1) {
		const response = await open(attempt);
		if (response.ok) return response;
		const text = await response.text();
		if (response.status !== 500 || attempt >= MAX_TRIES) throw new Refused(response.status, text);
		await scheduler.wait(RETRY_MS);
	}
}

function lastSequenceNumber(frames: readonly string[]): number {
	const last = frames.findLast((frame) => frame.includes('"sequence_number":'));
	return last === undefined ? -1 : JSON.parse(last.slice("data: ".length)).sequence_number;
}

function jobOf(response: Response): string {
	return response.headers.get("x-job-id") ?? "";
}

function resumeChat(asker: Ask, job: string, after: number): Promise<Response> {
	return retryOn500(() => asker(`/v1/chat/completions/chatcmpl-${job}?stream=true&starting_after=${after}`));
}

/** The answer that a client read: the stream of one job from its beginning, perhaps cut short. */
export interface Reading {
	readonly job: string;
	readonly kind: "chat" | "events";
	readonly frames: readonly string[];
	/** The job was not there any more when the client came back. */
	readonly missing: boolean;
	/** The client left by itself. */
	readonly left: boolean;
}

/** A client calls these while it runs. */
export interface ClientHooks {
	/** Learns each job that the client was given. */
	readonly onJob: (job: string) => void;
	readonly onFrame: (count: number) => void;
	/** Learns of each stream that the client asks for. */
	readonly onStream: () => void;
}

/** Runs the client that asks first, and that comes back as its schedule says. */
export async function runClient(
	{ client, webhook, hook, pictures, inOne, includeUsage, onDisconnect, settings }: Schedule,
	prompt: string,
	{ onJob, onFrame, onStream }: ClientHooks,
): Promise<readonly Reading[]> {
	const asker = askerOf(settings);
	const post = createPost(asker, client, {
		url: `${webhook ? ORIGIN : LOOPBACK}/v1/chat/completions`,
		body: {
			model: inOne === 1 ? "fal-ai/flux-2-pro" : "imagen4-preview",
			stream: true,
			n: pictures,
			stream_options: { include_usage: includeUsage },
			messages: [{ role: "user", content: prompt }],
			webhook_url: hookOf(hook, prompt),
		},
		headers: onDisconnect === null ? {} : { "x-on-disconnect": onDisconnect },
	});
	const open = async (before: number): Promise<Response> => {
		const response = await retryOn500((attempt) => post(before + attempt));
		onStream();
		onJob(jobOf(response));
		return response;
	};

	const atOnce = client.declares === "key" ? client.atOnce : 1;
	const [first, ...others] = await Promise.all(Array.from({ length: atOnce }, () => open(0)));
	const readings: Reading[] = [];
	const read = async (response: Response, cuts: Client["cuts"]) => {
		let frames: string[] = [];
		let current = response;
		let job = jobOf(response);
		const keep = (missing = false, left = false) => readings.push({ job, kind: "chat", frames, missing, left });
		for (const { frames: cutAfter, back } of cuts) {
			await readInto(frames, current, cutAfter, () => onFrame(frames.length));
			if (frames.at(-1) === DONE) return keep();
			if (back === "resume") {
				try {
					current = await resumeChat(asker, job, lastSequenceNumber(frames));
					onStream();
				} catch (error) {
					if (error instanceof Refused && error.status === 404) return keep(true);
					throw error;
				}
			} else {
				keep(false, true);
				current = await open(1);
				job = jobOf(current);
				frames = [];
			}
		}
		await readInto(frames, current, Number.POSITIVE_INFINITY, () => onFrame(frames.length));
		return keep();
	};
	await Promise.all([read(first ?? new Response(), client.cuts), ...others.map((response) => read(response, []))]);
	return readings;
}

interface Post {
	readonly url: string;
	readonly body: object;
	readonly headers: Record<string, string>;
}

/** Makes a request that can be sent again: it declares that it was sent before. */
function createPost(
	asker: Ask,
	{ declares }: Client,
	{ url, body, headers }: Post,
): (attempt: number) => Promise<Response> {
	const key = crypto.randomUUID();
	return (attempt) =>
		asker(url, {
			json: body,
			headers: {
				...headers,
				...(declares === "key" ? { "idempotency-key": key } : {}),
				...(declares === "retry" && attempt > 0 ? { "x-stainless-retry-count": `${attempt}` } : {}),
			},
		});
}

/** Reads a job's stream as a watcher does, cut by cut. */
export async function runWatcher(
	asker: Ask,
	job: string,
	{ kind, cuts, leaves }: Pick<Watcher, "kind" | "cuts" | "leaves">,
	onStream = () => {},
): Promise<Reading> {
	const frames: string[] = [];
	const read = kind === "chat" ? readChat : readEvents;
	const pieces = leaves && cuts.length > 0 ? cuts : [...cuts, Number.POSITIVE_INFINITY];
	try {
		for (const cutAfter of pieces) {
			onStream();
			if (await read(asker, job, frames, cutAfter)) return { job, kind, frames, missing: false, left: false };
		}
		return { job, kind, frames, missing: false, left: leaves };
	} catch (error) {
		if (error instanceof Refused && error.status === 404) return { job, kind, frames, missing: true, left: false };
		throw error;
	}
}

/** Reads the chat stream by the job's id. Returns true at its end. */
async function readChat(asker: Ask, job: string, frames: string[], cutAfter: number): Promise<boolean> {
	await readInto(frames, await resumeChat(asker, job, lastSequenceNumber(frames)), cutAfter);
	return frames.at(-1) === DONE;
}

const LAST_EVENT = /^event: (succeeded|failed|cancelled)$/m;

/** Reads the job's own events, from `Last-Event-ID` on. Leaves out the `retry:` line that each connection begins with. */
async function readEvents(asker: Ask, job: string, frames: string[], cutAfter: number): Promise<boolean> {
	const lastId = /^id: (\d+)$/m.exec(frames.at(-1) ?? "")?.[1];
	const headers = lastId === undefined ? {} : { "last-event-id": lastId };
	const isOver = () => LAST_EVENT.test(frames.at(-1) ?? "");
	const response = await retryOn500(() => asker(`/v1/jobs/job_${job}/events`, { headers }));
	if (response.status === 204) return true;
	const fresh: string[] = [];
	// Events have no [DONE]: they end with the job.
	await readInto(fresh, response, isOver() ? 0 : cutAfter).catch((error: unknown) => {
		if (!LAST_EVENT.test(fresh.at(-1) ?? "")) throw error;
	});
	frames.push(...fresh.map((frame) => frame.replace(/^retry: \d+\n/, "")));
	return isOver() && cutAfter === Number.POSITIVE_INFINITY;
}

/** True if a reading has its end. */
export function hasEnd({ kind, frames }: Reading): boolean {
	return kind === "chat" ? frames.at(-1) === DONE : LAST_EVENT.test(frames.at(-1) ?? "");
}
