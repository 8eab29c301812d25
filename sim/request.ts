/** The object that serves a share of the requests, and delivers their webhooks. */
import { DurableObject } from "cloudflare:workers";
import { accountOf } from "./accounts.ts";
import { appOf, type RequestPart, readQueueAddress } from "./addresses.ts";
import {
	answerResult,
	answerStatus,
	type Bill,
	badRequest,
	billOf,
	HANG_HEADER,
	internalError,
	notFound,
	webhookBodyOf,
} from "./answers.ts";
import { type Charge, chargeOf, isAbout } from "./bill.ts";
import { readAdvance, readWebhookOrder } from "./control-body.ts";
import type { Env } from "./env.ts";
import { type FuzzedPart, fuzzed, fuzzedWebhook, fuzzOf } from "./fuzz.ts";
import { readJson } from "./json.ts";
import { isListed, type ListEntry, type ListQuery, listEntryOf, MAX_LISTED } from "./list-entry.ts";
import type { Random } from "./random.ts";
import type { RequestRow } from "./request-row.ts";
import { RequestStore } from "./request-store.ts";
import { statusOf, statusStream } from "./status.ts";
import { endOf, type Marks, momentOf } from "./timeline.ts";
import { type Delivery, deliver, type Message, nextDelivery } from "./webhook.ts";

/** A delivery without an outcome is repeated after this time, because its object has died. */
const DELIVERY_TIMEOUT_MS = 20_000;

/** GETs of the result are counted beside those of the files. */
const RESULT_GETS = -1;
/** So are answers that may be mutated. */
const FUZZED: Readonly<Record<FuzzedPart, number>> = {
	submit: -2,
	status: -3,
	stream: -4,
	result: -5,
	cancel: -6,
	file: -7,
	webhook: -8,
	list: -9,
};

/**
 * Serves many requests, because creating an object for each takes longer than the rest of a submit. Only webhooks need it awake. All
 * else is computed from a request's row when a client asks.
 */
export class FalRequest extends DurableObject<Env> {
	readonly #store = new RequestStore(this.ctx.storage);
	/** Wakes the open status streams, by request. */
	readonly #watchers = new Map<string, Set<() => void>>();
	#alarmAt: number | null = null;

	/** Stores a new request. If its webhook is early, returns after the first delivery. */
	async create(row: RequestRow): Promise<void> {
		const early = row.webhook !== null && row.plan.webhook === "early";
		this.#store.add(early ? { ...row, marks: { completedAt: row.submittedAt } } : row);
		if (early) await this.#deliverDue(row.id);
		else await this.#schedule(row);
	}

