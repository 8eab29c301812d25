/** Makes samples of what was asked: names their cases, and states the facts that a form does not show. */
import { err, ok, type Result } from "../../src/result.ts";
import type { BinaryAnswer, Called } from "./call.ts";
import type { Outcome } from "./evidence.ts";
import type { Answer, Facts, Sample } from "./question.ts";
import { readingOfCancel, readingOfResult, readingOfStatus, readingOfSubmit, readingOfWebhook } from "./readings.ts";
import { isRecord, parseJson } from "./shape.ts";
import type { StreamRecord } from "./stream.ts";
import { type Delivery, signatureOf } from "./webhooks.ts";

/** The fact that says how Darkroom's own code reads an answer. */
export const READING = "Darkroom reads";

export function sampleOf(name: string, answer: Called, factsOf: (answer: BinaryAnswer) => Facts = () => ({})): Sample {
	return { case: name, answer, ...(answer.ok ? { facts: factsOf(answer.value) } : {}) };
}

export function submitSample(name: string, answer: Called, queueUrl: string): Sample {
	return sampleOf(name, answer, (submit) => ({ [READING]: readingOfSubmit(submit, queueUrl) }));
}

export function resultSample(name: string, answer: Called): Sample {
	return sampleOf(name, answer, (result) => ({ [READING]: readingOfResult(result) }));
}

/** Names the case by the status, so that a state that fal passes too fast to be seen is not missed. */
export function statusSample(answer: Called): Sample {
	return sampleOf(answer.ok ? statusName(answer.value.body) : "status", answer, (status) => ({
		[READING]: readingOfStatus(status),
	}));
}

function statusName(body: string): string {
	const fields = parseJson(body);
	return isRecord(fields) && typeof fields.status === "string" ? fields.status.slice(0, 40) : "unreadable";
}

/** Names the case by the answer: how soon a model is done is no property of fal's queue. */
export function cancelSample(answer: Called): Sample {
	const name = answer.ok && answer.value.status >= 400 ? "too late" : "in time";
	return sampleOf(name, answer, (cancel) => ({ [READING]: readingOfCancel(cancel) }));
}

/** One sample for each event, and one for the stream itself. */
export function streamSamples(stream: Result<StreamRecord, string>): readonly Sample[] {
	if (!stream.ok) return [{ case: "stream", answer: stream }];
	const { status, headers, events, fields, comments, end } = stream.value;
	const answerWith = (body: string) => ok({ status, headers, body });
	const last = events.at(-1) ?? "";
	return [
		...events.map((data) => statusSample(ok({ status, headers, body: data, bytes: new Uint8Array() }))),
		{
			case: "stream",
			answer: answerWith("{}"),
			facts: {
				"content-type": mediaTypeOf(headers),
				"fields beside data": fields.join(", ") || "none",
				end: `${end} after ${statusName(last)}`,
			},
			shown: { events: String(events.length), comments: String(comments) },
		},
	];
}

export function mediaTypeOf(headers: Facts): string {
	return headers["content-type"]?.split(";")[0]?.trim() ?? "missing";
}

/** Says of each header of fal's own which kind of value it has. */
export function falHeadersSample(name: string, answer: Called): Sample {
	return sampleOf(name, answer, ({ headers }) =>
		Object.fromEntries(
			Object.entries(headers)
				.filter(([header]) => header.startsWith("x-fal-"))
				.map(([header, value]) => [header, headerKind(value)]),
		),
	);
}

function headerKind(value: string): string {
	if (/^\d+(\.\d+)?$/.test(value)) return "number";
	return /^[a-z_]{1,40}$/.test(value) ? value : "text";
}

/** A request that was refused at its submit has no more samples. */
export function outcomeSamples({ status, result }: Outcome): readonly Sample[] {
	return [
		...(status ? [{ ...statusSample(status), case: "its last status" }] : []),
		...(result ? [resultSample("its result", result)] : []),
	];
}

/** Compares a field of an answer with what was sent, without showing either. */
export function sameAs(value: unknown, sent: unknown): "yes" | "no" {
	return JSON.stringify(value) === JSON.stringify(sent) ? "yes" : "no";
}

/** Writes an address with the parts that differ from run to run replaced by their names. */
export function addressForm(address: unknown, queueUrl: string, id: string): string {
	if (typeof address !== "string") return "missing";
	if (!address.startsWith(`${queueUrl}/`)) return "on another origin";
	return `<queue>${address.slice(queueUrl.length).replaceAll(id, "<request>")}`;
}

export function webhookSample(delivery: Result<Delivery, string>, jwks: Called, requestId: string): Sample {
	if (!delivery.ok) return { case: "webhook", answer: delivery };
	if (!jwks.ok) return { case: "webhook", answer: err(`the keys: ${jwks.error}`) };
	const { headers, body, at } = delivery.value;
	const fields = parseJson(body);
	const skewSeconds = Math.abs(at.getTime() / 1000 - Number(headers["x-fal-webhook-timestamp"]));
	const answer: Answer = { status: 200, headers, body };
	return {
		case: isRecord(fields) ? String(fields.status).slice(0, 40) : "unreadable",
		answer: ok(answer),
		facts: {
			signature: signatureOf(delivery.value, jwks.value.body),
			"timestamp within 5 minutes": skewSeconds < 300 ? "yes" : "no",
			"signs the request's id": sameAs(headers["x-fal-webhook-request-id"], requestId),
			"names the request's id": sameAs(isRecord(fields) ? fields.request_id : undefined, requestId),
			"content-type": mediaTypeOf(headers),
			[READING]: readingOfWebhook(body),
		},
	};
}
