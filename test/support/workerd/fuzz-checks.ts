/** Says what is wrong with an answer of the fuzz suite, by rules that hold for every answer, whatever was asked and whatever fal said. */
import * as z from "zod/mini";
import errorsPage from "../../../docs/errors.md?raw";
import type { Answer } from "./fuzz-client.ts";
import { ACCESS_KEYS } from "./fuzz-requests.ts";
import type { Account } from "./fuzz-sessions.ts";
import { objectionsToStream } from "./fuzz-streams.ts";

/** The facts of all sessions that run at once. */
export interface World {
	/** The account of each job. */
	readonly jobs: ReadonlyMap<string, Account>;
	/** The links that were given out: each path with its query. */
	readonly links: ReadonlySet<string>;
	/** When the machine stood still, which is no silence of ours. */
	readonly stalls: readonly (readonly [from: number, to: number])[];
}

const GOOD_STATUSES = [200, 202, 204, 206, 304];

/** An answer has begun by then. Only one that waits for a job may be silent for longer, until that has ended. */
export const SILENCE_MAX_MS = 20_000;
/** A stream says something at least so often, or it has ended. */
const KEEP_ALIVE_MS = 15_000;
/** A cancellation of a Response is waited for so long. */
const CANCELLED_WITHIN_MS = 10_000;

/** The errors of docs/errors.md. Those of a fault of ours are not among them: none may come. */
const DOCUMENTED = [...errorsPage.matchAll(/^\| ([1-4]\d\d) \| `(\w+)` \| `(\w+)` \|/gm)].map(
	([, status, code = "", type = ""]) => ({ status: Number(status), code, type }),
);

/** Never in an answer or in the log. */
export const SECRETS = [
	"test-id:test-secret",
	"test-secret",
	"test-id",
	"spare-secret",
	"spare-id",
	...Object.values(ACCESS_KEYS),
];

const STACK = /\n\s+at |\bat \S+ \(|\.ts:\d+|\.js:\d+:\d+|node_modules|\bTypeError\b|\bSqliteError\b|\bDurableObject/;
const WEBHOOK_ADDRESS = /\/webhooks\/fal\/[0-9a-f]{64}\/[\w-]{20}/;

const PROMPT = /prompt-\d+-\d+-of-/;
const FAL_ADDRESS = /fal\.(?:run|media)|\/files\//;

const ErrorBody = z.strictObject({
	error: z.strictObject({
		message: z.string().check(z.minLength(1), z.maxLength(2_001)),
		type: z.string().check(z.minLength(1)),
		param: z.nullable(z.string()),
		code: z.string().check(z.minLength(1)),
	}),
});

export function objectionsTo(answer: Answer, world: World): string[] {
	const { status } = answer;
	if (status === null) return answer.end === "left" ? [] : [`no answer: ${answer.text}`];
	return [
		...objectionsToHead(answer, status),
		...(answer.end === "broken" ? [`the answer breaks off: ${answer.text.slice(-200)}`] : []),
		...objectionsToBody(answer, status),
		...leaksIn(answer, world),
		...objectionsToWords(answer),
		...objectionsToPicture(answer, world),
		...silencesOf(answer, world),
	];
}

function objectionsToHead({ headers, sent }: Answer, status: number): string[] {
	const known = GOOD_STATUSES.includes(status) || DOCUMENTED.some((row) => row.status === status);
	return [
		...(known ? [] : [`status ${status} is not documented`]),
		...(/^req_[0-9a-f_]{32,}$/.test(headers.get("x-request-id") ?? "") ? [] : ["it has no x-request-id"]),
		...(headers.get("access-control-allow-origin") === "*" ? [] : ["browsers may not read it"]),
		...(status === 202 && !headers.has("location") ? ["202 without a location"] : []),
		...(status >= 400 && sent.draft.method !== "HEAD" && headers.get("content-type") !== "application/json"
			? [`an error of type ${headers.get("content-type")}`]
			: []),
	];
}

function objectionsToBody(answer: Answer, status: number): string[] {
	const { text, headers, sent, end } = answer;
	const type = headers.get("content-type") ?? "";
	if (sent.draft.method === "HEAD" || status === 204 || status === 304)
		return text === "" ? [] : ["it has a body where none may be"];
	if (type.startsWith("text/event-stream")) return objectionsToStream(answer);
	if (end !== "whole") return [];
	if (status >= 400) return objectionsToError(text, status, headers);
	if (type !== "application/json") return [];
	const body = readJson(text);
	if (body === undefined) return [`it is no JSON: ${text.slice(0, 200)}`];
	return isAsTold(answer) ? objectionsToShape(answer, status, body) : [];
}

/** The request went to its own route, so the table says what its answer is like. */
function isAsTold({ sent }: Answer): boolean {
	return !sent.mutated.some((part) => part === "path" || part === "method");
}

function objectionsToShape({ sent }: Answer, status: number, body: unknown): string[] {
	const shapes = sent.route.answers.flatMap(({ status: of, json }) =>
		of === status && json !== undefined ? [json] : [],
	);
	if (shapes.some((shape) => z.safeParse(shape, body).success)) return [];
	// Hidden requests and messages with nothing to draw are answered in the shape of the API.
	return [`a ${status} of another shape than the table of routes says: ${JSON.stringify(body).slice(0, 300)}`];
}

function objectionsToError(text: string, status: number, headers: Answer["headers"]): string[] {
	const parsed = z.safeParse(ErrorBody, readJson(text));
	if (!parsed.success) return [`a shapeless error: ${text.slice(0, 300)}`];
	const { code, type } = parsed.data.error;
	const fits = DOCUMENTED.some((row) => row.status === status && row.code === code && row.type === type);
	if (!fits) return [`${status} ${code} ${type} is not documented`];
	const mayRetry = ["rate_limit_exceeded", "upstream_unavailable"].includes(code);
	return [
		...(mayRetry && !headers.has("retry-after") ? [`${code} without retry-after`] : []),
		...(status === 401 && code === "invalid_api_key" && !headers.has("www-authenticate")
			? ["401 without www-authenticate"]
			: []),
		...(status === 405 && !headers.has("allow") ? ["405 without allow"] : []),
	];
}

/** Finds secrets and ids of others. An answer may repeat the words of its own request. */
function leaksIn({ text, headers, sent, status }: Answer, { jobs }: World): string[] {
	const { draft, account } = sent;
	const said = `${draft.path}?${draft.query} ${typeof draft.body === "string" ? draft.body : ""}`;
	const told = `${text}\n${[...headers].map((header) => header.join(": ")).join("\n")}`;
	const isOpen = sent.route.access === "open";
	const other = account === "owner" ? "other" : "owner";
	const foreign = (told.match(/\b[0-9a-f]{64}\b/g) ?? []).filter((id) => jobs.get(id) === other && !said.includes(id));
	const named = (said.match(/[0-9a-f]{64}/g) ?? []).filter((id) => jobs.get(id) === other);
	const isGood = status !== null && status < 400;
	return [
		...SECRETS.filter((secret) => told.includes(secret)).map((secret) => `it holds ${secret}`),
		...(STACK.test(told) && !STACK.test(said) ? [`it holds a stack trace: ${STACK.exec(told)?.[0]}`] : []),
		...(WEBHOOK_ADDRESS.test(told) && !WEBHOOK_ADDRESS.test(said) ? ["it holds the address of a webhook"] : []),
		...(told.includes(`-of-${other}`) && !isOpen ? ["it holds a prompt of another account"] : []),
		...(foreign.length > 0 && !isOpen ? [`it holds jobs of another account: ${foreign}`] : []),
		...(isGood && named.length > 0 && !isOpen && draft.method !== "OPTIONS"
			? ["it serves a job of another account"]
			: []),
	];
}

const MESSAGE = /"message":"((?:[^"\\]|\\.)*)"/g;

