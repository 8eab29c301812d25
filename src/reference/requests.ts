/** Describes what requests say, as far as their schemas do not: the words of their fields, and the fields that are read by hand. */

import * as z from "zod/mini";
import { described } from "../api/answer/schema.ts";
import { ChatBody } from "../api/chat/body.ts";
import { EditsBody, ImagesBody } from "../api/images/body.ts";
import { ChangeBody, IssueBody, RotateBody } from "../api/keys/body.ts";
import { pictureAction, pictureFields } from "../api/request/picture-fields.ts";
import { MAX_KEY_CHARS } from "../api/request/terms.ts";
import { ResponsesBody } from "../api/responses/body.ts";

/** A field that is read by hand, whatever its value is. */
function anything(description: string) {
	return z.optional(described(z.unknown(), description));
}

function header(description: string) {
	return z.optional(described(z.string(), description));
}

export const CreateHeaders = z.object({
	"Idempotency-Key": header(`1 to ${MAX_KEY_CHARS} characters. For 24 hours the same key gives the same job.`),
	Prefer: header("`respond-async` answers 202 with the job at once."),
	"x-on-disconnect": header("`cancel` ends the job if the client leaves before its answer."),
});

/** The signature of a link. It is checked with the path, and a wrong one is a 403 whatever its form. */
export const LinkQuery = z.object({ exp: z.string(), sig: z.string() });

const PICTURE_FIELDS: Readonly<Record<keyof typeof pictureFields, string>> = {
	model: "A name that `GET /v1/models` lists, an alias of one, or the id of a model of fal's that makes pictures.",
	n: "How many pictures. More than the model makes in one request are made by several.",
	size: "`1024x1024`, `16:9`, `auto`, `2K`, or one of fal's presets. The nearest that the model has is used. It wins over its other names.",
	quality: "auto, low, medium, high, standard, hd, xhigh, max, 1k, 2k or 4k.",
	output_format: "png, jpeg or webp. The model's own if it does not have that.",
	background: "transparent, opaque or auto, for a model that can be told.",
	input_fidelity: "low or high: how closely an edit keeps to its pictures, for a model that can be told.",
	moderation: "low or auto. `low` is the least strict check that the model lets its users choose.",
	negative_prompt: "What must not be drawn, for a model that takes such words.",
	seed: "The same seed and prompt give the same picture, if the model takes seeds. -1 is none, and large ones are folded.",
	webhook_url:
		"An https address that is told of the job's end, as Standard Webhooks says. `GET /v1/key` has the secret.",
	fal: "Further inputs that the model has, in fal's words: no prompt, count, file or address. They win over all other fields.",
};
const fields: Readonly<Record<string, z.ZodMiniType>> = pictureFields;
for (const [name, description] of Object.entries(PICTURE_FIELDS)) {
	const field = fields[name];
	if (field !== undefined) described(field, description);
}
described(
	pictureAction,
	"generate, edit or auto. `edit` edits the conversation's last picture, whatever the message says, and `generate` leaves it alone.",
);
described(
	ResponsesBody.shape.previous_response_id,
	"A Response to go on from: a message that changes its picture edits that.",
);

/**
 * Names that others give to the size and the count. Any spelling of them is read, and so are those in an `extra_body` and other objects of
 * options: api/request/other-names.ts has the whole list.
 */
const otherNames = {
	aspect_ratio: anything("Another name of `size`, as at fal and OpenRouter: `16:9`."),
	image_size: anything(
		"Another name of `size`, as at fal and SiliconFlow: a text, or an object of `width` and `height`.",
	),
	resolution: anything("Another name of `size`, or `1K`, `2K` or `4K` beside a ratio."),
	width: anything("Of `size`, in pixels; together with `height`."),
	height: anything("Of `size`, in pixels; together with `width`."),
	num_images: anything("Another name of `n`, as at fal."),
	batch_size: anything("Another name of `n`, as at SiliconFlow; `n_iter` beside it multiplies it, as in A1111."),
	image_config: anything("OpenRouter's object of `aspect_ratio` and `image_size`."),
};

/** The pictures of a body. They are read by their names, in whatever form they come. */
const pictures = {
	image: anything(
		"In a form: a file, or several as `image[]`. In JSON: an https address, a `data:` address, or a list of them.",
	),
	images: anything('In JSON, as OpenAI has it: a list of `{"image_url": …}`.'),
	mask: anything(
		'A file, an address, or `{"image_url": …}`: it is transparent where the first picture is painted anew, and has its size.',
	),
};

export const ImagesRequest = z.extend(ImagesBody, { ...otherNames, ...pictures });
export const EditsRequest = z.extend(EditsBody, { ...otherNames, ...pictures });
export const ChatRequest = z.extend(ChatBody, otherNames);
export const ResponsesRequest = z.extend(ResponsesBody, otherNames);

const KEY_FIELDS: Readonly<Record<keyof typeof ChangeBody.shape, string>> = {
	name: "For people: at most 100 characters.",
	models: "The only models that it may use, under any of their names; null for all.",
	max_budget: "USD that its jobs may cost; null for no limit.",
	budget_duration:
		"The budget begins anew each UTC day (`1d`, `daily`), each Monday (`7d`, `weekly`) or on the first of each month (`1mo`, `30d`, `monthly`). Null: it never does.",
	budget_limits: "Further budgets, which hold at the same time.",
	rpm_limit: "Requests that make a job, in any 60 seconds.",
	max_parallel_requests: "Jobs that have not ended.",
	images_per_day: "Pictures, in a UTC day.",
	expires_at: "In seconds since 1970; null for never.",
	blocked: "True refuses it until it is false again.",
	webhook_url:
		"An https address that is told of the end of each job of the key that names no `webhook_url` of its own; null for none.",
	metadata: "Your own words, at most 16 pairs.",
};
const keyFields: Readonly<Record<string, z.ZodMiniType>> = ChangeBody.shape;
for (const [name, description] of Object.entries(KEY_FIELDS)) {
	const field = keyFields[name];
	if (field !== undefined) described(field, description);
}
described(IssueBody.shape.account, "The account that its jobs belong to; the owner's own if it is left out.");
described(
	RotateBody.shape.grace_period,
	"The secret of before is good for so long, such as `48h`: at most 30 days. Without it, it ends at once.",
);

export const IssueRequest = IssueBody;
export const ChangeRequest = ChangeBody;
export const RotateRequest = RotateBody;
