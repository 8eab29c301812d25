/**
 * The messages between a Worker that watches a job and the job's object, over one socket. A Worker and an object may be of
 * different deploys, so types and fields stay as they are.
 */
import * as z from "zod/mini";
import type { JobEvent, OfFalAccount } from "../../core/events.ts";
import type { FalStatus } from "../../core/fal-answers.ts";
import type { OfSlot } from "../../core/inputs.ts";
import { isJobErrorCode, type JobError, type JobErrorCode } from "../../errors.ts";
import { validate } from "../../validate.ts";

/** From the object to the watcher. */
export type ObjectMessage =
	| { readonly type: "events"; readonly events: readonly JobEvent[] }
	/** This watcher is the slot's follower now: it opens fal's status stream and reports what changes. */
	| ({ readonly type: "follow"; readonly streamUrl: string } & OfSlot & OfFalAccount);

/** From the watcher to the object. */
export type WatcherMessage = OfSlot &
	(
		| { readonly type: "status"; readonly status: FalStatus }
		/** fal's status stream cannot be followed from here. */
		| { readonly type: "unfollowed" }
	);

/** The reasons for which a watcher closes its socket. Any other code comes from the network or the runtime. */
export const CLOSE = { delivered: 1000, clientLeft: 4001, observerLeft: 4002, other: 4000 } as const;

/** The runtime answers it without waking the object. */
export const PING = "ping";
export const PONG = "pong";
export const PING_EVERY_MS = 30_000;
/** A connection without a pong for this long is dropped. */
export const PONG_WITHIN_MS = 10_000;

const JobErrorBody = z.object({
	code: z.custom<JobErrorCode>(isJobErrorCode),
	message: z.string(),
	param: z.exactOptional(z.string()),
	free: z.exactOptional(z.literal(true)),
} satisfies Record<keyof JobError, z.ZodMiniType>);

const slot = z.exactOptional(z.int().check(z.nonnegative()));

const WatcherMessageBody = z.union([
	z.object({
		type: z.literal("status"),
		slot,
		status: z.union([
			z.object({ kind: z.literal("queued"), position: z.nullable(z.number()) }),
			z.object({ kind: z.literal("running"), logs: z.array(z.string()) }),
			z.object({ kind: z.literal("completed"), error: z.exactOptional(JobErrorBody) }),
		]),
	}),
	z.object({ type: z.literal("unfollowed"), slot }),
]);

/** Null for a text that is no such message. */
export function parseWatcherMessage(text: string): WatcherMessage | null {
	try {
		const parsed = validate(WatcherMessageBody, JSON.parse(text));
		return parsed.success ? parsed.data : null;
	} catch {
		return null;
	}
}

/** Trusts the message: it comes from an object of ours, of this or of another deploy. */
export function parseObjectMessage(text: string): ObjectMessage {
	return JSON.parse(text);
}
