/** Answers HEAD for the routes that give a job's answer: what it is now, without waiting for more, watching, or reading a picture. */

import type { Context } from "../../context.ts";
import { isTerminal } from "../../core/events.ts";
import { toJobAnswer } from "../../errors.ts";
import { orRefuse } from "../../http/refusal.ts";
import { failureOf } from "../../job/log.ts";
import { parseQuery } from "../request/fields.ts";
import type { FoundJob } from "../request/find-job.ts";
import { ResumeQuery } from "../request/resume.ts";
import { jobHeaders } from "./answers.ts";
import { STREAM_HEADERS } from "./sse.ts";

const JSON_HEADERS = { "content-type": "application/json" };

/** As the answer of a route that resumes: whole, or a stream with `?stream=true`. @param failsAsJob A whole answer has the status of its job's failure */
export function headOfAnswer(
	find: (context: Context) => Promise<FoundJob>,
	{ failsAsJob = false }: { failsAsJob?: boolean } = {},
) {
	return async (request: Request, context: Context): Promise<Response> => {
		const { stream } = orRefuse(parseQuery(ResumeQuery, request.url));
		const { id, log } = await find(context);
		if (stream === "true") return headOf(id, 200, STREAM_HEADERS);
		const error = failsAsJob && log.some(isTerminal) ? failureOf(log) : null;
		if (error === null) return headOf(id, 200, JSON_HEADERS);
		const { status, headers } = toJobAnswer(error);
		return headOf(id, status, { ...JSON_HEADERS, ...headers });
	};
}

/** @param headers Beside the job's own */
export function headOf(id: string, status: number, headers: Readonly<Record<string, string>>): Response {
	return new Response(null, { status, headers: { ...headers, ...jobHeaders(id) } });
}
