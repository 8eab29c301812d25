/** Says what a body asks for: the one form that every API's body is read into. */

import type { AskedRendering } from "../../core/events.ts";
import type { ChatMessage } from "../../prompt/hidden-requests.ts";
import type { ImageFields } from "./image-request.ts";

export interface Asked {
	/** The conversation, which tells hidden requests; empty for an API without one. */
	readonly messages: readonly ChatMessage[];
	/** The user's own words, as they were written: they tell the language of the answer. */
	readonly said: string;
	/** The request's own limit of output tokens. It bounds nothing here, but tells probes. */
	readonly maxTokens?: number | undefined;
	readonly fields: ImageFields;
	/** Names the field whose prompt is too long, or holds long data, and says so; null if none is. */
	readonly tooLong: { readonly param: string; readonly message: string } | null;
	readonly rendering: AskedRendering;
	readonly streamed: boolean;
}

/** Stands in for what a body leaves out. */
export interface Defaults {
	readonly defaultModel: string;
}
