import { DurableObject } from "cloudflare:workers";
import { type Config, readConfig } from "../../config.ts";
import type { Accepted, JobEvent } from "../../core/events.ts";
import type { FalOutput, FalResult } from "../../core/fal-answers.ts";
import { isJoinable } from "../../core/from-client.ts";
import { isSubmitSettled } from "../../core/from-fal.ts";
import type { Effect, Input } from "../../core/inputs.ts";
import { nextAlarm } from "../../core/schedule.ts";
import { EMPTY, fold, type State } from "../../core/state.ts";
import { step } from "../../core/step.ts";
import type { Env } from "../../env.ts";
import { createQueue, type Queue } from "../../fal/queue.ts";
import { deletePictures } from "../../media/store.ts";
import { callAccount } from "../../stub.ts";
import { CLOSE, PING, PONG } from "../watch/protocol.ts";
import { run } from "./effects.ts";
import { createStore, type Store } from "./store.ts";
import { createWatchers, type Watchers } from "./watchers.ts";

/** How long after an alarm that failed the next one comes. */
const ALARM_AGAIN_MS = 60_000;
/** Of the six times that an alarm comes again where its instance died. */
const TRUSTED_RETRIES = 5;

/** One request's object: load → step → save → run effects → feed their outcomes back. It decides nothing. */
export class Job extends DurableObject<Env> {
	readonly #store: Store;
	readonly #watchers: Watchers;
	#state: State;
	/** Effects of this instance that are under way, each once. */
	readonly #inFlight = new Map<string, Promise<void>>();
	readonly #settled = new AbortController();
	readonly #stop = new AbortController();
	/** fal's outputs as they came, for pictures that lie in the result itself. */
	#outputs: readonly FalOutput[] | null = null;
	/** The Worker that started this job is about to watch it: nothing needs to be asked of fal until it does. */
	#expectsWatcher = false;
	/** What an earlier instance left under way still has to be taken up. */
	#asleep: boolean;
	#ringing = false;

	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		this.#store = createStore(ctx);
		this.#watchers = createWatchers(ctx);
		this.#state = fold(this.#store.readLog());
		this.#asleep = this.#state.phase !== "empty";
		if (this.#asleep) ctx.blockConcurrencyWhile(() => this.#store.load());
	}

