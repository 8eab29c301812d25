import type { DurableObject } from "cloudflare:workers";
import { AsyncLocalStorage } from "node:async_hooks";
import { Account as RealAccount } from "../../../src/account/account.ts";
import type { Env } from "../../../src/env.ts";
import { Job as RealJob } from "../../../src/job/object/job.ts";
import gateway from "../../../src/worker.ts";
import { type Counts, Tally } from "./tally.ts";

/**
 * The gateway as it is, its objects counted from outside: what comes in, what is written, and how long anything keeps them
 * awake. What is counted lives in the isolate and not in the objects, so that it outlives their hibernation.
 */

const tallies = new Map<string, Tally>();
function tallyOf(id: string): Tally {
	const known = tallies.get(id) ?? new Tally();
	tallies.set(id, known);
	return known;
}

/** Whose work runs. Nobody's: the Worker's own. */
const running = new AsyncLocalStorage<Tally>();

/** What comes in by a handler. All but messages and closes is a billed request; twenty messages are one. */
type Arrival = "requests" | "messages" | "closes";
function arrivalBy(handler: string): Arrival {
	if (handler === "webSocketMessage") return "messages";
	return handler === "webSocketClose" || handler === "webSocketError" ? "closes" : "requests";
}

const owners = new WeakMap<object, Tally>();
/** From the instance's making to its first handler. */
const waking = new WeakMap<object, () => void>();

function born(instance: DurableObject, ctx: DurableObjectState): void {
	wrapRuntime(ctx);
	const tally = tallyOf(ctx.id.toString());
	tally.constructed += 1;
	owners.set(instance, tally);
	waking.set(instance, tally.awake.begin());
}

export class Job extends RealJob {
	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		born(this, ctx);
	}
}

export class Account extends RealAccount {
	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		born(this, ctx);
	}
}

type Callable = (this: object, ...args: readonly unknown[]) => unknown;

/** Puts `around` in the place of a method, which it gets bound. */
function wrap(
	holder: object,
	name: string,
	around: (self: object, call: (...args: readonly unknown[]) => unknown, args: readonly unknown[]) => unknown,
): void {
	const original = Reflect.get(holder, name) as Callable;
	Object.defineProperty(holder, name, {
		configurable: true,
		writable: true,
		value(this: object, ...args: readonly unknown[]) {
			return around(this, (...passed) => Reflect.apply(original, this, passed), args);
		},
	});
}

/** Until what was begun is over: at once, or when its promise is. */
function during<T>(end: () => void, work: () => T): T {
	let result: T | undefined;
	try {
		result = work();
		return result;
	} finally {
		if (result instanceof Promise) result.then(end, end);
		else end();
	}
}

/** Whatever a class has can be called: the counted one gets it all from the real one. */
function countArrivals(counted: object, real: object): void {
	for (const name of Object.getOwnPropertyNames(real)) {
		if (name === "constructor") continue;
		const arrival = arrivalBy(name);
		wrap(counted, name, (self, call, args) => {
			const tally = owners.get(self);
			if (tally === undefined) return call(...args);
			tally[arrival] += 1;
			return during(tally.awake.begin(), () => {
				waking.get(self)?.();
				return running.run(tally, () => call(...args));
			});
		});
	}
}
countArrivals(Job.prototype, RealJob.prototype);
countArrivals(Account.prototype, RealAccount.prototype);

/** A fetch keeps the object that waits for it awake. */
wrap(globalThis, "fetch", (_, call, args) => {
	const tally = running.getStore();
	if (tally === undefined) return call(...args);
	const ends = [tally.awake.begin(), tally.fetching.begin()];
	return during(
		() => ends.forEach((end) => void end()),
		() => call(...args),
	);
});

/** So does a timer that is set, and so does what `scheduler.wait` waits for. */
wrap(scheduler, "wait", (_, call, args) => {
	const end = running.getStore()?.awake.begin() ?? (() => {});
	return during(end, () => call(...args));
});
const timers = new Map<unknown, () => void>();
wrap(globalThis, "setTimeout", (_, call, [run, ...rest]) => {
	const end = running.getStore()?.awake.begin();
	if (end === undefined) return call(run, ...rest);
	const timer = call(
		(...passed: readonly unknown[]) => {
			timers.delete(timer);
			return during(end, () => (run as (...args: readonly unknown[]) => unknown)(...passed));
		},
		...rest,
	);
	timers.set(timer, end);
	return timer;
});
wrap(globalThis, "clearTimeout", (_, call, [timer]) => {
	timers.get(timer)?.();
	timers.delete(timer);
	return call(timer);
});

/** Rows and effects go through classes of the runtime's, whose prototypes are had from the first object. */
let wrapped = false;
function wrapRuntime(ctx: DurableObjectState): void {
	if (wrapped) return;
	wrapped = true;
	wrap(Object.getPrototypeOf(ctx), "waitUntil", (_, call, args) => {
		const end = running.getStore()?.awake.begin();
		if (end !== undefined) Promise.resolve(args[0]).then(end, end);
		return call(...args);
	});
	wrap(Object.getPrototypeOf(ctx.storage), "setAlarm", (_, call, args) => {
		const tally = running.getStore();
		if (tally !== undefined) tally.rows += 1;
		return call(...args);
	});
	wrap(Object.getPrototypeOf(ctx.storage.sql), "exec", (_, call, args) => {
		const cursor = call(...args);
		running.getStore()?.wrote(cursor as { readonly rowsWritten: number });
		return cursor;
	});
}

export default {
	fetch: (request, env, ctx) => {
		if (new URL(request.url).pathname !== "/bench/counts") return gateway.fetch(request, env, ctx);
		const counts: Record<string, Counts> = {};
		for (const [id, tally] of tallies) counts[id] = tally.read();
		return Response.json(counts);
	},
} satisfies ExportedHandler<Env>;
