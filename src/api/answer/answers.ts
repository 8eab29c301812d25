/** Turns a job's log into an answer: whole when the job has ended, or a stream while the log grows. */

import type { Context } from "../../context.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { type JobError, toJobAnswer } from "../../errors.ts";
import { toHeaderValue } from "../../http/header-value.ts";
import { collectLog, createReport, failureOf, type JobLog } from "../../job/log.ts";
import { toJob } from "../jobs/render.ts";
import { logOf } from "../request/find-job.ts";
import { costHeader } from "./cost.ts";
import type { Format } from "./format.ts";
import { type Frame, inPlaceOf, numbered } from "./frames.ts";
import { hasAllPictures, jsonLength, writeJson } from "./json-stream.ts";
import { type Stream, streamFrames } from "./sse.ts";
import { addToSummary, type Summary, summarize } from "./summary.ts";

export const MISSING: JobError = { code: "storing_failed", message: "A stored picture of this job is missing." };

/** Names the job on every answer that belongs to one. */
export function jobHeaders(id: string): Record<string, string> {
	return { "x-job-id": id };
}

/** Names the model that made the pictures. The name is as a client wrote it, and old logs hold names with any character. */
function modelHeader({ model }: Pick<Summary, "model">): Record<string, string> {
	return { "x-darkroom-model": toHeaderValue(model) };
}

/** Waits for the job's end as long as the client does. The bytes of pictures are streamed from R2, so any number of them passes. */
export async function answerWhole(
	job: JobLog,
	{ toId, toBody }: Format,
	request: Request,
	context: Context,
): Promise<Response> {
	const log = await collectLog(job, request.signal);
	const error = failureOf(log);
	context.addHeaders(costHeader(log));
	if (error !== null) return send(job, toJobAnswer(error), context);
	return sendPictures(job, toBody(toId(job.id), log), modelHeader(summarize(log)), context);
}

interface NowOptions {
	readonly headers?: Readonly<Record<string, string>>;
	/** Is told how the answer was delivered. Absent: nobody is, for no job was made by this request. */
	readonly close?: JobLog["close"];
	/** Answers if a picture of the body is missing. */
	readonly missing?: Answer;
}

/** Answers with what is known of a job now. */
export function answerNow(
	id: string,
	body: object,
	context: Context,
	{ headers = {}, missing, close = () => {} }: NowOptions = {},
): Promise<Response> {
	return sendPictures({ id, close }, body, headers, context, missing);
}

/**
 * Tells a job whether a client got its id that does not wait for the job. If it did not, it counts as a client that left: the same
 * request then joins the job.
 */
export function reportOf(
	{ signal }: Request,
	id: string,
	log: readonly LinkedEvent[],
	context: Context,
): JobLog["close"] {
	const report = createReport(context, id, log);
	if (signal.aborted) report("clientLeft");
	return report;
}

/** Answers 202 for a job that is durable. */
export function sendAccepted(
	request: Request,
	id: string,
	log: readonly LinkedEvent[],
	body: object,
	headers: Readonly<Record<string, string>>,
	context: Context,
): Response {
	return send({ id, close: reportOf(request, id, log, context) }, { status: 202, headers, body }, context);
}

/** Streams the frames of a job. @param startingAfter The number of the last frame that the client has */
export function answerStream(
	job: JobLog,
	format: Format,
	request: Request,
	context: Context,
	startingAfter?: number,
): Response {
	const id = format.toId(job.id);
	const render = numbered(format.render(id), startingAfter);
	const { toMissing, toKeepAlive } = format;
	let summary: Summary | null = null;
	const frames = async function* () {
		for await (const events of job.events) {
			if (toKeepAlive !== undefined) summary = events.reduce(addToSummary, summary);
			const ready: Frame[] = [];
			for (const frame of events.flatMap(render)) {
				const missing = toMissing !== undefined && !(await hasAllPictures(frame.data, context.env.IMAGES));
				ready.push(missing ? inPlaceOf(frame, toMissing(MISSING)) : frame);
				if (!missing) continue;
				yield ready;
				return;
			}
			if (ready.length > 0) yield ready;
		}
	};
	const keepAlive = () => (summary === null ? null : (toKeepAlive?.(id, summary) ?? null));
	return streamJob(job, frames(), request, context, keepAlive);
}

/** Streams frames of a job that a caller renders. */
export function streamJob(
	job: JobLog,
	frames: Stream["frames"],
	request: Request,
	context: Context,
	keepAlive?: Stream["keepAlive"],
): Response {
	return stream(
		{ frames, ended: job.ended, keepAlive, onEnd: (how) => job.close(how) },
		request,
		context,
		jobHeaders(job.id),
	);
}

/** Answers 202 with the job, which is durable, and the address to find it at. @throws Refusal if it was deleted meanwhile */
export async function answerAccepted(request: Request, id: string, context: Context): Promise<Response> {
	const log = await logOf(id, context);
	const job = toJob(id, log);
	const headers = { location: `/v1/jobs/${job.id}`, "preference-applied": "respond-async" };
	return sendAccepted(request, id, log, job, headers, context);
}

/** Streams frames that belong to no job. */
export function answerFrames(frames: readonly Frame[], request: Request, context: Context): Response {
	const all = async function* () {
		yield frames;
	};
	return stream({ frames: all(), ended: true, onEnd: () => {} }, request, context, {});
}

function stream(
	source: Pick<Stream, "frames" | "ended" | "keepAlive" | "onEnd">,
	{ signal }: Request,
	{ env, ctx }: Context,
	headers: Readonly<Record<string, string>>,
): Response {
	const waitUntil: Stream["waitUntil"] = (work) => ctx.waitUntil(work);
	return streamFrames({ ...source, bucket: env.IMAGES, signal, headers, waitUntil });
}

interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: object;
}

type Recipient = Pick<JobLog, "id" | "close">;

async function sendPictures(
	job: Recipient,
	body: object,
	headers: Readonly<Record<string, string>>,
	context: Context,
	missing: Answer = toJobAnswer(MISSING),
): Promise<Response> {
	if (await hasAllPictures(body, context.env.IMAGES)) return sendJson(job, body, { headers }, context);
	return send(job, missing, context);
}

function send(job: Recipient, { status, headers, body }: Answer, context: Context): Response {
	return sendJson(job, body, { status, headers }, context);
}

/** Reports the delivery to the job when the client has taken the last byte, and not before. */
function sendJson(
	{ id, close }: Recipient,
	body: object,
	{ status = 200, headers }: { status?: number; headers: Readonly<Record<string, string>> },
	{ env, ctx }: Context,
): Response {
	const { readable, writable } = new FixedLengthStream(jsonLength(body));
	const pump = async () => {
		const writer = writable.getWriter();
		try {
			await writeJson(body, env.IMAGES, (chunk) => writer.write(chunk));
			await writer.close();
			close("delivered");
		} catch (error) {
			close("clientLeft");
			await writer.abort(error).catch(() => {});
		}
	};
	ctx.waitUntil(pump());
	return new Response(readable, {
		status,
		headers: { "content-type": "application/json", ...headers, ...jobHeaders(id) },
	});
}
