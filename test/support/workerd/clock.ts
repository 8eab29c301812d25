/**
 * Moves the clock of the Worker and its objects, which run in the isolate of their test. Timers, the platform's alarms and the simulator keep
 * the real time.
 */

const RealDate = Date;
let aheadMs = 0;

/** Milliseconds since 1970, whatever the clock of the Worker shows: for the waits of a test. */
export function realNow(): number {
	return RealDate.now();
}

function movedNow(): number {
	return RealDate.now() + aheadMs;
}

const MovedDate = new Proxy(RealDate, {
	construct: (target, args: unknown[], newTarget) =>
		Reflect.construct(target, args.length === 0 ? [movedNow()] : args, newTarget),
	get: (target, name) => (name === "now" ? movedNow : Reflect.get(target, name)),
});

/** Lets this time pass at once. */
export function passTime(ms: number): void {
	aheadMs += ms;
	globalThis.Date = MovedDate;
}

/** The clock shows the real time again. */
export function resetClock(): void {
	aheadMs = 0;
	globalThis.Date = RealDate;
}
