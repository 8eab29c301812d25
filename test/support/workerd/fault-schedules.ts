/** Makes random schedules of faults: one job each, its clients and watchers, and what happens to it when. */
import fc from "fast-check";
import "vitest";

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
	/** The model makes so many in one request: more are made by several requests. */
	readonly inOne: 1 | 4;
	/** The one of several requests that fal misbehaves for, from 1. 0: it does for all. */
	readonly only: number;
	/** A webhook is asked for: fal can reach the job's origin. */
	readonly webhook: boolean;
	/** The client's own webhook: there is none, it takes the notice, or it fails at first. */
	readonly hook: "none" | "takes" | "fails";
	readonly includeUsage: boolean;
	readonly onDisconnect: "cancel" | null;
	readonly settings: Settings;
	/** The orders that the simulator got, for the checks. */
	readonly fal: Fal;
	readonly client: Client;
	readonly watchers: readonly Watcher[];
	readonly actions: readonly TimedAction[];
}

/** The requests to fal that a job makes. */
export function requestsIn({ pictures, inOne }: Pick<Schedule, "pictures" | "inOne">): number {
	return Math.ceil(pictures / inOne);
}

/** Of the Worker that takes the requests. Null is the default. */
export interface Settings {
	readonly deadlineSeconds: number | null;
	readonly retentionDays: number | null;
	readonly progress: "reasoning" | "content" | "off" | null;
	readonly publicUrl: string | null;
}

/** Several schedules at a time, under one clock. */
export interface Batch {
	readonly schedules: readonly Schedule[];
	/** The clock of the Worker and its objects jumps. None for most batches: then only what is real takes time. */
	readonly jumps: readonly Jump[];
}

export interface Jump {
	/** Real time since the batch began. */
	readonly afterMs: number;
	readonly ms: number;
}

type Outcome = "ok" | "nsfw" | "no-images" | "content-policy" | "server-error";

/** The client that asks first. */
export interface Client {
	/** It declares a repeated request by a key or by a retry count. */
	readonly declares: "key" | "retry";
	/** Equal requests at once, under a key. */
	readonly atOnce: number;
	readonly cuts: readonly Cut[];
}

export interface Cut {
	/** So many frames are read before the connection is cut. */
	readonly frames: number;
	/** The client comes back by the job's id, or by the request once more. */
	readonly back: "resume" | "again";
}

/** One more reader of the same job. */
export interface Watcher {
	readonly kind: "chat" | "events";
	readonly from: Moment;
	/** Frames that are read before each cut. */
	readonly cuts: readonly number[];
	/** It does not come back after the last cut. */
	readonly leaves: boolean;
}

/** Progress that is waited for, but not for long. */
export type Moment =
	| { readonly type: "start" }
	/** The first client has read so many frames. */
	| { readonly type: "frame"; readonly count: number }
	/** fal has the request. */
	| { readonly type: "request" }
	/** fal is done. */
	| { readonly type: "done" };

export interface TimedAction {
	readonly when: Moment;
	/** The action follows so much later. */
	readonly waitMs: number;
	readonly action: Action;
}

export type Action =
	| { readonly type: "evict"; readonly webSockets: "close" | "hibernate" }
	| { readonly type: "abort" }
	| { readonly type: "alarm" }
	| { readonly type: "read" }
	| { readonly type: "run" }
	| { readonly type: "finish" }
	| { readonly type: "webhook"; readonly how: "true" | "forged" | "of_another" }
	| { readonly type: "cancel" }
	| { readonly type: "delete" };

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
	[1, { type: "read" }],
	[1, { type: "run" }],
	[2, { type: "finish" }],
	[3, { type: "webhook", how: "true" }],
	[1, { type: "webhook", how: "forged" }],
	[1, { type: "webhook", how: "of_another" }],
	[1, { type: "cancel" }],
	[2, { type: "delete" }],
);

const anyFal = fc.record({
	queue: fc.nat(2),
	queueMs: fc.integer({ min: 5, max: 60 }),
	runMs: fc.integer({ min: 10, max: 250 }),
	logs: fc.nat(3),
	hold: oneOf([6, "nothing"], [1, "queue"], [1, "run"], [1, "all"]),
	submit: oneOf([10, "ok"], [1, "429"], [1, "503"], [2, "lost"], [2, "hangs"], [2, "502"], [2, "504"]),
	/** The account whose first submit of this prompt is refused. The other one answers as `submit` says. */
	refuses: oneOf([6, "none"], [3, "test-id"], [1, "spare-id"]),
	listed: oneOf([5, "yes"], [1, "without-input"], [1, "never"]),
	listedAfterMs: oneOf([4, 0], [1, 1_500]),
	status: oneOf([4, "ok"], [1, "500"], [1, "redirect"]),
	stream: oneOf([4, "ok"], [1, "500"], [1, "404"], [2, "cut"]),
	result: oneOf([6, "ok"], [1, "500"], [1, "page"], [1, "in-progress"], [1, "401"]),
	shape: oneOf([6, "model"], [1, "urls"], [1, "output"]),
	cancel: oneOf([2, "ok"], [1, "too-late"], [2, "ignored"], [1, "hangs"]),
	webhook: oneOf([6, "once"], [2, "never"], [2, "twice"], [2, "early"], [1, "forged"], [1, "null-payload"]),
	webhookDelayMs: oneOf([3, 0], [1, 40], [1, 400]),
	outcome: oneOf<Outcome>([10, "ok"], [1, "nsfw"], [1, "no-images"], [1, "content-policy"], [1, "server-error"]),
	file: oneOf([6, "ok"], [2, "truncated"], [2, "500"], [1, "chunked"], [1, "page"], [1, "redirect"]),
	images: oneOf([6, "link"], [1, "inline"], [1, "base64"]),
	urls: oneOf([5, "own"], [1, "foreign"]),
});

