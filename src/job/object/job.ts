/**
 * One request's object: it loads the log, steps, saves and runs effects, whose outcomes are inputs again. It decides nothing.
 */
import { DurableObject } from "cloudflare:workers";
import type { Shown } from "../../account/ledger-store.ts";
import { type Config, readConfig } from "../../config.ts";
import { alarmMove } from "../../core/alarm.ts";
import { atFal } from "../../core/decision.ts";
import type { Accepted, JobEvent, Thumbnail } from "../../core/events.ts";
import type { FalResult } from "../../core/fal-answers.ts";
import { isJoinable, isLeft } from "../../core/from-client.ts";
import { awaitsLateResult } from "../../core/from-result.ts";
import { type BroughtThumbnail, type Input, ofSlot } from "../../core/inputs.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import type { JobEnd } from "../../core/settlement.ts";
import { mayStillCost, ofFalAccount, upstreamOf } from "../../core/slot.ts";
import { detailsOf, EMPTY, exists, fold, isErasable, type State } from "../../core/state.ts";
import { step } from "../../core/step.ts";
import { pictureOf, thumbnailOf } from "../../core/thumbnails.ts";
import type { Env } from "../../env.ts";
import { createQueue } from "../../fal/queue.ts";
import { orderOf } from "../../fal/refused-accounts.ts";
import { deletePictures } from "../../media/store.ts";
import { isReported, toJobLines } from "../../telemetry/job-lines.ts";
import { logError, logLine, writePoint } from "../../telemetry/log.ts";
import { CLOSE, PING, PONG } from "../watch/protocol.ts";
import { type Accounting, createAccounting } from "./accounting.ts";
import { createInFlight, type InFlight } from "./in-flight.ts";
import { createRunner } from "./runner.ts";
import { createSlotMemory } from "./slot-memory.ts";
import { createJobStore, type JobStore } from "./store.ts";
import { createUploads, type Upload, type Uploads } from "./uploads.ts";
import { createWatchers, type Stream, type Watchers } from "./watchers.ts";

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
	readonly #memory = createSlotMemory();
	readonly #accounting: Accounting;
	readonly #erasing = new AbortController();
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
		this.#accounting = createAccounting({
			jobId: ctx.id.toString(),
			env: () => this.env,
			state: () => this.#state,
			readLog: () => this.#store.readLog(),
			list: (log) => this.list(log),
		});
		this.#effects = createInFlight({
			run: createRunner({
				jobId: ctx.id.toString(),
				config: () => this.#config(),
				bucket: () => this.env.IMAGES,
				state: () => this.#state,
				readLog: () => this.#store.readLog(),
				show: (log) => this.show(log),
				memory: this.#memory,
				erase: () => this.#erase(),
				settle: () => this.#accounting.settle(),
				erasing: this.#erasing.signal,
			}),
			onOutcome: (outcome) => (outcome === null ? this.#ensureWakeUp() : this.#apply(outcome)),
			waitUntil: (work) => ctx.waitUntil(work),
			onError: (effect, error) => this.#logError("effect failed", error, { effect }),
		});
		this.#state = fold(this.#store.readLog());
		this.#restarted = exists(this.#state);
		if (this.#restarted) ctx.blockConcurrencyWhile(() => this.#store.loadAlarm());
	}

	/**
	 * Starts the job, once: one that exists is left as it is. When this returns, the job is durable. Returns the beginning of
	 * its log as JSON, empty if it existed.
	 * @param watched The caller is about to watch it
	 * @returns Null if it is too late: its account no longer counts on a job that begins now
	 */
	start(accepted: Omit<Accepted, "type">, watched: boolean): string | null {
		if (!exists(this.#state) && Date.now() > (accepted.startBy ?? Number.POSITIVE_INFINITY)) return null;
		this.#expectsWatcher = watched;
		return JSON.stringify(this.#apply({ type: "start", accepted }));
	}

	/** As `start`, for a job whose pictures came before it. Null also if they are erased: the job cannot start any more. */
	async startHeld(accepted: Omit<Accepted, "type">, watched: boolean): Promise<string | null> {
		if (!exists(this.#state) && !(await this.#uploads.isHeld())) return null;
		return this.start(accepted, watched);
	}

	/** Holds what is stored from now on for a job that may start later. Idempotent. False if it is too late. */
	async hold(upload: Upload | null): Promise<boolean> {
		return !exists(this.#state) && (await this.#uploads.hold(upload));
	}

	/** Erases what was held for a job that will not start. */
	async dropHeld(): Promise<void> {
		if (!exists(this.#state)) await this.#uploads.erase();
	}

	/**
	 * Takes a webhook of fal's, its signature checked.
	 * @param requestId The request that it speaks of
	 * @param result Null if it has to be fetched
	 * @param slot The slot to whose address it came
	 * @returns `not_yet` if the job has ended and its result cannot be fetched now: nothing but another webhook brings it
	 */
	async webhook(
		requestId: string,
		result: FalResult | null,
		slot = 0,
	): Promise<"taken" | "not_yet" | "no_job" | "other_request"> {
		if (!exists(this.#state)) return "no_job";
		const addressed = this.#state.slots[slot];
		const upstream = addressed === undefined ? null : upstreamOf(addressed);
		if (addressed === undefined || (upstream !== null && upstream.requestId !== requestId)) return "other_request";
		this.#apply({ type: "result", requestId, result, ...ofSlot(slot) });
		const isMissing = () => {
			const state = this.#state.slots[slot];
			return state !== undefined && awaitsLateResult(state) && !this.#memory.isTold(slot);
		};
		if (isMissing()) await this.#effects.ended("fetch_result");
		return isMissing() ? "not_yet" : "taken";
	}

	/** Returns the log as the JSON of its `JobEvent`s; null if this account has no such job. */
	read(account: string): string | null {
		if (!this.#existsFor(account)) return null;
		this.#takeOver();
		// The platform may have forgotten the alarm of a job that nobody watches: a reader is then all that wakes it.
		this.#ensureWakeUp();
		this.#settleIfUnsure();
		return this.#store.readText();
	}

	/** Idempotent. Too late is no error: the job says how it ended. False if this account has no such job. */
	cancel(account: string): boolean {
		if (!this.#existsFor(account)) return false;
		this.#apply({ type: "cancel" });
		return true;
	}

	/**
	 * From now on the job does not exist; all that it left is erased soon. False if this account has no such job.
	 * @param delist The list must not show it any more either. Else it goes off the list when it is erased
	 * @param atOnce Nobody counts any more what may still come of it. A job that is being deleted is there for such a call
	 */
	async remove(account: string, delist = false, atOnce = false): Promise<boolean> {
		if (atOnce) {
			if (detailsOf(this.#state)?.account !== account) return false;
			this.#apply({ type: "delete", atOnce });
			return true;
		}
		if (!this.#existsFor(account)) return false;
		// The list asks a job that has not ended, and shows the end of any other without a word from it.
		if (delist && this.#state.end !== null)
			await (this.#state.slots.some(mayStillCost) ? this.#accounting.hide() : this.#accounting.forget());
		if (this.#existsFor(account)) this.#apply({ type: "delete" });
		return true;
	}

	/**
	 * Keeps the thumbnail of a picture, once: one that is there stays. Returns the one that is there now; null if this account has no
	 * such job, or if that has not ended with such a picture.
	 */
	async keepThumbnail(account: string, thumbnail: BroughtThumbnail): Promise<Thumbnail | null> {
		const { index } = thumbnail;
		const isThere = () => this.#existsFor(account) && this.#state.end !== null && !isErasable(this.#state, Date.now());
		if (!isThere() || pictureOf(this.#store.readLog(), index) === null) return null;
		this.#apply({ type: "thumbnail_brought", thumbnail });
		await this.#effects.ended("keep_thumbnail");
		if (!isThere()) return null;
		const kept = thumbnailOf(this.#store.readLog(), index);
		if (kept === null) throw new Error("R2 did not take the thumbnail");
		return kept;
	}

	/**
	 * Tells whether an equal request may have this job's answer instead of paying again; a request that is told yes is expected
	 * to watch. A declared retry may always join. Any other joins only a job that its last client left without the answer.
	 * `unstarted`: the start is still on its way here, or lost.
	 */
	claim(declaredRetry: boolean): "yes" | "no" | "unstarted" {
		if (!exists(this.#state)) return "unstarted";
		if (!isJoinable(this.#state)) return "no";
		if (declaredRetry) return "yes";
		if (!isLeft(this.#state) || this.#expectsWatcher || this.#watchers.watched()) return "no";
		this.#expectsWatcher = true;
		return "yes";
	}

	/**
	 * Tells the account what the job came to, if that was not heard of. `never`: it has not begun. The account asks only when no
	 * start is taken any more.
	 */
	settlement(): JobEnd {
		if (!exists(this.#state)) return "never";
		this.#takeOver();
		this.#ensureWakeUp();
		return this.#accounting.settled().settlement ?? "running";
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
		const query = new URL(request.url).searchParams;
		const after = Number(query.get("after"));
		// The process keeps this, not the storage: after a crash it has to be set again.
		this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
		const { 0: client, 1: server } = new WebSocketPair();
		this.#expectsWatcher = false;
		this.#watchers.add(server, this.#store.readAfter(after), { knowsSlots: query.has("slots") });
		this.#ensureWakeUp();
		this.#settleIfUnsure();
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
			if (!exists(this.#state)) {
				await this.#uploads.erase();
				return;
			}
			this.#apply({ type: "tick", submitsInFlight: this.#effects.slotsOf("submit"), followed: this.#followed() });
			// Whoever erases tells the account as well, and so does whoever has asked for the bill.
			const isTold = isErasable(this.#state, Date.now()) || this.#effects.slotsOf("bill").length > 0;
			if (!isTold && this.#accounting.isUnsure()) {
				this.#accounting.requireSettling();
				this.#settleIfUnsure();
			}
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

	/**
	 * Renders an ended job as the account's list shows it; null while more may come of it, so that the list asks again.
	 * @param log The pictures have names of files in the place of links
	 */
	protected abstract list(log: readonly LinkedEvent[]): Shown | null;

	#existsFor(account: string): boolean {
		const job = detailsOf(this.#state);
		return job !== null && !job.deleting && job.account === account;
	}

	#takeOver(): void {
		if (!this.#restarted) return;
		this.#restarted = false;
		this.#apply({ type: "restarted" });
	}

	/** One turn: it saves a row and, if it moved, the alarm, in one transaction; then it runs what the step asked for. */
	#apply(input: Input): readonly JobEvent[] {
		this.#takeOver();
		const now = Date.now();
		const wasEnded = this.#state.end !== null;
		const config = readConfig(this.env);
		const turn = step(this.#state, input, now, config.ok ? orderOf(config.value.falAccounts, now) : []);
		const { state, events, effects } = turn;
		if (wasEnded && effects.some(({ type }) => type === "settle")) this.#accounting.requireSettling();
		this.#store.append(events);
		this.#state = state;
		this.#memory.learn(input, turn);
		this.report(events);
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
		this.#watchers.askToFollow(this.#streams());
		const at = alarmMove(this.#store.alarm(), state, Date.now(), {
			watched: this.#watchers.watched(),
			followed: this.#expectsWatcher ? [...state.slots.keys()] : this.#followed(),
			effectsInFlight: this.#effects.slotsOf(),
			alarmRetries: this.#alarmRetries,
			unsettled: this.#accounting.isSettlingRequired(),
		});
		if (at !== null) this.#store.setAlarm(at);
	}

	/** The status streams of the slots that are at fal. */
	#streams(): readonly Stream[] {
		return this.#state.slots.flatMap((slot, index) => {
			if (slot.phase !== "queued" && slot.phase !== "running") return [];
			const { upstream, job } = slot;
			const streamUrl = createQueue(this.#config()).streamUrl({ upstream, ...atFal(job) });
			return [{ slot: index, streamUrl, ...ofFalAccount(job) }];
		});
	}

	#followed(): readonly number[] {
		const followed = this.#watchers.followed();
		return this.#streams().flatMap(({ slot }) => (followed.includes(slot) ? [slot] : []));
	}

	/** Writes the lines of what a turn has told. An instance that dies before the turn is saved has told nothing, so it writes none. */
	protected report(events: readonly JobEvent[]): void {
		if (!events.some(isReported)) return;
		const { log, settlement } = this.#accounting.settled();
		const job = { id: this.ctx.id.toString(), log, settlement, watched: this.#watchers.watched() };
		const lines = toJobLines(events, job);
		const write = () => {
			for (const line of lines) {
				logLine(line);
				writePoint(line, this.env.POINTS);
			}
		};
		this.ctx.waitUntil(this.#store.saved().then(write, () => {}));
	}

	#settleIfUnsure(): void {
		if (this.#accounting.isUnsure()) this.#effects.start({ type: "settle" });
	}

	/** Other effects end first: a picture stored after the others were deleted would stay for ever. */
	async #erase(): Promise<void> {
		this.#erasing.abort();
		this.#watchers.closeAll();
		await this.#effects.othersEnded("erase");
		const id = this.ctx.id.toString();
		await deletePictures(this.env.IMAGES, id);
		if (!exists(this.#state)) return;
		await this.#accounting.forget();
		this.#state = EMPTY;
		await this.#store.deleteAll();
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
