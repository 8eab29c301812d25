/** Describes the answers of the Responses API. */

import * as z from "zod/mini";
import { described, ErrorFields, named, seconds } from "../answer/schema.ts";

const STATUSES = ["queued", "in_progress", "completed", "failed", "cancelled"] as const;

const ImageItem = named(
	"ImageGenerationCall",
	"One picture. Its fields say what was really used and made, as far as that is known.",
	z.object({
		type: z.literal("image_generation_call"),
		id: described(z.string(), "`ig_<job>_<index>`"),
		status: z.enum(["in_progress", "generating", "completed", "failed"]),
		action: z.enum(["generate", "edit"]),
		background: described(z.enum(["transparent", "opaque", "auto"]), "As it was asked for."),
		output_format: z.enum(["png", "jpeg", "webp", "gif"]),
		revised_prompt: z.string(),
		size: z.string(),
		quality: z.string(),
		error: z.optional(ErrorFields),
		url: z.optional(described(z.string(), "A signed link to the picture.")),
		nsfw: z.optional(described(z.boolean(), "The model's safety checker blacked this picture out.")),
		result: described(z.nullable(z.string()), "The picture in base64; null before it is stored."),
	}),
);

const TextPart = z.object({ type: z.literal("output_text"), text: z.string(), annotations: z.array(z.never()) });

const MessageItem = named(
	"Message",
	"The text of an answer for which no picture is made.",
	z.object({
		type: z.literal("message"),
		id: z.string(),
		role: z.literal("assistant"),
		status: z.enum(["in_progress", "completed"]),
		content: z.array(TextPart),
	}),
);

const CallItem = named(
	"FunctionCall",
	"A call of the function that `tool_choice` forces.",
	z.object({
		type: z.literal("function_call"),
		id: z.string(),
		call_id: z.string(),
		name: z.string(),
		arguments: z.string(),
		status: z.enum(["in_progress", "completed"]),
	}),
);

const Item = z.union([ImageItem, MessageItem, CallItem]);

export const ResponseAnswer = named(
	"Response",
	"A Response as it stands. Fields of language models are null or empty.",
	z.object({
		id: described(z.string(), "`resp_<job>`, or `resp_req_…` for an answer that is only text."),
		object: z.literal("response"),
		created_at: seconds("When the job was accepted"),
		status: z.enum(STATUSES),
		background: z.boolean(),
		completed_at: described(z.nullable(z.int()), "In seconds since 1970; null if it did not complete."),
		error: z.nullable(ErrorFields),
		incomplete_details: z.null(),
		instructions: z.null(),
		max_output_tokens: z.null(),
		metadata: z.record(z.string(), z.string()),
		model: z.string(),
		output_text: z.string(),
		parallel_tool_calls: z.literal(false),
		previous_response_id: z.nullable(z.string()),
		store: z.boolean(),
		access_programs: z.null(),
		temperature: z.null(),
		text: z.object({ format: z.object({ type: z.literal("text") }) }),
		tool_choice: z.literal("auto"),
		top_p: z.null(),
		truncation: z.literal("disabled"),
		usage: z.object({
			input_tokens: z.literal(0),
			input_tokens_details: z.object({ cached_tokens: z.literal(0), cache_write_tokens: z.literal(0) }),
			output_tokens: z.literal(0),
			output_tokens_details: z.object({ reasoning_tokens: z.literal(0) }),
			total_tokens: z.literal(0),
		}),
		tools: z.array(
			z.object({
				type: z.literal("image_generation"),
				size: z.string(),
				quality: z.string(),
				output_format: z.enum(["png", "jpeg", "webp", "gif"]),
				n: z.int(),
			}),
		),
		output: z.array(Item),
	}),
);

const numbered = { sequence_number: z.int() };
const place = { item_id: z.string(), output_index: z.int() };
const textPlace = { ...place, content_index: z.int() };

export const ResponseEvent = named(
	"ResponseEvent",
	"An event of a Response's stream. Resume after its `sequence_number`.",
	z.union([
		z.object({
			type: z.enum(["response.created", "response.queued", "response.in_progress", "response.completed"]),
			...numbered,
			response: ResponseAnswer,
		}),
		z.object({
			type: z.literal("response.failed"),
			...numbered,
			response: ResponseAnswer,
			message: z.optional(described(z.string(), "The reason, as `response.error` has it.")),
		}),
		z.object({
			type: z.enum(["response.output_item.added", "response.output_item.done"]),
			...numbered,
			output_index: z.int(),
			item: Item,
		}),
		z.object({
			type: z.enum([
				"response.image_generation_call.in_progress",
				"response.image_generation_call.generating",
				"response.image_generation_call.completed",
			]),
			...numbered,
			...place,
		}),
		z.object({
			type: z.enum(["response.content_part.added", "response.content_part.done"]),
			...numbered,
			...textPlace,
			part: TextPart,
		}),
		z.object({
			type: z.literal("response.output_text.delta"),
			...numbered,
			...textPlace,
			delta: z.string(),
			logprobs: z.array(z.never()),
		}),
		z.object({
			type: z.literal("response.output_text.done"),
			...numbered,
			...textPlace,
			text: z.string(),
			logprobs: z.array(z.never()),
		}),
		z.object({
			type: z.literal("response.function_call_arguments.delta"),
			...numbered,
			...place,
			delta: z.string(),
		}),
		z.object({
			type: z.literal("response.function_call_arguments.done"),
			...numbered,
			...place,
			arguments: z.string(),
		}),
		z.object({
			type: z.literal("error"),
			...numbered,
			code: z.nullable(z.string()),
			message: z.string(),
			param: z.nullable(z.string()),
		}),
	]),
);

export const InputItemList = named(
	"InputItemList",
	"What a Response was asked with: the words of the user's last message, which is all that is kept of its input.",
	z.object({
		object: z.literal("list"),
		data: z.array(
			z.object({
				id: described(z.string(), "`msg_<job>`"),
				type: z.literal("message"),
				role: z.literal("user"),
				status: z.literal("completed"),
				content: z.array(z.object({ type: z.literal("input_text"), text: z.string() })),
			}),
		),
		first_id: z.nullable(z.string()),
		last_id: z.nullable(z.string()),
		has_more: z.literal(false),
	}),
);

export const DeletedResponse = z.object({ id: z.string(), object: z.literal("response"), deleted: z.literal(true) });
