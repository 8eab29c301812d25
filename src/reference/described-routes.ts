/**
 * Describes every route of the table: what it takes, how it answers and why it refuses. The reference is built from it, and the tests hold
 * the answers to it. The Worker does without, so it is no part of the bundle.
 */

import * as z from "zod/mini";
import { AccountsQuery, EraseQuery } from "../api/accounts/routes.ts";
import { AccountList, ErasedAccount } from "../api/accounts/schema.ts";
import { ChatChunk, ChatCompletion } from "../api/chat/schema.ts";
import { FalBalance } from "../api/fal/schema.ts";
import { Health, HealthQuery } from "../api/health/schema.ts";
import { AsyncQuery } from "../api/images/routes.ts";
import { ImagesAnswer, ImagesEvent, ImageTask } from "../api/images/schema.ts";
import { PlaygroundManifest } from "../api/integrations/schema.ts";
import { ListQuery } from "../api/jobs/list.ts";
import { EventsQuery } from "../api/jobs/routes.ts";
import { DeletedJob, Job, JobEventData, JobList, Thumbnail } from "../api/jobs/schema.ts";
import { KeysQuery } from "../api/keys/routes.ts";
import { AccessKey, AccessKeyList, DeletedKey, Key, NewAccessKey, ShownAccessKey } from "../api/keys/schema.ts";
import { Model, ModelList } from "../api/models/schema.ts";
import { Quote } from "../api/quote/schema.ts";
import { AccountQuery } from "../api/request/for-account.ts";
import { ResumeQuery } from "../api/request/resume.ts";
import { InputItemsQuery } from "../api/responses/routes.ts";
import { DeletedResponse, InputItemList, ResponseAnswer, ResponseEvent } from "../api/responses/schema.ts";
import { BillingQuery } from "../api/usage/billing.ts";
import { CsvQuery } from "../api/usage/csv.ts";
import { ModelsUsageQuery } from "../api/usage/models.ts";
import { CostsQuery, ImagesQuery } from "../api/usage/query.ts";
import { BillingUsage, Costs, ImagesUsage, ModelsUsage, Subscription } from "../api/usage/schema.ts";
import { Version } from "../api/version/schema.ts";
import type { Route } from "../route.ts";
import { ROUTES, type RouteName } from "../routes.ts";
import type { Answer, DescribedRoute, Description } from "./description.ts";
import {
	ChangeRequest,
	ChatRequest,
	CreateHeaders,
	EditsRequest,
	ImagesRequest,
	IssueRequest,
	LinkQuery,
	ResponsesRequest,
	RotateRequest,
} from "./requests.ts";

const BAD_BODY = [
	"invalid_json",
	"invalid_value",
	"body_undecodable",
	"body_too_large",
	"body_too_complex",
	"encoding_unsupported",
] as const;
const BAD_CREATE = [
	...BAD_BODY,
	"model_not_found",
	"schema_unavailable",
	"idempotency_conflict",
	"model_not_allowed",
	"limit_reached",
	"budget_spent",
] as const;
/** A body with pictures may be a form, too. */
const BAD_PICTURES = [...BAD_CREATE, "invalid_form"] as const;
const BAD_LINK = ["forbidden_link", "not_found"] as const;
const BAD_WEBHOOK = ["forged_webhook", "invalid_json", "body_too_large", "not_found", "result_unavailable"] as const;

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

