/**
 * One request's object: it loads the log, steps, saves and runs effects, whose outcomes are inputs again. It decides nothing.
 */
import { DurableObject } from "cloudflare:workers";
import { type Config, readConfig } from "../../config.ts";
import type { Accepted, JobEvent } from "../../core/events.ts";
import type { FalOutput, FalResult } from "../../core/fal-answers.ts";
import { isJoinable } from "../../core/from-client.ts";
import { isSubmitSettled } from "../../core/from-fal.ts";
import type { Effect, Input, NoticeAnswer } from "../../core/inputs.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { alarmMove } from "../../core/schedule.ts";
import { EMPTY, fold, type State, upstreamOf } from "../../core/state.ts";
import { step } from "../../core/step.ts";
import type { Env } from "../../env.ts";
import { createQueue, type Queue } from "../../fal/queue.ts";
import { createRequests } from "../../fal/requests.ts";
import { deletePictures } from "../../media/store.ts";
import { callAccount } from "../../stub.ts";
import { logError } from "../../telemetry/log.ts";
import { CLOSE, PING, PONG } from "../watch/protocol.ts";
import { runEffect } from "./effects.ts";
import { createInFlight, type InFlight } from "./in-flight.ts";
import { notify } from "./notify.ts";
import { createJobStore, type JobStore } from "./store.ts";
import { createUploads, type Upload, type Uploads } from "./uploads.ts";
import { createWatchers, type Watchers } from "./watchers.ts";

/** Until the next alarm, after one whose handler failed. */
const FAILED_ALARM_RETRY_MS = 60_000;
/** The runtime runs a handler again six times at most. The last time is not relied upon. */
const TRUSTED_ALARM_RETRIES = 5;

