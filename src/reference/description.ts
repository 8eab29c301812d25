/** Says what the reference and the tests know of a route, and the Worker does not need. */

import type * as z from "zod/mini";
import type { RequestError } from "../errors.ts";
import type { Route } from "../route.ts";

export type DescribedRoute = Route & Description;

export interface Description {
	/** One line for people. */
	readonly summary: string;
	readonly query?: z.ZodMiniObject;
	readonly headers?: z.ZodMiniObject;
	readonly body?: z.ZodMiniType;
	/** The body may be a form with files, too. */
	readonly form?: true;
	/** The body is a picture. */
	readonly picture?: true;
	readonly answers: readonly Answer[];
	/** The refusals of this route. Every route has three more: a wrong key, a wrong configuration, a fault of ours. */
	readonly refusals: readonly RequestError["kind"][];
	/** It waits for a job's end, so any failure of a job may be its answer. */
	readonly awaitsJob?: true;
}

/** One way in which a route answers a good request. */
export interface Answer {
	readonly status: number;
	readonly when: string;
	/** The JSON body; absent for an answer without one. */
	readonly json?: z.ZodMiniType;
	/** The data of each server-sent event. */
	readonly events?: z.ZodMiniType;
	/** The body is a picture. */
	readonly picture?: true;
	/** The body is a table. */
	readonly csv?: true;
	/** The body is the text of metrics. */
	readonly metrics?: true;
}
