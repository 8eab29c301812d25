/** Watches how the page stands with the gateway: by what the browser says, and by what gets through. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { type Connection, type ConnectionState, nextConnection } from "./connection-state.ts";

const LOOK_MS = 250;

const online = signal(navigator.onLine);
const shown = signal<Connection>("online");
/** What does not get through, with the time at which it began. */
const failing = new Map<string, number>();
let state: ConnectionState = { connection: "online", since: Date.now() };
let timer: ReturnType<typeof setTimeout> | undefined;

/** False if the browser has no network. */
export const isOnline: ReadonlySignal<boolean> = online;
export const connection: ReadonlySignal<Connection> = shown;

for (const name of ["online", "offline"]) {
	addEventListener(name, () => {
		online.value = navigator.onLine;
		look();
	});
}

/** Says that something does not get through. @param who what tries, such as a job's id */
export function reportFailure(who: string): void {
	if (!failing.has(who)) failing.set(who, Date.now());
	look();
}

/** Says that the gateway answers. */
export function reportAnswer(): void {
	failing.clear();
	look();
}

/** Says that something is not tried any more. */
export function reportEnd(who: string): void {
	failing.delete(who);
	look();
}

function look(): void {
	clearTimeout(timer);
	const failingSince = failing.size === 0 ? null : Math.min(...failing.values());
	state = nextConnection(state, { isOnline: online.value, failingSince }, Date.now());
	shown.value = state.connection;
	if (state.connection !== "online" || failing.size > 0) timer = setTimeout(look, LOOK_MS);
}

look();
