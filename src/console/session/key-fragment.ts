/** Reads the key of a link that signs in. */

const PREFIX = "#key=";

/** Returns the key of `#key=…`; null if the fragment has none. */
export function parseKeyFragment(hash: string): string | null {
	if (!hash.startsWith(PREFIX)) return null;
	try {
		return decodeURIComponent(hash.slice(PREFIX.length)) || null;
	} catch {
		return null;
	}
}
