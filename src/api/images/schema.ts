/** Describes the answers of the Images API. */

import * as z from "zod/mini";
import { described, ErrorFields, named, seconds } from "../answer/schema.ts";

const bytes = described(z.string(), "The picture in base64; absent for `response_format: url`.");
const url = described(z.string(), "A signed link to the picture; absent for `response_format: b64_json`.");
const revisedPrompt = described(
	z.string(),
	"The prompt as it was written, or as the model rewrote it. Absent in jobs of earlier versions.",
);
const size = described(
	z.string(),
	"The pixels of the first picture that was stored; what fal was asked for if they are not known.",
);

const background = described(z.enum(["transparent", "opaque", "auto"]), "As it was asked for.");

export const ImagesAnswer = named(
	"ImagesAnswer",
	"The pictures of a request, in the order in which the model made them.",
	z.object({
		created: seconds("When the job was accepted"),
		data: z.array(
			z.object({ b64_json: z.optional(bytes), url: z.optional(url), revised_prompt: z.optional(revisedPrompt) }),
		),
		output_format: z.enum(["png", "jpeg", "webp", "gif"]),
		size,
		quality: z.string(),
		background: z.optional(background),
		model: described(z.string(), "The model that made them: the client's name for it, or its successor's."),
		images_missing: z.optional(
			described(
				z.array(z.object({ index: z.int(), error: ErrorFields })),
				"Pictures that were asked for and not made, if there are any: of a job that makes several requests to fal.",
			),
		),
	}),
);

export const ImageTask = named(
	"ImageTask",
	"A job of the Images API, for clients that ask until it has ended.",
	z.object({
		id: described(z.string(), "`imgtask_` and 64 hex digits. Any other id of the job works, too."),
		task_id: described(z.string(), "The same."),
		object: z.literal("image.generation.task"),
		status: described(
			z.enum(["processing", "completed", "failed"]),
			"A cancelled job is `failed`. The answer to a POST always says `processing`.",
		),
		created_at: seconds("When the job was accepted"),
		expires_at: seconds("When it is deleted with its pictures"),
		poll_url: described(z.string(), "The path to ask at."),
		completed_at: z.optional(seconds("When it ended; absent before")),
		http_status: z.optional(described(z.int(), "The status that a request would have had that waited; absent before.")),
		image_url: z.optional(described(z.nullable(z.string()), "Of `completed`: a signed link to the first picture.")),
		result: z.optional(described(ImagesAnswer, "Of `completed`: the answer of a request that waited.")),
		error: z.optional(described(ErrorFields, "Of `failed`.")),
	}),
);

const NoTokens = z.object({
	input_tokens: z.literal(0),
	input_tokens_details: z.object({ image_tokens: z.literal(0), text_tokens: z.literal(0) }),
	output_tokens: z.literal(0),
	total_tokens: z.literal(0),
});

export const ImagesEvent = named(
	"ImagesEvent",
	"A picture as it is stored, or the error that ends the stream.",
	z.union([
		z.object({
			type: described(
				z.enum(["image_generation.completed", "image_edit.completed"]),
				"`image_edit.completed` if pictures were edited.",
			),
			sequence_number: z.int(),
			created_at: seconds("When the picture was stored"),
			index: described(z.int(), "The picture's place, from 0, in the order of the model."),
			b64_json: z.optional(bytes),
			url: z.optional(url),
			revised_prompt: z.optional(revisedPrompt),
			background,
			output_format: z.enum(["png", "jpeg", "webp", "gif"]),
			size,
			quality: z.string(),
			usage: NoTokens,
		}),
		z.object({ type: z.literal("error"), sequence_number: z.int(), error: ErrorFields }),
	]),
);
