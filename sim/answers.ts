/** Answers for one request: its status, its result, and its webhook's body. */
import { inlinePictures } from "./inline-pictures.ts";
import { type Fields, isRecord, readJson } from "./json.ts";
import { ODD_RESULTS, ODD_STATUSES, toResponse } from "./odd.ts";
import { type QueueResult, resultOf } from "./output.ts";
import { billedUsd } from "./prices.ts";
import { type RequestRow, submissionOf } from "./request-row.ts";
import { statusOf } from "./status.ts";
import { type Moment, momentOf } from "./timeline.ts";
import { webhookBody } from "./webhook.ts";

/** The object sets this header on an answer that the Worker must never send. */
export const HANG_HEADER = "x-sim-hang";

export function internalError(): Response {
	return Response.json({ detail: "Internal Server Error" }, { status: 500 });
}
export function badRequest(): Response {
	return Response.json({ detail: "Bad Request" }, { status: 400 });
}
export function notFound(): Response {
	return Response.json({ status: "NOT_FOUND" }, { status: 404 });
}

export function answerStatus(row: RequestRow, logs: boolean, now: number): Response {
	const odd = ODD_STATUSES[row.plan.status];
	if (odd) return toResponse(odd);
	if (row.plan.status === "redirect") {
		return new Response(null, { status: 307, headers: { location: `${row.origin}/sim/elsewhere/${row.id}` } });
	}
	const moment = momentOf(row, now);
	return Response.json(statusOf(row, moment, logs), { status: moment.status === "COMPLETED" ? 200 : 202 });
}

/** @param times Number of GETs of the result, with this one */
export async function answerResult(row: RequestRow, times: number, now: number): Promise<Response> {
	const { result, resultFaults } = row.plan;
	const odd = ODD_RESULTS[result];
	if (odd && (resultFaults === 0 || times <= resultFaults)) return toResponse(odd);
	const moment = momentOf(row, now);
	if (moment.status !== "COMPLETED") {
		return Response.json({ detail: "Request is still in progress" }, { status: 400 });
	}
	const { status, headers, body, stream } = await outcomeOf(row, moment);
	return stream ? new Response(stream(), { status, headers }) : Response.json(body, { status, headers });
}

/** The bill of a request. fal bills only a request that gave an output. */
export type Bill = {
	id: string;
	endpoint: string;
	completedAt: number;
	units: number;
	unitUsd: number;
	/** Percent. */
	discount: number;
};

/** Returns null for a request that has not ended, that costs nothing, or that is not billed yet. */
export function billOf(row: RequestRow, now: number): Bill | null {
	const moment = momentOf(row, now);
	if (moment.status !== "COMPLETED") return null;
	const { status, headers } = resultOf(submissionOf(row), moment.ending);
	const { id, endpoint, plan } = row;
	const { completedAt } = moment;
	const isBilled = plan.billed !== "never" && now >= completedAt + plan.billedAfterMs;
	if (!isBilled || (status !== 200 && plan.billed !== "failures")) return null;
	// Nobody says what a failure costs. Here it is a unit.
	const units = status === 200 ? Number(headers["x-fal-billable-units"]) : 1;
	const body = readJson(row.body);
	const unitUsd = billedUsd(endpoint, isRecord(body) ? body : {});
	return { id, endpoint, completedAt, units, unitUsd, discount: plan.discount };
}

export async function outcomeOf(
	row: RequestRow,
	{ ending }: Extract<Moment, { status: "COMPLETED" }>,
): Promise<QueueResult> {
	const result = resultOf(submissionOf(row), ending);
	const { images } = row.plan;
	if (result.status !== 200 || (images !== "inline" && images !== "base64")) return result;
	return inlinePictures(result, images);
}

/** Builds the webhook's body. If the request has not ended, the body says that it ended now. */
export async function webhookBodyOf(row: RequestRow, now: number): Promise<Fields> {
	const current = momentOf(row, now);
	const moment = current.status === "COMPLETED" ? current : momentOf({ ...row, marks: { completedAt: now } }, now);
	const result = moment.status === "COMPLETED" ? await outcomeOf(row, moment) : resultOf(submissionOf(row), "ran");
	return webhookBody(row.id, row.gatewayId, result, row.plan);
}
