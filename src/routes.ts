/** The whole HTTP surface: every route that there is, a row each. For what it takes and answers see reference/described-routes.ts. */

import { eraseAccount, listAccounts } from "./api/accounts/routes.ts";
import { createChat, getChat, headChat } from "./api/chat/routes.ts";
import { showBalance } from "./api/fal/routes.ts";
import { getHealth } from "./api/health/routes.ts";
import {
	createImages,
	createImagesTask,
	editImages,
	editImagesTask,
	getImagesTask,
	headImagesTask,
} from "./api/images/routes.ts";
import { getPlaygroundManifest } from "./api/integrations/routes.ts";
import { listJobs } from "./api/jobs/list.ts";
import { cancelJob, deleteJob, getJob, headJobEvents, streamJobEvents } from "./api/jobs/routes.ts";
import { getThumbnail, putThumbnail } from "./api/jobs/thumbnails.ts";
import { changeKey, deleteKey, getKey, issueKey, listKeys, rotateKey, showKey } from "./api/keys/routes.ts";
import { getMetrics } from "./api/metrics/routes.ts";
import { getModel, listModels } from "./api/models/routes.ts";
import { getInput, getPicture } from "./api/pictures/routes.ts";
import { quote } from "./api/quote/routes.ts";
import {
	cancelResponse,
	createResponse,
	deleteResponse,
	getResponse,
	headResponse,
	listInputItems,
} from "./api/responses/routes.ts";
import { getBillingUsage, getSubscription } from "./api/usage/billing.ts";
import { getUsageCsv, headUsageCsv } from "./api/usage/csv.ts";
import { reportModels } from "./api/usage/models.ts";
import { reportCosts, reportImages } from "./api/usage/routes.ts";
import { getVersion } from "./api/version/routes.ts";
import { takeFalWebhook } from "./api/webhooks/routes.ts";
import type { Route } from "./route.ts";

