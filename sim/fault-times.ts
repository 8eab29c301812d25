/** Times of the answers that break off or hang. */

/**
 * Time from an answer's first bytes to its break. If it broke off at once, the bytes would be lost on the way, and the proxy of
 * `wrangler dev` would silently repeat a GET.
 */
export const BREAK_AFTER_MS = 50;

/** Delay of an answer that never comes: longer than any client waits. */
export const HANG_MS = 600_000;
