/** Says how the page stands with the gateway, in a calm way: a short break is not worth a word. */

export type Connection = "online" | "offline" | "reconnecting" | "reconnected";

/** A break that is over by then is not shown. */
export const UNSAID_MS = 1_000;
/** How long it is said that all is well again. */
export const RECONNECTED_MS = 4_000;

export interface ConnectionState {
	readonly connection: Connection;
	/** When it became so. Milliseconds. */
	readonly since: number;
}

export interface Signs {
	/** What the browser says. */
	readonly isOnline: boolean;
	/** Since when nothing gets through to the gateway; null if it does, or if nothing was tried. */
	readonly failingSince: number | null;
}

export function nextConnection(
	before: ConnectionState,
	{ isOnline, failingSince }: Signs,
	now: number,
): ConnectionState {
	const connection = next(before, isOnline, failingSince === null ? null : now - failingSince, now);
	return connection === before.connection ? before : { connection, since: now };
}

function next(before: ConnectionState, isOnline: boolean, failingMs: number | null, now: number): Connection {
	const { connection, since } = before;
	const wasLost = connection === "offline" || connection === "reconnecting";
	if (!isOnline) return "offline";
	if (failingMs !== null) return wasLost || failingMs >= UNSAID_MS ? "reconnecting" : connection;
	if (wasLost) return "reconnected";
	return connection === "reconnected" && now - since >= RECONNECTED_MS ? "online" : connection;
}
