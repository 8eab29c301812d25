/** Refuses requests. */

import { type ErrorAnswer, type ErrorBody, type RequestError, toRequestAnswer } from "../errors.ts";
import type { Language } from "../language.ts";
import type { Result } from "../result.ts";
import { jsonResponse } from "./json-response.ts";

/** Carries why a request is refused from any depth of a handler to the router, which makes the answer. No other expected failure is thrown. */
export class Refusal extends Error {
	readonly reason: RequestError;
	/** The language of the user's words; null if none are known. */
	readonly language: Language | null;
	constructor(reason: RequestError, language: Language | null = null) {
		super(reason.kind);
		this.reason = reason;
		this.language = language;
	}
}

/** Returns the value of a result. @throws Refusal for its error */
export function orRefuse<T>(result: Result<T, RequestError>): T {
	if (result.ok) return result.value;
	throw new Refusal(result.error);
}

/** Makes the answer for a request that is refused. */
export function refuse(reason: RequestError, language: Language): Response {
	return errorResponse(toRequestAnswer(reason, language));
}

/** The errors of the answers that were made here, for the log: an answer itself has only bytes. */
const errors = new WeakMap<Response, ErrorBody["error"]>();

export function errorResponse({ status, headers, body }: ErrorAnswer): Response {
	const response = jsonResponse(body, { status, headers });
	errors.set(response, body.error);
	return response;
}

/** Returns the error of an answer to a request that was refused; null for any other answer. */
export function errorOf(response: Response): ErrorBody["error"] | null {
	return errors.get(response) ?? null;
}
