/** Reads how a client wants an answer again: whole, or as a stream from a frame on. */

import * as z from "zod/mini";
import { wholeNumber } from "./fields.ts";

/** No job has so many frames. */
const MAX_FRAMES = 999_999_999;

/** `?stream=true&starting_after=N`: a stream from after frame N on. */
export const ResumeQuery = z.object({
	stream: z.optional(z.string()),
	/** -1 for all frames. */
	starting_after: z.optional(wholeNumber(-1, MAX_FRAMES)),
});
