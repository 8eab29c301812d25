/** Takes out of foreign words what must not be shown: keys, addresses, bytes in text form, and echoes of the prompt. */
import type { FalAccount } from "./fal-accounts.ts";
import { clip } from "./text.ts";

/** Stands where something was taken out. */
const GAP = "…";
/** Longer texts are cut before they are looked at, so the work is bounded. */
const MAX_CHARS = 2_000;
/** A shorter secret would be found in ordinary words. */
const MIN_SECRET_CHARS = 4;

/** The end of an address: whatever follows without a space, a quote or an angle bracket. */
const REST = String.raw`[^\s"'\`<>]`;

/** Each pattern is bounded, so that none is worse than linear. The first ones take what later ones would take only in part. */
const ADDRESSES: readonly RegExp[] = [
	new RegExp(`\\bdata:${REST}+`, "gi"),
	// With a scheme: https, s3, blob and the like.
	new RegExp(`\\b[a-z][a-z0-9+.-]{1,15}://${REST}*`, "gi"),
	new RegExp(`(?<![\\w:/])//[\\w[]${REST}+`, "g"),
	// Credentials before a host: `id:secret@bucket/…`.
	new RegExp(`[\\w.%+-]{1,64}:[\\w.%+=-]{1,128}@${REST}+`, "g"),
	new RegExp(`[\\w.%+-]{1,64}@(?:[\\w-]{1,63}\\.){1,6}[a-z]{2,24}(?::\\d{1,5})?[/?]${REST}+`, "gi"),
	// A host with a path or a query, and no scheme.
	new RegExp(`\\b(?:[a-z0-9-]{1,63}\\.){1,6}[a-z]{2,24}(?::\\d{1,5})?[/?]${REST}+`, "gi"),
	/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g,
	/\[[0-9a-f]{0,4}:[0-9a-f:.]{2,45}\](?::\d{1,5})?/gi,
];

const MAIL = /[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}\b/gi;
/** fal's own support may be named: people are to write there. */
const FAL_MAIL = /@fal\.ai$/i;

const LABELLED =
	/\b(authorization|x-api-key|api[_-]?key|access[_-]?key|access[_-]?token|client[_-]?secret|secret|password|signature|sig)("?'?\s{0,3}[:=]\s{0,3}"?'?)(?:(?:bearer|basic|key)\s{1,3})?[^\s"',;<>]{3,}/gi;
const SCHEMED = /\b(bearer|basic|key|token)(\s{0,3}[:=]\s{0,3}|\s{1,3})([\w.~+/=:-]{6,})/gi;

/** A key that Darkroom issued, whole or cut off. */
const ISSUED_KEY = /\bsk-dr-[\w-]{1,128}/g;
/** Runs that may be base64, a token or an id. */
const LONG_RUN = /[A-Za-z0-9+/_=-]{40,}/g;
const RUN = /[A-Za-z0-9+_=-]{16,}/g;
const ESCAPED = /(?:\\u[0-9a-f]{4}[\w\s]{0,8}){3,}|(?:%[0-9a-f]{2}[\w.-]{0,24}){3,}[\w.-]{0,24}/gi;

/** Signs without a width, and those that turn the direction of text. Joiners stay: emoji are made with them. */
const UNSEEN = /[\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Takes out keys, addresses and encoded bytes. @param secrets Texts that are taken out wherever they stand, such as the gateway's own key */
export function scrubSecrets(text: string, secrets: readonly string[] = []): string {
	const shown = clip(text, MAX_CHARS).replace(UNSEEN, "").toWellFormed();
	let rest = withoutSecrets(shown, secrets);
	for (const address of ADDRESSES) rest = rest.replace(address, GAP);
	return rest
		.replace(MAIL, (mail) => (FAL_MAIL.test(mail) ? mail : GAP))
		.replace(LABELLED, `$1$2${GAP}`)
		.replace(SCHEMED, (whole, label: string, between: string, value: string) =>
			/[0-9:=]/.test(value) ? `${label}${between}${GAP}` : whole,
		)
		.replace(ISSUED_KEY, GAP)
		.replace(ESCAPED, GAP)
		.replace(LONG_RUN, (run) => (isEncoded(run) ? GAP : run))
		.replace(RUN, (run) => (isName(run) ? run : GAP));
}

/** Takes out these texts only: for a person's own words, in which anything else may stand. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
	return secrets.reduce(
		(rest, secret) => (secret.length >= MIN_SECRET_CHARS ? rest.replaceAll(secret, GAP) : rest),
		text,
	);
}

/** Lists the texts of fal's keys that must not be shown: each as a whole, and its two halves. */
export function secretsOf(falAccounts: readonly FalAccount[]): readonly string[] {
	return falAccounts.flatMap(({ key }) => [key, ...key.split(":")]);
}

function isEncoded(run: string): boolean {
	return /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);
}

