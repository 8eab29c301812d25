/** Keeps small choices in this browser. A browser that keeps nothing, as in some private windows, is no fault. */

const PREFIX = "darkroom.";

/** Returns what was kept under a name; null for nothing. */
export function recall(name: string, storage: () => Storage = () => localStorage): string | null {
	try {
		return storage().getItem(PREFIX + name);
	} catch {
		return null;
	}
}

/** Keeps a text under a name; null forgets it. */
export function remember(name: string, text: string | null, storage: () => Storage = () => localStorage): void {
	try {
		if (text === null) storage().removeItem(PREFIX + name);
		else storage().setItem(PREFIX + name, text);
	} catch {
		// Then it is kept for as long as the page is open.
	}
}
