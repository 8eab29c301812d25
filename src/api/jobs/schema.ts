/** Describes Darkroom's own answers: jobs and their events. */

import * as z from "zod/mini";
import { PUBLIC_NAMES } from "../../core/public-events.ts";
import { described, ErrorFields, named, Pixels, seconds, secondsOrNull } from "../answer/schema.ts";
import { JOB_STATUSES } from "./render.ts";

const Picture = {
	index: described(z.int(), "The picture's place, from 0, in the order of the model."),
	url: described(z.string(), "A signed link, which lasts as long as the picture."),
	content_type: described(z.string(), "The media type, as the bytes say it."),
	bytes: z.int(),
	width: Pixels,
	height: Pixels,
	nsfw: described(z.boolean(), "The model's safety checker blacked this picture out."),
	late: described(z.boolean(), "It came after the job had ended."),
};

const asked = {
	prompt: z.string(),
	model: z.string(),
	n: z.int(),
	seed: z.nullable(z.int()),
};

export const Job = named(
	"Job",
	"A job as it stands.",
	z.object({
		id: described(z.string(), "`job_` and 64 hex digits."),
		object: z.literal("job"),
		status: z.enum(JOB_STATUSES),
		api: described(z.enum(["images", "chat", "responses"]), "The API that the job was made by."),
		model: z.string(),
		created_at: seconds("When the job was accepted"),
		submitted_at: secondsOrNull("When fal took it"),
		started_at: secondsOrNull("When fal was first seen at work"),
		ended_at: secondsOrNull("When it ended"),
		deadline_at: seconds("When it is given up"),
		expires_at: seconds("When it is deleted with its pictures"),
		progress: z.object({
			queue_position: z.nullable(z.int()),
			logs: described(z.array(z.string()), "The newest log lines of the model."),
		}),
		request: z.object({
			...asked,
			seed_sent: described(
				z.nullable(z.int()),
				"The seed that fal gets for the first picture: the client's, or one that Darkroom chose. Null: the model takes none.",
			),
			fal: z.record(z.string(), z.unknown()),
			resolution: described(z.nullable(z.literal("4K")), "Asked for beside the quality `high`; null is 2K."),
			background: described(z.nullable(z.enum(["transparent", "opaque"])), "As it was asked for."),
			negative_prompt: described(z.nullable(z.string()), "As it was asked for."),
			input_fidelity: described(z.nullable(z.enum(["low", "high"])), "As it was asked for."),
			size: described(
				z.string(),
				"What was really used, as are `quality` and `output_format`; from the first stored picture on its pixels.",
			),
			quality: z.string(),
			output_format: z.enum(["png", "jpeg", "webp", "gif"]),
		}),
		asked: described(
			z.object({
				model: z.string(),
				size: described(z.string(), "`auto`, a ratio, or pixels."),
				quality: z.string(),
				output_format: z.nullable(z.enum(["png", "jpeg", "webp"])),
			}),
			"What the client asked for, beside what was really used.",
		),
		expected_size: described(
			z.nullable(z.string()),
			"The size of its pictures, as far as it is known before they come: pixels, or a ratio. Null: nobody can tell.",
		),
		inputs: described(
			z.array(
				z.object({
					role: z.enum(["image", "mask", "markup"]),
					url: described(z.nullable(z.string()), "A signed link, which lasts as long as the job, or the client's own."),
					content_type: z.nullable(z.string()),
					bytes: z.nullable(z.int()),
					width: Pixels,
					height: Pixels,
				}),
			),
			"The pictures that it is drawn from. Of a link of the client's nothing more is known.",
		),
		derived_from: described(
			z.nullable(z.object({ job: z.string(), index: z.int() })),
			"The job and the picture that it edits; null if that is none of this gateway's.",
		),
		images: z.array(
			z.object({
				...Picture,
				thumbnail_url: z.optional(
					described(z.string(), "A signed link to its thumbnail, which lasts as long. Absent: nobody has brought one."),
				),
			}),
		),
		images_pending: described(z.int(), "Pictures that fal made, and that are still being fetched from it."),
		images_missing: described(
			z.array(z.object({ index: z.int(), error: ErrorFields })),
			"Pictures that were asked for and will not come, of a job that makes several requests to fal.",
		),
		cost: described(
			z.nullable(
				z.object({
					usd: z.number(),
					basis: described(
						z.enum(["estimated", "metered", "billed"]),
						"`metered`: by the units that fal says it charges.",
					),
					charge: described(
						z.enum(["paid", "kept", "free"]),
						"`paid` for what fal made; `kept` if fal may have charged and nobody can tell.",
					),
				}),
			),
			"What the job came to. Null until it has ended, and for a job from before there were prices.",
		),
		error: z.nullable(ErrorFields),
		result_urls: described(
			z.array(z.string()),
			"The addresses in a result in which no picture could be read. They are fal's, and last as long as it keeps the files.",
		),
		fal_requests: described(
			z.array(
				z.object({
					slot: z.optional(
						described(z.int(), "In a job that makes several at a time: the number of the request, from 0."),
					),
					endpoint: z.string(),
					request_id: z.nullable(z.string()),
				}),
			),
			"The requests made to fal: more than one only if fal surely refused those before, or if the model makes fewer pictures in one.",
		),
		webhook: described(
			z.nullable(
				z.object({
					url: z.string(),
					status: described(z.enum(["pending", "delivered", "failed"]), "`failed`: it is not tried any more."),
					attempts: described(z.int(), "Calls that were answered, or that got no answer."),
					last_status: described(z.nullable(z.int()), "Of the last call; null for no answer, and before the first."),
					next_attempt_at: described(z.nullable(z.int()), "After a call that failed, in seconds since 1970."),
				}),
			),
			"The client's own webhook, and what became of the notice to it; null without one.",
		),
	}),
);

