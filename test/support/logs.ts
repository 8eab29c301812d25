/** Makes real logs, for tests of their renderings: the job's own step writes each event. */
import fc from "fast-check";
import type { Accepted, JobEvent, Rendering } from "../../src/core/events.ts";
import type { FalResult, LookUp } from "../../src/core/fal-answers.ts";
import type { Input, NoticeAnswer } from "../../src/core/inputs.ts";
import { flatten, type LinkedEvent } from "../../src/core/linked.ts";
import type { StoreRetry } from "../../src/core/schedule.ts";
import { EMPTY } from "../../src/core/state.ts";
import type { JobErrorCode } from "../../src/errors.ts";
import { readStatus } from "../../src/fal/wire.ts";
import { createJob } from "./flows.ts";
import { makeAccepted, makeRequest, NOW, UPSTREAM } from "./make.ts";

export function start(overrides: Partial<Omit<Accepted, "type">> = {}): Input {
	return {
		type: "start",
		accepted: makeAccepted(overrides),
	};
}
export function rendering(overrides: Partial<Rendering>): Rendering {
	return { ...makeAccepted().rendering, ...overrides };
}

/** Makes one picture a request. */
export const SINGLE = "fal-ai/flux-2-pro";

/** The same for another slot, whose request has an id of its own. */
export function of(slot: number, input: Input): Input {
	if (slot === 0) return input;
	const told: Input = JSON.parse(JSON.stringify(input).replaceAll(`"${UPSTREAM.requestId}"`, `"r-1-${slot}"`));
	return { ...told, slot };
}

export function submitted(position: number | null = 2): Input {
	return {
		type: "submit_answered",
		answer: { kind: "accepted", upstream: UPSTREAM, position },
	};
}
export const busy: Input = {
	type: "submit_answered",
	answer: { kind: "busy", status: 429, error: { code: "rate_limit_exceeded", message: "fal says: slow down" } },
};
export const unreachable: Input = {
	type: "submit_answered",
	answer: { kind: "busy", status: null, error: { code: "upstream_unavailable", message: "fal cannot be reached." } },
};
export const refused: Input = {
	type: "submit_answered",
	answer: { kind: "refused", error: { code: "invalid_input", message: "fal says: no", param: "size" } },
};
/** fal refuses the account of the submit. */
export function accountRefused(code: JobErrorCode = "insufficient_quota", message = "fal says: no"): Input {
	return { type: "submit_answered", answer: { kind: "account_refused", error: { code, message } } };
}
export const gone: Input = {
	type: "submit_answered",
	answer: { kind: "gone", error: { code: "model_not_found", message: "fal no longer offers this model." } },
};
export const answerLost: Input = { type: "submit_answered", answer: { kind: "lost" } };
export function lookedUp(kind: LookUp["kind"], requestId: string = UPSTREAM.requestId): Input {
	return { type: "looked_up", answer: kind === "found" ? { kind, requestId } : { kind } };
}
export function queued(position: number | null): Input {
	return { type: "status", status: { kind: "queued", position } };
}
/** A status of a run, parsed from the wire, so that it has the bounds of a real one. */
export function running(...lines: readonly string[]): Input {
	return {
		type: "status",
		status: readStatus(JSON.stringify({ status: "IN_PROGRESS", logs: lines.map((message) => ({ message })) })) ?? {
			kind: "completed",
		},
	};
}
export const completed: Input = { type: "status", status: { kind: "completed" } };
export const failedStatus: Input = {
	type: "status",
	status: { kind: "completed", error: { code: "upstream_failed", message: "fal says: it broke" } },
};
export const unreadable: Input = { type: "status_unreadable", inARow: 3 };
/** Null for a webhook that says that fal is done, without the result. */
export function resultOf(result: FalResult | null, requestId = UPSTREAM.requestId): Input & { type: "result" } {
	return { type: "result", requestId, result };
}
export function outputs(count: number, nsfw: readonly number[] = []): Input & { type: "result" } {
	return resultOf({
		kind: "outputs",
		outputs: Array.from({ length: count }, (_, index) => ({
			url: `https://cdn.test/${index}.png`,
			nsfw: nsfw.includes(index),
		})),
	});
}
/** The result of a request that is not the job's. */
export const ofAnother = resultOf(
	{ kind: "outputs", outputs: [{ url: "https://cdn.test/other.png", nsfw: false }] },
	"r-2",
);
export const failure = resultOf({
	kind: "failure",
	error: { code: "upstream_failed", message: "fal says: out of memory" },
});
/** A failure of which the result itself may say more. */
export const unexplained = resultOf({
	kind: "failure",
	error: { code: "upstream_failed", message: "500" },
	unexplained: true,
});
export const blocked = resultOf({
	kind: "failure",
	error: { code: "moderation_blocked", message: "The picture was blocked." },
});
/** A result without a picture, but with addresses. */
export const strange = resultOf({
	kind: "failure",
	error: { code: "upstream_failed", message: "fal's result has no pictures that Darkroom can read." },
	addresses: ["https://cdn.test/film.mp4"],
});
export const done = resultOf(null);
export const tooEarly = resultOf({ kind: "too_early" });
export const unavailable = resultOf({ kind: "unavailable" });
/** An answer to the asking for a result in which fal says nothing of the job. */
export const silent = resultOf({
	kind: "unavailable",
	status: 500,
	retryFor: "minutes",
	error: { code: "upstream_failed", message: "fal says: hm" },
});
export function stored(index: number, width = 1408, height = 768): Input {
	return {
		type: "stored",
		image: { index, key: `images/1/${index}.png`, contentType: "image/png", bytes: 3, width, height },
	};
}
export function lostImage(index: number, retryFor: StoreRetry = "never"): Input {
	return { type: "store_failed", index, why: "404", retryFor };
}
export const cancel: Input = { type: "cancel" };
export function cancelAnswered(answer: "accepted" | "already_completed" | "not_found" | "unclear"): Input {
	return {
		type: "cancel_answered",
		answer,
	};
}
export const thumbnailKept: Input = {
	type: "thumbnail_kept",
	thumbnail: { index: 0, key: "images/1/0.thumb", contentType: "image/webp", bytes: 4 },
};
export function noticeAnswered(answer: NoticeAnswer): Input {
	return { type: "notice_answered", answer };
}
/** fal tells what it charges for the request of slot 0; nothing without a cost. */
export function billAnswered(cost?: number, requestId: string = UPSTREAM.requestId): Input {
	return { type: "bill_answered", costs: cost === undefined ? [] : [{ requestId, cost }] };
}
export const noticeTaken = noticeAnswered({ kind: "taken", status: 204 });
export const noticeFailed = noticeAnswered({ kind: "failed", status: 500 });
export const remove: Input = { type: "delete" };
export function clientDisconnected(delivered: boolean): Input {
	return { type: "client_disconnected", delivered };
}
export const tick: Input & { type: "tick" } = { type: "tick" };
export const restarted: Input = { type: "restarted" };

