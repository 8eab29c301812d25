/** Calls the gateway's public API with the access key of the session. */

import { err, ok, type Result } from "../../result.ts";
import { language } from "../language.ts";
import { takeEarly } from "./early.ts";
import { type Failure, readFailure } from "./failure.ts";

export interface Call {
	readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
	/** An object is sent as JSON. */
	readonly body?: object | FormData | Blob;
	readonly headers?: Readonly<Record<string, string>>;
	readonly signal?: AbortSignal;
}

/** Asks with a key. What it answers with is the gateway's own, so its shape is trusted: `api/types.ts` is held to the schemas. */
export interface Api {
	/** Returns the body of an answer that is JSON. */
	readonly ask: <Answer>(path: string, call?: Call) => Promise<Result<Answer, Failure>>;
	/** Returns the answer itself, for streams, files and headers. */
	readonly open: (path: string, call?: Call) => Promise<Result<Response, Failure>>;
}

/** @param onRefusedKey called if the key is not valid any more */
export function createApi(key: string, onRefusedKey: () => void): Api {
	async function open(path: string, { method = "GET", body, headers = {}, signal }: Call = {}) {
		const isJson = body !== undefined && !(body instanceof FormData) && !(body instanceof Blob);
		try {
			const early = method === "GET" ? await takeEarly(key, path) : null;
			const response =
				early ??
				(await fetch(path, {
					method,
					headers: {
						authorization: `Bearer ${key}`,
						"accept-language": language.value,
						...(isJson ? { "content-type": "application/json" } : {}),
						...headers,
					},
					body: isJson ? JSON.stringify(body) : (body ?? null),
					signal: signal ?? null,
					// A link of the console's origin needs no cookie.
					credentials: "omit",
				}));
			if (response.ok) return ok(response);
			const failure = await readFailure(response);
			if (response.status === 401) onRefusedKey();
			return err(failure);
		} catch {
			return err<Failure>(signal?.aborted ? { kind: "aborted" } : { kind: "unreachable" });
		}
	}

	async function ask<Answer>(path: string, call: Call = {}): Promise<Result<Answer, Failure>> {
		const opened = await open(path, call);
		if (!opened.ok) return opened;
		try {
			const answer: Answer = await opened.value.json();
			return ok(answer);
		} catch {
			return err(call.signal?.aborted ? { kind: "aborted" } : { kind: "unreachable" });
		}
	}

	return { ask, open };
}

/** Returns the path of a link of the gateway's, so that the page's own origin is asked, whatever `PUBLIC_URL` says. */
export function toPath(link: string): string {
	const { pathname, search } = new URL(link, location.href);
	return pathname + search;
}
