import * as z from "zod/mini";
import type { JobEvent } from "../../core/events.ts";
import type { FalStatus } from "../../core/fal-answers.ts";

/** What a Worker and a job's object say to each other over the watcher's socket. */

/** Down, from the object. */
export type Down =
	| { readonly type: "events"; readonly events: readonly JobEvent[] }
	/** This watcher is now the follower: it opens fal's status stream and sends up what changes. */
	| { readonly type: "follow"; readonly streamUrl: string };

/** Up, from the Worker. */
export type Up =
	| { readonly type: "status"; readonly status: FalStatus }
	/** fal's status stream cannot be followed from here. */
	| { readonly type: "unfollowed" };

/** Why a watcher closed its socket. Any other code is the network's or the runtime's. */
export const CLOSE = { delivered: 1000, clientLeft: 4001, other: 4000 } as const;

/** Answered by the runtime itself, without waking the object. */
export const PING = "ping";
export const PONG = "pong";
export const PING_EVERY_MS = 30_000;
/** No pong for this long is a drop. */
export const PONG_WITHIN_MS = 10_000;

const UpMessage = z.union([
	z.object({
		type: z.literal("status"),
		status: z.union([
			z.object({ kind: z.literal("queued"), position: z.nullable(z.number()) }),
			z.object({ kind: z.literal("running"), logs: z.array(z.string()) }),
			z.object({ kind: z.literal("completed") }),
		]),
	}),
	z.object({ type: z.literal("unfollowed") }),
]);

export function parseUp(text: string): Up | null {
	try {
		const parsed = z.safeParse(UpMessage, JSON.parse(text));
		return parsed.success ? parsed.data : null;
	} catch {
		return null;
	}
}

/** Down messages come from our own object, of this or an older deploy: they are trusted, not checked. */
export function parseDown(text: string): Down {
	return JSON.parse(text);
}
