/** Says what a body asks for: the one form that every API's body is read into. */

import type { AskedRendering } from "../../core/events.ts";
import type { ChatMessage } from "../../prompt/hidden-requests.ts";
import type { ImageFields } from "./image-request.ts";

export interface Asked {
	/** The conversation, which tells hidden requests; empty for an API without one. */
	readonly messages: readonly ChatMessage[];
	/** The user's own words, as they were written: they tell the language of the answer. */
	readonly said: string;
	/** The field that holds these words. */
	readonly param: "prompt" | "messages" | "input";
	/** The request's own limit of output tokens. It bounds nothing here, but tells probes. */
	readonly maxTokens?: number | undefined;
	readonly fields: AskedFields;
	readonly rendering: AskedRendering;
	readonly streamed: boolean;
	/** The client's own webhook, as it wrote the address. */
	readonly webhookUrl?: string | undefined;
}

/** The fields of OpenAI's own names. */
export type AskedFields = Omit<ImageFields, "prompt" | "size" | "resolution"> & { readonly size?: string | undefined };

/** Stands in for what a body leaves out. */
export interface Defaults {
	readonly defaultModel: string;
}
