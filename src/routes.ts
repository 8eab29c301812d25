/** The whole HTTP surface: every route that there is, one entry each. */

import * as z from "zod/mini";
import { ChatBody } from "./api/chat/body.ts";
import { createChat, getChat, headChat } from "./api/chat/routes.ts";
import { ChatChunk, ChatCompletion } from "./api/chat/schema.ts";
import { EditsBody, ImagesBody } from "./api/images/body.ts";
import {
	AsyncQuery,
	createImages,
	createImagesTask,
	editImages,
	editImagesTask,
	getImagesTask,
	headImagesTask,
} from "./api/images/routes.ts";
import { ImagesAnswer, ImagesEvent, ImageTask } from "./api/images/schema.ts";
import { getPlaygroundManifest } from "./api/integrations/routes.ts";
import { PlaygroundManifest } from "./api/integrations/schema.ts";
import {
	cancelJob,
	deleteJob,
	EventsQuery,
	getJob,
	headJobEvents,
	ListQuery,
	listJobs,
	streamJobEvents,
} from "./api/jobs/routes.ts";
import { DeletedJob, Job, JobEventData, JobList } from "./api/jobs/schema.ts";
import { getKey } from "./api/keys/routes.ts";
import { Key } from "./api/keys/schema.ts";
import { getModel, listModels } from "./api/models/routes.ts";
import { Model, ModelList } from "./api/models/schema.ts";
import { getInput, getPicture, LinkQuery } from "./api/pictures/routes.ts";
import { ResumeQuery } from "./api/request/resume.ts";
import { CreateHeaders } from "./api/request/terms.ts";
import { ResponsesBody } from "./api/responses/body.ts";
import {
	cancelResponse,
	createResponse,
	deleteResponse,
	getResponse,
	headResponse,
	InputItemsQuery,
	listInputItems,
} from "./api/responses/routes.ts";
import { DeletedResponse, InputItemList, ResponseAnswer, ResponseEvent } from "./api/responses/schema.ts";
import { takeFalWebhook } from "./api/webhooks/routes.ts";
import type { Answer, Route } from "./route.ts";

const BAD_BODY = [
	"invalid_json",
	"invalid_value",
	"body_undecodable",
	"body_too_large",
	"body_too_complex",
	"encoding_unsupported",
] as const;
const BAD_CREATE = [...BAD_BODY, "model_not_found", "schema_unavailable", "idempotency_conflict"] as const;
/** A body with pictures may be a form, too. */
const BAD_PICTURES = [...BAD_CREATE, "invalid_form"] as const;
const BAD_LINK = ["forbidden_link", "not_found"] as const;
const BAD_WEBHOOK = ["forged_webhook", "invalid_json", "body_too_large", "not_found"] as const;

const ACCEPTED: Answer = { status: 202, when: "With `Prefer: respond-async`", json: Job };
const TASK: Answer = { status: 202, when: "The task: ask at its `poll_url`", json: ImageTask };
const PICTURES: readonly Answer[] = [
	{ status: 200, when: "The pictures, when the job has ended", json: ImagesAnswer },
	{ status: 200, when: "With `stream: true`", events: ImagesEvent },
	{
		status: 202,
		when: "With `?async=true` the task, with `Prefer: respond-async` the job",
		json: z.union([ImageTask, Job]),
	},
];

const NOT_MODIFIED: Answer = { status: 304, when: "With `If-None-Match`" };
const FILE: readonly Answer[] = [
	{ status: 200, when: "The picture", picture: true },
	{ status: 206, when: "With `Range`", picture: true },
	NOT_MODIFIED,
];
const FILE_HEAD: readonly Answer[] = [{ status: 200, when: "The headers" }, NOT_MODIFIED];
const TAKEN: Answer = { status: 200, when: "It is taken, now or before", json: z.object({ ok: z.literal(true) }) };
const Alive = z.object({ status: z.literal("ok") });

