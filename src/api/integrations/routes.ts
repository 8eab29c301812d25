/** The settings that other programs import, so that nobody has to type them. They hold no key. */

import type { OpenContext } from "../../context.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { toPlaygroundManifest } from "./playground.ts";

export function getPlaygroundManifest(_request: Request, { origin, config }: OpenContext): Response {
	return jsonResponse(toPlaygroundManifest(origin, config.defaultModel));
}
