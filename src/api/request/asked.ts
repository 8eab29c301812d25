/** Says what a body asks for: the one form that every API's body is read into. */

import type { Rendering } from "../../core/events.ts";
import type { ChatMessage } from "../../prompt/hidden-requests.ts";
import type { ImageFields } from "./image-request.ts";

export interface Asked {
	/** The conversation, which tells hidden requests; empty for an API without one. */
	readonly messages: readonly ChatMessage[];
	readonly fields: ImageFields;
	/** Names the field whose prompt is too long, or holds long data, and says so; null if none is. */
	readonly tooLong: { readonly param: string; readonly message: string } | null;
	readonly rendering: AskedRendering;
	readonly streamed: boolean;
}

/** A rendering before the gateway adds its own part. */
export type AskedRendering = Omit<Rendering, "origin" | "progress">;

/** Stands in for what a body leaves out. */
export interface Defaults {
	readonly defaultModel: string;
}
