/** Decides about thumbnails, which clients bring for the pictures of a job that has ended. */

import { type Decision, NOTHING } from "./decision.ts";
import type { JobEvent, StoredImage, Thumbnail } from "./events.ts";
import type { Input } from "./inputs.ts";
import { type FlatEvent, flatten } from "./linked.ts";
import { detailsOf, isErasable, type State } from "./state.ts";

/** A picture has one thumbnail for ever. None comes to a job that is about to be erased: nobody would delete it. */
export function onThumbnail(
	state: State,
	input: Input & { readonly type: "thumbnail_brought" | "thumbnail_kept" },
	now: number,
): Decision {
	const { thumbnail } = input;
	const isOver = state.end === null || detailsOf(state)?.deleting || isErasable(state, now);
	if (isOver || state.thumbnails.includes(thumbnail.index)) return NOTHING;
	return input.type === "thumbnail_brought"
		? { effects: [{ type: "keep_thumbnail", thumbnail: input.thumbnail }] }
		: { events: [{ type: "thumbnail", ...input.thumbnail }] };
}

/** Finds a stored picture in a log. Null if there is none of this index. */
export function pictureOf(log: readonly (JobEvent | FlatEvent)[], index: number): StoredImage | null {
	const found = log.map(flatten).find((event) => isPicture(event) && event.index === index);
	return found !== undefined && isPicture(found) ? found : null;
}

/** Finds the thumbnail of a picture in a log. Null if there is none. */
export function thumbnailOf(log: readonly (JobEvent | FlatEvent)[], index: number): Thumbnail | null {
	const events = log.map(flatten).filter((event) => event.type === "thumbnail");
	return events.find((event) => event.index === index) ?? null;
}

function isPicture(event: FlatEvent): event is Extract<FlatEvent, { type: "image" | "late_image" }> {
	return event.type === "image" || event.type === "late_image";
}
