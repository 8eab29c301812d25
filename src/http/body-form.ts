/** Tells what a body is that is no JSON, so that the refusal can say it. */

import type { BodyForm } from "../faults.ts";

/** Forms begin so, whatever their header says: with a boundary, or with a name and its value. */
const BOUNDARY = /^--\S/;
const PAIR = /^[\w.%+[\]-]{1,100}=/;

/** @param text The body, which `JSON.parse` refused. Its header alone says little: curl's `-d` calls everything a form. */
export function formOf(text: string, headers: Headers): BodyForm {
	const beginning = text.slice(0, MAX_LOOK_CHARS).trimStart();
	if (beginning === "") return "empty";
	const type = headers.get("content-type")?.toLowerCase() ?? "";
	if (type.startsWith("multipart/") || BOUNDARY.test(beginning)) return "multipart";
	return PAIR.test(beginning) ? "form" : "broken";
}

const MAX_LOOK_CHARS = 1_000;
