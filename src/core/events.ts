import type { JobError } from "../errors.ts";
import type { ImageRequest, Used } from "../models/request.ts";

/**
 * The job's log: numbered from 1, append-only, neutral to the API that is spoken. Every answer and the job's own state are
 * functions of it. Events are stored for as long as the job is kept, so a field may be added here but never renamed.
 */
export type JobEvent = EventBody & {
	/** 1 for the first event of a job, without gaps. */
	readonly seq: number;
	/** Milliseconds since 1970. */
	readonly at: number;
};

export type EventBody =
	| Accepted
	/** The intent to submit, durable before the request leaves. */
	| { readonly type: "submitting"; readonly endpoint: string; readonly used: Used }
	/** fal surely accepted nothing; the next try is not before `retryAt`. */
	| { readonly type: "refused"; readonly status: number | null; readonly retryAt: number }
	/** fal may or may not have accepted: only its webhook can tell, until `settleBy`. */
	| { readonly type: "answer_lost"; readonly settleBy: number }
	| ({ readonly type: "submitted"; readonly position: number | null } & Upstream)
	| { readonly type: "queued"; readonly position: number | null }
	| { readonly type: "running"; readonly logs: readonly string[] }
	/** fal is done, and its result could not be had at once. */
	| { readonly type: "completed" }
	/** fal's result: what is now to be stored. `requestId` is told here too, since a webhook may come before the submit's answer. */
	| { readonly type: "generated"; readonly requestId: string; readonly outputs: readonly Output[] }
	| ({ readonly type: "image" } & StoredImage)
	/** As `image`, of a result that came after the job had ended. */
	| ({ readonly type: "late_image" } & StoredImage)
	/** A picture that could not be fetched from fal, for good. */
	| { readonly type: "image_lost"; readonly index: number; readonly why: string }
	| { readonly type: "rerouted"; readonly from: string; readonly to: string; readonly why: "model_gone" }
	| { readonly type: "cancelling"; readonly why: CancelReason }
	/** Deleted: it does not exist any more to anybody, and goes when nothing more can come of it. */
	| { readonly type: "deleting" }
	/** The last client that waited went without its answer: an equal request may join. */
	| { readonly type: "client_left" }
	/** A client that came after one had left has the answer. */
	| { readonly type: "delivered" }
	/** `seconds` from acceptance. */
	| { readonly type: "succeeded"; readonly seconds: number }
	| { readonly type: "failed"; readonly error: JobError }
	| { readonly type: "cancelled" };

export type CancelReason = "client" | "deadline";

/** All that the job itself and any rendering of it depend on, from the beginning. */
export interface Accepted {
	readonly type: "accepted";
	readonly account: string;
	/** Its place in the account's list. */
	readonly listing: number;
	readonly request: ImageRequest;
	readonly rendering: Rendering;
	/** When the job is given up, in milliseconds since 1970. */
	readonly deadlineAt: number;
	/** When the job and its pictures are deleted, in milliseconds since 1970. Links expire with it. */
	readonly expiresAt: number;
	/** Where fal is asked to send its webhook; null asks for none. */
	readonly webhook: string | null;
	/** What becomes of the job when its client leaves. Absent: it goes on. */
	readonly onDisconnect?: "cancel";
}

/** How the first request wanted its answer: a resumed one gets the same. */
export interface Rendering extends Echoed {
	readonly api: "images" | "chat" | "responses";
	/** The model's name as the client wrote it, to be echoed. */
	readonly model: string;
	/** Base of image links, without a slash at the end. */
	readonly origin: string;
	readonly progress: "reasoning" | "content" | "off";
	readonly includeUsage: boolean;
	/** Which fields the items of an Images answer have. */
	readonly responseFormat: "url" | "b64_json" | "both";
	/** A Response that was asked for in the background, to be echoed. Absent: it was not. */
	readonly background?: boolean;
}

/** Fields of a request for a Response that are echoed, and mean nothing here. */
export interface Echoed {
	/** Absent: true. */
	readonly store?: boolean;
	/** Absent: none. */
	readonly metadata?: Readonly<Record<string, string>>;
}

/** A request in fal's queue. The addresses are the ones that fal gave; null where it gave none on its own origin. */
export interface Upstream {
	readonly requestId: string;
	readonly statusUrl: string | null;
	readonly responseUrl: string | null;
	readonly cancelUrl: string | null;
}

/** One picture of fal's result. */
export interface Output {
	/** Where to fetch it; null for a `data:` URI, which stays in fal's result and never enters the log. */
	readonly url: string | null;
	/** fal's safety checker blacked this picture out. */
	readonly nsfw: boolean;
}

export interface StoredImage {
	/** From 0, in fal's order. */
	readonly index: number;
	/** The R2 key, `images/<job>/<index>.<ext>`. */
	readonly key: string;
	/** The media type, as sniffed from the bytes. */
	readonly contentType: string;
	readonly bytes: number;
	readonly width: number | null;
	readonly height: number | null;
	readonly nsfw: boolean;
}

/** A log may go on after its end, with pictures that came late: a stream of it does not. */
export function untilEnd<Event extends EventBody>(events: readonly Event[]): readonly Event[] {
	const end = events.findIndex(isTerminal);
	return end < 0 ? events : events.slice(0, end + 1);
}

export function isTerminal(event: EventBody): boolean {
	return event.type === "succeeded" || event.type === "failed" || event.type === "cancelled";
}