/** A word, an acronym, a version or a number: the parts that names are made of, as in `no_media_generated` or `gpt-image-15-mini`. */
const NAME_PART = /^(?:[a-z]+\d{0,3}|[A-Z]+\d{0,2}|(?:[A-Z][a-z]{1,20}){1,6}|v?\d{0,4}[a-z]{0,2})$/;

function isName(run: string): boolean {
	return run.split(/[+_=-]/).every((part) => NAME_PART.test(part));
}

/** A piece of the prompt is an echo from this length on. Characters of Chinese and its neighbours say more each. */
const ECHO_CHARS = 12;
const WIDE_ECHO_CHARS = 6;
/** A whole prompt, or a quoted piece of it, is an echo from this length on. */
const MIN_ECHO_CHARS = 3;
/** From the CJK radicals on. */
const WIDE = /[\u2e80-\u{3ffff}]/u;
const QUOTED = /(["'`“„«「『‘])([^"'`“”„«»「」『』‘’]{3,300})["'`”»」』’]/g;
/** Matches an input as pydantic shows it: with its middle cut out. */
const INPUT_VALUE = /\b(input_value\s?=\s?)[^\n]{0,600}?(?=, input_type=|\]|$)/g;

/** Takes out the parts of a text that are an echo of the prompt. */
export function scrubEcho(text: string, prompt: string): string {
	const bounded = clip(text, MAX_CHARS).replace(INPUT_VALUE, `$1${GAP}`);
	const [said, asked] = [toComparable(bounded), toComparable(prompt.trim())];
	const echoes = new Uint8Array(said.length);
	if (asked.length >= MIN_ECHO_CHARS) markWhole(echoes, said, asked);
	for (const { 2: quoted = "", index } of said.matchAll(QUOTED)) {
		const piece = quoted.replace(/(?:\.{3}|…)$/, "").trim();
		if (piece.length >= MIN_ECHO_CHARS && asked.includes(piece)) echoes.fill(1, index + 1, index + 1 + quoted.length);
	}
	markPieces(echoes, said, asked, ECHO_CHARS);
	if (WIDE.test(said)) markPieces(echoes, said, asked, WIDE_ECHO_CHARS);
	return withoutMarked(bounded, echoes);
}

/** Lower case, and one sign for each that stands between words, of the same length: places in it are places in the text. */
function toComparable(text: string): string {
	const lower = text.toLowerCase();
	return (lower.length === text.length ? lower : text).replace(/[\s_-]/g, " ");
}

/** A prompt inside of a longer word is no echo: `cat` is none in `category`. */
function markWhole(echoes: Uint8Array, said: string, asked: string): void {
	for (let at = said.indexOf(asked); at >= 0; at = said.indexOf(asked, at + asked.length)) {
		const end = at + asked.length;
		if (!continues(said, at - 1, at) && !continues(said, end - 1, end)) echoes.fill(1, at, end);
	}
}

function continues(text: string, left: number, right: number): boolean {
	const inWord = (place: number) => /[\p{L}\p{N}]/u.test(text[place] ?? "") && !WIDE.test(text[place] ?? "");
	return inWord(left) && inWord(right);
}

function markPieces(echoes: Uint8Array, said: string, asked: string, chars: number): void {
	const pieces = new Set<string>();
	for (let at = 0; at + chars <= asked.length; at += 1) pieces.add(asked.slice(at, at + chars));
	for (let at = 0; at + chars <= said.length; at += 1) {
		const piece = said.slice(at, at + chars);
		if (pieces.has(piece) && (chars === ECHO_CHARS || WIDE.test(piece))) echoes.fill(1, at, at + chars);
	}
}

/** Leaves the space around what it takes out. */
function withoutMarked(text: string, echoes: Uint8Array): string {
	let kept = "";
	for (let at = 0; at < text.length; ) {
		const from = at;
		while (echoes[at] === echoes[from]) at += 1;
		const part = text.slice(from, at);
		kept += echoes[from] === 0 ? part : part.replace(/\S(?:.*\S)?/s, GAP);
	}
	return kept;
}
