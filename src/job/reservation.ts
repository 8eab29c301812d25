/** Says what a request takes of its account's limits, and why it is refused if that is too much. */

import type { Denied } from "../account/account.ts";
import type { Reservation } from "../account/admission.ts";
import type { LimitHit, RateState } from "../account/limits.ts";
import type { Context } from "../context.ts";
import { type RequestError, rateHeaders } from "../errors.ts";
import { type PictureEstimate, reserveOf } from "../models/estimate.ts";
import type { ImageRequest } from "../models/request.ts";
import { clip } from "../text.ts";

/** A job begins a moment after its admission, or never: its account counts on that. */
export const START_WITHIN_MS = 60_000;

/** As much of a prompt as the list of jobs shows. */
const LISTED_PROMPT_CHARS = 200;

/** @param drawer The model that draws it, if it is another one */
export function toReservation(
	{ caller, config }: Pick<Context, "caller" | "config">,
	request: ImageRequest,
	price: PictureEstimate,
	drawer: string | null,
): Reservation {
	const { model, n, prompt, inputs = [] } = request;
	return {
		apiKey: caller.key,
		models: drawer === null ? [model] : [model, drawer],
		images: n,
		reserve: reserveOf(price, n),
		model,
		prompt: clip(prompt, LISTED_PROMPT_CHARS),
		source: inputs.length > 0 ? "edit" : "generation",
		startBy: Date.now() + START_WITHIN_MS,
		maxOpenJobs: config.maxOpenJobs,
	};
}

/** Tells a client that is not refused how many requests its key may still make. */
export function toRateHeaders({ limit, remaining, resetAt }: RateState): Readonly<Record<string, string>> {
	return rateHeaders({ limit, remaining, resetInMs: Math.max(0, resetAt - Date.now()) });
}

export function toRefusal(denied: Denied): RequestError {
	if (denied.kind === "limited") return toLimitReached(denied.limit);
	return denied.why === "model"
		? { kind: "model_not_allowed", model: denied.model }
		: { kind: "key_refused", why: denied.why };
}

function toLimitReached({ limit, endsAt, value, of, window, isBeyond }: LimitHit): RequestError {
	const endsInMs = endsAt === null ? null : Math.max(0, endsAt - Date.now());
	const reached = { value, of, endsAt, endsInMs, ...(isBeyond ? { isBeyond } : {}) };
	if (limit !== "max_budget" && limit !== "budget_limits") return { kind: "limit_reached", limit, ...reached };
	return { kind: "budget_spent", limit, ...reached, ...(window === undefined ? {} : { window }) };
}
