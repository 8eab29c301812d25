/** The gateway's clock, as far as the page knows it: the times of jobs are by that one. */

import { type ReadonlySignal, signal } from "@preact/signals";

const TICK_MS = 1_000;
/** An answer tells whole seconds. */
const WHOLE_SECOND_MS = 1_000;
/** And it takes a while. */
const NOISE_MS = 2_000;

let skewMs = 0;
let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const current = signal(Date.now());

/** Milliseconds since 1970, a second apart while somebody uses it. */
export const now: ReadonlySignal<number> = current;

/** Takes the time of an answer, if it has one. */
export function setClock(headers: Headers): void {
	skewMs = skewBy(headers.get("date"), Date.now()) ?? skewMs;
	tick();
}

/** Returns by how many milliseconds the gateway's clock is ahead; null if its answer does not say. */
export function skewBy(date: string | null, now: number): number | null {
	const told = Date.parse(date ?? "");
	if (Number.isNaN(told)) return null;
	const skew = told + WHOLE_SECOND_MS / 2 - now;
	return Math.abs(skew) > NOISE_MS ? skew : 0;
}

/** Takes the time of an event. It is no later than now. */
export function notBefore(ms: number): void {
	if (ms <= Date.now() + skewMs) return;
	skewMs = ms - Date.now();
	tick();
}

/** Keeps the clock going. Returns what stops it. */
export function keepTime(): () => void {
	users += 1;
	if (users === 1) {
		tick();
		timer = setInterval(tick, TICK_MS);
	}
	return () => {
		users -= 1;
		if (users === 0) clearInterval(timer);
	};
}

function tick(): void {
	current.value = Date.now() + skewMs;
}
