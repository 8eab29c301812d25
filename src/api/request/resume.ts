/** Reads how a client wants an answer again: whole, or as a stream from a frame on. */

import * as z from "zod/mini";

const FRAME_NUMBER = /^(-1|\d{1,9})$/;

/** `?stream=true&starting_after=N`: a stream from after frame N on. */
export const ResumeQuery = z.object({
	stream: z.optional(z.string()),
	starting_after: z.optional(
		z.pipe(z.string().check(z.regex(FRAME_NUMBER, "starting_after must be a frame's number.")), z.transform(Number)),
	),
});