	/** Returns what the list of requests shows of the requests here. */
	async list({ account, endpoint, from, to, payloads }: ListQuery): Promise<readonly ListEntry[]> {
		const now = Date.now();
		const rows = this.#store.sent(endpoint, from, to, MAX_LISTED);
		return Promise.all(
			rows
				.filter((row) => row.account === account && isListed(row, now))
				.map((row) => listEntryOf(row, { now, payloads, random: this.#fuzzOf(row, "list") })),
		);
	}

	/** Returns what was submitted; null for a request that is unknown. */
	submitted(id: string): { endpoint: string; body: string } | null {
		const row = this.#store.load(id);
		return row ? { endpoint: row.endpoint, body: row.body } : null;
	}

	/** Counts a GET of one picture, for files that fail several times. */
	countGet(id: string, index: number): number {
		return this.#store.countGet(id, index);
	}

	/** Returns null for a request that is unknown, or not billed. */
	billOf(id: string): Bill | null {
		const row = this.#store.load(id);
		return row ? billOf(row, Date.now()) : null;
	}

	/** Returns what the requests cost whose prompts have this text. */
	charges(text: string): readonly Charge[] {
		const now = Date.now();
		return this.#store.all().flatMap((row) => (isAbout(row, text) ? (chargeOf(row, now) ?? []) : []));
	}

	override async fetch(request: Request): Promise<Response> {
		const url = new URL(request.url);
		const [, controlled, action] = /^\/sim\/requests\/([^/]+)(?:\/([a-z]+))?$/.exec(url.pathname) ?? [];
		const address = controlled ? undefined : readQueueAddress(url.pathname);
		const row = this.#store.load(controlled ?? (address?.kind === "request" ? address.id : ""));
		if (!row) return notFound();
		if (controlled) return this.#control(row, request, action);
		if (address?.kind !== "request" || appOf(address.app) !== appOf(row.endpoint)) return notFound();
		if (accountOf(request) !== row.account) return notFound();
		const answer = await this.#answer(row, address.part, url.searchParams.get("logs") === "1");
		const random = this.#fuzzOf(row, address.part);
		const key = request.headers.get("authorization") ?? "";
		return random ? fuzzed(answer, { random, key }, address.part) : answer;
	}

	/** Returns what mutates the next answer of a part; null if nothing does. */
	#fuzzOf({ id, plan }: RequestRow, part: FuzzedPart): Random | null {
		return plan.fuzz === 0 ? null : fuzzOf(plan.fuzz, part, this.#store.countGet(id, FUZZED[part]));
	}

	/** Begins the deliveries that are due. It does not await them, so that no gateway that hangs delays the others. */
	override async alarm(): Promise<void> {
		this.#alarmAt = null;
		const now = Date.now();
		for (const id of this.#store.dueBy(now)) {
			this.#store.setDue(id, now + DELIVERY_TIMEOUT_MS);
			this.ctx.waitUntil(this.#deliverDue(id));
		}
		await this.#arm();
	}

	async #answer(row: RequestRow, part: RequestPart, logs: boolean): Promise<Response> {
		switch (part) {
			case "status":
				return answerStatus(row, logs, Date.now());
			case "stream":
				return this.#stream(row, logs);
			case "result":
				return answerResult(row, this.#store.countGet(row.id, RESULT_GETS), Date.now());
			case "cancel":
				return this.#cancel(row);
		}
	}

	#stream(row: RequestRow, logs: boolean): Response {
		if (row.plan.stream === "500") return internalError();
		if (row.plan.stream === "404") return Response.json({ detail: "Not Found" }, { status: 404 });
		const body = statusStream(
			() => {
				const current = this.#store.load(row.id) ?? row;
				const moment = momentOf(current, Date.now());
				return { moment, status: statusOf(current, moment, logs) };
			},
			(until) => this.#waitForChange(row.id, until),
			row.plan.stream === "cut",
		);
		const headers = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" };
		return new Response(body, { headers });
	}

	async #cancel(row: RequestRow): Promise<Response> {
		const now = Date.now();
		const done = momentOf(row, now).status === "COMPLETED";
		switch (done ? "too-late" : row.plan.cancel) {
			case "too-late":
				return Response.json({ status: "ALREADY_COMPLETED" }, { status: 400 });
			case "hangs":
				return new Response(null, { status: 202, headers: { [HANG_HEADER]: "1" } });
			case "ok":
				await this.#mark(row, { cancelledAt: now });
		}
		return Response.json({ status: "CANCELLATION_REQUESTED" }, { status: 202 });
	}

	async #control(row: RequestRow, request: Request, action: string | undefined): Promise<Response> {
		const now = Date.now();
		if (action === undefined && request.method === "GET") return Response.json(this.#describe(row, now));
		if (request.method !== "POST") return Response.json({ detail: "Method Not Allowed" }, { status: 405 });
		const body = readJson(await request.text());
		switch (action) {
			case "finish":
				return Response.json(this.#describe(await this.#mark(row, { completedAt: now }), now));
			case "advance": {
				const order = readAdvance(body);
				if (!order) return badRequest();
				const marks = {
					...(order.position === undefined ? {} : { position: order.position }),
					...(order.to === "IN_PROGRESS" ? { startedAt: now } : {}),
					...(order.to === "COMPLETED" ? { completedAt: now } : {}),
				};
				return Response.json(this.#describe(await this.#mark(row, marks), now));
			}
			case "webhook": {
				const order = readWebhookOrder(body);
				const url = order?.url ?? row.webhook;
				if (!order || !url) return badRequest();
				const { forged, timestamp, requestId = row.id } = order;
				const payload = order.body ?? (await webhookBodyOf(row, now));
				const text = typeof payload === "string" ? payload : JSON.stringify(payload);
				const message = { url, body: text, forged, requestId, ...(timestamp === undefined ? {} : { timestamp }) };
				return Response.json(await this.#deliver(row.id, message, true));
			}
			default:
				return Response.json({ detail: "Not Found" }, { status: 404 });
		}
	}

	#describe(row: RequestRow, now: number) {
		const { body, ...fields } = row;
		const deliveries = this.#store.deliveries(row.id);
		return { ...fields, input: readJson(body), moment: momentOf(row, now), deliveries, webhookDue: this.#dueOf(row) };
	}

	/** Delivers the request's own webhook once, and schedules the next delivery if one is needed. */
	async #deliverDue(id: string): Promise<void> {
		const row = this.#store.load(id);
		if (!row?.webhook) return;
		const body = JSON.stringify(await webhookBodyOf(row, Date.now()));
		const random = this.#fuzzOf(row, "webhook");
		const forged = row.plan.webhook === "forged";
		const message = { url: row.webhook, body, forged, requestId: id, ...(random && fuzzedWebhook(body, random)) };
		await this.#deliver(id, message, false);
		await this.#schedule(this.#store.load(id) ?? row);
	}

	async #deliver(id: string, message: Message, ordered: boolean): Promise<Delivery> {
		const { GATEWAY } = this.env;
		const delivery = await deliver(message, GATEWAY ? GATEWAY.fetch.bind(GATEWAY) : fetch, Date.now);
		const recorded = { ...delivery, ordered };
		this.#store.addDelivery(id, recorded);
		return recorded;
	}

	#dueOf(row: RequestRow): number | null {
		const end = row.webhook === null ? null : endOf(row);
		// fal sends no webhook for a request that its client has cancelled.
		return end && end.ending !== "cancelled" ? nextDelivery(row.plan, end.at, this.#store.deliveries(row.id)) : null;
	}

	async #schedule(row: RequestRow): Promise<void> {
		if (row.webhook === null) return;
		this.#store.setDue(row.id, this.#dueOf(row));
		await this.#arm();
	}

	async #arm(): Promise<void> {
		const next = this.#store.nextDue();
		if (next === null || next === this.#alarmAt) return;
		this.#alarmAt = next;
		await this.ctx.storage.setAlarm(next);
	}

	/** Changes a request by a call, and wakes its streams. */
	async #mark(row: RequestRow, marks: Marks): Promise<RequestRow> {
		const marked = { ...row, marks: { ...row.marks, ...marks } };
		this.#store.save(marked);
		for (const wake of this.#watchers.get(row.id) ?? []) wake();
		await this.#schedule(marked);
		return marked;
	}

	/** Waits until a call changes the request, but no longer than `until`. */
	#waitForChange(id: string, until: number): Promise<void> {
		return new Promise((resolve) => {
			const watchers = this.#watchers.get(id) ?? new Set();
			const wake = (): void => {
				clearTimeout(timer);
				watchers.delete(wake);
				if (watchers.size === 0) this.#watchers.delete(id);
				resolve();
			};
			const timer = setTimeout(wake, Math.max(1, until - Date.now()));
			this.#watchers.set(id, watchers.add(wake));
		});
	}
}
