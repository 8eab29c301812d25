/**
 * A clock that a test sets, for a Worker and its objects in a process of their own. Timers keep the real time;
 * the alarms of objects follow the clock.
 */

const RealDate = Date;
let aheadMs = 0;

function movedNow(): number {
	return RealDate.now() + aheadMs;
}

globalThis.Date = new Proxy(RealDate, {
	construct: (target, args: unknown[], newTarget) =>
		Reflect.construct(target, args.length === 0 ? [movedNow()] : args, newTarget),
	get: (target, name) => (name === "now" ? movedNow : Reflect.get(target, name)),
});

/** When each object wants to wake up, by the clock, and how to reach it. They outlive the instances. */
const wanted = new Map<string, { readonly at: number; readonly reach: Reach }>();

/** Makes a new stub of an object: each request needs its own. */
type Reach = () => { rearm(): Promise<void> };

/** Lets an object's alarm follow the clock. Call it in the constructor, before anything sets one. */
export function followClock({ id, storage }: DurableObjectState, reach: Reach): void {
	const set = storage.setAlarm.bind(storage);
	const get = storage.getAlarm.bind(storage);
	const setAlarm = (at: number | Date) => {
		wanted.set(id.toString(), { at: Number(at), reach });
		return set(Number(at) - aheadMs);
	};
	const getAlarm = async () => ((await get()) === null ? null : (wanted.get(id.toString())?.at ?? null));
	Object.defineProperties(storage, { setAlarm: { value: setAlarm }, getAlarm: { value: getAlarm } });
}

/** Sets the alarm of an object anew, after the clock was set. */
export async function rearm({ storage }: DurableObjectState): Promise<void> {
	const at = await storage.getAlarm();
	if (at !== null) await storage.setAlarm(at);
}

/** Serves `POST /clock`, whose body is the time in milliseconds since 1970. `undefined` for any other request. */
export async function serveClock(request: Request): Promise<Response | undefined> {
	if (new URL(request.url).pathname !== "/clock") return undefined;
	aheadMs = Number(await request.text()) - RealDate.now();
	await Promise.all([...wanted.values()].map(({ reach }) => reach().rearm()));
	return new Response(null, { status: 204 });
}
