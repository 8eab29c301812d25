import { type ErrorAnswer, type JobError, toJobAnswer } from "../../errors.ts";
import { collectLog, failureOf, jobHeaders, type OpenJob, readLog } from "../../job/start.ts";
import type { Context } from "../context.ts";
import { toJob } from "../jobs/render.ts";
import { type Frame, inPlaceOf, type Linked, type Renderer } from "./frames.ts";
import { hasAllPictures, jsonLength, writeJson } from "./json-stream.ts";
import { type Stream, streamFrames } from "./sse.ts";
import { summarize } from "./summary.ts";

/** The two ways in which a job's log becomes an answer: whole when it has ended, or as a stream while it grows. */

const MISSING: JobError = { code: "storing_failed", message: "A stored picture of this job is missing." };

/** Waits for the end as long as the client does. Pictures' bytes are streamed from R2, so that any number of them passes. */
export async function answerWhole(
	job: OpenJob,
	request: Request,
	context: Context,
	render: (log: readonly Linked[]) => object,
): Promise<Response> {
	const log = await collectLog(job, request.signal);
	const error = failureOf(log);
	if (error !== null) return sendFailure(job, toJobAnswer(error), context);

	return sendPictures(job, render(log), { "x-darkroom-model": summarize(log).model }, context);
}

/** What is known of a job now: nobody waits for it, so nobody is told that it was delivered. */
export function answerNow(id: string, answer: object, context: Context): Promise<Response> {
	return sendPictures({ id, watch: { close: () => {} } }, answer, {}, context);
}

/** `toError` is for streams that hold pictures' bytes: it is said in place of a frame whose picture is missing, and ends the stream. */
export function answerStream(
	job: OpenJob,
	request: Request,
	context: Context,
	render: Renderer,
	toError?: (error: JobError) => Frame,
): Response {
	const frames = async function* () {
		for await (const events of job.log) {
			const some: Frame[] = [];
			for (const frame of events.flatMap(render)) {
				const missing = toError !== undefined && !(await hasAllPictures(frame.data, context.env.IMAGES));
				some.push(missing ? inPlaceOf(frame, toError(MISSING)) : frame);
				if (!missing) continue;
				yield some;
				return;
			}
			if (some.length > 0) yield some;
		}
	};
	return stream(frames(), job.ended, request, context, jobHeaders(job.id), (how) => job.watch.close(how));
}

/** 202: the job is durable, and where it is found. */
export async function answerAsync(id: string, context: Context): Promise<Response> {
	const job = toJob(id, await readLog(context, id));
	const headers = { location: `/v1/jobs/${job.id}`, "preference-applied": "respond-async", ...jobHeaders(id) };
	return Response.json(job, { status: 202, headers });
}

/** An answer for which there is no job. */
export function answerFrames(frames: readonly Frame[], request: Request, context: Context): Response {
	const known = async function* () {
		yield frames;
	};
	return stream(known(), true, request, context, {}, () => {});
}

function stream(
	frames: Stream["frames"],
	ended: boolean,
	{ signal }: Request,
	{ env, ctx }: Context,
	headers: Readonly<Record<string, string>>,
	onEnd: Stream["onEnd"],
): Response {
	return streamFrames({
		frames,
		ended,
		bucket: env.IMAGES,
		signal,
		headers,
		waitUntil: (work) => ctx.waitUntil(work),
		onEnd,
	});
}

type Waiting = Pick<OpenJob, "id"> & { readonly watch: Pick<OpenJob["watch"], "close"> };

async function sendPictures(
	job: Waiting,
	answer: object,
	headers: Readonly<Record<string, string>>,
	context: Context,
): Promise<Response> {
	if (await hasAllPictures(answer, context.env.IMAGES)) return sendJson(job, answer, { headers }, context);
	return sendFailure(job, toJobAnswer(MISSING), context);
}

function sendFailure(job: Waiting, { status, headers, body }: ErrorAnswer, context: Context): Response {
	return sendJson(job, body, { status, headers }, context);
}

/** Tells the job that its client has the answer when the last byte is taken, and not before. */
function sendJson(
	{ id, watch }: Waiting,
	answer: object,
	{ status = 200, headers }: { status?: number; headers: Readonly<Record<string, string>> },
	{ env, ctx }: Context,
): Response {
	const { readable, writable } = new FixedLengthStream(jsonLength(answer));
	const pump = async () => {
		const writer = writable.getWriter();
		try {
			await writeJson(answer, env.IMAGES, (chunk) => writer.write(chunk));
			await writer.close();
			watch.close("delivered");
		} catch (error) {
			watch.close("clientLeft");
			await writer.abort(error).catch(() => {});
		}
	};
	ctx.waitUntil(pump());
	return new Response(readable, {
		status,
		headers: { "content-type": "application/json", ...headers, ...jobHeaders(id) },
	});
}
