/** Says when a request that makes a job is sent again by itself. Each try has the same idempotency key, so none makes a second job. */

import type { Failure } from "../api/failure.ts";

/** About a minute and a half. Then the person decides. */
export const MAX_TRIES = 8;
/** What a wire, a proxy or a busy gateway answers. */
const MAY_PASS: ReadonlySet<number> = new Set([408, 425, 502, 503, 504, 520, 521, 522, 523, 524]);

/** True if the request may have been lost on its way, or may be taken the next time. */
export function isSentAgain(failure: Failure): boolean {
	if (failure.kind === "refused") return MAY_PASS.has(failure.status);
	return failure.kind === "unreachable";
}
