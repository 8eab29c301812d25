/** Describes the answers of the Chat Completions API. */

import * as z from "zod/mini";
import { described, ErrorFields, named, seconds } from "../answer/schema.ts";

const Tokens = named(
	"Tokens",
	"An estimate: fal counts no tokens. A picture counts as 1,056 tokens, and a text as one for four bytes. All are 0 for a job of before this.",
	z.object({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }),
);
const identity = {
	id: described(z.string(), "`chatcmpl-<job>`, or `chatcmpl-req_…` for an answer that is only text."),
	created: seconds("When the job was accepted"),
	model: described(z.string(), "The client's name for the model, or its successor's."),
};

const ToolCall = z.object({
	id: z.string(),
	type: z.literal("function"),
	function: z.object({ name: z.string(), arguments: z.string() }),
});
const CalledPart = z.object({ name: z.optional(z.string()), arguments: z.string() });

export const ChatCompletion = named(
	"ChatCompletion",
	"The pictures as Markdown, under a line that says what was drawn.",
	z.object({
		...identity,
		object: z.literal("chat.completion"),
		choices: z.array(
			z.object({
				index: z.literal(0),
				message: z.object({
					role: z.literal("assistant"),
					content: described(z.nullable(z.string()), "Null if a function is called."),
					refusal: z.null(),
					tool_calls: z.optional(described(z.array(ToolCall), "The function that `tool_choice` forces.")),
					images: z.optional(
						described(
							z.array(z.object({ type: z.literal("image_url"), image_url: z.object({ url: z.string() }) })),
							"The pictures once more, for a model whose name ends with `:image`: LobeChat reads them here.",
						),
					),
				}),
				finish_reason: z.enum(["stop", "tool_calls"]),
				logprobs: z.null(),
			}),
		),
		usage: Tokens,
	}),
);

const Delta = z.object({
	role: z.optional(z.literal("assistant")),
	content: z.optional(z.nullable(z.string())),
	tool_calls: z.optional(
		z.array(z.object({ ...z.partial(ToolCall).shape, index: z.literal(0), function: CalledPart })),
	),
	reasoning_content: z.optional(described(z.string(), "Progress, if PROGRESS is `reasoning`.")),
});

export const ChatChunk = named(
	"ChatChunk",
	"A piece of the answer, or the error of a job that failed. `[DONE]` ends the stream.",
	z.union([
		z.object({
			...identity,
			object: z.literal("chat.completion.chunk"),
			sequence_number: z.optional(
				described(
					z.int(),
					"Counts the chunks of a job's stream from 0: resume after it. Absent in keep-alives, and if no picture is made.",
				),
			),
			choices: z.array(
				z.object({
					index: z.literal(0),
					delta: Delta,
					finish_reason: z.nullable(z.enum(["stop", "tool_calls", "content_filter"])),
					logprobs: z.null(),
				}),
			),
			usage: z.optional(Tokens),
		}),
		z.object({
			sequence_number: z.int(),
			error: ErrorFields,
			choices: z.optional(
				described(
					z.array(z.object({ delta: z.object({}) })),
					"One that says nothing, for clients that read it of whatever comes.",
				),
			),
		}),
	]),
);
