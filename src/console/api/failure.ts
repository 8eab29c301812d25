/** Reads what a call that failed says. */

/** The error of an answer, as OpenAI shapes it, or a call without an answer. */
export type Failure =
	| {
			readonly kind: "refused";
			readonly status: number;
			readonly code: string;
			readonly message: string;
			/** The field that is wrong, such as `n`; null for none. */
			readonly param: string | null;
			/** Null: the answer does not say when to ask again. */
			readonly retryAfterSeconds: number | null;
	  }
	/** Nobody answered, or the answer broke off. */
	| { readonly kind: "unreachable" }
	/** The caller gave up. */
	| { readonly kind: "aborted" };

/** Reads the error of an answer. What is no error of the gateway's gets the status for its code. */
export async function readFailure(response: Response): Promise<Failure> {
	const { status, headers } = response;
	const seconds = Number(headers.get("retry-after") ?? "x");
	const retryAfterSeconds = Number.isFinite(seconds) ? seconds : null;
	const error = toError(await response.json().catch(() => null));
	return {
		kind: "refused",
		status,
		retryAfterSeconds,
		...(error ?? { code: `http_${status}`, message: "", param: null }),
	};
}

function toError(
	body: unknown,
): { readonly code: string; readonly message: string; readonly param: string | null } | null {
	if (!isObject(body) || !isObject(body.error)) return null;
	const { code, message, param } = body.error;
	return {
		code: typeof code === "string" ? code : "error",
		message: typeof message === "string" ? message : "",
		param: typeof param === "string" ? param : null,
	};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null;
}