/** Runs these inputs, each one second or `waitMs` after the one before, and returns the log. */
export function play(
	inputs: readonly (Input | readonly [Input, waitMs: number])[],
	falAccounts: readonly string[] = [],
): readonly LinkedEvent[] {
	const job = createJob(EMPTY, falAccounts);
	let now = NOW - 1_000;
	for (const entry of inputs) {
		const [input, waitMs] = "type" in entry ? [entry, 1_000] : entry;
		now += waitMs;
		job.take(input, now);
	}
	return job.log.map(link);
}

export function link(logged: JobEvent): LinkedEvent {
	const event = flatten(logged);
	if (event.type !== "image" && event.type !== "late_image" && event.type !== "thumbnail") return event;
	return { ...event, url: `https://gateway.test/${event.key}?exp=1802592000&sig=s${event.index}` };
}

/** Text of any language, with emoji, control characters and characters that break formats. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
	return fc
		.array(
			fc.tuple(
				fc.oneof(
					fc.constantFrom(
						"a",
						" ",
						"狐",
						"🦊",
						"👨‍👩‍👧",
						"\u0000",
						"\u001b",
						"\n",
						'"',
						"\\",
						"](",
						"é",
						"\u2028",
						"$&",
					),
					fc.string({ unit: "grapheme", maxLength: 20 }),
				),
				fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: maxLength })),
			),
			{ maxLength: 8 },
		)
		.map((parts) => {
			const whole = parts
				.map(([text, times]) => text.repeat(times))
				.join("")
				.slice(0, maxLength);
			// No client sends half of a character, which the cut may leave.
			return whole.isWellFormed() ? whole : whole.slice(0, -1);
		});
}

const anyProgress: fc.Arbitrary<Input> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant(submitted()) },
	{ weight: 2, arbitrary: fc.constant(tick) },
	fc.constant(busy),
	fc.constant(unreachable),
	fc.constant(gone),
	fc.constant(answerLost),
	fc.constantFrom("found", "absent", "unclear", "forbidden").map((kind) => lookedUp(kind)),
	fc.option(fc.nat(9)).map((position) => queued(position)),
	fc.array(anyText(400), { maxLength: 25 }).map((lines) => running(...lines)),
	fc.constant(completed),
	fc.constant(unavailable),
	fc.constant(unreadable),
	fc.constant(restarted),
);
export const anyEndInput: fc.Arbitrary<Input> = fc.oneof(
	fc.constant(refused),
	fc.constant(failure),
	fc.constant(blocked),
	fc.constant(strange),
	fc.constant(cancel),
	fc.constant(remove),
	fc.constantFrom(noticeTaken, noticeFailed, billAnswered(), billAnswered(30_000)),
	fc.boolean().map(clientDisconnected),
	fc.constantFrom("accepted", "already_completed", "not_found", "unclear").map((answer) => cancelAnswered(answer)),
);
const anyOutputs: fc.Arbitrary<readonly Input[]> = fc
	.record({ count: fc.integer({ min: 1, max: 4 }), nsfw: fc.subarray([0, 1, 2, 3]), lost: fc.subarray([0, 1, 2, 3]) })
	.chain(({ count, nsfw, lost }) =>
		fc
			.shuffledSubarray([0, 1, 2, 3], { minLength: 4 })
			.map((order) => [
				outputs(count, nsfw),
				...order
					.filter((index) => index < count)
					.map((index) => (lost.includes(index) ? lostImage(index) : stored(index))),
			]),
	);

const anyRendering: fc.Arbitrary<Rendering> = fc
	.record({
		progress: fc.constantFrom("reasoning", "content", "off"),
		includeUsage: fc.boolean(),
		responseFormat: fc.constantFrom("url", "b64_json", "both"),
		model: fc.constantFrom("imagen4-preview", "darkroom", "dall-e-3"),
	})
	.map(rendering);

const anyStart = fc
	.record({
		prompt: anyText(32_000),
		n: fc.integer({ min: 1, max: 4 }),
		size: fc.constantFrom({ kind: "auto" as const }, { kind: "ratio" as const, width: 16, height: 9 }),
		webhook: fc.constantFrom(null, "https://gateway.test/w"),
		clientWebhook: fc.constantFrom(null, "https://client.test/hook"),
		rendering: anyRendering,
	})
	.map(({ prompt, n, size, clientWebhook, ...accepted }) =>
		start({
			request: makeRequest({ prompt, n, size }),
			...accepted,
			...(clientWebhook === null ? {} : { clientWebhook }),
		}),
	);

const anyWait = fc.constantFrom(0, 1, 1_234, 30_000, 120_000);
function timed(inputs: fc.Arbitrary<readonly Input[]>) {
	return inputs.chain((list) =>
		fc
			.array(anyWait, { minLength: list.length, maxLength: list.length })
			.map((waits) => list.map((input, index): readonly [Input, number] => [input, waits[index] ?? 0])),
	);
}

/** Inputs to a job of several slots, of which each takes what it may. */
const anySplit: fc.Arbitrary<readonly Input[]> = fc
	.record({
		first: anyStart.map((input) => (input.type === "start" ? splitOf(input.accepted) : input)),
		inputs: fc.array(
			fc.tuple(
				fc.nat(3),
				fc.oneof(
					{ weight: 3, arbitrary: fc.constant(submitted()) },
					{ weight: 3, arbitrary: fc.integer({ min: 1, max: 2 }).map((count) => outputs(count)) },
					{ weight: 3, arbitrary: fc.nat(3).map((index) => stored(index)) },
					{ weight: 2, arbitrary: anyProgress },
					anyEndInput,
				),
			),
			{ maxLength: 25 },
		),
	})
	.map(({ first, inputs }) => [first, submitted(), ...inputs.map(([slot, input]) => of(slot, input))]);

