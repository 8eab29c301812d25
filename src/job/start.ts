import type { Admission, Admitted } from "../account/account.ts";
import { canonical } from "../account/canonical.ts";
import type { Linked } from "../api/answer/frames.ts";
import type { Context } from "../api/context.ts";
import { publicOrigin, webhookOrigin } from "../config.ts";
import { type Accepted, isTerminal, type JobEvent, type Rendering, untilEnd } from "../core/events.ts";
import type { JobError } from "../errors.ts";
import { Refusal } from "../http/http.ts";
import { createLinks } from "../media/links.ts";
import { fileOf } from "../media/store.ts";
import type { ImageRequest } from "../models/request.ts";
import type { Job } from "./object/job.ts";
import { type Watch, watch } from "./watch/watch.ts";

/** How a request becomes a job, and how its log is read: the same for every API. */

export interface OpenJob {
	readonly id: string;
	/** Its log has its end already, and is not watched. */
	readonly ended: boolean;
	readonly watch: Pick<Watch, "close">;
	/** The log as it comes, each stored picture with its link. */
	readonly log: AsyncIterable<readonly Linked[]>;
}

/** Links of one job die together, but a day's jobs do not all expire in one minute. */
const EXPIRY_SPREAD_MS = 6 * 3_600_000;
const DAY_MS = 86_400_000;
/** An object that a deploy just reset takes a new stub. */
const START_TRIES = 3;
const MAX_KEY_CHARS = 255;

export interface Start {
	readonly request: ImageRequest;
	readonly rendering: Omit<Rendering, "origin" | "progress">;
	/** The client waits for the answer: a stream of it, or the whole. */
	readonly watched: boolean;
}

/** Admits and starts a job, or joins the earlier one that this request is again. When this returns it is durable, and its id may be shown. */
export async function startJob(httpRequest: Request, context: Context, start: Start): Promise<OpenJob> {
	const { env, config, account } = context;
	const { request, rendering, watched } = start;
	const admission = await admissionOf(httpRequest, { request, rendering });
	const admitted = await again<Admitted>(async () => env.ACCOUNT.getByName(account).admit(admission));
	if (admitted.kind === "conflict") throw new Refusal({ kind: "idempotency_conflict" });
	const { id } = admitted;
	if (admitted.kind === "joined") return openJob(context, id);

	const webhookBase = webhookOrigin(config, httpRequest);
	const now = Date.now();
	const accepted: Omit<Accepted, "type"> = {
		account,
		listing: admitted.listing,
		request,
		rendering: { ...rendering, origin: publicOrigin(config, httpRequest), progress: config.progress },
		deadlineAt: now + config.deadlineMs,
		expiresAt: expiryOf(now, config.retentionMs),
		webhook:
			webhookBase === null ? null : `${webhookBase}/webhooks/fal/${id}/${await createLinks(config).webhookMac(id)}`,
		...(cancelsOnDisconnect(httpRequest) ? { onDisconnect: "cancel" as const } : {}),
	};
	const begun = await again(() => env.JOB.get(env.JOB.idFromString(id)).start(accepted, watched));
	return openJob(context, id, JSON.parse(begun));
}

/** What tells an earlier request from a new one. @throws Refusal */
async function admissionOf(
	{ headers, url }: Request,
	wanted: Pick<Start, "request" | "rendering">,
): Promise<Admission> {
	const key = headers.get("idempotency-key");
	if (key !== null && (key === "" || key.length > MAX_KEY_CHARS)) {
		throw new Refusal({
			kind: "invalid_value",
			param: "Idempotency-Key",
			message: `Idempotency-Key has 1 to ${MAX_KEY_CHARS} characters.`,
		});
	}
	const text = canonical({ route: new URL(url).pathname, ...wanted });
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
	return { digest, key, retried: Number(headers.get("x-stainless-retry-count") ?? 0) >= 1 };
}

/** `x-on-disconnect: cancel`; any other value, and none, lets the job go on. */
function cancelsOnDisconnect({ headers }: Request): boolean {
	return headers.get("x-on-disconnect")?.trim().toLowerCase() === "cancel";
}

/** `Prefer: respond-async` (RFC 7240): the client does not wait. */
export function prefersAsync({ headers }: Request): boolean {
	return (headers.get("prefer") ?? "")
		.split(",")
		.some((preference) => preference.trim().toLowerCase() === "respond-async");
}

/** Watches a job that exists; one that does not ends the log with `JobMissing`. `known` is how its log begins, where that is known. */
export function openJob(context: Context, id: string, known: readonly JobEvent[] = []): OpenJob {
	const { env, config, account, ctx } = context;
	const waitUntil = (work: Promise<unknown>) => ctx.waitUntil(work);
	const after = known.length;
	const watching = watch({ namespace: env.JOB, id, account, falApiKey: config.falApiKey, waitUntil, after });
	const log = async function* (): AsyncGenerator<readonly Linked[]> {
		const link = createLinker(context, id);
		const news = watching.events[Symbol.asyncIterator]();
		// Watched from now on, however slowly a client takes what is known.
		const first = news.next();
		first.catch(() => {});
		if (known.length > 0) yield await Promise.all(known.map(link));
		for (let come = await first; !come.done; come = await news.next()) yield await Promise.all(come.value.map(link));
	};
	return { id, ended: false, watch: watching, log: log() };
}

