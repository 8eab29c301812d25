/** Answers `GET /version`: which code runs. */

import type { OpenContext } from "../../context.ts";
import { VERSION } from "./version.ts";

export function getVersion(_request: Request, { env }: OpenContext): Response {
	const { id = null, tag = null, timestamp = null } = env.VERSION_METADATA ?? {};
	const deploy = id === null ? null : { id, tag: tag === "" ? null : tag, created_at: timestamp };
	return Response.json({ version: VERSION, deploy }, { headers: { "cache-control": "no-store" } });
}
