/** Reads paths that clients put together from a base URL that already holds a part of them, or lacks one. */

/** The paths of routes. As they stand they would be read as the paths of pictures, which have no version: but no job has such an id. */
const UNVERSIONED = /^\/images\/(?:generations|edits|tasks)\//;

/**
 * Returns the paths that a path may stand for, the likeliest first: without slashes and versions that stand twice, without a slash at
 * its end, and with the version that is missing.
 */
export function readingsOf(path: string): readonly string[] {
	const single = path
		.replace(/\/{2,}/g, "/")
		.replace(/(?<=.)\/$/, "")
		.replace(/^(?:\/v1)+(?=\/v1\/)/, "");
	if (single.startsWith("/v1/")) return [single];
	const versioned = `/v1${single}`;
	return UNVERSIONED.test(single) ? [versioned] : [single, versioned];
}

/** Blanks that were copied along with a path. */
const BLANKS_AT_END = /(?:%(?:20|09|0a|0d))+$/;

/** Returns a path as it would be spelled: in lower case, and without blanks at its end. */
export function spelled(path: string): string {
	return path.toLowerCase().replace(BLANKS_AT_END, "");
}

/** Nobody's base URL has more parts. */
const MAX_PARTS = 8;

/** Returns the paths of routes that may have been meant by a path that has none: what stands at its end, under `/v1`. */
export function endsOf(path: string): readonly string[] {
	const parts = path.split("/").filter((part) => part !== "");
	return parts
		.slice(0, MAX_PARTS)
		.map((_, index) => `/v1/${parts.slice(index).join("/")}`)
		.filter((end) => end !== path);
}
