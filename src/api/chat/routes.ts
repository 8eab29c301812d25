/** The routes of the Chat Completions API. */

import type { Context } from "../../context.ts";
import { orRefuse } from "../../http/refusal.ts";
import { resumeLog } from "../../job/log.ts";
import { answerStream, answerWhole } from "../answer/answers.ts";
import { headOfAnswer } from "../answer/head.ts";
import { createHandler } from "../create.ts";
import { parseQuery } from "../request/fields.ts";
import { type FoundJob, findJobOf } from "../request/find-job.ts";
import { ResumeQuery } from "../request/resume.ts";
import { ChatBody, readChat } from "./body.ts";
import { chatFormat, chatText } from "./render.ts";

export const CHAT = {
	path: "/v1/chat/completions",
	body: ChatBody,
	read: readChat,
	format: chatFormat,
	text: chatText,
} as const;

export const createChat = createHandler(CHAT);

export const headChat = headOfAnswer(findChat, { failsAsJob: true });

/** Waits for the end as the first request did; with `?stream=true&starting_after=N` goes on after frame N. */
export async function getChat(request: Request, context: Context): Promise<Response> {
	const { id, log } = await findChat(context);
	const { stream, starting_after } = orRefuse(parseQuery(ResumeQuery, request.url));
	const job = resumeLog(context, id, log);
	if (stream === "true") return answerStream(job, chatFormat, request, context, starting_after);
	return answerWhole(job, chatFormat, request, context);
}

function findChat(context: Context): Promise<FoundJob> {
	return findJobOf("chat", "completion", context);
}