function splitOf({ request, ...accepted }: Omit<Accepted, "type">): Input {
	return start({ ...accepted, request: { ...request, model: SINGLE } });
}

/** The log of any job, at any time, even long after its end. */
export const anyLog: fc.Arbitrary<readonly LinkedEvent[]> = timed(
	fc.oneof(
		{ weight: 1, arbitrary: anySplit },
		{
			weight: 2,
			arbitrary: fc
				.tuple(
					anyStart,
					fc.array(anyProgress, { maxLength: 10 }),
					fc.array(anyEndInput, { maxLength: 2 }),
					fc.oneof(fc.constant<readonly Input[]>([]), anyOutputs),
					fc.array(anyProgress, { maxLength: 3 }),
				)
				.map(([first, progress, end, outputs, after]) => [first, ...progress, ...end, ...outputs, ...after]),
		},
	),
).map(play);

/** The log of a job that has ended, up to its end, as its watchers see it. */
export const anyWholeLog: fc.Arbitrary<readonly LinkedEvent[]> = anyLog
	.map((log) => log.slice(0, log.findIndex(isEnd) + 1))
	.filter((log) => log.length > 0);

/** The log of a job that succeeded, up to its end. */
export const anySuccess: fc.Arbitrary<readonly LinkedEvent[]> = timed(
	fc
		.tuple(anyStart, fc.array(anyProgress, { maxLength: 8 }), anyOutputs)
		.map(([first, progress, outputs]) => [first, ...progress, ...outputs]),
)
	.map(play)
	.map((log) => log.slice(0, log.findIndex(({ type }) => type === "succeeded") + 1))
	.filter((log) => log.length > 0);

function isEnd({ type }: LinkedEvent): boolean {
	return type === "succeeded" || type === "failed" || type === "cancelled";
}