const TABLE = [
	{ method: "GET", path: "/v1/models", access: "key", scope: "read", handler: listModels },
	{ method: "GET", path: "/v1/models/:id+", access: "key", scope: "read", handler: getModel },
	{ method: "POST", path: "/v1/images/generations", access: "key", scope: "make", admits: true, handler: createImages },
	{
		method: "POST",
		path: "/v1/images/generations/async",
		access: "key",
		scope: "make",
		admits: true,
		handler: createImagesTask,
	},
	{ method: "POST", path: "/v1/images/edits", access: "key", scope: "make", admits: true, handler: editImages },
	{
		method: "POST",
		path: "/v1/images/edits/async",
		access: "key",
		scope: "make",
		admits: true,
		handler: editImagesTask,
	},
	{ method: "POST", path: "/v1/images/tasks", access: "key", scope: "make", admits: true, handler: createImagesTask },
	{
		method: "GET",
		path: "/v1/images/tasks/:id",
		access: "key",
		scope: "read",
		handler: getImagesTask,
		head: headImagesTask,
	},
	{ method: "POST", path: "/v1/chat/completions", access: "key", scope: "make", admits: true, handler: createChat },
	{ method: "GET", path: "/v1/chat/completions/:id", access: "key", scope: "read", handler: getChat, head: headChat },
	{ method: "POST", path: "/v1/responses", access: "key", scope: "make", admits: true, handler: createResponse },
	{ method: "GET", path: "/v1/responses/:id", access: "key", scope: "read", handler: getResponse, head: headResponse },
	{ method: "GET", path: "/v1/responses/:id/input_items", access: "key", scope: "read", handler: listInputItems },
	{ method: "POST", path: "/v1/responses/:id/cancel", access: "key", scope: "make", handler: cancelResponse },
	{ method: "DELETE", path: "/v1/responses/:id", access: "key", scope: "make", handler: deleteResponse },
	{ method: "POST", path: "/v1/quote", access: "key", scope: "read", handler: quote },
	{ method: "GET", path: "/v1/jobs", access: "key", scope: "read", handler: listJobs },
	{ method: "GET", path: "/v1/jobs/:id", access: "key", scope: "read", handler: getJob },
	{
		method: "GET",
		path: "/v1/jobs/:id/events",
		access: "key",
		scope: "read",
		handler: streamJobEvents,
		head: headJobEvents,
	},
	{
		method: "PUT",
		path: "/v1/jobs/:id/images/:index/thumbnail",
		access: "key",
		scope: "make",
		handler: putThumbnail,
	},
	{
		method: "GET",
		path: "/v1/jobs/:id/images/:index/thumbnail",
		access: "key",
		scope: "read",
		handler: getThumbnail,
	},
	{ method: "POST", path: "/v1/jobs/:id/cancel", access: "key", scope: "make", handler: cancelJob },
	{ method: "DELETE", path: "/v1/jobs/:id", access: "key", scope: "make", handler: deleteJob },
	{ method: "GET", path: "/v1/key", access: "key", scope: "read", handler: getKey },
	{ method: "POST", path: "/v1/keys", access: "key", scope: "admin", handler: issueKey },
	{ method: "GET", path: "/v1/keys", access: "key", scope: "admin", handler: listKeys },
	{ method: "GET", path: "/v1/keys/:id", access: "key", scope: "admin", handler: showKey },
	{ method: "PATCH", path: "/v1/keys/:id", access: "key", scope: "admin", handler: changeKey },
	{ method: "DELETE", path: "/v1/keys/:id", access: "key", scope: "admin", handler: deleteKey },
	{ method: "POST", path: "/v1/keys/:id/rotate", access: "key", scope: "admin", handler: rotateKey },
	{ method: "GET", path: "/v1/accounts", access: "key", scope: "admin", handler: listAccounts },
	{ method: "DELETE", path: "/v1/accounts/:name", access: "key", scope: "admin", handler: eraseAccount },
	{ method: "GET", path: "/v1/fal/balance", access: "key", scope: "admin", handler: showBalance },
	{ method: "GET", path: "/v1/organization/usage/images", access: "key", scope: "read", handler: reportImages },
	{ method: "GET", path: "/v1/organization/costs", access: "key", scope: "read", handler: reportCosts },
	{ method: "GET", path: "/v1/dashboard/billing/subscription", access: "key", scope: "read", handler: getSubscription },
	{ method: "GET", path: "/v1/dashboard/billing/usage", access: "key", scope: "read", handler: getBillingUsage },
	{ method: "GET", path: "/v1/usage/models", access: "key", scope: "read", handler: reportModels },
	{ method: "GET", path: "/v1/usage.csv", access: "key", scope: "read", handler: getUsageCsv, head: headUsageCsv },
	{ method: "GET", path: "/images/:job/:file", access: "open", handler: getPicture },
	{ method: "HEAD", path: "/images/:job/:file", access: "open", handler: getPicture },
	{ method: "GET", path: "/inputs/:job/:file", access: "open", handler: getInput },
	{ method: "HEAD", path: "/inputs/:job/:file", access: "open", handler: getInput },
	{ method: "POST", path: "/webhooks/fal/:job/:mac", access: "open", handler: takeFalWebhook },
	{ method: "POST", path: "/webhooks/fal/:job/:slot/:mac", access: "open", handler: takeFalWebhook },
	{ method: "GET", path: "/integrations/gpt-image-playground.json", access: "open", handler: getPlaygroundManifest },
	{ method: "GET", path: "/metrics", access: "key", scope: "admin", handler: getMetrics },
	{ method: "GET", path: "/version", access: "open", handler: getVersion },
	{ method: "GET", path: "/healthz", access: "open", handler: getHealth },
] as const satisfies readonly Route[];

export const ROUTES: readonly Route[] = TABLE;

/** A route's method and path, as in `GET /v1/models`. */
export type RouteName = NameOf<(typeof TABLE)[number]>;

/** Of each route alone: the methods and paths of a union would be combined at will. */
type NameOf<T extends Route> = T extends Route ? `${T["method"]} ${T["path"]}` : never;
