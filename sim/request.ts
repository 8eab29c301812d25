import { DurableObject } from "cloudflare:workers";
import { appOf, readQueueAddress } from "./addresses.ts";
import { readAdvance, readWebhookOrder } from "./control-body.ts";
import type { Env } from "./env.ts";
import { inlined } from "./inline.ts";
import { readJson } from "./json.ts";
import { type Result, resultOf } from "./output.ts";
import type { Plan } from "./plan.ts";
import { statusOf, statusStream } from "./status.ts";
import { endOf, type Marks, type Moment, momentOf } from "./timeline.ts";
import { type Delivery, deliver, nextDelivery, webhookBody } from "./webhook.ts";

/** Everything that is known of one request. Its life is this and the clock (timeline.ts). */
export type RequestRow = {
	id: string;
	gatewayId: string;
	endpoint: string;
	origin: string;
	/** The submit's body, as it came. */
	body: string;
	webhook: string | null;
	submittedAt: number;
	startTimeoutMs: number | null;
	plan: Plan;
	marks: Marks;
};

const ROW = "row";
const DELIVERIES = "deliveries";
const NOT_FOUND = { status: "NOT_FOUND" };

/** One fal request, by its id. Only a webhook needs it to be awake: the rest is read from the row when asked. */
export class FalRequest extends DurableObject<Env> {
	readonly #watchers = new Set<() => void>();

	/** Takes a new request. With an early webhook, answers once that has been delivered. */
	async create(row: RequestRow): Promise<void> {
		const early = row.webhook !== null && row.plan.webhook === "early";
		this.#save(early ? { ...row, marks: { completedAt: row.submittedAt } } : row);
		if (early) await this.alarm();
		else await this.#arm();
	}

	/** Counts the GETs of one picture, for files that fail a few times. */
	countGet(index: number): number {
		const key = `gets:${index}`;
		const gets = (this.ctx.storage.kv.get<number>(key) ?? 0) + 1;
		this.ctx.storage.kv.put(key, gets);
		return gets;
	}

	override async fetch(request: Request): Promise<Response> {
		const row = this.#load();
		if (!row) return Response.json(NOT_FOUND, { status: 404 });
		const url = new URL(request.url);
		const [, action] = /^\/sim\/requests\/[^/]+(?:\/([a-z]+))?$/.exec(url.pathname) ?? [];
		if (url.pathname.startsWith("/sim/")) return this.#control(row, request, action);

		const address = readQueueAddress(url.pathname);
		if (address?.kind !== "request" || appOf(address.app) !== appOf(row.endpoint)) {
			return Response.json(NOT_FOUND, { status: 404 });
		}
		const logs = url.searchParams.get("logs") === "1";
		switch (address.part) {
			case "status":
				return this.#status(row, logs);
			case "stream":
				return this.#stream(row, logs);
			case "result":
				return this.#result(row);
			case "cancel":
				return this.#cancel(row);
		}
	}

	/** Delivers the webhook. Never throws: an alarm that does is run again by the platform, on its own schedule. */
	override async alarm(): Promise<void> {
		const row = this.#load();
		const due = row && this.#webhookDue(row);
		if (row?.webhook && due !== undefined && due !== null && due <= Date.now()) {
			await this.#deliver(
				row,
				row.webhook,
				JSON.stringify(await this.#webhookBody(row)),
				row.plan.webhook === "forged",
			);
		}
		await this.#arm();
	}

