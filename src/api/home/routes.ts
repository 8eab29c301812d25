/** Answers `GET /`. It works without a configuration too, since it says what is missing. */

import type { ConfigResult } from "../../config.ts";
import type { Language } from "../../language.ts";
import { findModel } from "../../models/names.ts";
import { toHomePage } from "./page.ts";

/** The name that every client takes for a chat's model. */
const CHAT_NAME = "darkroom";

const HEADERS = {
	"content-type": "text/html; charset=utf-8",
	"content-security-policy":
		"default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"x-content-type-options": "nosniff",
	"referrer-policy": "no-referrer",
	"cache-control": "no-store",
	vary: "accept-language",
};

export function getHome(read: ConfigResult, origin: string, language: Language): Response {
	if (!read.ok) {
		const page = toHomePage({ origin, model: CHAT_NAME, problems: read.error }, language);
		return new Response(page, { status: 500, headers: HEADERS });
	}
	const { defaultModel, offered } = read.value;
	const model = findModel(CHAT_NAME, offered).ok ? CHAT_NAME : defaultModel;
	return new Response(toHomePage({ origin, model, problems: [] }, language), { headers: HEADERS });
}
