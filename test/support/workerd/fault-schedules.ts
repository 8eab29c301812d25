import fc from "fast-check";
import "vitest";

/** Random schedules of faults: one job each, its watchers, and what befalls it when. */

declare module "vitest" {
	export interface ProvidedContext {
		/** From the environment, by vitest.config.ts. */
		faults: { readonly schedules: number; readonly seed: number; readonly path: string };
	}
}

export interface Schedule {
	/** For the simulator: how fal behaves. */
	readonly words: string;
	readonly pictures: number;
	/** A webhook is asked for: the job's origin is one that fal can reach. */
	readonly hooked: boolean;
	readonly includeUsage: boolean;
	readonly onDisconnect: "cancel" | null;
	/** What the simulator was told, for what must come of it. */
	readonly outcome: Outcome;
	readonly client: Client;
	readonly watchers: readonly Watcher[];
	readonly actions: readonly Timed[];
}

type Outcome = "ok" | "nsfw" | "no-images" | "content-policy" | "server-error";

/** The client that asks first. */
export interface Client {
	/** How it says that a request is an earlier one again. */
	readonly says: "key" | "retry";
	/** How often the same is asked at once, under a key. */
	readonly twins: number;
	/** Frames that are read before each cut, and how the client comes back. */
	readonly cuts: readonly Cut[];
}

export interface Cut {
	readonly frames: number;
	readonly back: "resume" | "again";
}

/** Others that watch the same job. */
export interface Watcher {
	readonly kind: "chat" | "events";
	readonly from: Moment;
	/** Frames that are read before each cut. */
	readonly cuts: readonly number[];
}

/** Progress that is waited for; one that does not come is not waited for long. */
export type Moment =
	| { readonly type: "start" }
	/** The first client has read so many frames. */
	| { readonly type: "frame"; readonly count: number }
	/** fal has the request. */
	| { readonly type: "request" }
	/** fal is done. */
	| { readonly type: "done" };

export interface Timed {
	readonly when: Moment;
	/** Then so much later. */
	readonly waitMs: number;
	readonly action: Action;
}

export type Action =
	| { readonly type: "evict"; readonly webSockets: "close" | "hibernate" }
	| { readonly type: "abort" }
	| { readonly type: "alarm" }
	| { readonly type: "look" }
	| { readonly type: "run" }
	| { readonly type: "finish" }
	| { readonly type: "webhook"; readonly how: "true" | "forged" | "of_another" }
	| { readonly type: "cancel" };

function oneOf<const T>(...choices: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> {
	return fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}

const anyMoment: fc.Arbitrary<Moment> = fc.oneof(
	fc.constant<Moment>({ type: "start" }),
	{ weight: 4, arbitrary: fc.nat(7).map((count): Moment => ({ type: "frame", count })) },
	{ weight: 2, arbitrary: fc.constant<Moment>({ type: "request" }) },
	{ weight: 2, arbitrary: fc.constant<Moment>({ type: "done" }) },
);

const anyAction: fc.Arbitrary<Action> = oneOf<Action>(
	[3, { type: "evict", webSockets: "hibernate" }],
	[3, { type: "evict", webSockets: "close" }],
	[3, { type: "abort" }],
	[4, { type: "alarm" }],
	[1, { type: "look" }],
	[1, { type: "run" }],
	[2, { type: "finish" }],
	[3, { type: "webhook", how: "true" }],
	[1, { type: "webhook", how: "forged" }],
	[1, { type: "webhook", how: "of_another" }],
	[1, { type: "cancel" }],
);

const anyFal = fc.record({
	queue: fc.nat(2),
	queueMs: fc.integer({ min: 5, max: 60 }),
	runMs: fc.integer({ min: 10, max: 250 }),
	logs: fc.nat(3),
	hold: oneOf([6, "nothing"], [1, "queue"], [1, "run"], [1, "all"]),
	submit: oneOf([10, "ok"], [1, "429"], [1, "503"], [2, "lost"], [2, "hangs"], [2, "502"], [2, "504"]),
	status: oneOf([4, "ok"], [1, "500"], [1, "redirect"]),
	stream: oneOf([4, "ok"], [1, "500"], [1, "404"], [2, "cut"]),
	result: oneOf([4, "ok"], [1, "500"]),
	cancel: oneOf([2, "ok"], [1, "too-late"], [2, "ignored"], [1, "hangs"]),
	webhook: oneOf([6, "once"], [2, "never"], [2, "twice"], [2, "early"], [1, "forged"], [1, "null-payload"]),
	webhookDelayMs: oneOf([3, 0], [1, 40], [1, 400]),
	outcome: oneOf<Outcome>([10, "ok"], [1, "nsfw"], [1, "no-images"], [1, "content-policy"], [1, "server-error"]),
	file: oneOf([6, "ok"], [2, "truncated"], [2, "500"], [1, "chunked"]),
	images: oneOf([6, "link"], [1, "inline"]),
	urls: oneOf([5, "own"], [1, "foreign"]),
});

/** Where no road is left that brings the end, nothing can be said of it: each schedule keeps one. */
function withRoad(fal: Fal, hooked: boolean): Fal {
	return {
		...fal,
		status: hooked ? fal.status : "ok",
		result: hooked && fal.webhook !== "null-payload" && fal.images === "link" ? fal.result : "ok",
		// Only a webhook settles these before their time-out of half a minute.
		submit: !hooked && fal.submit === "hangs" ? "lost" : fal.submit,
		cancel: !hooked && fal.cancel === "hangs" ? "ok" : fal.cancel,
	};
}

type Fal = typeof anyFal extends fc.Arbitrary<infer T> ? T : never;

function toWords(fal: Fal): string {
	return Object.entries({ ...fal, refusals: 1, fileFaults: 1, maxSide: 64 })
		.map(([name, value]) => `sim:${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}=${value}`)
		.join(" ");
}

const anyClient: fc.Arbitrary<Client> = fc.record({
	says: fc.constantFrom("key", "retry"),
	twins: oneOf([3, 1], [1, 2]),
	cuts: fc.array(fc.record({ frames: fc.nat(5), back: fc.constantFrom("resume", "again") }), { maxLength: 3 }),
});

const anyWatcher: fc.Arbitrary<Watcher> = fc.record({
	kind: fc.constantFrom("chat", "events"),
	from: anyMoment,
	cuts: fc.array(fc.nat(5), { maxLength: 3 }),
});

export const anySchedule: fc.Arbitrary<Schedule> = fc
	.record({
		fal: anyFal,
		pictures: oneOf([3, 1], [1, 2], [1, 3]),
		hooked: oneOf([6, true], [1, false]),
		includeUsage: fc.boolean(),
		onDisconnect: oneOf([8, null], [1, "cancel"]),
		client: anyClient,
		watchers: fc.array(anyWatcher, { maxLength: 2 }),
		actions: fc.array(fc.record({ when: anyMoment, waitMs: fc.nat(8), action: anyAction }), {
			minLength: 1,
			maxLength: 6,
		}),
	})
	.map(({ fal, hooked, ...rest }) => {
		const kept = withRoad(fal, hooked);
		return { ...rest, hooked, words: toWords(kept), outcome: kept.outcome };
	});