const DESCRIPTIONS: Readonly<Record<RouteName, Description>> = {
	"GET /v1/models": {
		summary: "List the models",
		answers: [{ status: 200, when: "The list", json: ModelList }],
		refusals: [],
	},
	"GET /v1/models/:id+": {
		summary: "Show one model, by any of its names",
		answers: [{ status: 200, when: "The model", json: Model }],
		refusals: ["model_not_found", "invalid_value", "schema_unavailable"],
	},
	"POST /v1/images/generations": {
		summary: "Make pictures",
		query: AsyncQuery,
		headers: CreateHeaders,
		body: ImagesRequest,
		form: true,
		answers: PICTURES,
		refusals: BAD_PICTURES,
		awaitsJob: true,
	},
	"POST /v1/images/generations/async": {
		summary: "Make pictures without waiting for them",
		headers: CreateHeaders,
		body: ImagesRequest,
		form: true,
		answers: [TASK],
		refusals: BAD_PICTURES,
	},
	"POST /v1/images/edits": {
		summary: "Edit pictures",
		query: AsyncQuery,
		headers: CreateHeaders,
		body: EditsRequest,
		form: true,
		answers: PICTURES,
		refusals: BAD_PICTURES,
		awaitsJob: true,
	},
	"POST /v1/images/edits/async": {
		summary: "Edit pictures without waiting for them",
		headers: CreateHeaders,
		body: EditsRequest,
		form: true,
		answers: [TASK],
		refusals: BAD_PICTURES,
	},
	"POST /v1/images/tasks": {
		summary: "Make pictures without waiting for them, under another path",
		headers: CreateHeaders,
		body: ImagesRequest,
		form: true,
		answers: [TASK],
		refusals: BAD_PICTURES,
	},
	"GET /v1/images/tasks/:id": {
		summary: "Show a task as it stands, with its pictures at the end",
		answers: [{ status: 200, when: "The task", json: ImageTask }],
		refusals: ["not_found"],
	},
	"POST /v1/chat/completions": {
		summary: "Make pictures in a chat",
		headers: CreateHeaders,
		body: ChatRequest,
		answers: [
			{ status: 200, when: "The completion, when the job has ended", json: ChatCompletion },
			{ status: 200, when: "With `stream: true`", events: ChatChunk },
			ACCEPTED,
		],
		refusals: BAD_CREATE,
		awaitsJob: true,
	},
	"GET /v1/chat/completions/:id": {
		summary: "Get a chat completion again, whole or as a stream",
		query: ResumeQuery,
		answers: [
			{ status: 200, when: "The completion, when the job has ended", json: ChatCompletion },
			{ status: 200, when: "With `?stream=true`", events: ChatChunk },
		],
		refusals: ["invalid_value", "not_found"],
		awaitsJob: true,
	},
	"POST /v1/responses": {
		summary: "Make pictures as a Response",
		headers: CreateHeaders,
		body: ResponsesRequest,
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
	},
	"GET /v1/responses/:id": {
		summary: "Get a Response as it stands, or its stream again",
		query: ResumeQuery,
		answers: [
			{ status: 200, when: "The Response as it stands", json: ResponseAnswer },
			{ status: 200, when: "With `?stream=true`", events: ResponseEvent },
		],
		refusals: ["invalid_value", "not_found"],
	},
	"GET /v1/responses/:id/input_items": {
		summary: "List what a Response was asked with",
		query: InputItemsQuery,
		answers: [{ status: 200, when: "The user's message", json: InputItemList }],
		refusals: ["invalid_value", "not_found"],
	},
	"POST /v1/responses/:id/cancel": {
		summary: "Cancel a Response",
		answers: [{ status: 200, when: "The Response after the cancellation", json: ResponseAnswer }],
		refusals: ["not_found"],
	},
	"DELETE /v1/responses/:id": {
		summary: "Delete a Response with its pictures",
		answers: [{ status: 200, when: "It is gone", json: DeletedResponse }],
		refusals: ["not_found"],
	},
	"POST /v1/quote": {
		summary: "Say what a request would cost at most and send to fal, and make nothing",
		body: z.union([ImagesRequest, EditsRequest, ChatRequest, ResponsesRequest]),
		answers: [{ status: 200, when: "The price and what would be sent", json: Quote }],
		refusals: [
			...BAD_BODY,
			"model_not_found",
			"schema_unavailable",
			"previous_response_not_found",
			"model_not_allowed",
		],
	},
	"GET /v1/jobs": {
		summary: "List the jobs, the newest first",
		query: ListQuery,
		answers: [{ status: 200, when: "A page", json: JobList }],
		refusals: ["invalid_value", "scope_missing"],
	},
	"GET /v1/jobs/:id": {
		summary: "Show a job as it stands",
		query: AccountQuery,
		answers: [{ status: 200, when: "The job", json: Job }],
		refusals: ["invalid_value", "scope_missing", "not_found"],
	},
	"GET /v1/jobs/:id/events": {
		summary: "Follow a job's events",
		query: EventsQuery,
		answers: [
			{ status: 200, when: "The events", events: JobEventData },
			{ status: 204, when: "All events have been seen" },
		],
		refusals: ["invalid_value", "not_found"],
	},
	"PUT /v1/jobs/:id/images/:index/thumbnail": {
		summary: "Bring the thumbnail of a picture, once",
		query: AccountQuery,
		picture: true,
		answers: [
			{ status: 201, when: "It is kept", json: Thumbnail },
			{ status: 200, when: "The picture had one before: that stays", json: Thumbnail },
		],
		refusals: ["invalid_value", "scope_missing", "not_found", "body_too_large"],
	},
	"GET /v1/jobs/:id/images/:index/thumbnail": {
		summary: "Get the thumbnail of a picture",
		query: AccountQuery,
		answers: FILE,
		refusals: ["invalid_value", "scope_missing", "not_found", "range_not_satisfiable"],
	},
	"POST /v1/jobs/:id/cancel": {
		summary: "Cancel a job",
		query: AccountQuery,
		answers: [{ status: 200, when: "The job after the cancellation", json: Job }],
		refusals: ["invalid_value", "scope_missing", "not_found"],
	},
	"DELETE /v1/jobs/:id": {
		summary: "Delete a job with its pictures",
		query: AccountQuery,
		answers: [{ status: 200, when: "It is gone", json: DeletedJob }],
		refusals: ["invalid_value", "scope_missing", "not_found"],
	},
	"GET /v1/key": {
		summary: "Say what the access key is, and the secret of its account's webhooks",
		answers: [{ status: 200, when: "The key", json: Key }],
		refusals: [],
	},
	"POST /v1/keys": {
		summary: "Issue a key",
		body: IssueRequest,
		answers: [{ status: 200, when: "The key, shown this once", json: NewAccessKey }],
		refusals: [...BAD_BODY, "scope_missing", "model_not_found"],
	},
	"GET /v1/keys": {
		summary: "List the keys of an account, the newest first",
		query: KeysQuery,
		answers: [{ status: 200, when: "A page", json: AccessKeyList }],
		refusals: ["invalid_value", "scope_missing", "not_found"],
	},
	"GET /v1/keys/:id": {
		summary: "Show an issued key, without the key itself",
		answers: [{ status: 200, when: "The key", json: ShownAccessKey }],
		refusals: ["scope_missing", "not_found"],
	},
	"PATCH /v1/keys/:id": {
		summary: "Change an issued key, block it or let it go on",
		body: ChangeRequest,
		answers: [{ status: 200, when: "The key after the change", json: AccessKey }],
		refusals: [...BAD_BODY, "scope_missing", "not_found", "model_not_found"],
	},
	"DELETE /v1/keys/:id": {
		summary: "Revoke a key",
		answers: [{ status: 200, when: "It is refused from now on", json: DeletedKey }],
		refusals: ["scope_missing", "not_found"],
	},
	"POST /v1/keys/:id/rotate": {
		summary: "Give an issued key a new secret",
		body: RotateRequest,
		answers: [{ status: 200, when: "The new key, shown this once", json: NewAccessKey }],
		refusals: [...BAD_BODY, "scope_missing", "not_found"],
	},
	"GET /v1/accounts": {
		summary: "List the accounts",
		query: AccountsQuery,
		answers: [{ status: 200, when: "A page", json: AccountList }],
		refusals: ["invalid_value", "scope_missing"],
	},
	"DELETE /v1/accounts/:name": {
		summary: "Erase an account: its keys, its jobs with their pictures, and its usage",
		query: EraseQuery,
		answers: [
			{ status: 200, when: "All of it is gone", json: ErasedAccount },
			{
				status: 202,
				when: "Jobs are left. It goes on by itself, and a further request says how far it is",
				json: ErasedAccount,
			},
		],
		refusals: ["invalid_value", "scope_missing", "not_found"],
	},
	"GET /v1/fal/balance": {
		summary: "Show what is left at fal",
		answers: [{ status: 200, when: "The balances", json: FalBalance }],
		refusals: ["scope_missing", "no_admin_key"],
	},
	"GET /v1/organization/usage/images": {
		summary: "Report pictures and jobs, in OpenAI's shape",
		query: ImagesQuery,
		answers: [{ status: 200, when: "A page of buckets", json: ImagesUsage }],
		refusals: ["invalid_value", "scope_missing"],
	},
	"GET /v1/organization/costs": {
		summary: "Report what was spent, in OpenAI's shape",
		query: CostsQuery,
		answers: [{ status: 200, when: "A page of buckets", json: Costs }],
		refusals: ["invalid_value", "scope_missing"],
	},
	"GET /v1/dashboard/billing/subscription": {
		summary: "Say what the key may spend, for chat clients that show a balance",
		answers: [{ status: 200, when: "The budget", json: Subscription }],
		refusals: [],
	},
	"GET /v1/dashboard/billing/usage": {
		summary: "Say what was spent from one day up to another, for chat clients that show a balance",
		query: BillingQuery,
		answers: [{ status: 200, when: "The sum", json: BillingUsage }],
		refusals: ["invalid_value"],
	},
	"GET /v1/usage/models": {
		summary: "Compare the models by what they did in the last days",
		query: ModelsUsageQuery,
		answers: [{ status: 200, when: "A row for each model", json: ModelsUsage }],
		refusals: ["invalid_value", "scope_missing"],
	},
	"GET /v1/usage.csv": {
		summary: "List the ended jobs of a month as CSV",
		query: CsvQuery,
		answers: [{ status: 200, when: "A line for each job", csv: true }],
		refusals: ["invalid_value", "scope_missing"],
	},
	"GET /images/:job/:file": {
		summary: "Get a picture by its signed link",
		query: LinkQuery,
		answers: FILE,
		refusals: [...BAD_LINK, "range_not_satisfiable"],
	},
	"HEAD /images/:job/:file": {
		summary: "Get what a picture's answer says, without its bytes",
		query: LinkQuery,
		answers: FILE_HEAD,
		refusals: BAD_LINK,
	},
	"GET /inputs/:job/:file": {
		summary: "Get a picture that a job is drawn from, as fal does",
		query: LinkQuery,
		answers: FILE,
		refusals: [...BAD_LINK, "range_not_satisfiable"],
	},
	"HEAD /inputs/:job/:file": {
		summary: "Get what the answer of such a picture says, without its bytes",
		query: LinkQuery,
		answers: FILE_HEAD,
		refusals: BAD_LINK,
	},
	"POST /webhooks/fal/:job/:mac": {
		summary: "Take a webhook of fal's",
		answers: [TAKEN],
		refusals: BAD_WEBHOOK,
	},
	"POST /webhooks/fal/:job/:slot/:mac": {
		summary: "Take a webhook of fal's, for a further request of a job",
		answers: [TAKEN],
		refusals: BAD_WEBHOOK,
	},
	"GET /integrations/gpt-image-playground.json": {
		summary: "Get the settings that gpt_image_playground imports",
		answers: [{ status: 200, when: "The settings, without a key", json: PlaygroundManifest }],
		refusals: [],
	},
	"GET /metrics": {
		summary: "Count what happened, for Prometheus",
		answers: [{ status: 200, when: "The metrics", metrics: true }],
		refusals: ["scope_missing"],
	},
	"GET /version": {
		summary: "Say which code runs",
		answers: [{ status: 200, when: "The version", json: Version }],
		refusals: [],
	},
	"GET /healthz": {
		summary: "Say that the Worker is alive, and to the owner if all works that a job needs",
		query: HealthQuery,
		answers: [
			{ status: 200, when: "It is alive. With `?deep=1` and the owner's key: every check succeeded", json: Health },
			{ status: 503, when: "With `?deep=1`: a check failed", json: Health },
		],
		refusals: ["unauthorized", "scope_missing"],
	},
};

/** The table of routes, each with its description. */
export const DESCRIBED_ROUTES: readonly DescribedRoute[] = ROUTES.map(describe);

function describe(route: Route): DescribedRoute {
	const found: Readonly<Record<string, Description>> = DESCRIPTIONS;
	const description = found[`${route.method} ${route.path}`];
	if (description === undefined) throw new Error(`no description of ${route.method} ${route.path}`);
	return { ...route, ...description };
}
