/** The log's events as renderings see them. */
import type { EventBody, JobEvent, StoredImage, Thumbnail } from "./events.ts";
import type { OfSlot } from "./inputs.ts";

/**
 * An event of a further slot stands as one of its own type; a stored picture and a thumbnail come with their links, and a request with
 * those of what it is drawn from.
 */
export type LinkedEvent =
	| ((Exclude<EventBody, { type: "slot" | "accepted" | "thumbnail" | Picture }> & Place) & OfSlot)
	| LinkedImage
	| LinkedThumbnail
	| LinkedAccepted;

export type LinkedAccepted = Extract<JobEvent, { type: "accepted" }> &
	OfSlot & {
		/** Of each of the request's inputs, in their order: signed as those of pictures are, or the client's own. Absent: there are none. */
		readonly inputUrls?: readonly string[];
	};

export type LinkedImage = { readonly type: Picture } & StoredImage &
	Place &
	OfSlot & {
		/** Absolute and signed, under the origin of whoever reads; lasts as long as the picture. */
		readonly url: string;
	};

export type LinkedThumbnail = { readonly type: "thumbnail" } & Thumbnail & Place & OfSlot & Pick<LinkedImage, "url">;

type Picture = "image" | "late_image";
type Place = Pick<JobEvent, "seq" | "at">;

/** An event of the log with its slot's own type. */
export type FlatEvent = Exclude<EventBody, { type: "slot" }> & Place & OfSlot;

/** Takes the event of a further slot out of its wrapping. One that is out of it stays as it is. */
export function flatten(event: JobEvent | FlatEvent): FlatEvent {
	if (event.type !== "slot") return event;
	const { slot, event: told, seq, at } = event;
	return { ...told, slot, seq, at };
}