export const ROUTES: readonly Route[] = [
	{
		method: "GET",
		path: "/v1/models",
		access: "key",
		summary: "List the models",
		answers: [{ status: 200, when: "The list", json: ModelList }],
		refusals: [],
		handler: listModels,
	},
	{
		method: "GET",
		path: "/v1/models/:id+",
		access: "key",
		summary: "Show one model, by any of its names",
		answers: [{ status: 200, when: "The model", json: Model }],
		refusals: ["model_not_found", "invalid_value", "schema_unavailable"],
		handler: getModel,
	},
	{
		method: "POST",
		path: "/v1/images/generations",
		access: "key",
		summary: "Make pictures",
		query: AsyncQuery,
		headers: CreateHeaders,
		body: ImagesBody,
		form: true,
		answers: PICTURES,
		refusals: BAD_PICTURES,
		awaitsJob: true,
		handler: createImages,
	},
	{
		method: "POST",
		path: "/v1/images/generations/async",
		access: "key",
		summary: "Make pictures without waiting for them",
		headers: CreateHeaders,
		body: ImagesBody,
		form: true,
		answers: [TASK],
		refusals: BAD_PICTURES,
		handler: createImagesTask,
	},
	{
		method: "POST",
		path: "/v1/images/edits",
		access: "key",
		summary: "Edit pictures",
		query: AsyncQuery,
		headers: CreateHeaders,
		body: EditsBody,
		form: true,
		answers: PICTURES,
		refusals: BAD_PICTURES,
		awaitsJob: true,
		handler: editImages,
	},
	{
		method: "POST",
		path: "/v1/images/edits/async",
		access: "key",
		summary: "Edit pictures without waiting for them",
		headers: CreateHeaders,
		body: EditsBody,
		form: true,
		answers: [TASK],
		refusals: BAD_PICTURES,
		handler: editImagesTask,
	},
	{
		method: "POST",
		path: "/v1/images/tasks",
		access: "key",
		summary: "Make pictures without waiting for them, under another path",
		headers: CreateHeaders,
		body: ImagesBody,
		form: true,
		answers: [TASK],
		refusals: BAD_PICTURES,
		handler: createImagesTask,
	},
	{
		method: "GET",
		path: "/v1/images/tasks/:id",
		access: "key",
		summary: "Show a task as it stands, with its pictures at the end",
		answers: [{ status: 200, when: "The task", json: ImageTask }],
		refusals: ["not_found"],
		handler: getImagesTask,
		head: headImagesTask,
	},
	{
		method: "POST",
		path: "/v1/chat/completions",
		access: "key",
		summary: "Make pictures in a chat",
		headers: CreateHeaders,
		body: ChatBody,
		answers: [
			{ status: 200, when: "The completion, when the job has ended", json: ChatCompletion },
			{ status: 200, when: "With `stream: true`", events: ChatChunk },
			ACCEPTED,
		],
		refusals: BAD_CREATE,
		awaitsJob: true,
		handler: createChat,
	},
	{
		method: "GET",
		path: "/v1/chat/completions/:id",
		access: "key",
		summary: "Get a chat completion again, whole or as a stream",
		query: ResumeQuery,
		answers: [
			{ status: 200, when: "The completion, when the job has ended", json: ChatCompletion },
			{ status: 200, when: "With `?stream=true`", events: ChatChunk },
		],
		refusals: ["invalid_value", "not_found"],
		awaitsJob: true,
		handler: getChat,
		head: headChat,
	},
	{
		method: "POST",
		path: "/v1/responses",
		access: "key",
		summary: "Make pictures as a Response",
		headers: CreateHeaders,
		body: ResponsesBody,
		answers: [
			{
				status: 200,
				when: "The Response, when the job has ended; at once with `background: true`",
				json: ResponseAnswer,
			},
			{ status: 200, when: "With `stream: true`", events: ResponseEvent },
			ACCEPTED,
		],
		refusals: [...BAD_CREATE, "previous_response_not_found"],
		awaitsJob: true,
		handler: createResponse,
	},
	{
		method: "GET",
		path: "/v1/responses/:id",
		access: "key",
		summary: "Get a Response as it stands, or its stream again",
		query: ResumeQuery,
		answers: [
			{ status: 200, when: "The Response as it stands", json: ResponseAnswer },
			{ status: 200, when: "With `?stream=true`", events: ResponseEvent },
		],
		refusals: ["invalid_value", "not_found"],
		handler: getResponse,
		head: headResponse,
	},
	{
		method: "GET",
		path: "/v1/responses/:id/input_items",
		access: "key",
		summary: "List what a Response was asked with",
		query: InputItemsQuery,
		answers: [{ status: 200, when: "The user's message", json: InputItemList }],
		refusals: ["invalid_value", "not_found"],
		handler: listInputItems,
	},
	{
		method: "POST",
		path: "/v1/responses/:id/cancel",
		access: "key",
		summary: "Cancel a Response",
		answers: [{ status: 200, when: "The Response after the cancellation", json: ResponseAnswer }],
		refusals: ["not_found"],
		handler: cancelResponse,
	},
	{
		method: "DELETE",
		path: "/v1/responses/:id",
		access: "key",
		summary: "Delete a Response with its pictures",
		answers: [{ status: 200, when: "It is gone", json: DeletedResponse }],
		refusals: ["not_found"],
		handler: deleteResponse,
	},
	{
		method: "GET",
		path: "/v1/jobs",
		access: "key",
		summary: "List the jobs, the newest first",
		query: ListQuery,
		answers: [{ status: 200, when: "A page", json: JobList }],
		refusals: ["invalid_value"],
		handler: listJobs,
	},
	{
		method: "GET",
		path: "/v1/jobs/:id",
		access: "key",
		summary: "Show a job as it stands",
		answers: [{ status: 200, when: "The job", json: Job }],
		refusals: ["not_found"],
		handler: getJob,
	},
	{
		method: "GET",
		path: "/v1/jobs/:id/events",
		access: "key",
		summary: "Follow a job's events",
		query: EventsQuery,
		answers: [
			{ status: 200, when: "The events", events: JobEventData },
			{ status: 204, when: "All events have been seen" },
		],
		refusals: ["invalid_value", "not_found"],
		handler: streamJobEvents,
		head: headJobEvents,
	},
	{
		method: "POST",
		path: "/v1/jobs/:id/cancel",
		access: "key",
		summary: "Cancel a job",
		answers: [{ status: 200, when: "The job after the cancellation", json: Job }],
		refusals: ["not_found"],
		handler: cancelJob,
	},
	{
		method: "DELETE",
		path: "/v1/jobs/:id",
		access: "key",
		summary: "Delete a job with its pictures",
		answers: [{ status: 200, when: "It is gone", json: DeletedJob }],
		refusals: ["not_found"],
		handler: deleteJob,
	},
	{
		method: "GET",
		path: "/v1/key",
		access: "key",
		summary: "Say what the access key is, and the secret of its account's webhooks",
		answers: [{ status: 200, when: "The key", json: Key }],
		refusals: [],
		handler: getKey,
	},
	{
		method: "GET",
		path: "/images/:job/:file",
		access: "open",
		summary: "Get a picture by its signed link",
		query: LinkQuery,
		answers: FILE,
		refusals: [...BAD_LINK, "range_not_satisfiable"],
		handler: getPicture,
	},
	{
		method: "HEAD",
		path: "/images/:job/:file",
		access: "open",
		summary: "Get what a picture's answer says, without its bytes",
		query: LinkQuery,
		answers: FILE_HEAD,
		refusals: BAD_LINK,
		handler: getPicture,
	},
	{
		method: "GET",
		path: "/inputs/:job/:file",
		access: "open",
		summary: "Get a picture that a job is drawn from, as fal does",
		query: LinkQuery,
		answers: FILE,
		refusals: [...BAD_LINK, "range_not_satisfiable"],
		handler: getInput,
	},
	{
		method: "HEAD",
		path: "/inputs/:job/:file",
		access: "open",
		summary: "Get what the answer of such a picture says, without its bytes",
		query: LinkQuery,
		answers: FILE_HEAD,
		refusals: BAD_LINK,
		handler: getInput,
	},
	{
		method: "POST",
		path: "/webhooks/fal/:job/:mac",
		access: "open",
		summary: "Take a webhook of fal's",
		answers: [TAKEN],
		refusals: BAD_WEBHOOK,
		handler: takeFalWebhook,
	},
	{
		method: "POST",
		path: "/webhooks/fal/:job/:slot/:mac",
		access: "open",
		summary: "Take a webhook of fal's, for a further request of a job",
		answers: [TAKEN],
		refusals: BAD_WEBHOOK,
		handler: takeFalWebhook,
	},
	{
		method: "GET",
		path: "/integrations/gpt-image-playground.json",
		access: "open",
		summary: "Get the settings that gpt_image_playground imports",
		answers: [{ status: 200, when: "The settings, without a key", json: PlaygroundManifest }],
		refusals: [],
		handler: getPlaygroundManifest,
	},
	{
		method: "GET",
		path: "/healthz",
		access: "open",
		summary: "Say that the Worker is alive",
		answers: [{ status: 200, when: "It is alive", json: Alive }],
		refusals: [],
		handler: () => Response.json({ status: "ok" }),
	},
];
