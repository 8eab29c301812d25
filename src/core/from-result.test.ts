import { describe, expect, it } from "vitest";
import { type Flow, onlySlot, runFlow, runTimed, typesOf } from "../../test/support/flows.ts";
import {
	answerLost,
	busy,
	cancel,
	cancelAnswered,
	completed,
	done,
	failedStatus,
	failure,
	lookedUp,
	lostImage,
	outputs,
	remove,
	restarted,
	resultOf,
	running,
	silent,
	start,
	stored,
	strange,
	submitted,
	tick,
	tooEarly,
	unavailable,
	unexplained,
} from "../../test/support/logs.ts";
import { makeRequest, NOBODY, NOW, UPSTREAM } from "../../test/support/make.ts";
import type { JobError } from "../errors.ts";
import { nextAlarm } from "./alarm.ts";
import type { JobEvent } from "./events.ts";
import { awaitsLateResult } from "./from-result.ts";
import type { Input } from "./inputs.ts";
import { MAX_RESULT_TRIES, RESULT_RETRY_MS } from "./schedule.ts";
import { step } from "./step.ts";

function unreadable(inARow: number): Input {
	return { type: "status_unreadable", inARow };
}
function probe(input: Input): Input {
	return input.type === "result" ? { ...input, probed: true } : input;
}

const CANCELLED = [cancel, cancelAnswered("accepted")];

