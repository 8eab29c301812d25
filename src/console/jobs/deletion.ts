/** Deletes a job with its pictures. */

import { ok, type Result } from "../../result.ts";
import type { Api } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";
import type { Entries } from "./entries.ts";

/** Deletes it at the gateway, and then here. One that is gone already is no failure. */
export async function deleteJob(api: Api, entries: Entries, id: string): Promise<Result<null, Failure>> {
	const asked = await api.open(`/v1/jobs/${id}`, { method: "DELETE" });
	const isGone = asked.ok || (asked.error.kind === "refused" && asked.error.status === 404);
	if (isGone) entries.remove(id);
	return isGone ? ok(null) : asked;
}