	/**
	 * Idempotent: a job that exists is left as it is. When this returns, the job is durable. `watched` says that the caller is
	 * about to watch it. The beginning of the log as JSON, for a caller that made the job; empty where it existed.
	 */
	start(accepted: Omit<Accepted, "type">, watched: boolean): string {
		this.#expectsWatcher = watched;
		return JSON.stringify(this.#apply({ type: "start", accepted }));
	}

	/** What a webhook of fal's says, its signature checked. `requestId` is the one it speaks of; `result` null has to be fetched. */
	webhook(requestId: string, result: FalResult | null): "taken" | "no_job" | "other_request" {
		if (this.#state.phase === "empty") return "no_job";
		const known = "upstream" in this.#state ? this.#state.upstream : null;
		if (known !== null && known.requestId !== requestId) return "other_request";
		this.#apply({ type: "result", requestId, result });
		return "taken";
	}

	/** The log as it stands, as the JSON of its `JobEvent`s; null where there is no such job for this account. */
	read(account: string): string | null {
		if (!this.#existsFor(account)) return null;
		this.#wake();
		return this.#store.readText();
	}

	/** False where there is no such job for this account. Idempotent; too late is no error: the job says how it ended. */
	cancel(account: string): boolean {
		if (!this.#existsFor(account)) return false;
		this.#apply({ type: "cancel" });
		return true;
	}

	/** From now on the job does not exist; all that it left is gone soon after. False where there was none. */
	remove(account: string): boolean {
		if (!this.#existsFor(account)) return false;
		this.#apply({ type: "delete" });
		return true;
	}

	/**
	 * Whether an equal request may have this job's answer instead of paying again; the one that is told so is expected to watch.
	 * `knownRetry` is a client that says that it has asked before; others join only what a client has left without its answer.
	 * `unstarted`: the earlier request is still on its way here.
	 */
	claim(knownRetry: boolean): "yes" | "no" | "unstarted" {
		if (this.#state.phase === "empty") return "unstarted";
		if (!isJoinable(this.#state)) return "no";
		if (knownRetry) return "yes";
		if (!this.#state.job.clientLeft || this.#expectsWatcher || this.#watchers.watched()) return "no";
		this.#expectsWatcher = true;
		return "yes";
	}

	/** How the client of one went who was told all of an ended job without watching it. */
	clientGone(account: string, delivered: boolean): void {
		if (this.#existsFor(account) && !this.#watchers.watched()) this.#apply({ type: "client_gone", delivered });
	}

	/** Watches the log: `GET /?after=<seq>` with an upgrade, from the Worker only. */
	override fetch(request: Request): Response {
		if (!this.#existsFor(request.headers.get("x-account") ?? "")) return new Response(null, { status: 404 });
		this.#wake();
		const after = Number(new URL(request.url).searchParams.get("after"));
		// Of this process, not of the storage: an object that comes back after a crash has to say it again.
		this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
		const { 0: client, 1: server } = new WebSocketPair();
		this.#expectsWatcher = false;
		this.#watchers.add(server, this.#store.readAfter(after));
		this.#attend();
		return new Response(null, { status: 101, webSocket: client });
	}

	override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
		const up = this.#watchers.read(socket, message);
		if (up?.type === "status") this.#apply(up);
		else if (up?.type === "unfollowed") this.#attend();
	}

	override webSocketClose(_socket: WebSocket, code: number): void {
		const gone = code === CLOSE.delivered || code === CLOSE.clientLeft;
		if (gone && !this.#watchers.watched()) this.#apply({ type: "client_gone", delivered: code === CLOSE.delivered });
		else this.#attend();
	}

	override webSocketError(): void {
		this.#attend();
	}

	/** Never throws: after six retries an alarm is gone, and with it the job. The last ones are not relied upon. */
	override async alarm(info?: AlarmInvocationInfo): Promise<void> {
		this.#store.alarmRang();
		this.#expectsWatcher = false;
		this.#ringing = (info?.retryCount ?? 0) < TRUSTED_RETRIES;
		try {
			this.#apply({ type: "tick", submitInFlight: this.#inFlight.has("submit") });
			await this.#inFlight.get("erase");
			this.#ringing = false;
			this.#attend();
		} catch (error) {
			this.#ringing = false;
			console.error({ message: "alarm failed", job: this.ctx.id.toString(), error: String(error) });
			this.#store.setAlarm(Date.now() + ALARM_AGAIN_MS);
		}
	}

	/** Rows written by this instance, alarms included. */
	rowsWritten(): number {
		return this.#store.rowsWritten();
	}

	#existsFor(account: string): boolean {
		return this.#state.phase !== "empty" && !this.#state.job.deleting && this.#state.job.account === account;
	}

	#wake(): void {
		if (!this.#asleep) return;
		this.#asleep = false;
		this.#apply({ type: "woke" });
	}

	/** The turn: one row and, where it moved, the alarm, in one transaction; then what the step asked for. */
	#apply(input: Input): readonly JobEvent[] {
		this.#wake();
		const { state, events, effects } = step(this.#state, input, Date.now());
		const delivered = events.some(({ type }) => type === "generated");
		if (delivered && input.type === "result" && input.result?.kind === "outputs") this.#outputs = input.result.outputs;
		this.#store.append(events);
		this.#state = state;
		if (isSubmitSettled(state)) this.#settled.abort();
		if (events.length > 0) this.#watchers.send(events);
		for (const effect of effects) this.#launch(effect);
		this.#attend();
		return events;
	}

	#launch(effect: Effect): void {
		const name = effect.type === "store" ? `store ${effect.index}` : effect.type;
		if (this.#inFlight.has(name)) return;
		const performing = this.#perform(effect, name);
		this.#inFlight.set(name, performing);
		this.ctx.waitUntil(performing);
	}

	async #perform(effect: Effect, name: string): Promise<void> {
		const job = this.ctx.id.toString();
		let outcome: Input | null = null;
		try {
			outcome = await run(effect, {
				jobId: job,
				queue: this.#queue(),
				bucket: this.env.IMAGES,
				queueOrigin: new URL(this.#config().falQueueUrl).origin,
				outputs: () => this.#outputs,
				erase: () => this.#erase(),
				settled: this.#settled.signal,
				stopped: this.#stop.signal,
			});
		} catch (error) {
			console.error({ message: "effect failed", effect: name, job, error: String(error) });
		}
		this.#inFlight.delete(name);
		if (outcome === null) this.#attend();
		else this.#apply(outcome);
	}

	/** Sees to it that news will come: by a follower where there is one to ask, and by the alarm. */
	#attend(): void {
		const state = this.#state;
		if (state.phase === "queued" || state.phase === "running") {
			const { upstream, job } = state;
			this.#watchers.offerFollowing(this.#queue().streamUrl({ upstream, endpoint: job.endpoint }));
		}
		const at = nextAlarm(state, Date.now(), {
			watched: this.#watchers.watched(),
			followed: this.#expectsWatcher || this.#watchers.followed(),
			busy: this.#inFlight.size > 0,
			ringing: this.#ringing,
		});
		if (at === null) return;
		// One that rings early only asks again; moving it would cost a row. A settled job's is moved, to let it sleep.
		const armed = this.#store.alarm();
		if (armed !== null && (armed === at || (armed < at && state.phase !== "ended"))) return;
		this.#store.setAlarm(at);
	}

	/** What is under way ends first: a picture stored after the others were deleted would stay for ever. */
	async #erase(): Promise<void> {
		this.#stop.abort();
		this.#watchers.closeAll();
		await Promise.allSettled(
			[...this.#inFlight].filter(([name]) => name !== "erase").map(([, performing]) => performing),
		);
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
		if (!read.ok) throw new Error(read.problems.join(" "));
		return read.config;
	}
}
