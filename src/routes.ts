/** The whole HTTP surface: every route that there is, a row each. For what it takes and answers see reference/described-routes.ts. */

import { createChat, getChat, headChat } from "./api/chat/routes.ts";
import {
	createImages,
	createImagesTask,
	editImages,
	editImagesTask,
	getImagesTask,
	headImagesTask,
} from "./api/images/routes.ts";
import { getPlaygroundManifest } from "./api/integrations/routes.ts";
import { cancelJob, deleteJob, getJob, headJobEvents, listJobs, streamJobEvents } from "./api/jobs/routes.ts";
import { getKey } from "./api/keys/routes.ts";
import { getModel, listModels } from "./api/models/routes.ts";
import { getInput, getPicture } from "./api/pictures/routes.ts";
import {
	cancelResponse,
	createResponse,
	deleteResponse,
	getResponse,
	headResponse,
	listInputItems,
} from "./api/responses/routes.ts";
import { takeFalWebhook } from "./api/webhooks/routes.ts";
import type { Route } from "./route.ts";

const TABLE = [
	{ method: "GET", path: "/v1/models", access: "key", handler: listModels },
	{ method: "GET", path: "/v1/models/:id+", access: "key", handler: getModel },
	{ method: "POST", path: "/v1/images/generations", access: "key", handler: createImages },
	{ method: "POST", path: "/v1/images/generations/async", access: "key", handler: createImagesTask },
	{ method: "POST", path: "/v1/images/edits", access: "key", handler: editImages },
	{ method: "POST", path: "/v1/images/edits/async", access: "key", handler: editImagesTask },
	{ method: "POST", path: "/v1/images/tasks", access: "key", handler: createImagesTask },
	{ method: "GET", path: "/v1/images/tasks/:id", access: "key", handler: getImagesTask, head: headImagesTask },
	{ method: "POST", path: "/v1/chat/completions", access: "key", handler: createChat },
	{ method: "GET", path: "/v1/chat/completions/:id", access: "key", handler: getChat, head: headChat },
	{ method: "POST", path: "/v1/responses", access: "key", handler: createResponse },
	{ method: "GET", path: "/v1/responses/:id", access: "key", handler: getResponse, head: headResponse },
	{ method: "GET", path: "/v1/responses/:id/input_items", access: "key", handler: listInputItems },
	{ method: "POST", path: "/v1/responses/:id/cancel", access: "key", handler: cancelResponse },
	{ method: "DELETE", path: "/v1/responses/:id", access: "key", handler: deleteResponse },
	{ method: "GET", path: "/v1/jobs", access: "key", handler: listJobs },
	{ method: "GET", path: "/v1/jobs/:id", access: "key", handler: getJob },
	{ method: "GET", path: "/v1/jobs/:id/events", access: "key", handler: streamJobEvents, head: headJobEvents },
	{ method: "POST", path: "/v1/jobs/:id/cancel", access: "key", handler: cancelJob },
	{ method: "DELETE", path: "/v1/jobs/:id", access: "key", handler: deleteJob },
	{ method: "GET", path: "/v1/key", access: "key", handler: getKey },
	{ method: "GET", path: "/images/:job/:file", access: "open", handler: getPicture },
	{ method: "HEAD", path: "/images/:job/:file", access: "open", handler: getPicture },
	{ method: "GET", path: "/inputs/:job/:file", access: "open", handler: getInput },
	{ method: "HEAD", path: "/inputs/:job/:file", access: "open", handler: getInput },
	{ method: "POST", path: "/webhooks/fal/:job/:mac", access: "open", handler: takeFalWebhook },
	{ method: "POST", path: "/webhooks/fal/:job/:slot/:mac", access: "open", handler: takeFalWebhook },
	{ method: "GET", path: "/integrations/gpt-image-playground.json", access: "open", handler: getPlaygroundManifest },
	{ method: "GET", path: "/healthz", access: "open", handler: () => Response.json({ status: "ok" }) },
] as const satisfies readonly Route[];

export const ROUTES: readonly Route[] = TABLE;

/** A route's method and path, as in `GET /v1/models`. */
export type RouteName = NameOf<(typeof TABLE)[number]>;

/** Of each route alone: the methods and paths of a union would be combined at will. */
type NameOf<T extends Route> = T extends Route ? `${T["method"]} ${T["path"]}` : never;
