/** Keeps reports out of caches: what an account uses is for its own eyes, and changes. */
export const NOT_STORED = { headers: { "cache-control": "no-store" } };
