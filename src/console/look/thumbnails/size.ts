/** Says how large a thumbnail is made, and of which pictures. */

/** Twice the width of a card, for a screen with two pixels in one. */
const SIDE_PX = 480;

/** The gateway takes no larger one. */
export const MAX_BYTES = 64 * 1024;

/** A picture of so few bytes is its own thumbnail. */
const SMALL_BYTES = 24 * 1024;

export interface Sides {
	readonly width: number;
	readonly height: number;
}

/** Returns the size of a picture's thumbnail: never larger than the picture. */
export function toThumbnailSize({ width, height }: Sides): Sides {
	const scale = Math.min(1, SIDE_PX / Math.max(width, height));
	return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export function isWorthIt(bytes: number): boolean {
	return bytes > SMALL_BYTES;
}

/** The picture that a link of this gateway shows; null for other links, and for a thumbnail's. */
export function pictureOfPath(path: string): { readonly job: string; readonly index: number } | null {
	const [, job, index] =
		/^\/images\/([0-9a-f]{64})\/(\d{1,3})\.(?:png|jpe?g|webp|gif|avif|bin)(?:\?|$)/.exec(path) ?? [];
	return job === undefined || index === undefined ? null : { job: `job_${job}`, index: Number(index) };
}
