/**
 * The gateway, with its objects counted from outside: their calls, their rows, and the time that they are awake. The counts live in the
 * isolate and not in the objects, so that they outlive hibernation.
 */
import type { DurableObject } from "cloudflare:workers";
import { AsyncLocalStorage } from "node:async_hooks";
import { Account as RealAccount } from "../../../src/account/account.ts";
import { Job as RealJob } from "../../../src/api/jobs/object.ts";
import type { Env } from "../../../src/env.ts";
import { Job as JobObject } from "../../../src/job/object/job.ts";
import gateway from "../../../src/worker.ts";
import { type Counts, Tally } from "./tally.ts";

const tallies = new Map<string, Tally>();
function tallyOf(id: string): Tally {
	const tally = tallies.get(id) ?? new Tally();
	tallies.set(id, tally);
	return tally;
}

/** The object whose code runs. None for the code of the Worker itself. */
const running = new AsyncLocalStorage<Tally>();

/** The count of a handler's calls. Each is billed as a request, except messages and closes; twenty messages are one. */
type CallKind = "requests" | "messages" | "closes";
function callKindOf(handler: string): CallKind {
	if (handler === "webSocketMessage") return "messages";
	return handler === "webSocketClose" || handler === "webSocketError" ? "closes" : "requests";
}

const owners = new WeakMap<object, Tally>();
/** Ends the time from an instance's construction to its first call. */
const endConstruction = new WeakMap<object, () => void>();

function register(instance: DurableObject, ctx: DurableObjectState): void {
	wrapRuntime(ctx);
	const tally = tallyOf(ctx.id.toString());
	tally.constructed += 1;
	owners.set(instance, tally);
	endConstruction.set(instance, tally.awake.begin());
}

export class Job extends RealJob {
	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		register(this, ctx);
	}
}

export class Account extends RealAccount {
	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		register(this, ctx);
	}
}

type Callable = (this: object, ...args: readonly unknown[]) => unknown;

/** Replaces a method by `around`, which gets the method bound. */
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

/** Runs `work`, and calls `end` when it has returned or its promise has settled. */
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

/** Methods that an object calls itself. */
const INTERNAL: ReadonlySet<string> = new Set(["report"]);

/** Counts the calls of every method of a class, because each can be called from outside. */
function countCalls(counted: object, real: object): void {
	for (const name of Object.getOwnPropertyNames(real)) {
		if (name === "constructor" || INTERNAL.has(name)) continue;
		const kind = callKindOf(name);
		wrap(counted, name, (self, call, args) => {
			const tally = owners.get(self);
			if (tally === undefined) return call(...args);
			tally[kind] += 1;
			return during(tally.awake.begin(), () => {
				endConstruction.get(self)?.();
				return running.run(tally, () => call(...args));
			});
		});
	}
}
// The API's own additions to the object are never called from outside.
countCalls(Job.prototype, JobObject.prototype);
countCalls(Account.prototype, RealAccount.prototype);

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

/** A timer and `scheduler.wait` keep it awake, too. */
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

/** Wraps the runtime's classes for rows and effects. Their prototypes are reachable only through an object. */
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
