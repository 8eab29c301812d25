import type { ErrorAnswer } from "../core/errors.ts";
import { toJobAnswer } from "../core/errors.ts";
import { hasAllPictures, jsonLength, writeJson } from "../json-stream.ts";
import type { Linked, Renderer } from "../openai/frames.ts";
import { summarize } from "../openai/summary.ts";
import { streamFrames } from "../sse.ts";
import type { Context } from "./context.ts";
import { collectLog, failureOf, jobHeaders, type OpenJob } from "./open-job.ts";

/** The two ways in which a job's log becomes an answer: whole when it has ended, or as a stream while it grows. */

/** Waits for the end as long as the client does. Pictures' bytes are streamed from R2, so that any number of them passes. */
export const answerWhole = async (
	job: OpenJob,
	request: Request,
	context: Context,
	render: (log: readonly Linked[]) => object,
): Promise<Response> => {
	const log = await collectLog(job, request.signal);
	const error = failureOf(log);
	if (error !== null) return sendFailure(job, toJobAnswer(error), context);

	const answer = render(log);
	if (!(await hasAllPictures(answer, context.env.IMAGES))) {
		const missing = { code: "storing_failed", message: "A stored picture of this job is missing." } as const;
		return sendFailure(job, toJobAnswer(missing), context);
	}
	return sendJson(job, answer, { headers: { "x-darkroom-model": summarize(log).model } }, context);
};

export const answerStream = (job: OpenJob, request: Request, { env, ctx }: Context, render: Renderer): Response => {
	const frames = async function* () {
		for await (const event of job.log) yield* render(event);
	};
	return streamFrames({
		frames: frames(),
		bucket: env.IMAGES,
		signal: request.signal,
		headers: jobHeaders(job.id),
		waitUntil: (work) => ctx.waitUntil(work),
		onEnd: (how) => job.watch.close(how),
	});
};

const sendFailure = (job: OpenJob, { status, headers, body }: ErrorAnswer, context: Context): Response =>
	sendJson(job, body, { status, headers }, context);

/** Tells the job that its client has the answer when the last byte is taken, and not before. */
const sendJson = (
	{ id, watch }: OpenJob,
	answer: object,
	{ status = 200, headers }: { status?: number; headers: Readonly<Record<string, string>> },
	{ env, ctx }: Context,
): Response => {
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
};