/** Errors have messages, in answers, in streams and in jobs. What fal says of a prompt or of a file is taken out of them. */
function objectionsToWords({ text }: Answer): string[] {
	return [...text.matchAll(MESSAGE)].flatMap(([, message = ""]) => [
		...(PROMPT.test(message) ? [`it repeats the prompt: ${message}`] : []),
		...(FAL_ADDRESS.test(message) ? [`it holds an address of fal's: ${message}`] : []),
	]);
}

/** Types that a browser may show: nothing in them runs. */
const SHOWN = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"];

/** A picture is only served by a link as it was given out, and nothing in it may run. */
function objectionsToPicture({ sent, status, headers }: Answer, { links }: World): string[] {
	const { path, query } = sent.draft;
	const isServed = status === 200 || status === 206 || status === 304;
	if (!isServed || sent.route.path !== "/images/:job/:file" || !headers.has("etag")) return [];
	const { pathname, searchParams } = new URL(`https://g.test${path}?${query}`);
	const link = `${asRead(pathname)}?exp=${searchParams.getAll("exp")}&sig=${searchParams.getAll("sig")}`;
	const isInline = headers.get("content-disposition")?.startsWith("attachment") === false;
	return [
		...(links.has(link) ? [] : [`it serves a link that was never given out: ${link}`]),
		...(/sandbox/.test(headers.get("content-security-policy") ?? "") ? [] : ["a picture that may run"]),
		...(headers.get("x-content-type-options") === "nosniff" ? [] : ["a picture that may be sniffed"]),
		...(isInline && !SHOWN.includes(headers.get("content-type") ?? "")
			? [`a ${headers.get("content-type")} is shown inline`]
			: []),
	];
}

/** Slashes that stand twice, or at the end, change nothing of what a path means. */
function asRead(path: string): string {
	return decodeURIComponent(path).replace(/\/+/g, "/").replace(/\/$/, "");
}

function silencesOf({ sent, maxSilenceMs, silentFrom, headers }: Answer, { stalls }: World): string[] {
	const isStream = headers.get("content-type")?.startsWith("text/event-stream") === true;
	const waits = sent.route.awaitsJob === true && !isStream;
	// Whoever runs the sessions bounds the wait for a job's end.
	if (waits) return [];
	const bound = SILENCE_MAX_MS + (isStream ? KEEP_ALIVE_MS : CANCELLED_WITHIN_MS);
	const overlaps = stalls.map(([from, to]) => Math.min(to, silentFrom + maxSilenceMs) - Math.max(from, silentFrom));
	const stalledMs = overlaps.reduce((sum, overlap) => sum + Math.max(0, overlap), 0);
	return maxSilenceMs - stalledMs <= bound ? [] : [`it is silent for ${maxSilenceMs} ms`];
}

export function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