describe("a job", () => {
	it.each<Flow>([
		[
			"asks again for a result that is not there yet",
			[start(), submitted(), completed, tooEarly, tick, tooEarly, tick, tick, outputs(1)],
			["accepted", "submitting", "submitted", "completed", "result_unavailable", "result_unavailable", "generated"],
			["submit", "fetch_result", "fetch_result", "fetch_result", "store"],
		],
		[
			"asks a failure's result once for more words, and ends with them",
			[start(), submitted(), failedStatus, failure],
			["accepted", "submitting", "submitted", "completed", "failed"],
			["submit", "fetch_result"],
		],
		[
			"ends with what the status said of a failure if its result says nothing",
			[start(), submitted(), failedStatus, unavailable],
			["accepted", "submitting", "submitted", "completed", "failed"],
			["submit", "fetch_result"],
		],
		[
			"keeps the picture of a failure that has one",
			[start(), submitted(), failedStatus, outputs(1)],
			["accepted", "submitting", "submitted", "completed", "generated"],
			["submit", "fetch_result", "store"],
		],
		[
			"asks a webhook's failure once for more words",
			[start(), submitted(), unexplained, unexplained, unavailable],
			["accepted", "submitting", "submitted", "completed", "failed"],
			["submit", "fetch_result"],
		],
		[
			"asks a webhook's failure once for more words, though the submit's answer was lost",
			[start(), answerLost, unexplained, unavailable],
			["accepted", "submitting", "answer_lost", "submitted", "completed", "failed"],
			["submit", "fetch_result"],
		],
		[
			"ends with a webhook's failure if its result has said nothing before",
			[start(), submitted(), silent, unexplained],
			["accepted", "submitting", "submitted", "completed", "result_unavailable", "failed"],
			["submit"],
		],
		[
			"ends its cancellation with a failure that says no more",
			[start(), submitted(), cancel, unexplained],
			["accepted", "submitting", "submitted", "cancelling", "cancelled"],
			["submit", "cancel"],
		],
		[
			"asks for more words of a failure, too, when a cancellation came too late",
			[start(), submitted(), cancel, cancelAnswered("already_completed"), unexplained],
			["accepted", "submitting", "submitted", "cancelling", "completed", "completed"],
			["submit", "cancel", "fetch_result", "fetch_result"],
		],
		[
			"is done with its run when a webhook's result cannot be had",
			[start(), submitted(), running("a"), unavailable],
			["accepted", "submitting", "submitted", "running", "completed", "result_unavailable"],
			["submit"],
		],
		[
			"does not take an answer that is no result for one while nobody knows whether fal has the request",
			[start(), answerLost, unavailable, tooEarly],
			["accepted", "submitting", "answer_lost"],
			["submit"],
		],
		[
			"ends with its failure when it is deleted",
			[start(), submitted(), remove, failure],
			["accepted", "submitting", "submitted", "deleting", "cancelling", "cancelled"],
			["submit", "cancel", "drop_pictures"],
		],
		[
			"ends when it is deleted and a webhook says that fal is done",
			[start(), submitted(), remove, done],
			["accepted", "submitting", "submitted", "deleting", "cancelling", "completed", "cancelled"],
			["submit", "cancel", "erase"],
		],
		[
			"waits for its cancellation when it is deleted and its result is not there",
			[start(), submitted(), remove, tooEarly, unavailable],
			["accepted", "submitting", "submitted", "deleting", "cancelling"],
			["submit", "cancel"],
		],
		[
			"waits for its cancellation while the result is not there",
			[start(), submitted(), cancel, failedStatus, tooEarly],
			["accepted", "submitting", "submitted", "cancelling"],
			["submit", "cancel", "fetch_result"],
		],
		[
			"asks for the result after three statuses in a row that cannot be read",
			[
				start(),
				submitted(),
				unreadable(1),
				unreadable(2),
				unreadable(3),
				probe(tooEarly),
				unreadable(4),
				probe(outputs(1)),
			],
			["accepted", "submitting", "submitted", "generated"],
			["submit", "fetch_result", "store"],
		],
		[
			"goes on as before when a probe says nothing",
			[start(), submitted(), unreadable(3), probe(silent), unreadable(4), tick],
			["accepted", "submitting", "submitted"],
			["submit", "fetch_result", "poll"],
		],
		[
			"believes a probe that fal does not know its request",
			[start(), submitted(), unreadable(3), probe(failure)],
			["accepted", "submitting", "submitted", "failed"],
			["submit", "fetch_result"],
		],
		[
			"keeps the addresses of a result that it cannot read, once",
			[start(), submitted(), strange, strange],
			["accepted", "submitting", "submitted", "addresses_kept", "failed"],
			["submit"],
		],
		[
			"writes a failure down, once, of which nobody knew that fal had it",
			[start({ webhook: null }), answerLost, lookedUp("forbidden"), failure, failure, outputs(1)],
			["accepted", "submitting", "answer_lost", "failed", "late_failure", "generated"],
			["submit", "store"],
		],
		[
			"keeps the addresses of a late result that it cannot read, once",
			[start(), submitted(), cancel, cancelAnswered("accepted"), strange, strange],
			["accepted", "submitting", "submitted", "cancelling", "cancelled", "addresses_kept"],
			["submit", "cancel"],
		],
	])("%s", (_, inputs, events, effects) => {
		expect(typesOf(runFlow(inputs))).toEqual([events, effects]);
	});

	it.each<readonly [what: string, inputs: readonly Input[], awaits: boolean]>([
		["one that runs", [start(), submitted()], false],
		["one that ended without it", [start(), submitted(), ...CANCELLED], true],
		["one that failed", [start(), submitted(), failure], true],
		["one that has it", [start(), submitted(), outputs(1), stored(0)], false],
		["one that got it late", [start(), submitted(), ...CANCELLED, outputs(1)], false],
		["a deleted one", [start(), submitted(), remove, cancelAnswered("accepted")], false],
	])("may get a late result, if it has ended and has none: %s", (_, inputs, awaits) => {
		expect(awaitsLateResult(onlySlot(runFlow(inputs).state))).toBe(awaits);
	});

	it("stores each picture from its own address, and asks of the request that fal named", () => {
		const { log, effects } = runFlow([start(), submitted(), outputs(2, [1])]);
		expect(log.at(-1)).toMatchObject({
			requestId: "r-1",
			outputs: [
				{ url: "https://cdn.test/0.png", nsfw: false },
				{ url: "https://cdn.test/1.png", nsfw: true },
			],
		});
		const store = { type: "store", upstream: UPSTREAM, endpoint: "fal-ai/imagen4/preview" };
		expect(effects.slice(1)).toEqual([
			{ ...store, index: 0, url: "https://cdn.test/0.png" },
			{ ...store, index: 1, url: "https://cdn.test/1.png" },
		]);
	});

	it("asks for a result at the addresses that fal gave, and at its own if a webhook came first", () => {
		const fetch = { type: "fetch_result", endpoint: "fal-ai/imagen4/preview" };
		const bare = { requestId: "r-1", statusUrl: null, responseUrl: null, cancelUrl: null };
		const over = [cancel, cancelAnswered("accepted")];
		expect(runFlow([start(), submitted(), done]).effects.at(-1)).toEqual({ ...fetch, upstream: UPSTREAM });
		expect(runFlow([start(), done]).effects.at(-1)).toEqual({ ...fetch, upstream: bare });
		expect(runFlow([start(), submitted(), ...over, done]).effects.at(-1)).toEqual({ ...fetch, upstream: UPSTREAM });
		expect(runFlow([start(), busy, cancel, done]).effects.at(-1)).toEqual({ ...fetch, upstream: bare });
		expect(runFlow([start(), outputs(1)]).effects.at(-1)).toMatchObject({ type: "store", upstream: bare });
	});

	describe("whose result cannot be had", () => {
		/** Answers the job's asking for so long, at its own pace. Returns what became of it, and how often it asked. */
		const askFor = (ms: number, answer: (ageMs: number) => Input) => {
			let { state } = runFlow([start(), submitted()]);
			const events: JobEvent[] = [];
			let asked = 0;
			for (let now = NOW + 2_000, next: Input = answer(0); now <= NOW + 2_000 + ms && state.end === null; ) {
				const turn = step(state, next, now);
				events.push(...turn.events);
				now = nextAlarm(turn.state, now, NOBODY) ?? Number.POSITIVE_INFINITY;
				const { effects } = step(turn.state, tick, now);
				asked += effects.filter(({ type }) => type === "fetch_result").length;
				state = turn.state;
				next = answer(now - NOW - 2_000);
			}
			return { events, asked, last: events.at(-1) };
		};

		it.each([
			["minutes", silent, RESULT_RETRY_MS.minutes],
			["an hour", unavailable, RESULT_RETRY_MS.an_hour],
			["an hour", tooEarly, RESULT_RETRY_MS.an_hour],
		])("is given up after %s, within a bound of tries", (_, answer, ms) => {
			const { last, asked, events } = askFor(4 * ms, () => answer);
			expect(last).toMatchObject({ type: "failed", error: { code: "upstream_failed" } });
			expect((last?.at ?? 0) - NOW).toBeGreaterThanOrEqual(ms);
			expect((last?.at ?? 0) - NOW).toBeLessThan(2.5 * ms);
			expect(asked).toBeLessThan(MAX_RESULT_TRIES);
			expect(events.length).toBeLessThan(MAX_RESULT_TRIES + 2);
		});

		it("is asked for at its time only, whatever alarm was set behind the last try", () => {
			const { state } = runTimed([
				[start(), 0],
				[submitted(), 0],
				[unavailable, 0],
				[unavailable, 60_000],
			]);
			const at = (ms: number) => step(state, tick, NOW + ms);
			expect([at(80_000).effects, at(119_999).effects]).toEqual([[], []]);
			expect(nextAlarm(at(80_000).state, NOW + 80_000, NOBODY)).toBe(NOW + 120_000);
			expect(nextAlarm(state, NOW + 120_000, NOBODY)).toBe(NOW + 240_000);
			expect(at(120_000).effects).toMatchObject([{ type: "fetch_result" }]);
			const asking = { ...NOBODY, effectsInFlight: [0] };
			expect(nextAlarm(state, NOW + 80_000, asking)).toBe(NOW + 100_000);
		});

		it("says in its end what fal said last", () => {
			const { last } = askFor(3_600_000, () => silent);
			expect(last).toMatchObject({
				error: { message: "fal finished, but its result could not be fetched. fal says: hm" },
			});
		});

		it("says in its end why it was not done, if fal said it", () => {
			const error = { code: "upstream_failed", message: "fal says: in the queue" } as const;
			expect(askFor(7_200_000, () => resultOf({ kind: "too_early", error })).last).toMatchObject({
				error: { message: "fal finished, but its result could not be fetched. fal says: in the queue" },
			});
		});

		it("counts the minutes of silence from the first silent answer in a row", () => {
			const { last } = askFor(3_600_000, (age) => (age < 600_000 ? unavailable : silent));
			expect((last?.at ?? 0) - NOW).toBeGreaterThanOrEqual(900_000);
		});

		it.each([
			[699_999, "result_unavailable"],
			[700_000, "failed"],
		])("is asked for until five minutes of silence are over: %i ms", (ageMs, type) => {
			const { log } = runTimed([
				[start(), 0],
				[submitted(), 0],
				[unavailable, 0],
				[silent, 400_000],
				[silent, ageMs],
			]);
			expect(log.at(-1)?.type).toBe(type);
		});

		it("is given up after a number of tries, whoever asks", () => {
			const [types] = typesOf(runFlow([start(), submitted(), ...Array<Input>(30).fill(unavailable)], { everyMs: 10 }));
			expect(types.filter((type) => type === "result_unavailable")).toHaveLength(MAX_RESULT_TRIES - 1);
			expect(types.at(-1)).toBe("failed");
		});

		it("is asked for by a new instance at once, unless the last try had come to its end", () => {
			const tried = runFlow([start(), submitted(), unavailable, unavailable]).state;
			const effectsAfter = (ms: number) => step(tried, restarted, NOW + 3_000 + ms).effects.map(({ type }) => type);
			expect(effectsAfter(900)).toEqual([]);
			expect(effectsAfter(1_000)).toEqual(["fetch_result"]);
			const untold = runFlow([start(), submitted(), cancel, cancelAnswered("already_completed")]).state;
			expect(step(untold, restarted, NOW + 4_000).effects).toMatchObject([{ type: "fetch_result" }]);
		});
	});

	describe("of which fal says that it failed", () => {
		it.each<readonly [said: string, shown: string]>([
			["fal says: 'a red fox' was flagged", "fal says: '…' was flagged"],
			["fal says: RED FOXES are not a red fox", "fal says: RED FOXES are not …"],
			["fal says: ugly and blurry is no style", "fal says: … is no style"],
			["A red fox is ours", "A red fox is ours"],
			["Our own words are of a red fox", "Our own words are of a red fox"],
			["fal says: regular is no speed", "fal says: regular is no speed"],
			["fal finished. fal says: a red fox", "fal finished. fal says: …"],
		])("keeps %j without its prompt as %j", (message, shown) => {
			const asked = {
				request: makeRequest({
					model: "fal-ai/qwen-image",
					fal: { negative_prompt: "ugly and blurry", acceleration: "regular" },
				}),
			};
			const fails = resultOf({ kind: "failure", error: { code: "upstream_failed", message } });
			const { log } = runFlow([start(asked), submitted(), fails]);
			expect(log.at(-1)).toMatchObject({ type: "failed", error: { message: shown } });
		});

		it.each([
			["fal.ugly", undefined],
			["fal.red", undefined],
			["fal.guidance_scale", "fal.guidance_scale"],
			["prompt", "prompt"],
		])("names the field %s as %s, so never by a word of the prompt", (param, named) => {
			const asked = { request: makeRequest({ prompt: "red", fal: { negative_prompt: "ugly" } }) };
			const fails = (error: JobError) =>
				runFlow([start(asked), submitted(), resultOf({ kind: "failure", error })]).log.at(-1);
			for (const message of ["fal says: no", "fal answered 422."]) {
				const error = { code: "invalid_input", message } as const;
				expect(fails({ ...error, param })).toMatchObject({
					error: named === undefined ? error : { ...error, param: named },
				});
				expect(JSON.stringify(fails({ ...error, param })).includes('"param"')).toBe(named !== undefined);
			}
			const prompt = { request: makeRequest({ prompt: "prompt" }) };
			const error = { code: "invalid_input", message: "fal says: no", param: "prompt" } as const;
			expect(runFlow([start(prompt), submitted(), resultOf({ kind: "failure", error })]).log.at(-1)).toMatchObject({
				error,
			});
		});

		it("keeps nothing of its prompt if it is told after the end, either", () => {
			const fails = resultOf({
				kind: "failure",
				error: { code: "upstream_failed", message: "fal says: 'a red fox' was flagged" },
			});
			const { log } = runTimed([
				[start(), 0],
				[answerLost, 1_000],
				[tick, 400_000],
				[fails, 500_000],
			]);
			expect(log.at(-1)).toMatchObject({ type: "late_failure", error: { message: "fal says: '…' was flagged" } });
		});
	});

	describe("of which one picture of several cannot be fetched", () => {
		const bad = lostImage(1, "a_day");
		const made = runFlow([start(), submitted(), outputs(2)]).state;
		const typesAfter = (...inputs: readonly (readonly [Input, ageMs: number])[]) => {
			const timed = inputs.map(([input, age]) => [input, 2_000 + age] as const);
			return runTimed(timed, made).log.map(({ type }) => type);
		};
		it.each<readonly [sentence: string, inputs: readonly (readonly [Input, number])[], types: readonly string[]]>([
			[
				"waits a minute for it",
				[
					[stored(0), 5],
					[bad, 60_000],
					[tick, 69_999],
				],
				["image"],
			],
			[
				"then ends with what it has",
				[
					[stored(0), 5],
					[bad, 60_000],
					[tick, 70_000],
				],
				["image", "succeeded"],
			],
			[
				"takes the other one late",
				[
					[stored(0), 5],
					[tick, 70_000],
					[stored(1), 80_000],
				],
				["image", "succeeded", "late_image"],
			],
			[
				"gives the other one up late",
				[
					[stored(0), 5],
					[tick, 70_000],
					[bad, 86_400_000],
				],
				["image", "succeeded", "image_lost"],
			],
			[
				"waits for the first one as long as it takes",
				[
					[bad, 5],
					[tick, 70_000],
					[tick, 3_600_000],
				],
				[],
			],
			[
				"waits a little for the second one after a first one that took long",
				[
					[stored(0), 200_000],
					[tick, 209_999],
					[stored(1), 209_999],
				],
				["image", "image", "succeeded"],
			],
			[
				"and no longer",
				[
					[stored(0), 200_000],
					[tick, 210_000],
				],
				["image", "succeeded"],
			],
		])("%s", (_, inputs, types) => {
			expect(typesAfter(...inputs)).toEqual(types);
		});
	});

	it("asks for the result at the first unreadable status where polls are rare", () => {
		const { state } = runFlow([start(), submitted()]);
		expect(step(state, unreadable(1), NOW + 30_999).effects).toEqual([]);
		expect(step(state, unreadable(1), NOW + 31_000).effects).toMatchObject([{ type: "fetch_result", probe: true }]);
		expect(step(state, unreadable(2), NOW + 31_000).effects).toEqual([]);
	});

	it("waits before another submit as long as fal asks it to", () => {
		const error = { code: "upstream_unavailable", message: "busy" } as const;
		const asked = {
			type: "submit_answered",
			answer: { kind: "busy", status: 429, error, retryAfterMs: 30_000 },
		} as const;
		expect(runFlow([start(), asked]).log.at(-1)).toMatchObject({ type: "refused", retryAt: NOW + 31_000 });
		expect(runFlow([start(), { ...asked, answer: { ...asked.answer, retryAfterMs: 0 } }]).log.at(-1)).toMatchObject({
			retryAt: NOW + 2_000,
		});
		const short = start({ deadlineAt: NOW + 20_000 });
		expect(runFlow([short, asked]).log.at(-1)).toMatchObject({ type: "failed", error });
	});
});

