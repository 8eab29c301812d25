/** Says in a line of the log why a request was refused. */

import type { ErrorBody } from "../errors.ts";
import { toShownField } from "./shown.ts";

/** Its fields stand in this order. None has a part of the request: not its path, its query or a header. */
export interface RefusedLine {
	readonly event: "request.refused";
	readonly status: number;
	readonly code: string | null;
	/** The field that is to blame; `…` if a client made up its name. */
	readonly param: string | null;
	/** `other`: none that a route takes. */
	readonly method: string;
	/** The route as the table has it; null if none was found. */
	readonly route: string | null;
	/** Null if the key is not good, and for a request that needs none. */
	readonly account: string | null;
	/** The public id of an issued key. */
	readonly key: string | null;
	readonly requestId: string;
	readonly ms: number;
}

/** A request, as the router knows it. */
export interface RefusedRequest {
	readonly status: number;
	readonly method: string;
	readonly route: string | null;
	readonly account: string | null;
	readonly key: string | null;
	readonly requestId: string;
	readonly ms: number;
}

/** @param methods Those that may be shown */
export function toRefusedLine(
	{ code, param }: ErrorBody["error"],
	{ status, method, ...request }: RefusedRequest,
	methods: readonly string[],
): RefusedLine {
	return {
		event: "request.refused",
		status,
		code,
		param: param === null ? null : toShownField(param),
		method: methods.includes(method) ? method : "other",
		route: request.route,
		account: request.account,
		key: request.key,
		requestId: request.requestId,
		ms: request.ms,
	};
}
