/** Turns a request for pictures into a job, the same for every API. */

import type { Admitted, Denied } from "../account/account.ts";
import { canonical } from "../account/canonical.ts";
import type { Context } from "../context.ts";
import { type Accepted, type AskedRendering, RENDERING_VERSION, type Rendering } from "../core/events.ts";
import type { RequestError } from "../errors.ts";
import { pricesOf } from "../fal/prices.ts";
import type { Language } from "../language.ts";
import { createLinks } from "../media/links.ts";
import type { SchemaTraits } from "../models/catalogue/types.ts";
import { endpointsToPrice, estimateOf } from "../models/estimate.ts";
import { hasUnofferedSuccessor, successorOf } from "../models/names.ts";
import type { ImageRequest } from "../models/request.ts";
import { otherDrawerOf, toKeptTraits, toOwnSeed } from "../models/submission.ts";
import { err, ok, type Result } from "../result.ts";
import { callAccount, callJob } from "../stub.ts";
import { watchBalance } from "./balance-watch.ts";
import { holdsInputs, withInputsOf, withoutKeys } from "./inputs.ts";
import { type JobLog, watchLog } from "./log.ts";
import { toRateHeaders, toRefusal, toReservation } from "./reservation.ts";

export interface Start {
	readonly request: ImageRequest;
	/** The model's traits as fal's schema has them; null if the catalogue has them, or nobody. */
	readonly traits: SchemaTraits | null;
	readonly rendering: AskedRendering;
	/** The prompt as the user wrote it, with its size. */
	readonly written: string;
	/** The language of the user's words. */
	readonly language: Language;
	readonly terms: Terms;
	/** The request's own webhook, which is told of the end; null for that of its issued key. */
	readonly clientWebhook: string | null;
	/** The client waits for the answer: a stream of it, or the whole. */
	readonly watched: boolean;
	/** The id that the job gets if it is a new one. The request's pictures lie under it. */
	readonly id: string;
}

/** The parts of a request beside its body that shape the job. */
export interface Terms {
	/** The path of the API. Only requests of one API can be equal. */
	readonly route: string;
	/** The client's own `Idempotency-Key`. */
	readonly idempotencyKey: string | null;
	/** The client says that it has sent this request before. */
	readonly retried: boolean;
	readonly cancelOnDisconnect: boolean;
	/** Base of webhook addresses; null if fal is asked for none. */
	readonly webhookOrigin: string | null;
}

/** Links of one job die together, but the jobs of a day do not all expire in one minute. */
const EXPIRY_SPREAD_MS = 6 * 3_600_000;
const DAY_MS = 86_400_000;

/** A job whose pictures were erased before its start is no job. An equal one may be found in its place, and be too late as well. */
const MAX_STARTS = 3;

/** Starts a job, or joins the earlier one that this request repeats. When this returns, the job is durable and its id may be shown. */
export async function startJob(context: Context, start: Start): Promise<Result<JobLog, RequestError>> {
	const { env, config, caller } = context;
	const { request, traits } = start;
	const { idempotencyKey: key, retried } = start.terms;
	const digest = await digestOf(start);
	const mayReroute = !hasUnofferedSuccessor(request.model, config.offered);
	const estimated = { request, traits, mayReroute };
	const prices = pricesOf(context);
	const price = estimateOf(estimated, config.pricing, prices.published());
	// The next job goes by what is heard now: nobody waits for it.
	void prices.learn(endpointsToPrice(estimated, config.pricing));
	for (let starts = 1; starts <= MAX_STARTS; starts += 1) {
		const asked = toReservation(context, request, price, otherDrawerOf(request));
		const admission = { digest, key, retried, id: start.id, asked, account: caller.account };
		const admitted = await callAccount<Admitted | Denied>(env, caller.account, async (account) =>
			account.admit(admission),
		);
		if (admitted.kind === "limited" || admitted.kind === "key_refused") return err(toRefusal(admitted));
		if (admitted.kind === "conflict") return err({ kind: "idempotency_conflict" });
		const { id } = admitted;
		context.nameJob(id);
		if (admitted.kind === "joined") return ok(watchLog(context, id));
		if (admitted.rate !== undefined) context.addHeaders(toRateHeaders(admitted.rate));
		const firstEvents = await startAdmitted(context, start, admitted, { price, startBy: asked.startBy });
		watchBalance(context);
		if (firstEvents !== null) return ok(watchLog(context, id, JSON.parse(firstEvents)));
		await callAccount(env, caller.account, async (account) => account.forget(admitted.listing, id, null));
	}
	throw new Error("Each job came too late to its start, or its pictures were erased before.");
}

/** Returns the beginning of the job's log; null if it cannot start any more. */
async function startAdmitted(
	{ env, config, caller, origin }: Context,
	start: Start,
	{ id, listing, models, webhookUrl }: Extract<Admitted, { kind: "new" }>,
	{ price: { successor: successorPrice, ...price }, startBy }: Pick<Required<Accepted>, "price" | "startBy">,
): Promise<string | null> {
	const { terms, watched } = start;
	const clientWebhook = start.clientWebhook ?? webhookUrl ?? null;
	const request = withInputsOf(id, start.request);
	const now = Date.now();
	const otherDrawer = otherDrawerOf(request);
	const successor = successorOf(request.model);
	const mayReroute = successorPrice !== undefined && successor !== null && models?.includes(successor) !== false;
	const accepted: Omit<Accepted, "type"> = {
		account: caller.account,
		listing,
		request,
		rendering: toRendering(start, origin, config.progress),
		deadlineAt: now + config.deadlineMs,
		expiresAt: expiryOf(now, config.retentionMs),
		webhook:
			terms.webhookOrigin === null ? null : `${terms.webhookOrigin}${await createLinks(config).webhookPath(id, 0)}`,
		ownSeed: toOwnSeed(Math.random()),
		...(start.traits === null ? {} : { traits: toKeptTraits(start.traits, request) }),
		...(otherDrawer === null ? {} : { drawnBy: otherDrawer }),
		...(successor === null || mayReroute ? {} : { successor: null }),
		price: mayReroute ? { ...price, successor: successorPrice } : price,
		startBy,
		...(config.falAdmins.length === 0 ? {} : { bill: true as const }),
		...(caller.key === null ? {} : { apiKey: caller.key.id }),
		...(clientWebhook === null ? {} : { clientWebhook }),
		...(terms.cancelOnDisconnect ? { onDisconnect: "cancel" as const } : {}),
	};
	if (holdsInputs(request)) return callJob<string | null>(env, id, (job) => job.startHeld(accepted, watched));
	return callJob<string | null>(env, id, async (job) => job.start(accepted, watched));
}

function toRendering(
	{ rendering, request, written, language }: Start,
	origin: string,
	progress: Rendering["progress"],
): Rendering {
	return {
		...rendering,
		origin,
		progress,
		version: RENDERING_VERSION,
		language,
		...(written === request.prompt ? {} : { written }),
	};
}

/** Returns the SHA-256 of what makes two requests equal, in hex. What the gateway adds to the rendering is no part: it changes with a deploy. */
async function digestOf({ terms, request, rendering, clientWebhook }: Start): Promise<string> {
	// Without a webhook the text is as it was before there were any.
	const text = canonical({
		route: terms.route,
		request: withoutKeys(request),
		rendering,
		clientWebhook: clientWebhook ?? undefined,
	});
	return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}

function expiryOf(now: number, retentionMs: number): number {
	const spread = retentionMs > DAY_MS ? (Math.random() * 2 - 1) * EXPIRY_SPREAD_MS : 0;
	return Math.round(now + retentionMs + spread);
}