export type Fal = typeof anyFal extends fc.Arbitrary<infer T> ? T : never;

/** Leaves one way by which the job can learn of its end. Without any, a schedule would prove nothing. */
function withWayToTheEnd(fal: Fal, webhook: boolean): Fal {
	return {
		...fal,
		listed: webhook ? fal.listed : "yes",
		status: webhook ? fal.status : "ok",
		// The other odd results pass after the first GET.
		result:
			fal.result !== "500" || (webhook && fal.webhook !== "null-payload" && fal.images === "link") ? fal.result : "ok",
		// Only a webhook settles these before their time-out of half a minute.
		submit: !webhook && fal.submit === "hangs" ? "lost" : fal.submit,
		cancel: !webhook && fal.cancel === "hangs" ? "ok" : fal.cancel,
	};
}

function toWords({ refuses, submit, ...fal }: Fal, only: number): string {
	const resultFaults = fal.result === "500" ? 0 : 1;
	const submits = refuses === "none" ? { submit } : { submit: "403", account: refuses, elsewhere: submit };
	return Object.entries({ ...fal, ...submits, only, refusals: 1, resultFaults, fileFaults: 1, maxSide: 64 })
		.map(([name, value]) => `sim:${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}=${value}`)
		.join(" ");
}

const anyClient: fc.Arbitrary<Client> = fc.record({
	declares: fc.constantFrom("key", "retry"),
	atOnce: oneOf([3, 1], [1, 2]),
	cuts: fc.array(fc.record({ frames: fc.nat(5), back: fc.constantFrom("resume", "again") }), { maxLength: 3 }),
});

const anyWatcher: fc.Arbitrary<Watcher> = fc.record({
	kind: fc.constantFrom("chat", "events"),
	from: anyMoment,
	cuts: fc.array(fc.nat(5), { maxLength: 3 }),
	leaves: oneOf([2, false], [1, true]),
});

const USUAL_SETTINGS: Settings = { deadlineSeconds: null, retentionDays: null, progress: null, publicUrl: null };

const anySettings: fc.Arbitrary<Settings> = fc.record({
	deadlineSeconds: oneOf<number | null>([6, null], [1, 1], [1, 3], [1, 60], [1, 3_600]),
	retentionDays: oneOf<number | null>([4, null], [1, 0.5], [1, 1], [1, 2], [1, 90]),
	progress: oneOf<Settings["progress"]>([3, null], [1, "reasoning"], [1, "content"], [1, "off"]),
	publicUrl: oneOf<string | null>([3, null], [1, "https://pictures.example"]),
});

const anySchedule: fc.Arbitrary<Schedule> = fc
	.record({
		fal: anyFal,
		pictures: oneOf([6, 1], [3, 2], [2, 3], [1, 7]),
		inOne: oneOf<Schedule["inOne"]>([2, 4], [1, 1]),
		only: oneOf([2, 0], [1, 1], [1, 2]),
		webhook: oneOf([6, true], [1, false]),
		hook: oneOf<Schedule["hook"]>([3, "none"], [2, "takes"], [1, "fails"]),
		includeUsage: fc.boolean(),
		onDisconnect: oneOf([4, null], [1, "cancel"]),
		settings: oneOf<"usual" | "any">([1, "usual"], [1, "any"]).chain((which) =>
			which === "usual" ? fc.constant(USUAL_SETTINGS) : anySettings,
		),
		client: anyClient,
		watchers: fc.array(anyWatcher, { maxLength: 2 }),
		actions: fc.array(fc.record({ when: anyMoment, waitMs: fc.nat(8), action: anyAction }), {
			minLength: 1,
			maxLength: 6,
		}),
	})
	.map(({ fal, webhook, settings, ...asked }) => {
		// A job of one request has no part that alone may fail. The simulator counts submits, and a refused one is a submit.
		const rest = { ...asked, only: requestsIn(asked) > 1 && fal.refuses === "none" ? asked.only : 0 };
		const possible = withWayToTheEnd(fal, webhook);
		// A public address would bring a webhook.
		const publicUrl = webhook ? settings.publicUrl : null;
		return {
			...rest,
			webhook,
			settings: { ...settings, publicUrl },
			words: toWords(possible, rest.only),
			fal: possible,
		};
	});

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const anyJump: fc.Arbitrary<Jump> = fc.record({
	afterMs: fc.nat(800),
	ms: oneOf<number>(
		[2, 12 * SECOND],
		[2, 31 * SECOND],
		[2, 65 * SECOND],
		[1, 6 * MINUTE],
		[2, 16 * MINUTE],
		[1, 61 * MINUTE],
	),
});

export function anyBatch(size: number): fc.Arbitrary<Batch> {
	return fc.record({
		schedules: fc.array(anySchedule, { minLength: size, maxLength: size, size: "max" }),
		jumps: fc.oneof(
			{ weight: 2, arbitrary: fc.constant<readonly Jump[]>([]) },
			{ weight: 1, arbitrary: fc.array(anyJump, { minLength: 1, maxLength: 3 }) },
		),
	});
}
