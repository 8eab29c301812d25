/** Tells which pictures of an earlier job the gateway keeps, and which are links of its client's. */

import type { Job } from "../../api/types.ts";

export type Input = Job["inputs"][number];

/** Returns a link of the client's, which is on any host; null for a picture that the gateway keeps, and knows the type of. */
export function linkOf({ url, content_type: type }: Pick<Input, "url" | "content_type">): string | null {
	return type === null ? url : null;
}
