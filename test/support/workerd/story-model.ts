/**
 * Several clients of one account, as docs/protocol.md promises them: who joins whom, who gets which job, what each job costs. A few rules that
 * share no code with the job. A story is a list of steps; after each one everything has come to rest.
 */

export type Step =
	/** A request; two at once if `twice`. */
	| {
			readonly type: "ask";
			readonly declares: "nothing" | "retry" | "key 1" | "key 2";
			/** Another body is another request. */
			readonly body: 0 | 1;
			readonly twice: boolean;
			/** So much of a whole answer the client takes when it comes. A stream is taken to its end. */
			readonly takes: "all" | "half";
	  }
	/** A request that nobody waits for. It says that it is a retry. */
	| { readonly type: "ask-async" }
	/** A client comes to a job by its id, or watches its events. */
	| { readonly type: "resume" | "observe"; readonly job: number }
	/** The oldest client of a job leaves. */
	| { readonly type: "leave"; readonly job: number }
	| { readonly type: "cancel" | "delete" | "end-at-fal" | "evict" | "cut-sockets"; readonly job: number }
	/** Time passes, and each alarm fires. */
	| { readonly type: "pass"; readonly minutes: number };

/** Settings of a whole story. */
export interface Setting {
	/** Chats are streams; pictures are whole answers, which can be cut in the middle. */
	readonly api: "chat" | "images";
	readonly cancelOnDisconnect: boolean;
	/** Every job at fal ends so. A refused one ends at once, and costs nothing. */
	readonly atFal: "picture" | "failure" | "refusal";
}

export interface ModelClient {
	readonly n: number;
	readonly kind: "asked" | "resumed" | "observer";
	readonly takes: "all" | "half";
}

export interface ModelJob {
	readonly body: 0 | 1;
	readonly key: string | null;
	readonly madeAt: number;
	readonly end: "live" | "succeeded" | "failed" | "cancelled" | "deleted";
	readonly clients: readonly ModelClient[];
	/** Somebody who waited left without the answer, and others were still there. */
	readonly leaving: boolean;
	/** The last one who waited left without the answer: an equal request may have it. */
	readonly left: boolean;
	/** Sockets that the object was asked for. */
	readonly sockets: number;
	/** Status streams at fal, at most: there is one follower at a time. */
	readonly streams: number;
	/** `unknown` after all have come back at once. */
	readonly follower: number | null | "unknown";
	/** Cancellations that fal got. */
	readonly cancels: number;
}

export interface Model {
	readonly setting: Setting;
	readonly minute: number;
	readonly clients: number;
	readonly jobs: readonly ModelJob[];
}

const RETRY_WINDOW_MINUTES = 30;
const KEY_WINDOW_MINUTES = 24 * 60;
const EQUAL_JOBS = 8;
/** JOB_DEADLINE_SECONDS of all stories. */
const DEADLINE_MINUTES = 24 * 60;

/** The answer to a request: a job of its own (null), that of another one, or a refusal. */
export type Got = number | null | "conflict";

export function begin(setting: Setting): Model {
	return { setting, minute: 0, clients: 0, jobs: [] };
}

function mayBeJoined({ setting }: Model, { end }: ModelJob): boolean {
	return end === "live" || end === "succeeded" || (end === "failed" && setting.atFal !== "refusal");
}

/** Says which job a request gets. */
export function admit(model: Model, body: 0 | 1, declares: "nothing" | "retry" | "key 1" | "key 2"): Got {
	const { jobs, minute } = model;
	// A job that was deleted is nowhere any more.
	const known = jobs.map((job, n) => ({ ...job, n })).filter(({ end }) => end !== "deleted");
	const newestFirst = known.toReversed();
	if (declares === "key 1" || declares === "key 2") {
		const [newest] = newestFirst.filter(({ key }) => key === declares);
		if (newest === undefined || minute - newest.madeAt > KEY_WINDOW_MINUTES) return null;
		if (newest.body !== body) return "conflict";
		return mayBeJoined(model, newest) ? newest.n : null;
	}
	const equal = newestFirst.filter((job) => job.body === body).slice(0, EQUAL_JOBS);
	const recent = equal.filter(({ madeAt }) => minute - madeAt <= RETRY_WINDOW_MINUTES);
	const joined = recent.find(
		(job) => mayBeJoined(model, job) && (declares === "retry" || (job.left && job.clients.length === 0)),
	);
	return joined === undefined ? null : joined.n;
}

function withJob(model: Model, n: number, change: (job: ModelJob) => ModelJob): Model {
	return { ...model, jobs: model.jobs.map((job, index) => (index === n ? change(job) : job)) };
}

/** Asks another watcher to follow fal's stream, if none does. */
function followed(job: ModelJob): ModelJob {
	if (job.end !== "live" || job.follower !== null) return job;
	const [first] = job.clients;
	return first === undefined ? job : { ...job, follower: first.n, streams: job.streams + 1 };
}

