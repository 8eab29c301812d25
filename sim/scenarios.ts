/** The scenarios that a prompt can name, as data. */
import type { Plan, PlanChanges } from "./plan.ts";

export type Scenario = { about: string; plan: PlanChanges };

const LATE_MS = 10_000;
const HUGE_BYTES = 70_000_000;
const QUICK = { queue: 0, queueMs: 20, runMs: 60 } as const;

/** The first GET of the result is odd, the second is good. No webhook brings it before. */
function odd(result: Plan["result"], says: string): Scenario {
	return {
		about: `The first GET of the result ${says}; no webhook.`,
		plan: { ...QUICK, webhook: "never", result, resultFaults: 1 },
	};
}

function shape(name: Plan["shape"], says: string): Scenario {
	return { about: `The result has its picture in ${says}.`, plan: { ...QUICK, shape: name } };
}

/** Only the result tells that the request is done. */
function unreadable(status: Plan["status"], says: string): Scenario {
	return {
		about: `Statuses are ${says}; no webhook, and the stream answers 404.`,
		plan: { ...QUICK, runMs: 600, webhook: "never", stream: "404", status },
	};
}

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
	"payment-required": { about: "402: the account has to pay.", plan: { submit: "402" } },
	"account-locked": { about: "403: the account is locked, and not for its balance.", plan: { submit: "403-locked" } },
	"proxy-page": {
		about: "The first two submits of this prompt are answered with a proxy's page and 403.",
		plan: { submit: "403-page", refusals: 2 },
	},
	"app-forbidden": { about: "403: the key may not use this application.", plan: { submit: "403-app" } },
	"path-unknown": {
		about: "404 for the path, with a message, from the first endpoint that this prompt is sent to.",
		plan: { submit: "404-path" },
	},
	"model-retired": {
		about: "410 from the first endpoint that this prompt is sent to; another one takes it.",
		plan: { submit: "410" },
	},
	"legal-reasons": { about: "451, with words.", plan: { submit: "451" } },
	"refused-list": { about: "Refused at submit with 422, its detail a list of texts.", plan: { submit: "422-list" } },
	"refused-object": { about: "Refused at submit with 422, its detail an object.", plan: { submit: "422-object" } },
	"refused-message": { about: "Refused at submit with 400 and a `message`.", plan: { submit: "400-message" } },
	"refused-leaky": {
		about: "Refused at submit with words that hold secrets, the key among them.",
		plan: { submit: "leaky" },
	},
	"retry-after": {
		about: "The first submit of this prompt is refused with 429 and Retry-After: 3.",
		plan: { submit: "429-later", refusals: 1 },
	},
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

	unbilled: { about: "Never in the billing events.", plan: { ...QUICK, billed: "never" } },
	"billed-failure": {
		about: "The result is a 422, and fal bills it all the same.",
		plan: { ...QUICK, outcome: "no-media", billed: "failures" },
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

	"big-failure": { about: "The result is a 422 of 24 MB.", plan: { ...QUICK, outcome: "huge-422" } },
	flagged: { about: "The result is a 400 with a text for its detail.", plan: { ...QUICK, outcome: "flagged" } },
	"flagged-list": {
		about: "The result is a 400 with a list of texts for its detail.",
		plan: { ...QUICK, outcome: "flagged-list" },
	},
	"told-500": {
		about: "The status tells an error; the result is a 500 that says nothing.",
		plan: { ...QUICK, outcome: "plain-500", failure: "told" },
	},
	"wordless-500": { about: "The result is a 500 as text, for ever.", plan: { ...QUICK, outcome: "text-500" } },
	"leaky-failure": {
		about: "The result is a 422 with secrets and the prompt in it.",
		plan: { ...QUICK, outcome: "leaky" },
	},
	"model-refuses": { about: "A 200 result without a picture that says why.", plan: { ...QUICK, outcome: "words" } },
	"detail-only": { about: "A 200 result that is a detail.", plan: { ...QUICK, outcome: "detail" } },
	"flags-only": { about: "A 200 result without a picture, flagged.", plan: { ...QUICK, outcome: "flags" } },
	film: { about: "A 200 result with a film in place of a picture.", plan: { ...QUICK, outcome: "film" } },

	"result-page": odd("page", "is a page of HTML"),
	"result-empty": odd("empty", "is empty"),
	"result-in-progress": odd("in-progress", "says that the request is still in progress"),
	"result-queue-status": odd("queue-status", "is the queue's status"),
	"result-401": odd("401", "is a 401 with an error type"),
	"result-429": odd("429", "is a 429 with an error type"),
	"result-502": odd("502", "is a 502 with a page"),

	"shape-image-beside-none": shape("image-beside-none", "`image`, beside an empty `images`"),
	"shape-urls": shape("urls", "`images`, a list of addresses"),
	"shape-object": shape("object", "`images`, an object"),
	"shape-image": shape("image", "`image`, an address"),
	"shape-image-url": shape("image-url", "`image_url`"),
	"shape-output": shape("output", "`output`, a list of addresses"),
	"shape-edited": shape("edited", "`edited_image`"),
	"shape-rewritten": shape("rewritten", "`images`, beside a `prompt` that the model rewrote"),

	"status-401": unreadable("401", "401"),
	"status-404": unreadable("404", "404"),
	"status-failed": unreadable("failed", "FAILED in place of COMPLETED"),
	"status-lower": unreadable("lower", "in lower case"),
	"status-long": unreadable("long-logs", "more than 2 MB long"),
	"odd-logs": {
		about: "Log lines hold colours, carriage returns, NUL and a foreign picture.",
		plan: { queue: 0, queueMs: 20, runMs: 1200, logs: 4, logText: "odd" },
	},

	"webhook-unexplained": {
		about: "The webhook is an ERROR without a payload; the result is a 500 that says nothing.",
		plan: { ...QUICK, webhook: "unexplained", outcome: "plain-500" },
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
	"page-image": {
		about: "The first GET of each file answers 200 with a page of HTML.",
		plan: { ...QUICK, file: "page", fileFaults: 1 },
	},
	"json-image": {
		about: "The first GET of each file answers 200 with an error as JSON, labelled image/png.",
		plan: { ...QUICK, file: "json", fileFaults: 1 },
	},
	"words-image": {
		about: "The first GET of each file answers 200 with `Not Found`, labelled image/png.",
		plan: { ...QUICK, file: "words", fileFaults: 1 },
	},
	"one-forbidden": {
		about: "The second file answers 403 for ever.",
		plan: { ...QUICK, file: "403", fileFaults: 1000, faultyFile: 2 },
	},
	"moved-image": { about: "The first two GETs of each file are redirected.", plan: { ...QUICK, file: "redirect" } },
	"moved-to-http": { about: "The file is redirected to plain http.", plan: { ...QUICK, file: "redirect-http" } },
	"moved-inside": {
		about: "The file is redirected to an address of the inside.",
		plan: { ...QUICK, file: "redirect-inside" },
	},
	"inside-address": {
		about: "The result's address is plain http on this machine.",
		plan: { ...QUICK, images: "inside" },
	},
	"address-with-key": { about: "The result's address has credentials.", plan: { ...QUICK, images: "credentials" } },
	"base64-image": { about: "The picture is bare base64 in `url`.", plan: { ...QUICK, images: "base64" } },
	"svg-inline": { about: "The picture is an unescaped SVG in a data: URI.", plan: { ...QUICK, images: "svg" } },
	"huge-image": {
		about: "The file is longer than 64 MiB, and says so.",
		plan: { ...QUICK, bytes: HUGE_BYTES },
	},

	fuzz: { about: "Some of all answers, files and webhooks are mutated at random.", plan: { ...QUICK, fuzz: 1 } },
};

export const DEFAULT_SCENARIO = "happy";
