/** The routes of the Responses API. */

import * as z from "zod/mini";
import type { Context } from "../../context.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { orRefuse } from "../../http/refusal.ts";
import { cancelJob, deleteJob } from "../../job/commands.ts";
import { asObserver, collectLog, resumeLog, watchLog } from "../../job/log.ts";
import { answerNow, answerStream, jobHeaders } from "../answer/answers.ts";
import { headOfAnswer } from "../answer/head.ts";
import { createHandler } from "../create.ts";
import { parseQuery, wholeNumber } from "../request/fields.ts";
import { findJobOf, logOf } from "../request/find-job.ts";
import { ResumeQuery } from "../request/resume.ts";
import { ResponsesBody, readResponse } from "./body.ts";
import { toInputItems } from "./input-items.ts";
import { responsesFormat } from "./render.ts";
import { toResponse, toResponseId } from "./response.ts";
import { responsesText } from "./text.ts";

/** fal mostly answers a cancellation at once. Its silence is settled later, without a client. */
const CANCELLED_WITHIN_MS = 10_000;

/** OpenAI's bound. */
const MAX_INPUT_ITEMS = 100;

export const RESPONSES = {
	path: "/v1/responses",
	body: ResponsesBody,
	read: readResponse,
	format: responsesFormat,
	text: responsesText,
} as const;

export const createResponse = createHandler(RESPONSES);

/** Answers with the Response as it stands; with `?stream=true&starting_after=N` goes on after frame N. */
export async function getResponse(request: Request, context: Context): Promise<Response> {
	const { stream, starting_after } = orRefuse(parseQuery(ResumeQuery, request.url));
	const { id, log } = await findResponse(context);
	if (stream !== "true") return answerNow(id, toResponse(toResponseId(id), log), context);
	return answerStream(asObserver(resumeLog(context, id, log)), responsesFormat, request, context, starting_after);
}

export const headResponse = headOfAnswer(findResponse);

/** As OpenAI pages through an input. Here there is one item, so that a page is never short of one. */
export const InputItemsQuery = z.object({
	after: z.optional(z.string()),
	limit: z.optional(wholeNumber(1, MAX_INPUT_ITEMS)),
	order: z.optional(z.enum(["asc", "desc"])),
});

/** Lists what the Response was asked with. */
export async function listInputItems({ url }: Request, context: Context): Promise<Response> {
	const { after } = orRefuse(parseQuery(InputItemsQuery, url));
	const { id, log } = await findResponse(context);
	return jsonResponse(toInputItems(id, log, after), { headers: jobHeaders(id) });
}

/** Answers with the Response after the cancellation. One that is done stays done, and says so. */
export async function cancelResponse(request: Request, context: Context): Promise<Response> {
	const { id } = await findResponse(context);
	await cancelJob(context, id);
	const patience = AbortSignal.any([request.signal, AbortSignal.timeout(CANCELLED_WITHIN_MS)]);
	await collectLog(asObserver(watchLog(context, id)), patience).catch(() => {});
	return answerNow(id, toResponse(toResponseId(id), await logOf(id, context)), context);
}

export async function deleteResponse(_request: Request, context: Context): Promise<Response> {
	const { id } = await findResponse(context);
	await deleteJob(context, id);
	return jsonResponse({ id: toResponseId(id), object: "response", deleted: true }, { headers: jobHeaders(id) });
}

function findResponse(context: Context) {
	return findJobOf("responses", "response", context);
}
