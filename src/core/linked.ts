import type { JobEvent } from "./events.ts";

/** An event as renderings see it: a stored picture comes with its link. */
export type LinkedEvent = Exclude<JobEvent, { type: "image" | "late_image" }> | LinkedImage;

export type LinkedImage = Extract<JobEvent, { type: "image" | "late_image" }> & {
	/** Absolute and signed, under the origin of whoever reads; lasts as long as the picture. */
	readonly url: string;
};
