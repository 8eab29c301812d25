/** The scenarios that a prompt can name, as data, and the plan that its words make. */
import { err } from "../src/result.ts";
import { camelCase, type PlanChanges, type PlanResult, parseChanges, type SimWord } from "./plan.ts";

export type Scenario = { about: string; plan: PlanChanges };

const LATE_MS = 10_000;
const HUGE_BYTES = 70_000_000;
const QUICK = { queue: 0, queueMs: 20, runMs: 60 } as const;

/** Scenarios by the name in `sim:<name>`. `about` stands in the README, too. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
	happy: { about: "Two positions, a short run, four log lines: about two seconds.", plan: { logs: 4 } },
	instant: { about: "Done at submit.", plan: { queue: 0, queueMs: 0, runMs: 0 } },
	quick: { about: "Queue and run of a few milliseconds each.", plan: QUICK },

	"slow-queue": { about: "Six positions of two seconds each.", plan: { queue: 5, queueMs: 2000, logs: 4 } },
	"slow-run": { about: "Runs for twenty seconds, with a log line each second.", plan: { runMs: 20_000, logs: 20 } },
	"long-queue": { about: "Sits at position 0 for two minutes.", plan: { queue: 0, queueMs: 120_000 } },
	"never-starts": { about: "Stays at position 0 for ever.", plan: { queue: 0, hold: "queue" } },
	"never-finishes": { about: "Starts, and runs for ever.", plan: { ...QUICK, hold: "run" } },
	hold: { about: "Waits in the queue, then in the run, until the control route moves it.", plan: { hold: "all" } },
	"start-timeout": {
		about: "Not started in time (1.5 s, or what the submit allowed if less): 504 with X-Fal-Request-Timeout-Type.",
		plan: { queue: 0, hold: "queue", startTimeoutMs: 1500 },
	},

	"refused-429": {
		about: "The first two submits of this prompt are refused with 429.",
		plan: { submit: "429", refusals: 2 },
	},
	"refused-503": {
		about: "The first two submits of this prompt are refused with 503.",
		plan: { submit: "503", refusals: 2 },
	},
	"always-429": { about: "Every submit is refused with 429.", plan: { submit: "429" } },
	"always-503": { about: "Every submit is refused with 503.", plan: { submit: "503" } },
	"refused-422": { about: "Refused at submit with 422.", plan: { submit: "422" } },
	"key-refused": { about: "401: the key is not known.", plan: { submit: "401" } },
	"balance-exhausted": { about: "403: the account is locked.", plan: { submit: "403" } },
	"model-gone": {
		about: "404 from the first endpoint that this prompt is sent to; another one takes it.",
		plan: { submit: "404" },
	},
	"answer-lost": {
		about: "Accepted, runs, calls the webhook; but the submit's answer breaks off.",
		plan: { submit: "lost" },
	},
	"answer-hangs": {
		about: "Accepted, runs, calls the webhook; but the submit is never answered.",
		plan: { submit: "hangs" },
	},
	"answer-502": {
		about: "Accepted, runs, calls the webhook; but the submit is answered with 502.",
		plan: { submit: "502" },
	},
	"answer-504": {
		about: "Accepted, runs, calls the webhook; but the submit is answered with 504.",
		plan: { submit: "504" },
	},

	unlisted: { about: "Never in the list of requests.", plan: { listed: "never" } },
	"listed-late": {
		about: "In the list of requests only ten seconds after its submit.",
		plan: { listedAfterMs: LATE_MS },
	},
	"list-forbidden": {
		about: "As a standing scenario: the list of requests answers 403.",
		plan: { list: "403" },
	},

	"content-policy": {
		about: "COMPLETED without an error field; the result is 422 content_policy_violation.",
		plan: { ...QUICK, outcome: "content-policy" },
	},
	"no-media": { about: "The result is 422 no_media_generated.", plan: { ...QUICK, outcome: "no-media" } },
	"invalid-input": {
		about: "The result is a 422 of the model's validation.",
		plan: { ...QUICK, outcome: "invalid-input" },
	},
	"server-error": {
		about: "The result is 500 internal_server_error, and the status says so.",
		plan: { ...QUICK, outcome: "server-error", failure: "told" },
	},
	"downstream-error": {
		about: "The result is 400 downstream_service_error.",
		plan: { ...QUICK, outcome: "downstream-400" },
	},
	"downstream-500": {
		about: "The result is 500 downstream_service_error, marked as retryable.",
		plan: { ...QUICK, outcome: "downstream-500" },
	},
	nsfw: { about: "has_nsfw_concepts is true and the picture is black.", plan: { ...QUICK, outcome: "nsfw" } },
	"no-images": { about: "A 200 result with an empty list of images.", plan: { ...QUICK, outcome: "no-images" } },
	"null-fields": { about: "Every field of an image but its url is null.", plan: { ...QUICK, fields: "null" } },
	"big-logs": {
		about: "Two hundred log lines of 400 characters in two seconds.",
		plan: { runMs: 2000, logs: 200, logChars: 400 },
	},

	"webhook-lost": { about: "The webhook is never delivered.", plan: { webhook: "never" } },
	"webhook-twice": { about: "The webhook comes twice.", plan: { webhook: "twice" } },
	"webhook-late": {
		about: "The webhook comes ten seconds after completion.",
		plan: { ...QUICK, webhookDelayMs: LATE_MS },
	},
	"webhook-early": { about: "The webhook comes before the submit is answered.", plan: { ...QUICK, webhook: "early" } },
	"webhook-forged": { about: "A webhook with a forged signature, and no real one.", plan: { webhook: "forged" } },
	"webhook-null-payload": {
		about: "The webhook's payload is null, with payload_error.",
		plan: { webhook: "null-payload" },
	},
	"webhook-only": {
		about: "Status, stream and result answer 500; only the webhook works.",
		plan: { status: "500", stream: "500", result: "500" },
	},
	"poll-only": {
		about: "No webhook, and the stream answers 404; only polling works.",
		plan: { webhook: "never", stream: "404" },
	},
	"stream-only": {
		about: "No webhook, and status polls answer 500; only the stream works.",
		plan: { webhook: "never", status: "500" },
	},
	"stream-cut": { about: "The status stream breaks off after the run has begun.", plan: { stream: "cut" } },
	redirected: { about: "The status answers with a redirect.", plan: { status: "redirect" } },
	"foreign-urls": { about: "The submit's answer names addresses on another origin.", plan: { urls: "foreign" } },

	"cancel-late": {
		about: "Cancel answers ALREADY_COMPLETED, and the request completes.",
		plan: { cancel: "too-late" },
	},
	"cancel-ignored": { about: "Cancel is accepted, but the request completes.", plan: { cancel: "ignored" } },
	"cancel-hangs": { about: "Cancel is never answered, and the request completes.", plan: { cancel: "hangs" } },

	"truncated-image": {
		about: "The first two GETs of each file break off half-way.",
		plan: { ...QUICK, file: "truncated" },
	},
	"cdn-hangs": {
		about: "The first two GETs of each file stop half-way, and never go on.",
		plan: { ...QUICK, file: "hangs" },
	},
	"image-gone": { about: "The file is not on the CDN: 404.", plan: { ...QUICK, file: "gone" } },
	"cdn-500": { about: "The first two GETs of each file answer 500.", plan: { ...QUICK, file: "500" } },
	"chunked-image": { about: "The file comes without a content-length.", plan: { ...QUICK, file: "chunked" } },
	"data-uri": { about: "The picture is a data: URI in the result.", plan: { ...QUICK, images: "inline" } },
	"svg-image": { about: "The file is an SVG with a script in it.", plan: { ...QUICK, file: "svg" } },
	"html-image": { about: "The file is HTML, labelled image/png.", plan: { ...QUICK, file: "html" } },
	"wrong-type": { about: "The file is a PNG, labelled image/jpeg.", plan: { ...QUICK, file: "wrong-type" } },
	"huge-image": {
		about: "The file is longer than 64 MiB, and says so.",
		plan: { ...QUICK, bytes: HUGE_BYTES },
	},
};

export const DEFAULT_SCENARIO = "happy";

/**
 * Makes the plan of a prompt's words. A scenario's name starts from the default scenario. Values without a name change the standing
 * plan. Later words win.
 */
export function planOf(standing: PlanChanges, words: readonly SimWord[]): PlanResult {
	const named = words.some((word) => word.value === undefined);
	const changes: Record<string, unknown> = { ...(named ? SCENARIOS[DEFAULT_SCENARIO]?.plan : standing) };
	for (const { name, value } of words) {
		const scenario = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
		if (value !== undefined) changes[camelCase(name)] = value;
		else if (scenario) Object.assign(changes, scenario.plan);
		else return err(`Unknown simulator scenario "${name}"`);
	}
	return parseChanges(changes);
}