/** Workers and objects of the previous deploy call these methods, too: their names, arguments and answers stay. */
export abstract class Job extends DurableObject<Env> {
	readonly #store: JobStore;
	readonly #watchers: Watchers;
	readonly #effects: InFlight;
	/** The pictures that came before the job. */
	readonly #uploads: Uploads;
	#state: State;
	readonly #submitSettled = new AbortController();
	readonly #erasing = new AbortController();
	/** fal's outputs as this instance got them, with their `data:` URIs. */
	#outputs: readonly FalOutput[] | null = null;
	/** Statuses of fal's in a row that could not be read. */
	#unreadableStatuses = 0;
	/** The Worker that started or claimed this job is about to watch it: nothing needs to be asked of fal until it does. */
	#expectsWatcher = false;
	/** This instance has read a log, and has not taken over from the earlier one yet. */
	#restarted: boolean;
	/** An alarm handler runs, and the runtime would run it again if this instance died. */
	#alarmRetries = false;

	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		this.#store = createJobStore(ctx);
		this.#watchers = createWatchers(ctx);
		this.#uploads = createUploads(ctx, () => this.env.IMAGES);
		this.#effects = createInFlight({
			run: (effect) => this.#run(effect),
			onOutcome: (outcome) => (outcome === null ? this.#ensureWakeUp() : this.#apply(outcome)),
			waitUntil: (work) => ctx.waitUntil(work),
			onError: (effect, error) => this.#logError("effect failed", error, { effect }),
		});
		this.#state = fold(this.#store.readLog());
		this.#restarted = this.#state.phase !== "empty";
		if (this.#restarted) ctx.blockConcurrencyWhile(() => this.#store.loadAlarm());
	}

	/**
	 * Starts the job, once: one that exists is left as it is. When this returns, the job is durable. Returns the beginning of
	 * its log as JSON, empty if it existed.
	 * @param watched The caller is about to watch it
	 */
	start(accepted: Omit<Accepted, "type">, watched: boolean): string {
		this.#expectsWatcher = watched;
		return JSON.stringify(this.#apply({ type: "start", accepted }));
	}

	/** As `start`, for a job whose pictures came before it. Null if they are erased: the job cannot start any more. */
	async startHeld(accepted: Omit<Accepted, "type">, watched: boolean): Promise<string | null> {
		if (this.#state.phase === "empty" && !(await this.#uploads.isHeld())) return null;
		return this.start(accepted, watched);
	}

	/** Holds what is stored from now on for a job that may start later. Idempotent. False if it is too late. */
	async hold(upload: Upload | null): Promise<boolean> {
		return this.#state.phase === "empty" && (await this.#uploads.hold(upload));
	}

	/** Erases what was held for a job that will not start. */
	async dropHeld(): Promise<void> {
		if (this.#state.phase === "empty") await this.#uploads.erase();
	}

	/**
	 * Takes a webhook of fal's, its signature checked.
	 * @param requestId The request that it speaks of
	 * @param result Null if it has to be fetched
	 */
	webhook(requestId: string, result: FalResult | null): "taken" | "no_job" | "other_request" {
		if (this.#state.phase === "empty") return "no_job";
		const upstream = upstreamOf(this.#state);
		if (upstream !== null && upstream.requestId !== requestId) return "other_request";
		this.#apply({ type: "result", requestId, result });
		return "taken";
	}

	/** Returns the log as the JSON of its `JobEvent`s; null if this account has no such job. */
	read(account: string): string | null {
		if (!this.#existsFor(account)) return null;
		this.#takeOver();
		// The platform may have forgotten the alarm of a job that nobody watches: a reader is then all that wakes it.
		this.#ensureWakeUp();
		return this.#store.readText();
	}

	/** Idempotent. Too late is no error: the job says how it ended. False if this account has no such job. */
	cancel(account: string): boolean {
		if (!this.#existsFor(account)) return false;
		this.#apply({ type: "cancel" });
		return true;
	}

	/** From now on the job does not exist; all that it left is erased soon. False if this account has no such job. */
	remove(account: string): boolean {
		if (!this.#existsFor(account)) return false;
		this.#apply({ type: "delete" });
		return true;
	}

	/**
	 * Tells whether an equal request may have this job's answer instead of paying again; a request that is told yes is expected
	 * to watch. A declared retry may always join. Any other joins only a job that its last client left without the answer.
	 * `unstarted`: the start is still on its way here, or lost.
	 */
	claim(declaredRetry: boolean): "yes" | "no" | "unstarted" {
		if (this.#state.phase === "empty") return "unstarted";
		if (!isJoinable(this.#state)) return "no";
		if (declaredRetry) return "yes";
		if (!this.#state.job.clientLeft || this.#expectsWatcher || this.#watchers.watched()) return "no";
		this.#expectsWatcher = true;
		return "yes";
	}

	/** Records how a client left that was answered from a finished log, and so had no socket. */
	clientGone(account: string, delivered: boolean): void {
		if (!this.#existsFor(account) || this.#watchers.watched()) return;
		this.#apply({ type: "client_disconnected", delivered });
	}

	/** Opens a watcher's socket: `GET /?after=<seq>` with an upgrade, from a Worker of ours only. */
	override fetch(request: Request): Response {
		if (!this.#existsFor(request.headers.get("x-account") ?? "")) return new Response(null, { status: 404 });
		this.#takeOver();
		const after = Number(new URL(request.url).searchParams.get("after"));
		// The process keeps this, not the storage: after a crash it has to be set again.
		this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
		const { 0: client, 1: server } = new WebSocketPair();
		this.#expectsWatcher = false;
		this.#watchers.add(server, this.#store.readAfter(after));
		this.#ensureWakeUp();
		return new Response(null, { status: 101, webSocket: client });
	}

	override webSocketMessage(socket: WebSocket, text: string | ArrayBuffer): void {
		const message = this.#watchers.receive(socket, text);
		if (message?.type === "status") this.#apply(message);
		else if (message?.type === "unfollowed") this.#ensureWakeUp();
	}

	/** The last one who goes decides: whoever waited is only gone when those who watch have gone, too. */
	override webSocketClose(socket: WebSocket, code: number): void {
		const delivered = code === CLOSE.delivered;
		const left = code === CLOSE.clientLeft || (code === CLOSE.observerLeft && this.#watchers.sawLeaving(socket));
		if ((delivered || left) && !this.#watchers.watched()) {
			this.#apply({ type: "client_disconnected", delivered });
			return;
		}
		if (left) this.#watchers.rememberLeaving();
		this.#ensureWakeUp();
	}

	override webSocketError(): void {
		this.#ensureWakeUp();
	}

	/** Never throws: after six failures the runtime gives an alarm up, and the job would never wake again. */
	override async alarm(info?: AlarmInvocationInfo): Promise<void> {
		this.#store.alarmFired();
		this.#expectsWatcher = false;
		this.#alarmRetries = (info?.retryCount ?? 0) < TRUSTED_ALARM_RETRIES;
		try {
			if (this.#state.phase === "empty") {
				await this.#uploads.erase();
				return;
			}
			this.#apply({ type: "tick", submitInFlight: this.#effects.has("submit") });
			await this.#effects.ended("erase");
			this.#alarmRetries = false;
			this.#ensureWakeUp();
		} catch (error) {
			this.#alarmRetries = false;
			this.#logError("alarm failed", error);
			this.#store.setAlarm(Date.now() + FAILED_ALARM_RETRY_MS);
		}
	}

	/** The rows that this instance wrote, alarms included. */
	rowsWritten(): number {
		return this.#store.rowsWritten();
	}

	/** Renders the job as its clients see it, for their webhook. */
	protected abstract show(log: readonly LinkedEvent[]): object;

	#existsFor(account: string): boolean {
		return this.#state.phase !== "empty" && !this.#state.job.deleting && this.#state.job.account === account;
	}

	#takeOver(): void {
		if (!this.#restarted) return;
		this.#restarted = false;
		this.#apply({ type: "restarted" });
	}

	/** One turn: it saves a row and, if it moved, the alarm, in one transaction; then it runs what the step asked for. */
	#apply(input: Input): readonly JobEvent[] {
		this.#takeOver();
		if (input.type === "status") this.#unreadableStatuses = 0;
		const { state, events, effects } = step(this.#state, input, Date.now());
		const taken = events.some(({ type }) => type === "generated");
		if (taken && input.type === "result" && input.result?.kind === "outputs") this.#outputs = input.result.outputs;
		this.#store.append(events);
		this.#state = state;
		if (isSubmitSettled(state)) this.#submitSettled.abort();
		if (events.length > 0) this.#watchers.send(events);
		for (const effect of effects) this.#effects.start(effect);
		this.#ensureWakeUp();
		return events;
	}

	/**
	 * Makes sure that something wakes the job: the alarm, and a follower if fal has the request and a watcher can follow it.
	 */
	#ensureWakeUp(): void {
		const state = this.#state;
		if (state.phase === "queued" || state.phase === "running") {
			const { upstream, job } = state;
			this.#watchers.askToFollow(this.#queue().streamUrl({ upstream, endpoint: job.endpoint }));
		}
		const at = alarmMove(this.#store.alarm(), state, Date.now(), {
			watched: this.#watchers.watched(),
			followed: this.#expectsWatcher || this.#watchers.followed(),
			effectInFlight: !this.#effects.isEmpty(),
			alarmRetries: this.#alarmRetries,
		});
		if (at !== null) this.#store.setAlarm(at);
	}

	async #run(effect: Effect): Promise<Input | null> {
		return runEffect(effect, {
			jobId: this.ctx.id.toString(),
			queue: this.#queue(),
			requests: createRequests(this.#config()),
			bucket: this.env.IMAGES,
			queueOrigin: new URL(this.#config().falQueueUrl).origin,
			outputs: () => this.#outputs,
			erase: () => this.#erase(),
			notify: (address) => this.#notify(address),
			countUnreadable: () => {
				this.#unreadableStatuses += 1;
				return this.#unreadableStatuses;
			},
			submitSettled: this.#submitSettled.signal,
			erasing: this.#erasing.signal,
		});
	}

	#notify(address: string): Promise<NoticeAnswer> {
		const log = this.#store.readLog();
		const [config, jobId, signal] = [this.#config(), this.ctx.id.toString(), this.#erasing.signal];
		return notify(address, { config, jobId, log, show: (linked) => this.show(linked), signal });
	}

	/** Other effects end first: a picture stored after the others were deleted would stay for ever. */
	async #erase(): Promise<void> {
		this.#erasing.abort();
		this.#watchers.closeAll();
		await this.#effects.othersEnded("erase");
		const id = this.ctx.id.toString();
		await deletePictures(this.env.IMAGES, id);
		if (this.#state.phase === "empty") return;
		const { account, listing } = this.#state.job;
		await callAccount(this.env, account, (list) => list.forget(listing, id));
		this.#state = EMPTY;
		await this.#store.deleteAll();
	}

	#queue(): Queue {
		return createQueue(this.#config());
	}

	#config(): Config {
		const read = readConfig(this.env);
		if (!read.ok) throw new Error(read.error.join(" "));
		return read.value;
	}

	#logError(message: string, error: unknown, fields: Readonly<Record<string, string>> = {}): void {
		logError(message, error, { job: this.ctx.id.toString(), ...fields });
	}
}
