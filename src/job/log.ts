/** Reads a job's log: as it grows, or as it stands. */

import type { Context } from "../context.ts";
import { isTerminal, type JobEvent, untilEnd } from "../core/events.ts";
import { type FlatEvent, flatten, type LinkedEvent } from "../core/linked.ts";
import type { JobError } from "../errors.ts";
import { fileOf } from "../media/keys.ts";
import { createLinks } from "../media/links.ts";
import type { InputPicture } from "../models/request.ts";
import { callJob } from "../stub.ts";
import { inLanguage } from "../words/job-errors.ts";
import { JobMissing, type Watch, watch } from "./watch/watch.ts";

/** A log that one client reads to its end. */
export interface JobLog {
	/** The job's id. */
	readonly id: string;
	/** The log has its end already, so nothing is waited for. */
	readonly ended: boolean;
	/** From the first event to the terminal one, as many at a time as have come. */
	readonly events: AsyncIterable<readonly LinkedEvent[]>;
	/** Tells the job why this reader leaves. */
	readonly close: Watch["close"];
}

/**
 * Watches a job. If it is deleted meanwhile, the log ends as that of a cancelled one: the event that says so may be erased already.
 * @param begun The events that the caller has already: the log begins with them
 */
export function watchLog(context: Context, id: string, begun: readonly JobEvent[] = []): JobLog {
	const { env, config, caller, ctx } = context;
	const watching = watch({
		env,
		id,
		account: caller.account,
		falAccounts: config.falAccounts,
		waitUntil: (work) => ctx.waitUntil(work),
		after: begun.length,
	});
	const events = async function* (): AsyncGenerator<readonly LinkedEvent[]> {
		const link = createLinker(context, id);
		const later = watching.events[Symbol.asyncIterator]();
		// Begin to watch now, however slowly the client takes the first events.
		const first = later.next();
		first.catch(() => {});
		let seq = begun.length;
		if (begun.length > 0) yield await Promise.all(begun.map(link));
		try {
			for (let next = await first; !next.done; next = await later.next()) {
				seq += next.value.length;
				yield await Promise.all(next.value.map(link));
			}
		} catch (error) {
			if (!(error instanceof JobMissing)) throw error;
			yield [{ type: "cancelled", seq: seq + 1, at: Date.now() }];
		}
	};
	return { id, ended: false, events: events(), close: (why) => watching.close(why) };
}

/** Goes on with a log that has been read: if that has its end, there is nothing to watch. */
export function resumeLog(context: Context, id: string, log: readonly LinkedEvent[]): JobLog {
	if (!log.some(isTerminal)) return watchLog(context, id, log);
	const events = async function* (): AsyncGenerator<readonly LinkedEvent[]> {
		yield untilEnd(log);
	};
	return { id, ended: true, events: events(), close: createReport(context, id, log) };
}

/**
 * Reports how a client left that had no socket: it was answered from a finished log, or did not wait for its job. Says nothing that the
 * log says already.
 */
export function createReport({ env, caller, ctx }: Context, id: string, log: readonly LinkedEvent[]): JobLog["close"] {
	const last = log.findLast(({ type }) => type === "client_left" || type === "delivered");
	const reported = last?.type === "client_left" ? "clientLeft" : "delivered";
	let closed = false;
	return (why) => {
		if (closed) return;
		closed = true;
		if ((why !== "delivered" && why !== "clientLeft") || why === reported) return;
		const delivered = why === "delivered";
		ctx.waitUntil(callJob(env, id, (job) => job.clientGone(caller.account, delivered)).catch(() => {}));
	};
}

/** Wraps a log so that a disconnect is that of an observer: such a one does not wait for the answer, or can resume by id. */
export function asObserver(log: JobLog): JobLog {
	return { ...log, close: (why) => log.close(why === "clientLeft" ? "observerLeft" : why) };
}

/** Reads the log as it stands; null if this account has no such job. */
export async function readLog(context: Context, id: string): Promise<readonly LinkedEvent[] | null> {
	const { env, caller } = context;
	const text = await callJob(env, id, (job) => job.read(caller.account));
	if (text === null) return null;
	const log: readonly JobEvent[] = JSON.parse(text);
	return linkLog(context, id, log);
}

/** Gives the stored pictures of a whole log and their thumbnails their links, under an origin of ours. */
export function linkLog(
	reader: Pick<Context, "config" | "origin">,
	id: string,
	log: readonly JobEvent[],
): Promise<readonly LinkedEvent[]> {
	return Promise.all(log.map(createLinker(reader, id)));
}

/** Gives the stored pictures of a whole log the names of their files in the place of links, and its inputs none. */
export function nameFiles(log: readonly JobEvent[]): readonly LinkedEvent[] {
	return log.map((logged) => {
		const event = flatten(logged);
		return isStored(event) ? { ...event, url: fileOf(event.key) } : event;
	});
}

type Stored = Extract<FlatEvent, { type: "image" | "late_image" | "thumbnail" }>;

function isStored(event: FlatEvent): event is Stored {
	return event.type === "image" || event.type === "late_image" || event.type === "thumbnail";
}

/** Gives each stored picture of a log its link, under the origin of whoever reads. It dies with the job. */
function createLinker(
	{ config, origin }: Pick<Context, "config" | "origin">,
	job: string,
): (event: JobEvent) => LinkedEvent | Promise<LinkedEvent> {
	const links = createLinks(config);
	let expiresAt = 0;
	return (logged) => {
		const event = flatten(logged);
		if (event.type === "accepted") {
			expiresAt = event.expiresAt;
			const { inputs = [] } = event.request;
			if (inputs.length === 0) return event;
			const toUrl = async ({ source }: InputPicture) =>
				source.kind === "link"
					? source.url
					: `${origin}${await links.sign("inputs", { job, file: fileOf(source.key) }, expiresAt)}`;
			return Promise.all(inputs.map(toUrl)).then((inputUrls): LinkedEvent => ({ ...event, inputUrls }));
		}
		if (!isStored(event)) return event;
		const toLinked = (path: string): LinkedEvent => ({ ...event, url: `${origin}${path}` });
		return links.sign("images", { job, file: fileOf(event.key) }, expiresAt).then(toLinked);
	};
}

/** Collects the whole log when the job has ended; what there is of it if the client leaves first. */
export async function collectLog(log: JobLog, signal: AbortSignal): Promise<readonly LinkedEvent[]> {
	const collected: LinkedEvent[] = [];
	const leave = () => log.close("clientLeft");
	if (signal.aborted) leave();
	signal.addEventListener("abort", leave, { once: true });
	try {
		for await (const events of log.events) collected.push(...events);
	} finally {
		signal.removeEventListener("abort", leave);
	}
	return collected;
}

/** Returns why a log holds no success; null if it does. What comes behind the end, such as a bill, changes nothing. */
export function failureOf(log: readonly LinkedEvent[]): JobError | null {
	const end = log.find(isTerminal);
	if (end?.type === "succeeded") return null;
	const [first] = log;
	const language = first?.type === "accepted" ? first.rendering.language : undefined;
	if (end?.type === "failed") return inLanguage(end.error, language);
	return inLanguage({ code: "cancelled", message: "The job was cancelled." }, language);
}