	#status(row: RequestRow, logs: boolean): Response {
		if (row.plan.status === "500") return broken();
		if (row.plan.status === "redirect") {
			return new Response(null, { status: 307, headers: { location: `${row.origin}/sim/elsewhere/${row.id}` } });
		}
		const moment = momentOf(row, Date.now());
		return Response.json(statusOf(row, moment, logs), { status: moment.status === "COMPLETED" ? 200 : 202 });
	}

	#stream(row: RequestRow, logs: boolean): Response {
		if (row.plan.stream === "500") return broken();
		if (row.plan.stream === "404") return Response.json({ detail: "Not Found" }, { status: 404 });
		const body = statusStream(
			() => {
				const fresh = this.#load() ?? row;
				const moment = momentOf(fresh, Date.now());
				return { moment, status: statusOf(fresh, moment, logs) };
			},
			(until) => this.#changed(until),
			row.plan.stream === "cut",
		);
		return new Response(body, {
			headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" },
		});
	}

	async #result(row: RequestRow): Promise<Response> {
		if (row.plan.result === "500") return broken();
		const moment = momentOf(row, Date.now());
		if (moment.status !== "COMPLETED")
			return Response.json({ detail: "Request is still in progress" }, { status: 400 });
		const { status, headers, body } = await this.#outcome(row, moment);
		return Response.json(body, { status, headers });
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
		if (action === "finish") await this.#mark(row, { completedAt: now });
		else if (action === "advance") {
			const order = readAdvance(body);
			if (!order) return badRequest();
			await this.#mark(row, {
				...(order.position === undefined ? {} : { position: order.position }),
				...(order.to === "IN_PROGRESS" ? { startedAt: now } : {}),
				...(order.to === "COMPLETED" ? { completedAt: now } : {}),
			});
		} else if (action === "webhook") {
			const order = readWebhookOrder(body);
			const url = order?.url ?? row.webhook;
			if (!order || !url) return badRequest();
			const payload = order.body ?? (await this.#webhookBody(row));
			const text = typeof payload === "string" ? payload : JSON.stringify(payload);
			return Response.json(
				await this.#deliver({ ...row, id: order.requestId ?? row.id }, url, text, order.forged, order.timestamp),
			);
		} else return Response.json({ detail: "Not Found" }, { status: 404 });
		return Response.json(this.#describe(this.#load() ?? row, now));
	}

	#describe(row: RequestRow, now: number) {
		const { body, ...rest } = row;
		const due = this.#webhookDue(row);
		return {
			...rest,
			input: readJson(body),
			moment: momentOf(row, now),
			deliveries: this.#deliveries(),
			webhookDue: due,
		};
	}

	async #deliver(row: RequestRow, url: string, body: string, forged: boolean, timestamp?: number): Promise<Delivery> {
		const message = { url, body, forged, requestId: row.id, ...(timestamp === undefined ? {} : { timestamp }) };
		const { GATEWAY } = this.env;
		const send = GATEWAY ? GATEWAY.fetch.bind(GATEWAY) : fetch;
		const delivery = await deliver(message, send, Date.now);
		this.ctx.storage.kv.put(DELIVERIES, [...this.#deliveries(), delivery]);
		return delivery;
	}

	async #webhookBody(row: RequestRow) {
		const now = Date.now();
		const moment = momentOf({ ...row, marks: { completedAt: now, ...row.marks } }, now);
		const result = moment.status === "COMPLETED" ? await this.#outcome(row, moment) : resultOf(asked(row), "ran");
		return webhookBody(row.id, row.gatewayId, result, row.plan);
	}

	async #outcome(row: RequestRow, { ending }: Extract<Moment, { status: "COMPLETED" }>): Promise<Result> {
		const result = resultOf(asked(row), ending);
		return row.plan.images === "inline" && result.status === 200 ? inlined(result) : result;
	}

	#webhookDue(row: RequestRow): number | null {
		const end = row.webhook === null ? null : endOf(row);
		// What its client has cancelled is not announced to it.
		return end && end.ending !== "cancelled" ? nextDelivery(row.plan, end.at, this.#deliveries()) : null;
	}

	async #arm(): Promise<void> {
		const row = this.#load();
		const due = row && this.#webhookDue(row);
		if (due === undefined || due === null) await this.ctx.storage.deleteAlarm();
		else await this.ctx.storage.setAlarm(due);
	}

	async #mark(row: RequestRow, marks: Marks): Promise<void> {
		this.#save({ ...row, marks: { ...row.marks, ...marks } });
		for (const wake of this.#watchers) wake();
		await this.#arm();
	}

	/** Until the row is changed by a call, or the time comes. */
	#changed(until: number): Promise<void> {
		return new Promise((resolve) => {
			const wake = (): void => {
				clearTimeout(timer);
				this.#watchers.delete(wake);
				resolve();
			};
			const timer = setTimeout(wake, Math.max(1, until - Date.now()));
			this.#watchers.add(wake);
		});
	}

	#load(): RequestRow | undefined {
		return this.ctx.storage.kv.get<RequestRow>(ROW);
	}

	#save(row: RequestRow): void {
		this.ctx.storage.kv.put(ROW, row);
	}

	#deliveries(): Delivery[] {
		return this.ctx.storage.kv.get<Delivery[]>(DELIVERIES) ?? [];
	}
}

/** Set on an answer that the Worker is to keep back. */
export const HANG_HEADER = "x-sim-hang";

const broken = (): Response => Response.json({ detail: "Internal Server Error" }, { status: 500 });
const badRequest = (): Response => Response.json({ detail: "Bad Request" }, { status: 400 });

const asked = ({ id, endpoint, origin, body, plan }: RequestRow) => ({
	id,
	endpoint,
	origin,
	body: readJson(body),
	plan,
});