describe("the prompt that a model says it drew", () => {
	it.each<readonly [kept: boolean, says: string | undefined, sent: string, what: string]>([
		[false, undefined, "a red fox", "it says none"],
		[false, "a red fox", "a red fox", "it is the one that was sent"],
		[false, " a  red\n fox ", "a red fox", "it has other blanks"],
		[false, "a red fox", "a  red\tfox\n", "the one that was sent has other blanks"],
		[false, "a red", "a red fox", "it was cut"],
		[true, "a red fox in the snow", "a red fox", "it says more"],
		[true, "red fox", "a red fox", "it lacks the beginning"],
		[true, "ared fox", "a red fox", "words are joined"],
		[true, "A Red Fox", "a red fox", "letters are others"],
	])("is kept (%s): %j for %j, since %s", (kept, prompt, sent) => {
		const result = { kind: "outputs", outputs: [{ url: "https://cdn.test/0.png", nsfw: false }] } as const;
		const told = resultOf(prompt === undefined ? result : { ...result, prompt });
		const { log } = runFlow([start({ request: makeRequest({ prompt: sent }) }), submitted(), told]);
		const outputs = [{ url: "https://cdn.test/0.png", nsfw: false }];
		const generated = { type: "generated", requestId: "r-1", outputs, seq: 4, at: NOW + 2_000 };
		expect(log.at(-1)).toEqual(kept ? { ...generated, revisedPrompt: prompt } : generated);
	});
});
