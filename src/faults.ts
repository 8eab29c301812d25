/** Declares the faults that a field of a request or its body may have, as data, and says them in a language's sentences. */

import { ENGLISH_FAULTS } from "./words/english-faults.ts";

/** Names the kinds of JSON's values. A number is an integer or a decimal. */
export type TypeName = "string" | "integer" | "decimal" | "boolean" | "array" | "object" | "null";

type Unit = "characters" | "items" | "fields";

/** The sizes that a model takes. */
export type SizesTaken =
	| { readonly kind: "ratio"; readonly ratios: readonly string[] }
	| { readonly kind: "text"; readonly sizes: readonly string[] }
	| { readonly kind: "pixels"; readonly min: number; readonly max: number }
	| { readonly kind: "sides"; readonly min: number; readonly max: number }
	| { readonly kind: "none" }
	| { readonly kind: "unknown" };

/** The reason that a field of `fal` cannot be set. */
export type ForbiddenWhy = "prompt" | "count" | "file" | "answer" | "value" | "unknown";

export type MaskWhy = "no_png" | "broken" | "too_large" | "interlaced" | "opaque";

/** The data of each kind of fault. */
interface FaultData {
	missing: object;
	type: { readonly expected: readonly TypeName[]; readonly got: TypeName };
	too_large: { readonly max: number; readonly got: number | null };
	too_small: { readonly min: number; readonly got: number | null };
	too_long: { readonly max: number; readonly of: Unit };
	too_short: { readonly min: number; readonly of: Unit };
	not_one_of: { readonly allowed: readonly string[]; readonly got: string | null };
	empty: object;
	/** Long data, such as a picture's data: address, stands where words are due. */
	long_data: object;
	message_too_long: { readonly max: number };
	message_data: object;
	/** A prompt that is nothing but a size. */
	only_a_size: object;
	task_stream: object;
	/** A client's webhook that is not called. */
	webhook_address: object;
	/** The value cannot be the name of an account. */
	account_name: object;
	/** The account has as many keys as it can have. */
	too_many_keys: { readonly max: number };
	/** A report on more accounts than one answer tells of. */
	too_many_accounts: { readonly max: number };
	/** A report with more groups than one answer tells of. */
	too_many_groups: { readonly max: number };
	/** The account is being erased, and takes no new key before the end of that. */
	being_erased: object;
	/** A text of another form than this example. */
	unlike: { readonly example: string };
	/** A duration such as `48h`. */
	duration: { readonly maxDays: number };
	long_key: { readonly max: number };
	/** More pictures brought along than the model takes; `max` is 0 if it draws from words alone. */
	pictures_of_model: { readonly model: string; readonly max: number };
	/** A mask or a drawing over the picture, for a model without a field for it. */
	role_of_model: { readonly model: string; readonly role: "mask" | "markup" };
	/** The model draws nothing without a picture. */
	needs_picture: { readonly model: string; readonly of: "image" | "mask" };
	/** The endpoint draws nothing without inputs that no field of OpenAI's has: `fal` can set some of them. */
	needs_inputs: { readonly model: string; readonly settable: readonly string[]; readonly others: readonly string[] };
	/** An endpoint of fal's that makes something else. */
	no_picture_model: { readonly model: string };
	/** fal publishes nothing about the endpoint that can be read. */
	schema_unreadable: { readonly model: string };
	format_of_model: { readonly model: string; readonly allowed: readonly string[] };
	/** A value of fal's `image_size`. */
	image_size: { readonly max: number };
	forbidden: { readonly why: ForbiddenWhy };
	/** `fal` passes one of its bounds. */
	too_much: { readonly fields: number; readonly chars: number; readonly depth: number };
	no_size: { readonly got: string | null };
	size_of_model: { readonly got: string; readonly model: string; readonly takes: SizesTaken };
	resolution_of_model: { readonly got: string; readonly model: string; readonly takes: SizesTaken };
	/** A width without a height, or the other way round. */
	one_side: object;
	/** Two names of one field. */
	contradiction: { readonly other: string };
	/** The value stands for a picture, and no reader of pictures understands it. */
	unreadable_picture: object;
	/** A file or a sound where pictures are read, or the id of a file that is kept nowhere here. */
	picture_file: object;
	/** A picture of ours that is not there, or is another account's. */
	no_such_picture: object;
	/** A number in the user's words that no picture of the conversation has. */
	no_picture_at: { readonly place: number; readonly has: number };
	/** An edit of a conversation that made no picture. */
	nothing_to_edit: object;
	/** A picture's data: address, or base64, that cannot be decoded. */
	picture_data: object;
	/** A mask or a drawing of another size than the picture that it is laid over. */
	size_of_picture: { readonly width: number; readonly height: number };
	/** The address of a picture that fal could not reach. */
	picture_address: object;
	/** The bytes of a picture that cannot be drawn from. `got` is their format's name, `text` for words, null for what nobody knows. */
	picture_format: { readonly got: string | null; readonly taken: readonly string[] };
	/** A picture whose end is missing. */
	picture_cut: object;
	/** A mask that cannot be used. `opaque`: it has no transparent pixel. */
	mask: { readonly why: MaskWhy };
	/** The Response to go on from has not ended, and has no picture so far. */
	earlier_running: object;
	stored_conversation: object;
	unusable: object;
}

/** Says that the value of a field is wrong, with the data that an error's words need. */
export type Fault<Is extends keyof FaultData = keyof FaultData> = {
	[Kind in Is]: { readonly is: Kind } & FaultData[Kind];
}[Is];

/** The kind of body that came instead of a JSON object. */
export type BodyForm = "empty" | "form" | "multipart" | "broken" | "not_utf8" | "array" | "value" | "no_webhook";

/** A language's sentences, which lie in `words/`. A new fault needs one in each. */
export interface FaultSentences {
	readonly faults: { readonly [Kind in keyof FaultData]: (fault: Fault<Kind>, param: string | null) => string };
	readonly bodies: Readonly<Record<BodyForm, string>>;
}

/** Says a fault in a sentence. @param param The field; null for the body as a whole */
export function sayFault<Is extends keyof FaultData>(
	param: string | null,
	fault: Fault<Is>,
	{ faults }: FaultSentences = ENGLISH_FAULTS,
): string {
	return faults[fault.is](fault, param);
}

/** Names the type of a value that JSON can hold. */
export function typeOf(value: unknown): TypeName {
	if (value === null || value === undefined) return "null";
	if (Array.isArray(value)) return "array";
	switch (typeof value) {
		case "string":
			return "string";
		case "boolean":
			return "boolean";
		case "number":
			return Number.isInteger(value) ? "integer" : "decimal";
		default:
			return "object";
	}
}
