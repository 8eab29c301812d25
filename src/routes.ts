/** The whole HTTP surface: every route that there is, one entry each. */

import type * as z from "zod/mini";
import { ChatBody } from "./api/chat/body.ts";
import { createChat, getChat } from "./api/chat/routes.ts";
import { ImagesBody } from "./api/images/body.ts";
import { createImages } from "./api/images/routes.ts";
import { cancelJob, deleteJob, EventsQuery, getJob, ListQuery, listJobs, streamJobEvents } from "./api/jobs/routes.ts";
import { getModel, listModels } from "./api/models/routes.ts";
import { getPicture } from "./api/pictures/routes.ts";
import { ResumeQuery } from "./api/request/resume.ts";
import { ResponsesBody } from "./api/responses/body.ts";
import { cancelResponse, createResponse, deleteResponse, getResponse } from "./api/responses/routes.ts";
import { takeFalWebhook } from "./api/webhooks/routes.ts";
import type { Context, OpenContext } from "./context.ts";

export type Route = Described & (KeyRoute | OpenRoute);

interface Described {
	readonly method: "GET" | "HEAD" | "POST" | "DELETE";
	/** As itty-router reads it: `:id` is one segment, `:id+` one or more. */
	readonly path: string;
	/** One line for people. */
	readonly summary: string;
	readonly query?: z.ZodMiniObject;
	readonly body?: z.ZodMiniType;
}

/** Wants an access key. */
interface KeyRoute {
	readonly access: "key";
	readonly handler: (request: Request, context: Context) => Response | Promise<Response>;
}

/** Checks for itself what it needs. */
interface OpenRoute {
	readonly access: "open";
	readonly handler: (request: Request, context: OpenContext) => Response | Promise<Response>;
}

export const ROUTES: readonly Route[] = [
	{
		method: "GET",
		path: "/v1/models",
		access: "key",
		handler: listModels,
		summary: "List the models",
	},
	{
		method: "GET",
		path: "/v1/models/:id+",
		access: "key",
		handler: getModel,
		summary: "Show one model, by any of its names",
	},
	{
		method: "POST",
		path: "/v1/images/generations",
		access: "key",
		body: ImagesBody,
		handler: createImages,
		summary: "Make pictures",
	},
	{
		method: "POST",
		path: "/v1/chat/completions",
		access: "key",
		body: ChatBody,
		handler: createChat,
		summary: "Make pictures in a chat",
	},
	{
		method: "GET",
		path: "/v1/chat/completions/:id",
		access: "key",
		query: ResumeQuery,
		handler: getChat,
		summary: "Get a chat completion again, whole or as a stream",
	},
	{
		method: "POST",
		path: "/v1/responses",
		access: "key",
		body: ResponsesBody,
		handler: createResponse,
		summary: "Make pictures as a Response",
	},
	{
		method: "GET",
		path: "/v1/responses/:id",
		access: "key",
		query: ResumeQuery,
		handler: getResponse,
		summary: "Get a Response as it stands, or its stream again",
	},
	{
		method: "POST",
		path: "/v1/responses/:id/cancel",
		access: "key",
		handler: cancelResponse,
		summary: "Cancel a Response",
	},
	{
		method: "DELETE",
		path: "/v1/responses/:id",
		access: "key",
		handler: deleteResponse,
		summary: "Delete a Response with its pictures",
	},
	{
		method: "GET",
		path: "/v1/jobs",
		access: "key",
		query: ListQuery,
		handler: listJobs,
		summary: "List the jobs, the newest first",
	},
	{
		method: "GET",
		path: "/v1/jobs/:id",
		access: "key",
		handler: getJob,
		summary: "Show a job as it stands",
	},
	{
		method: "GET",
		path: "/v1/jobs/:id/events",
		access: "key",
		query: EventsQuery,
		handler: streamJobEvents,
		summary: "Follow a job's events",
	},
	{
		method: "POST",
		path: "/v1/jobs/:id/cancel",
		access: "key",
		handler: cancelJob,
		summary: "Cancel a job",
	},
	{
		method: "DELETE",
		path: "/v1/jobs/:id",
		access: "key",
		handler: deleteJob,
		summary: "Delete a job with its pictures",
	},
	{
		method: "GET",
		path: "/images/:job/:file",
		access: "open",
		handler: getPicture,
		summary: "Get a picture by its signed link",
	},
	{
		method: "HEAD",
		path: "/images/:job/:file",
		access: "open",
		handler: getPicture,
		summary: "Get what a picture's answer says without its bytes",
	},
	{
		method: "POST",
		path: "/webhooks/fal/:job/:mac",
		access: "open",
		handler: takeFalWebhook,
		summary: "Take a webhook of fal's",
	},
	{
		method: "GET",
		path: "/healthz",
		access: "open",
		handler: () => Response.json({ status: "ok" }),
		summary: "Say that the Worker is alive",
	},
];
