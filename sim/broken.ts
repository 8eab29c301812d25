/**
 * How long after its beginning an answer breaks off. Not at once: what has come would be thrown away on the road, and
 * the proxy of `wrangler dev` would quietly ask again for a GET.
 */
export const BREAK_AFTER_MS = 50;

/** An answer that never comes: longer than anyone waits. */
export const HANG_MS = 600_000;
