import * as z from "zod/mini";

/** Wire forms that a word in a prompt (text) and the control route (JSON) share, hence the coercion. */
function count(max: number, fallback: number) {
	return z._default(z.coerce.number().check(z.int(), z.gte(0), z.lte(max)), fallback);
}
function choice<const T extends readonly [string, ...string[]]>(...values: T) {
	return z._default(z.enum(values), values[0]);
}

const HOUR_MS = 3_600_000;

/** How one request behaves from submit to picture. The first choice of each list is the default. */
export const planSchema = z.object({
	/** The first `queue_position`; it counts down to 0, which is shown as well. */
	queue: count(1000, 1),
	/** How long each position lasts. */
	queueMs: count(HOUR_MS, 300),
	runMs: count(HOUR_MS, 1400),
	/** What waits for the control route instead of the clock. */
	hold: choice("nothing", "queue", "run", "all"),
	/** Never started after this long; 0: only what `X-Fal-Request-Start-Timeout` says. */
	startTimeoutMs: count(HOUR_MS, 0),
	/** Log lines over the whole run, and the length of each. */
	logs: count(2000, 0),
	logChars: count(10_000, 60),

	submit: choice("ok", "401", "403", "404", "422", "429", "503", "lost", "hangs", "502", "504"),
	/** How many submits of the same prompt are refused before one is taken; 0: all. */
	refusals: count(1000, 0),
	urls: choice("own", "foreign"),

	status: choice("ok", "500", "redirect"),
	stream: choice("ok", "500", "404", "cut"),
	result: choice("ok", "500"),
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
	),
	/** Whether the status of a failed request tells its `error` and `error_type`. */
	failure: choice("silent", "told"),
	/** `full` also fills the file fields that the model's own answers leave null. */
	fields: choice("model", "full", "null"),
	/** Where a picture's bytes are: on the CDN, or in the result. */
	images: choice("link", "inline"),

	webhook: choice("once", "never", "twice", "early", "forged", "null-payload"),
	webhookDelayMs: count(HOUR_MS, 0),

	file: choice("ok", "truncated", "hangs", "500", "gone", "chunked", "svg", "html", "wrong-type"),
	/** How many GETs of one file are truncated, stuck or refused before it is whole. */
	fileFaults: count(1000, 2),
	/** The file's size; 0: what the drawing takes. */
	bytes: count(2_000_000_000, 0),
	/** Draws this many pixels a side at most, whatever was asked for; 0: as asked. For load tests. */
	maxSide: count(8192, 0),
});

export type Plan = z.infer<typeof planSchema>;
export type PlanChanges = Partial<Plan>;

/** A plan, or what is wrong with the words. */
export type PlanResult = { ok: true; plan: Plan } | { ok: false; message: string };

export function camelCase(key: string): string {
	return key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `sim:name`, `sim:name=value`; it may stand anywhere, also inside Chinese prose. */
const WORD = /sim:([a-z0-9-]+)(?:=([a-z0-9-]+))?/g;

export type SimWord = { name: string; value: string | undefined };

/** The words for the simulator in a prompt, in their order. */
export function readWords(prompt: string): SimWord[] {
	return [...prompt.matchAll(WORD)].map(([, name = "", value]) => ({ name, value }));
}

/** Checks changes that came as text or JSON, with kebab-case or camelCase keys. */
export function parseChanges(changes: Record<string, unknown>): PlanResult {
	const known = new Set(Object.keys(planSchema.shape));
	const camel = Object.fromEntries(Object.entries(changes).map(([key, value]) => [camelCase(key), value]));
	const stranger = Object.keys(camel).find((key) => !known.has(key));
	if (stranger !== undefined) return { ok: false, message: `Unknown simulator word "${stranger}"` };
	const parsed = z.safeParse(planSchema, camel);
	if (parsed.success) return { ok: true, plan: parsed.data };
	const issue = parsed.error.issues[0];
	return { ok: false, message: `Simulator word "${issue?.path.join(".") ?? "?"}": ${issue?.message ?? "invalid"}` };
}
