import type { JobEvent } from "./events.ts";

/** An event as renderings see it: a stored picture comes with its link, and a request with those of what it is drawn from. */
export type LinkedEvent =
	| Exclude<JobEvent, { type: "image" | "late_image" | "accepted" }>
	| LinkedImage
	| LinkedAccepted;

export type LinkedAccepted = Extract<JobEvent, { type: "accepted" }> & {
	/** Of each of the request's inputs, in their order: signed as those of pictures are, or the client's own. Absent: there are none. */
	readonly inputUrls?: readonly string[];
};

export type LinkedImage = Extract<JobEvent, { type: "image" | "late_image" }> & {
	/** Absolute and signed, under the origin of whoever reads; lasts as long as the picture. */
	readonly url: string;
};
