/** Reads stored pictures out of R2: for a request (whole, in part, or not at all), and in advance of an answer. */
import { isConditional, select } from "../http/conditional.ts";

export type OpenedPicture =
	| { readonly kind: "missing" }
	| { readonly kind: "not_modified" | "unsatisfiable" | "head"; readonly object: R2Object }
	| { readonly kind: "whole"; readonly object: R2ObjectBody }
	| { readonly kind: "part"; readonly object: R2ObjectBody; readonly offset: number; readonly length: number };

/**
 * Opens a picture as a request's `If-None-Match`, `Range` and `If-Range` want it. R2 throws for a header that it cannot parse, so they
 * are understood here; only a request that has one costs a second read. A stored picture never changes in between.
 */
export async function openPicture(
	bucket: R2Bucket,
	key: string,
	{ method, headers }: Pick<Request, "method" | "headers">,
): Promise<OpenedPicture> {
	const isHead = method === "HEAD";
	if (!isHead && !isConditional(headers)) {
		const object = await bucket.get(key);
		return object === null ? { kind: "missing" } : { kind: "whole", object };
	}
	const stored = await bucket.head(key);
	if (stored === null) return { kind: "missing" };
	const selection = select(headers, stored.httpEtag, stored.size);
	if (selection.kind === "not_modified") return { kind: "not_modified", object: stored };
	// A range has a meaning for GET only.
	if (isHead) return { kind: "head", object: stored };
	if (selection.kind === "unsatisfiable") return { kind: "unsatisfiable", object: stored };
	const { offset, length } = selection.kind === "part" ? selection : { offset: 0, length: stored.size };
	const object = await bucket.get(key, { range: { offset, length } });
	if (object === null) return { kind: "missing" };
	return selection.kind === "part" ? { kind: "part", object, offset, length } : { kind: "whole", object };
}

/** Returns the objects in the order of the keys; null for a key that has none. */
export function headAll(bucket: R2Bucket, keys: readonly string[]): Promise<readonly (R2Object | null)[]> {
	return Promise.all(keys.map((key) => bucket.head(key)));
}