export const ListedJob = named(
	"ListedJob",
	"A job as the list shows it: fewer fields than the job itself has.",
	z.object({
		...z.omit(Job, {
			progress: true,
			request: true,
			inputs: true,
			result_urls: true,
			fal_requests: true,
			webhook: true,
		}).shape,
		request: z.object({
			...z.omit(Job.shape.request, {
				fal: true,
				seed_sent: true,
				resolution: true,
				background: true,
				negative_prompt: true,
				input_fidelity: true,
			}).shape,
			prompt: described(z.string(), "Its first 200 characters."),
		}),
		key: described(
			z.nullable(z.string()),
			"The id of the issued key that made it, as `/v1/keys` shows it; null for a key of `WORKER_ACCESS_KEY`.",
		),
	}),
);

export const JobList = named(
	"JobList",
	"A page of jobs, the newest first.",
	z.object({
		object: z.literal("list"),
		data: z.array(ListedJob),
		has_more: described(z.boolean(), "Older jobs are left, also if this page is short or empty."),
		next_cursor: described(
			z.nullable(z.int()),
			"The `cursor` of the next page; null if nothing was found and nothing is left.",
		),
	}),
);

export const Thumbnail = named(
	"Thumbnail",
	"The small form of a picture, which a client brought.",
	z.object({
		object: z.literal("thumbnail"),
		job: z.string(),
		index: z.int(),
		url: described(z.string(), "A signed link, which lasts as long as the picture."),
		content_type: described(z.enum(["image/png", "image/jpeg", "image/webp"]), "As the bytes say it."),
		bytes: z.int(),
	}),
);

export const DeletedJob = z.object({ id: z.string(), object: z.literal("job"), deleted: z.literal(true) });

const EVENT_NAMES = [...new Set(Object.values(PUBLIC_NAMES))];

export const JobEventData = named(
	"JobEvent",
	"One event of a job. The fields beside the first three depend on its type.",
	z.object({
		sequence_number: described(z.int(), "From 1, without gaps: also the `id` of the server-sent event."),
		at: described(z.number(), "In seconds since 1970, with fractions."),
		type: described(z.enum(EVENT_NAMES), "Also the `event` of the server-sent event."),
		slot: z.optional(
			described(
				z.int(),
				"If the job makes several requests to fal: the number of the further one, from 1, that the event is of. Of `request_ended` also 0.",
			),
		),
		request: z.optional(described(z.object(asked), "Of `accepted`.")),
		deadline_at: z.optional(seconds("Of `accepted`: when the job is given up")),
		expires_at: z.optional(seconds("Of `accepted`: when the job is deleted")),
		endpoint: z.optional(described(z.string(), "Of `submitting`: fal's endpoint.")),
		fal_account: z.optional(
			described(
				z.string(),
				"Of `submitting` and `account_refused`: the account at fal, by the fingerprint of its key.",
			),
		),
		first: z.optional(
			described(
				z.int(),
				"Of `submitting`, if the job makes several requests: the index of the first picture it asks for.",
			),
		),
		count: z.optional(described(z.int(), "Of `submitting`, if the job makes several requests: how many it asks for.")),
		outcome: z.optional(described(z.enum(["succeeded", "failed", "cancelled"]), "Of `request_ended`.")),
		missing: z.optional(
			described(z.array(z.int()), "Of `request_ended`: the indexes of the pictures that it did not make."),
		),
		status: z.optional(
			described(
				z.nullable(z.int()),
				"Of `refused` and `result_unavailable`: fal's status, null for no answer. Of `webhook_delivered` and `webhook_failed`: the webhook's.",
			),
		),
		retry_at: z.optional(
			described(
				z.nullable(z.int()),
				"Of `refused`, `webhook_failed` and `billed`: when it is tried again, in seconds since 1970; null for no more.",
			),
		),
		usd: z.optional(described(z.number(), "Of `billed`: what fal charges, as far as it told.")),
		settle_by: z.optional(seconds("Of `answer_lost`: until when fal's webhook or its list of requests can settle it")),
		look_up_at: z.optional(
			described(
				z.nullable(z.int()),
				"Of `looked_up`: when fal's list of requests is asked again, in seconds since 1970; null for no more.",
			),
		),
		request_id: z.optional(described(z.string(), "Of `submitted` and `late_failure`: fal's id.")),
		queue_position: z.optional(described(z.nullable(z.int()), "Of `submitted` and `queued`.")),
		logs: z.optional(described(z.array(z.string()), "Of `running`: the newest log lines.")),
		outputs: z.optional(described(z.int(), "Of `generated`: how many outputs fal made.")),
		addresses: z.optional(described(z.int(), "Of `addresses_kept`: how many `result_urls` the job has.")),
		output: z.optional(described(z.object({ type: z.literal("image"), ...Picture }), "Of `output`: what was stored.")),
		index: z.optional(described(z.int(), "Of `output_lost` and `thumbnail`.")),
		message: z.optional(described(z.string(), "Of `output_lost`: why it could not be fetched.")),
		from: z.optional(described(z.string(), "Of `rerouted`: the model that fal no longer has.")),
		to: z.optional(described(z.string(), "Of `rerouted`: the model that the job goes on with.")),
		why: z.optional(described(z.string(), "Of `rerouted` (`model_gone`) and `cancelling` (`client`, `deadline`).")),
		seconds: z.optional(described(z.number(), "Of `succeeded`: from acceptance to the end.")),
		error: z.optional(
			described(
				ErrorFields,
				"Of `failed`, `account_refused` and `late_failure`, and of `completed` and `request_ended` if fal says that it failed.",
			),
		),
	}),
);