/** A client comes to a job. If that has ended, it takes its answer at once. */
function come(model: Model, n: number, kind: ModelClient["kind"], takes: ModelClient["takes"]): Model {
	const client: ModelClient = { n: model.clients, kind, takes };
	const counted = { ...model, clients: model.clients + 1 };
	return withJob(counted, n, (job) => {
		if (job.end === "live") return followed({ ...job, clients: [...job.clients, client], sockets: job.sockets + 1 });
		// Whoever asks watches, whoever comes by the id has read the log to its end.
		const sockets = job.sockets + (kind === "asked" ? 1 : 0);
		return take({ ...job, sockets }, client, model.setting);
	});
}

/** The last of the clients that got the answer, or half of it, decides. */
function take(job: ModelJob, { takes }: ModelClient, { api }: Setting): ModelJob {
	return { ...job, left: takes === "half" && api === "images" && job.end === "succeeded" };
}

function make(model: Model, body: 0 | 1, key: string | null): Model {
	const job: ModelJob = {
		body,
		key,
		madeAt: model.minute,
		end: model.setting.atFal === "refusal" ? "failed" : "live",
		clients: [],
		leaving: false,
		left: false,
		sockets: 0,
		streams: 0,
		follower: null,
		cancels: 0,
	};
	return { ...model, jobs: [...model.jobs, job] };
}

/** All who wait get the end of their job: those who read a stream at once, and then those who take a whole answer. */
function end(job: ModelJob, how: ModelJob["end"], setting: Setting): ModelJob {
	const over: ModelJob = { ...job, end: how, clients: [], follower: null, leaving: false };
	const asked = job.clients.filter(({ kind }) => kind === "asked");
	const watching = job.clients.filter(({ kind }) => kind !== "asked");
	return [...watching, ...asked].reduce((taken, client) => take(taken, client, setting), over);
}

/** The last one has left, and at least one of those who waited left without the answer. */
function abandon(job: ModelJob, { cancelOnDisconnect }: Setting): ModelJob {
	const alone = { ...job, leaving: false, left: true };
	if (!cancelOnDisconnect) return alone;
	return { ...alone, end: "cancelled", follower: null, cancels: job.cancels + 1 };
}

function leave(job: ModelJob, setting: Setting): ModelJob {
	const [client, ...others] = job.clients;
	if (client === undefined) return job;
	const leaving = job.leaving || client.kind !== "observer";
	const rest: ModelJob = {
		...job,
		clients: others,
		leaving,
		follower: job.follower === client.n || job.follower === "unknown" ? null : job.follower,
	};
	if (others.length > 0) return followed(rest);
	return leaving ? abandon(rest, setting) : rest;
}

/** Says what a step leads to, and what its requests get. */
export function after(model: Model, step: Step): { readonly model: Model; readonly got: readonly Got[] } {
	const { setting } = model;
	switch (step.type) {
		case "ask": {
			const { declares, body, takes } = step;
			let next = model;
			const got: Got[] = [];
			for (let count = 0; count < (step.twice ? 2 : 1); count += 1) {
				const which = admit(next, body, declares);
				got.push(which);
				if (which === "conflict") continue;
				if (which === null) next = make(next, body, declares.startsWith("key") ? declares : null);
				next = come(next, which ?? next.jobs.length - 1, "asked", takes);
			}
			return { model: next, got };
		}
		case "ask-async": {
			const which = admit(model, 0, "retry");
			return { model: which === null ? make(model, 0, null) : model, got: [which] };
		}
		case "resume":
		case "observe": {
			if (model.jobs[step.job]?.end === "deleted") return { model, got: [] };
			return { model: come(model, step.job, step.type === "observe" ? "observer" : "resumed", "all"), got: [] };
		}
		case "pass": {
			const minute = model.minute + step.minutes;
			const jobs = model.jobs.map((job) => {
				if (job.end !== "live" || minute - job.madeAt < DEADLINE_MINUTES) return job;
				return { ...end(job, "failed", setting), cancels: job.cancels + 1 };
			});
			return { model: { ...model, minute, jobs }, got: [] };
		}
		case "cut-sockets":
			return {
				model: withJob(model, step.job, (job) => {
					const sockets = job.sockets + job.clients.length;
					const again = followed({ ...job, sockets, follower: null });
					return { ...again, follower: again.follower === null ? null : "unknown" };
				}),
				got: [],
			};
		case "evict":
			return { model, got: [] };
		case "leave":
			return { model: withJob(model, step.job, (job) => leave(job, setting)), got: [] };
		case "cancel":
		case "end-at-fal":
		case "delete":
			return {
				model: withJob(model, step.job, (job) => {
					if (job.end === "deleted") return job;
					const isLive = job.end === "live";
					const cancels = job.cancels + (isLive && step.type !== "end-at-fal" ? 1 : 0);
					if (step.type === "delete") return { ...end(job, "deleted", setting), left: false, cancels };
					if (!isLive) return job;
					if (step.type === "cancel") return { ...end(job, "cancelled", setting), cancels };
					return end(job, setting.atFal === "failure" ? "failed" : "succeeded", setting);
				}),
				got: [],
			};
	}
}
