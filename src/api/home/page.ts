/** The page at `/`: tells whoever opens the gateway's address in a browser what to type into a client, or which setting is missing. */

import type { Language } from "../../language.ts";
import { WORDS } from "../../words/index.ts";

export interface Home {
	/** The base of the gateway's addresses, without a slash at its end. */
	readonly origin: string;
	/** A model's name that a client may type. */
	readonly model: string;
	/** Sentences that anybody may read. None if the gateway is configured. */
	readonly problems: readonly string[];
}

const STYLE =
	"body{font:16px/1.6 system-ui,sans-serif;max-width:42rem;margin:10vh auto;padding:0 1rem;color-scheme:light dark}" +
	"dt{margin-top:1rem;opacity:.7}dd{margin:0}code{font:1rem ui-monospace,monospace;user-select:all;overflow-wrap:anywhere}";

/** Returns the page as HTML. */
export function toHomePage({ origin, model, problems }: Home, language: Language): string {
	const words = WORDS[language].home;
	const rows: readonly (readonly [name: string, value: string])[] = [
		[words.baseUrl, `${origin}/v1`],
		[words.shortUrl, origin],
		[words.model, model],
	];
	const list = rows.map(([name, value]) => `<dt>${name}</dt><dd><code>${escapeHtml(value)}</code></dd>`).join("");
	const body =
		problems.length === 0
			? `<p>${words.works}</p><dl>${list}<dt>${words.key}</dt><dd>${words.whichKey}</dd></dl>`
			: `<p>${words.notReady}</p><ul>${problems.map((problem) => `<li>${escapeHtml(problem)}</li>`).join("")}</ul>`;
	return `<!doctype html>
<html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Darkroom</title><link rel="icon" href="data:,"><style>${STYLE}</style>
<h1>Darkroom</h1>${body}<p><a href="/docs">${words.reference}</a></p></html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
