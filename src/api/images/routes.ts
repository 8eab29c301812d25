/** The routes of the Images API: generations and edits. Each has a twin that answers with a task instead of waiting. */

import * as z from "zod/mini";
import type { Context } from "../../context.ts";
import type { RequestError } from "../../errors.ts";
import { err, ok, type Result } from "../../result.ts";
import { answerNow, MISSING, sendAccepted } from "../answer/answers.ts";
import { headOf } from "../answer/head.ts";
import { type Acceptance, createHandler, preferredAcceptance } from "../create.ts";
import type { Asked } from "../request/asked.ts";
import { parseQuery } from "../request/fields.ts";
import { findJobOf, logOf } from "../request/find-job.ts";
import { EditsBody, readEdits } from "./body.ts";
import { imagesFormat } from "./render.ts";
import { toNewTask, toTask } from "./task.ts";

/** Tells a client when to ask again. In seconds. */
const POLL_AFTER_SECONDS = 3;
const NO_STORE = { "cache-control": "no-store" };
const POLL_AGAIN = { ...NO_STORE, "retry-after": String(POLL_AFTER_SECONDS) };

/** `?async=true`: the answer is a task. */
export const AsyncQuery = z.object({
	async: z.optional(z.enum(["true", "false", "1", "0"])),
});

export const GENERATIONS = {
	path: "/v1/images/generations",
	// A request with pictures is an edit, and some models edit without a prompt.
	body: EditsBody,
	takesForms: true,
	read: readEdits,
	format: imagesFormat,
	text: null,
} as const;

export const EDITS = {
	path: "/v1/images/edits",
	body: EditsBody,
	takesForms: true,
	needsPicture: true,
	read: readEdits,
	format: imagesFormat,
	text: null,
} as const;

export const createImages = createHandler({ ...GENERATIONS, acceptance: acceptanceOf });
export const createImagesTask = createHandler({ ...GENERATIONS, acceptance: acceptTask });
export const editImages = createHandler({ ...EDITS, acceptance: acceptanceOf });
export const editImagesTask = createHandler({ ...EDITS, acceptance: acceptTask });

function acceptanceOf(request: Request, asked: Asked): Result<Acceptance | null, RequestError> {
	const query = parseQuery(AsyncQuery, request.url);
	if (!query.ok) return query;
	const wantsTask = query.value.async === "true" || query.value.async === "1";
	return wantsTask ? acceptTask(request, asked) : preferredAcceptance(request);
}

function acceptTask(_request: Request, { streamed }: Asked): Result<Acceptance, RequestError> {
	return streamed ? err({ kind: "invalid_value", param: "stream", fault: { is: "task_stream" } }) : ok(answerTask);
}

async function answerTask(request: Request, id: string, context: Context): Promise<Response> {
	const log = await logOf(id, context);
	const task = toNewTask(id, log);
	return sendAccepted(request, id, log, task, { location: task.poll_url, ...POLL_AGAIN }, context);
}

/** Answers with the task as it stands. It reads the job, and never makes or pays anything. */
export async function getImagesTask(_request: Request, context: Context): Promise<Response> {
	const { id, log, task, headers } = await findTask(context);
	return answerNow(id, task, context, { headers, missing: { status: 200, headers, body: toTask(id, log, MISSING) } });
}

export async function headImagesTask(_request: Request, context: Context): Promise<Response> {
	const { id, headers } = await findTask(context);
	return headOf(id, 200, { "content-type": "application/json", ...headers });
}

async function findTask(context: Context) {
	const { id, log } = await findJobOf("images", "task", context);
	const task = toTask(id, log);
	return { id, log, task, headers: task.status === "processing" ? POLL_AGAIN : NO_STORE };
}
