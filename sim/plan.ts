/** The plan of a request: how it behaves from submit to picture. Parses plans from words in a prompt, and from JSON. */
import * as z from "zod/mini";
import { err, ok, type Result } from "../src/result.ts";

/** Coerces, because a word in a prompt gives text and the control route gives JSON. */
function count(max: number, fallback: number) {
	return z._default(z.coerce.number().check(z.int(), z.gte(0), z.lte(max)), fallback);
}
function choice<const T extends readonly [string, ...string[]]>(...values: T) {
	return z._default(z.enum(values), values[0]);
}

const HOUR_MS = 3_600_000;

/** Up to `504` as fal documents it; `odd.ts` has the others. */
const SUBMITS = [
	...(["ok", "401", "403", "404", "422", "429", "503", "lost", "hangs", "502", "504", "402", "403-locked"] as const),
	...(["403-page", "403-app", "404-path", "410", "451", "422-list", "422-object", "400-message"] as const),
	...(["429-later", "leaky"] as const),
] as const;

/** The fields of a plan. The first choice of each list is its default. */
export const planSchema = z.object({
	/** The first `queue_position`. It counts down to 0, which is shown, too. */
	queue: count(1000, 1),
	/** Time of each position. */
	queueMs: count(HOUR_MS, 300),
	runMs: count(HOUR_MS, 1400),
	/** Phases that wait for the control route and not for the clock. */
	hold: choice("nothing", "queue", "run", "all"),
	/** A request that has not started by then fails; 0 leaves this to `X-Fal-Request-Start-Timeout`. */
	startTimeoutMs: count(HOUR_MS, 0),
	/** Number of log lines over the whole run, and the length of each. */
	logs: count(2000, 0),
	logChars: count(10_000, 60),

	submit: choice(...SUBMITS),
	/** The account that `submit` is about, by the name of its key; empty for all. */
	account: z._default(z.string(), ""),
	/** The same as `submit`, for all other accounts. */
	elsewhere: choice(...SUBMITS),
	/** Number of submits of the same prompt that are refused before one is accepted; 0 refuses all. */
	refusals: count(1000, 0),
	/** The one submit of this prompt, from 1, that all else is for: the others are quick, and succeed. 0 is all. */
	only: count(1000, 0),
	urls: choice("own", "foreign"),

	/** The list of requests shows this one, or never does. `without-input`: it does, as if fal had not kept the payload. */
	listed: choice("yes", "without-input", "never"),
	/** It comes into that list so late. */
	listedAfterMs: count(HOUR_MS, 0),
	/** The billing events have it, or never do. `failures`: they have it even if it gave no output. */
	billed: choice("yes", "never", "failures"),
	/** It comes into them so long after its end. */
	billedAfterMs: count(HOUR_MS, 0),
	/** Percent off its price. */
	discount: count(100, 0),
	/** The answer of the list itself. Only the standing scenario sets it: a request for the list has no prompt. */
	list: choice("ok", "401", "403", "404", "429", "500", "html", "hangs"),

	status: choice("ok", "500", "redirect", "401", "404", "failed", "lower", "long-logs"),
	stream: choice("ok", "500", "404", "cut"),
	result: choice("ok", "500", "page", "empty", "in-progress", "queue-status", "401", "429", "502"),
	/** Number of GETs of the result that are answered so; 0 is all. */
	resultFaults: count(1000, 0),
	cancel: choice("ok", "too-late", "ignored", "hangs"),

	outcome: choice(
		"ok",
		"nsfw",
		"no-images",
		"content-policy",
		"no-media",
		"invalid-input",
		"server-error",
		"downstream-400",
		"downstream-500",
		"flagged",
		"flagged-list",
		"plain-500",
		"text-500",
		"huge-422",
		"leaky",
		"words",
		"detail",
		"flags",
		"film",
	),
	/** The form in which a result holds its pictures. */
	shape: choice("model", "image-beside-none", "urls", "object", "image", "image-url", "output", "edited", "rewritten"),
	/** `told` adds `error` and `error_type` to the status of a failed request. */
	failure: choice("silent", "told"),
	/** `full` fills the file fields that the model's answers leave null, too. */
	fields: choice("model", "full", "null"),
	/** Place of a picture's bytes: on the CDN, or in the result. */
	images: choice("link", "inline", "base64", "svg", "inside", "credentials"),
	/** `odd` adds colours, carriage returns, NUL and a foreign picture. */
	logText: choice("plain", "odd"),

	webhook: choice("once", "never", "twice", "early", "forged", "null-payload", "unexplained"),
	webhookDelayMs: count(HOUR_MS, 0),

	file: choice(
		...(["ok", "truncated", "hangs", "500", "gone", "chunked", "svg", "html", "wrong-type", "403", "page"] as const),
		...(["json", "words", "redirect", "redirect-http", "redirect-inside"] as const),
	),
	/** The only file with the fault, from 1; 0 is all. */
	faultyFile: count(16, 0),
	/** Number of GETs of one file that are truncated, hang or fail before it is whole. */
	fileFaults: count(1000, 2),
	/** The file's exact length; 0 keeps the drawing's length. */
	bytes: count(2_000_000_000, 0),
	/** The most pixels of a side, whatever the request says, for load tests; 0 has no such limit. */
	maxSide: count(8192, 0),

	/** Seed of the mutations of all answers about this request, and of its webhooks; 0 mutates nothing. */
	fuzz: count(2 ** 31 - 1, 0),
});

export type Plan = z.infer<typeof planSchema>;
export type PlanChanges = Partial<Plan>;

/** A plan, or a message that names the wrong word. */
export type PlanResult = Result<Plan, string>;

export function camelCase(key: string): string {
	return key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `sim:name` or `sim:name=value`. It may stand anywhere, even inside Chinese prose. */
const WORD = /sim:([a-z0-9-]+)(?:=([a-z0-9-]+))?/g;

export type SimWord = { name: string; value: string | undefined };

/** Finds the words for the simulator in a prompt, in their order. */
export function readWords(prompt: string): SimWord[] {
	return [...prompt.matchAll(WORD)].map(([, name = "", value]) => ({ name, value }));
}

/** Parses changes of the default plan, from text or JSON, with keys in kebab-case or camelCase. */
export function parseChanges(changes: Record<string, unknown>): PlanResult {
	const fields = new Set(Object.keys(planSchema.shape));
	const camel = Object.fromEntries(Object.entries(changes).map(([key, value]) => [camelCase(key), value]));
	const unknown = Object.keys(camel).find((key) => !fields.has(key));
	if (unknown !== undefined) return err(`Unknown simulator word "${unknown}"`);
	const parsed = z.safeParse(planSchema, camel);
	if (parsed.success) return ok(parsed.data);
	const issue = parsed.error.issues[0];
	return err(`Simulator word "${issue?.path.join(".") ?? "?"}": ${issue?.message ?? "invalid"}`);
}
