/** The route that says what a request would cost and send, and makes nothing. */

import type { Denied } from "../../account/account.ts";
import type { Reservation } from "../../account/admission.ts";
import type { Context } from "../../context.ts";
import { toRequestAnswer } from "../../errors.ts";
import { pricesOf } from "../../fal/prices.ts";
import { readJson } from "../../http/body.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { orRefuse, Refusal } from "../../http/refusal.ts";
import { toRefusal, toReservation } from "../../job/reservation.ts";
import type { JsonObject } from "../../json-value.ts";
import { endpointsToPrice, estimateOf, reserveOf } from "../../models/estimate.ts";
import { hasUnofferedSuccessor } from "../../models/names.ts";
import type { ImageRequest } from "../../models/request.ts";
import { otherDrawerOf, toSubmission } from "../../models/submission.ts";
import { toUsd } from "../../money.ts";
import { callAccount } from "../../stub.ts";
import { CHAT } from "../chat/routes.ts";
import { EDITS, GENERATIONS } from "../images/routes.ts";
import { type Meaning, readMeaning } from "../meaning.ts";
import { readObject } from "../request/fields.ts";
import { languageOfSent } from "../request/no-picture.ts";
import { readTerms } from "../request/terms.ts";
import type { ChosenPicture } from "../request/wanted-picture.ts";
import { RESPONSES } from "../responses/routes.ts";
import { shapeOf } from "./shape.ts";

/**
 * Answers with the price at most, and the limit that would stand against the request now.
 * @throws Refusal as the route that makes it, also for an issued key that may not make it
 */
export async function quote(request: Request, context: Context): Promise<Response> {
	const sent = orRefuse(readObject(await readJson(request)));
	const header = request.headers.get("accept-language");
	try {
		const meant = await readByShape(sent, header, context);
		// Only to refuse a header that the route refuses.
		if (meant.kind === "pictures") orRefuse(readTerms(request, context.config, ""));
		const quoted = meant.kind === "words" ? NOTHING : await toQuote(meant, context);
		return jsonResponse(quoted, { headers: { "cache-control": "no-store" } });
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		throw new Refusal(error.reason, languageOfSent(sent, header));
	}
}

function readByShape(sent: JsonObject, header: string | null, context: Context): Promise<Meaning> {
	const body = { sent, files: [] };
	switch (shapeOf(sent)) {
		case "chat":
			return readMeaning(CHAT, body, header, context);
		case "response":
			return readMeaning(RESPONSES, body, header, context);
		case "edit":
			return readMeaning(EDITS, body, header, context);
		case "generation":
			return readMeaning(GENERATIONS, body, header, context);
	}
}

type MeantPictures = Extract<Meaning, { kind: "pictures" }>;

const NOTHING = {
	object: "quote",
	usd: 0,
	known: true,
	per_picture_usd: 0,
	model: null,
	endpoint: null,
	operation: null,
	size: null,
	aspect_ratio: null,
	n: 0,
	requests: 0,
	limit: null,
};

async function toQuote(meant: MeantPictures, context: Context) {
	const { wanted, traits } = meant;
	const request = withInputs(meant.drawn, wanted);
	const { config } = context;
	const mayReroute = !hasUnofferedSuccessor(request.model, config.offered);
	const estimated = { request, traits, mayReroute };
	const prices = pricesOf(context);
	await prices.learn(endpointsToPrice(estimated, config.pricing));
	const price = estimateOf(estimated, config.pricing, prices.published());
	const drawer = otherDrawerOf(request);
	const limit = await findLimit(toReservation(context, request, price, drawer), meant, context);
	const first = toSubmission(request.model, request, null, {
		first: 0,
		count: request.n,
		...(traits === null ? {} : { traits }),
	});
	return {
		object: "quote",
		usd: toUsd(reserveOf(price, request.n)),
		known: price.known,
		per_picture_usd: toUsd(reserveOf(price, 1)),
		model: drawer ?? request.model,
		endpoint: first?.endpoint ?? null,
		operation: wanted.length > 0 ? "edit" : "generation",
		size: first?.used.size ?? null,
		aspect_ratio: first?.used.aspectRatio ?? null,
		n: request.n,
		requests: first === null ? 0 : Math.ceil(request.n / first.count),
		limit,
	};
}

/** Asks the account what an admission would say now. @throws Refusal if the issued key may not make it */
async function findLimit(asked: Reservation, { language }: MeantPictures, { env, caller }: Context) {
	const denied = await callAccount<Denied | null>(env, caller.account, async (account) => account.examine(asked));
	if (denied === null) return null;
	const reason = toRefusal(denied);
	if (denied.kind === "key_refused") throw new Refusal(reason);
	const { limit: name, value, window = null, of, endsAt } = denied.limit;
	const { code, message } = toRequestAnswer(reason, language).body.error;
	const isMoney = name === "max_budget" || name === "budget_limits";
	const ends = endsAt === null ? null : Math.ceil(endsAt / 1000);
	return { name, of, value: isMoney ? toUsd(value) : value, window, ends_at: ends, code, message };
}

/** Nothing is stored, so nobody knows how large the pictures are: they count as the dearest. */
function withInputs(drawn: ImageRequest, wanted: readonly ChosenPicture[]): ImageRequest {
	if (wanted.length === 0) return drawn;
	return { ...drawn, inputs: wanted.map(({ role }) => ({ role, source: { kind: "link", url: "" } })) };
}
