/** Takes out of a report what is nobody's business: keys, ids, addresses, names, numbers of an account, and what was not ours to echo. */
import { isRecord, kindOf, parseJson, type Scrub } from "./shape.ts";

/** A shorter text is no secret: it would take half of the report with it. */
const MIN_SECRET_CHARS = 6;

/** Lists all forms in which a key could come back: as it is, its parts, and encoded. */
function formsOf(secret: string): readonly string[] {
	const texts = new Set([secret, ...secret.split(":")].filter((text) => text.length >= MIN_SECRET_CHARS));
	return [...texts].flatMap((text) => [
		text,
		encodeURIComponent(text),
		Buffer.from(text).toString("base64").replace(/=+$/, ""),
		Buffer.from(text).toString("base64url"),
		Buffer.from(text).toString("hex"),
	]);
}

/** Returns a function that replaces the secrets in a text, in any case of their letters. */
export function createScrub(secrets: Iterable<string>): Scrub {
	const forms = [...new Set([...secrets].flatMap(formsOf))]
		// The longest first: a part must not cut the whole in two.
		.toSorted((a, b) => b.length - a.length)
		.map((form) => form.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
	if (forms.length === 0) return (text) => text;
	const pattern = new RegExp(forms.join("|"), "gi");
	return (text) => text.replace(pattern, "<secret>");
}

/** Things that a text must not show, whether they are known or not. */
const PRIVATE: readonly (readonly [RegExp, (found: string) => string])[] = [
	[/\b(?:https?|wss?|data):[^\s"'<>]+/gi, () => "<address>"],
	[/(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+/g, () => "<email>"],
	[/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, () => "<id>"],
	[/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, () => "<address>"],
	// Keys and signatures of any kind: long, without a space, and with a digit.
	[/[\w-]{24,}/g, (found) => (/\d/.test(found) ? "<token>" : found)],
];

/** The two nets of a report. */
export interface Scrubs {
	/** Replaces the keys. For everything that is printed. */
	readonly keys: Scrub;
	/** Replaces also the names that fal told, addresses, ids and long tokens. For every text that others wrote. */
	readonly foreign: Scrub;
}

/** @param learned Names and ids that answers told. They may be common words, which the report's own texts may hold. */
export function createScrubs(keys: Iterable<string>, learned: Iterable<string>): Scrubs {
	const [keysOnly, all] = [createScrub(keys), createScrub([...keys, ...learned])];
	return {
		keys: keysOnly,
		foreign: (text) => PRIVATE.reduce((hidden, [pattern, hide]) => hidden.replace(pattern, hide), all(plain(text))),
	};
}

/** Takes out what a terminal obeys, and what could cut a secret in two. */
function plain(text: string): string {
	return text.replace(/\s+/g, " ").replace(/[\p{Cc}\p{Cf}]+/gu, "");
}

/** Fields whose text is shown: words of fal's protocol, and its messages. All other texts are replaced by their kind. */
const SHOWN_TEXTS =
	/(^|\.|\[\])(status|type|error_type|detail|loc\[\]|msg|message|error|unit|currency|kty|crv|alg|use|level|content_type|openapi)$|^detail\[\]$/;
const SHOWN_NUMBERS = /(^|\.)(queue_position|width|height)$/;
/** Fields in which fal echoes a request. They are shown as kinds only. */
const ECHOES = ["json_input", "json_output", "input", "prompt"];

const MAX_SHOWN_CHARS = 200;
const MAX_SHOWN_ENTRIES = 2;
const MAX_SHOWN_FIELDS = 40;
const MAX_SHOWN_DEPTH = 6;

/** Returns the body with every value hidden that is not known to be harmless. A body that is no JSON is only named. */
export function redactBody(body: string, scrubText: Scrub): unknown {
	const json = parseJson(body);
	return json === undefined ? (body === "" ? "<empty>" : "<no JSON>") : redactValue("", json, scrubText, 0);
}

function redactValue(path: string, value: unknown, scrubText: Scrub, depth: number): unknown {
	const field = path.split(".").at(-1)?.replaceAll("[]", "") ?? "";
	const isEcho = ECHOES.includes(field);
	if (depth > MAX_SHOWN_DEPTH || (isEcho && typeof value === "object")) return `<${kindOf(value)}>`;
	if (Array.isArray(value)) {
		const entries = value
			.slice(0, MAX_SHOWN_ENTRIES)
			.map((entry) => redactValue(`${path}[]`, entry, scrubText, depth + 1));
		return value.length > entries.length ? [...entries, `<${value.length - entries.length} more>`] : entries;
	}
	if (isRecord(value)) {
		const fields = Object.entries(value).slice(0, MAX_SHOWN_FIELDS);
		return Object.fromEntries(
			fields.map(([name, inner]) => [
				scrubText(name),
				redactValue(path === "" ? name : `${path}.${name}`, inner, scrubText, depth + 1),
			]),
		);
	}
	if (typeof value === "string" && SHOWN_TEXTS.test(path)) return scrubText(value).slice(0, MAX_SHOWN_CHARS);
	if (value === null || typeof value === "boolean") return value;
	if (typeof value === "number" && SHOWN_NUMBERS.test(path)) return value;
	return `<${kindOf(value)}>`;
}

/** Applies a function to every text of a value, also to names of fields: the last net before anything is printed. */
export function mapTexts(value: unknown, map: Scrub): unknown {
	if (typeof value === "string") return map(value);
	if (Array.isArray(value)) return value.map((entry) => mapTexts(entry, map));
	if (!isRecord(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [map(name), mapTexts(inner, map)]));
}
