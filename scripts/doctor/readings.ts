/** Says how Darkroom itself reads an answer, by its own code: a difference there is felt by clients. */
import { readResult } from "../../src/fal/result.ts";
import { readCancelAnswer, readStatus, readSubmitAnswer, readWebhook } from "../../src/fal/wire.ts";
import type { Answer } from "./question.ts";

export function readingOfSubmit({ status, body }: Answer, queueUrl: string): string {
	return readSubmitAnswer(status, body, new URL(queueUrl).origin).kind;
}

export function readingOfStatus({ body }: Answer): string {
	return readStatus(body)?.kind ?? "unreadable";
}

export function readingOfResult({ status, headers, body }: Answer): string {
	const result = readResult(status, body, headers["x-fal-error-type"] ?? null);
	return result.kind === "failure" ? `failure: ${result.error.code}` : result.kind;
}

export function readingOfCancel({ status, body }: Answer): string {
	return readCancelAnswer(status, body);
}

export function readingOfWebhook(body: string): string {
	const webhook = readWebhook(body);
	if (webhook === null) return "unreadable";
	const { result } = webhook;
	if (result === null) return "to be fetched";
	return result.kind === "failure" ? `failure: ${result.error.code}` : result.kind;
}
