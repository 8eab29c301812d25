/** Says which texts are fal's id of a request. It becomes a part of addresses and queries, and clients see it. */
import * as z from "zod/mini";

/** fal has UUIDs. Whatever an address would have to escape is no id, and so is a dot alone, which would change the path. */
const REQUEST_ID = /^\w[\w.-]{0,199}$/;

export function isRequestId(text: string): boolean {
	return REQUEST_ID.test(text);
}

export const RequestId = z.string().check(z.refine(isRequestId));
