/** Declares how an API renders a job. */

import type { AskedRendering } from "../../core/events.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import type { JobError } from "../../errors.ts";
import type { Frame, Renderer } from "./frames.ts";
import type { Summary } from "./summary.ts";

/** Renders a job's log in the words of one API. The same log gives the same answer, to the byte. */
export interface Format {
	/** Returns the id that this API's clients see. @param job 64 hex digits */
	toId(job: string): string;
	/** Renders the log as a stream, one event at a time. */
	render(id: string): Renderer;
	/** Renders a log as one JSON body. */
	toBody(id: string, log: readonly LinkedEvent[]): object;
	/** Returns a frame without a number that says nothing, for clients whose patience only frames renew. Absent: a comment does. */
	toKeepAlive?(id: string, summary: Summary): Frame;
	/** Returns the frame that ends a stream when a picture's bytes are missing. Absent if frames hold no bytes. */
	toMissing?(error: JobError): Frame;
}

/** Renders an answer that is only text and belongs to no job. */
export interface TextFormat {
	toBody(identity: TextIdentity, text: string): object;
	toFrames(identity: TextIdentity, text: string): readonly Frame[];
}

export interface TextIdentity {
	/** Stands in for the job's id. */
	readonly requestId: string;
	readonly createdSeconds: number;
	/** The user's words. */
	readonly said: string;
	readonly rendering: AskedRendering;
	/** The function that is called. The text is its arguments, in JSON. */
	readonly call?: string | undefined;
}
