/** Reads paths that clients put together from a base URL that already holds a part of them, or lacks one. */

/**
 * Returns the paths that a path may stand for, the likeliest first: without slashes and versions that stand twice, without a slash at
 * its end, and with the version that is missing.
 */
export function readingsOf(path: string): readonly string[] {
	const single = path
		.replace(/\/{2,}/g, "/")
		.replace(/(?<=.)\/$/, "")
		.replace(/^(?:\/v1)+(?=\/v1\/)/, "");
	return single.startsWith("/v1/") ? [single] : [single, `/v1${single}`];
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