/** As `openJob`, for a job whose log has been read: where that has its end, nothing is left to watch. */
export function reopenJob(context: Context, id: string, known: readonly Linked[]): OpenJob {
	if (!known.some(isTerminal)) return openJob(context, id, known);
	const log = async function* (): AsyncGenerator<readonly Linked[]> {
		yield untilEnd(known);
	};
	return { id, ended: true, watch: createFarewell(context, id, known), log: log() };
}

/** What is left to say to a job that was not watched: how its client went, where the log does not say so already. */
function createFarewell({ env, account, ctx }: Context, id: string, log: readonly Linked[]): OpenJob["watch"] {
	const last = log.findLast(({ type }) => type === "client_left" || type === "delivered");
	const said = last?.type === "client_left" ? "clientLeft" : "delivered";
	let closed = false;
	return {
		close: (why) => {
			if (closed) return;
			closed = true;
			if (why === "other" || why === said) return;
			const job = env.JOB.get(env.JOB.idFromString(id));
			ctx.waitUntil(job.clientGone(account, why === "delivered").catch(() => {}));
		},
	};
}

/** A watcher that has the job's id and may come back, or only looks on: that it left means nothing to the job. */
export function unattended(job: OpenJob): OpenJob {
	return {
		...job,
		watch: { ...job.watch, close: (why) => job.watch.close(why === "clientLeft" ? "other" : why) },
	};
}

/** The log as it stands. @throws Refusal where there is no such job for this account */
export async function readLog(context: Context, id: string): Promise<readonly Linked[]> {
	const { env, account } = context;
	const text = await again(() => env.JOB.get(env.JOB.idFromString(id)).read(account));
	if (text === null) throw new Refusal({ kind: "not_found", what: "job" });
	const log: readonly JobEvent[] = JSON.parse(text);
	return Promise.all(log.map(createLinker(context, id)));
}

/** Gives each stored picture of a log its link, which dies with the job. */
function createLinker({ config }: Context, job: string): (event: JobEvent) => Linked | Promise<Linked> {
	const links = createLinks(config);
	let origin = "";
	let expiresAt = 0;
	return (event) => {
		if (event.type === "accepted") {
			origin = event.rendering.origin;
			expiresAt = event.expiresAt;
		}
		if (event.type !== "image" && event.type !== "late_image") return event;
		const toLinked = (path: string): Linked => ({ ...event, url: `${origin}${path}` });
		return links.signImage({ job, file: fileOf(event.key) }, expiresAt).then(toLinked);
	};
}

/** `?stream=true&starting_after=N`: a stream from after frame N on. @throws Refusal */
export function parseResume({ url }: Request): { readonly streamed: boolean; readonly startingAfter: number } {
	const query = new URL(url).searchParams;
	const startingAfter = query.get("starting_after") ?? "-1";
	if (!/^(-1|\d{1,9})$/.test(startingAfter)) {
		throw new Refusal({
			kind: "invalid_value",
			param: "starting_after",
			message: "starting_after must be a frame's number.",
		});
	}
	return { streamed: query.get("stream") === "true", startingAfter: Number(startingAfter) };
}

const ID = /^(?:(?:job|resp)_|chatcmpl-)?([0-9a-f]{64})$/;

/** The job that an id of any API names, such as `chatcmpl-<hex>`. @throws Refusal where it cannot be one */
export function parseJobId({ env, params }: Context): string {
	const id = ID.exec(params.id ?? "")?.[1];
	if (id === undefined || !isIdOf(env.JOB, id)) throw new Refusal({ kind: "not_found", what: "job" });
	return id;
}

/** An id that no object of ours has is refused by the runtime. */
function isIdOf(namespace: DurableObjectNamespace<Job>, id: string): boolean {
	try {
		return namespace.idFromString(id).toString() === id;
	} catch {
		return false;
	}
}

/** The whole log, when the job has ended; what there was of it, when the client left first. */
export async function collectLog({ log, watch: watching }: OpenJob, signal: AbortSignal): Promise<readonly Linked[]> {
	const events: Linked[] = [];
	const leave = () => watching.close("clientLeft");
	signal.addEventListener("abort", leave, { once: true });
	for await (const more of log) events.push(...more);
	signal.removeEventListener("abort", leave);
	return events;
}

export function failureOf(log: readonly Linked[]): JobError | null {
	const last = log.at(-1);
	if (last?.type === "succeeded") return null;
	if (last?.type === "failed") return last.error;
	return { code: "cancelled", message: "The job was cancelled." };
}

export function jobHeaders(id: string): Record<string, string> {
	return { "x-job-id": id };
}

function expiryOf(now: number, retentionMs: number): number {
	const spread = retentionMs > DAY_MS ? (Math.random() * 2 - 1) * EXPIRY_SPREAD_MS : 0;
	return Math.round(now + retentionMs + spread);
}

async function again<T>(call: () => Promise<T>): Promise<T> {
	for (let tries = 1; ; tries += 1) {
		try {
			return await call();
		} catch (error) {
			if (tries >= START_TRIES) throw error;
		}
	}
}
