import { describe, expect, it } from "vitest";
import { makeLog, onlySlot, runFlow, runTimed, typesOf } from "../../test/support/flows.ts";
import {
	answerLost,
	cancel,
	completed,
	lookedUp,
	outputs,
	restarted,
	start,
	stored,
	submitted,
	tick,
} from "../../test/support/logs.ts";
import { makeAccepted, makeEdit, makeInput, makeRequest, NOW, UPSTREAM } from "../../test/support/make.ts";
import { endOfCancellation, lookUpEffect, submit, withEvents } from "./decision.ts";
import type { Input } from "./inputs.ts";
import { LOOK_UP_AT_LEAST_MS, SETTLE_UNKNOWN_MS } from "./schedule.ts";
import { fold } from "./state.ts";
import { step } from "./step.ts";

describe("submit", () => {
	const job = { ...makeAccepted(), model: "imagen4-preview", first: 0, count: 1 };

	it("writes the endpoint and what is asked before it sends both", () => {
		const { events = [], effects = [] } = submit(job, undefined, NOW);
		expect(events).toEqual([
			{ type: "submitting", endpoint: "fal-ai/imagen4/preview", used: expect.objectContaining({ size: "16:9" }) },
		]);
		expect(effects).toEqual([
			{
				type: "submit",
				endpoint: "fal-ai/imagen4/preview",
				input: expect.objectContaining({ prompt: "a red fox" }),
				webhook: job.webhook,
				startTimeoutSeconds: 900,
			},
		]);
	});

	it("sends the pictures of an edit along, and no address of theirs", () => {
		const model = "fal-ai/flux-pro/v1/fill";
		const request = makeEdit({ model, inputs: [makeInput(), { ...makeInput({ key: "inputs/1/16" }), role: "mask" }] });
		const { effects } = submit({ ...job, model, request }, undefined, NOW);
		expect(effects).toEqual([
			expect.objectContaining({
				input: expect.not.objectContaining({ image_url: expect.anything() }),
				attachments: [
					{ field: "image_url", isList: false, pictures: [request.inputs?.[0]] },
					{ field: "mask_url", isList: false, pictures: [request.inputs?.[1]], turnTo: "white" },
				],
			}),
		]);
	});

	it.each([
		[900_000, 900],
		[1_001, 2],
		[1, 1],
		[0, 1],
		[-5_000, 1],
	])("lets fal start the request within what is left of %i ms: %i s", (leftMs, startTimeoutSeconds) => {
		const { effects } = submit({ ...job, deadlineAt: NOW + leftMs }, undefined, NOW);
		expect(effects).toEqual([expect.objectContaining({ startTimeoutSeconds })]);
	});

	it("fails a job whose model is no longer known", () => {
		const { events, effects } = submit(
			{ ...job, model: "a model of the past", request: makeRequest() },
			undefined,
			NOW,
		);
		const error = { code: "model_not_found", message: "This model is no longer known here." };
		expect(events).toEqual([{ type: "failed", error }]);
		expect(effects).toBeUndefined();
	});
});

describe("withEvents", () => {
	it("puts events before a decision's own, and keeps its effects", () => {
		const cancelled = { type: "cancelled" } as const;
		const cancelling = { type: "cancelling", why: "client" } as const;
		const erase = { type: "erase" } as const;
		expect(withEvents([cancelling], { events: [cancelled], effects: [erase] })).toEqual({
			events: [cancelling, cancelled],
			effects: [erase],
		});
		expect(withEvents([cancelling], {})).toEqual({ events: [cancelling], effects: [] });
	});
});

describe("endOfCancellation", () => {
	it("is no failure for a client, and one at the deadline", () => {
		expect(endOfCancellation("client")).toEqual({ type: "cancelled" });
		const message = "The picture was not ready in time; the request to fal was cancelled.";
		expect(endOfCancellation("deadline")).toEqual({ type: "failed", error: { code: "deadline_exceeded", message } });
	});
});

describe("succeeded", () => {
	it("says how many seconds passed since the job was accepted", () => {
		const { log } = runTimed([
			[start(), 0],
			[submitted(), 300],
			[outputs(1), 2_000],
			[stored(0), 2_345],
		]);
		expect(log.at(-1)).toMatchObject({ type: "succeeded", seconds: 2.345 });
	});
});

describe("storePending", () => {
	it("asks for what is missing, at the address that fal gave, and with the request that has it", () => {
		const { state } = runFlow([start(), submitted(), outputs(3), stored(1)]);
		const store = { type: "store", upstream: UPSTREAM, endpoint: "fal-ai/imagen4/preview" };
		expect(step(state, restarted, NOW + 9_000).effects).toEqual([
			{ ...store, index: 0, url: "https://cdn.test/0.png" },
			{ ...store, index: 2, url: "https://cdn.test/2.png" },
		]);
	});
});

describe("lookUpEffect", () => {
	it("looks without a seed for a model that is no longer known", () => {
		const past = makeAccepted({ request: makeRequest({ model: "a model of the past" }), ownSeed: 7 });
		const used = { size: "auto", aspectRatio: "1:1", quality: "auto", outputFormat: "png" } as const;
		const log = makeLog(
			{ type: "accepted", ...past },
			{ type: "submitting", endpoint: "fal-ai/past", used },
			{ type: "answer_lost", settleBy: NOW + 9, lookUpAt: NOW },
		);
		const slot = onlySlot(fold(log));
		if (slot.phase !== "unknown") throw new Error(slot.phase);
		expect(lookUpEffect(slot)).toMatchObject({ endpoint: "fal-ai/past", seed: null });
	});
});

describe("a job whose submit's answer was lost", () => {
	it("waits for the webhook, and asks fal's list meanwhile", () => {
		expect(typesOf(runFlow([start(), answerLost, tick, outputs(1), stored(0)]))).toEqual([
			["accepted", "submitting", "answer_lost", "generated", "image", "succeeded"],
			["submit", "look_up", "store"],
		]);
	});

	it("goes on with a lost request that fal's list has", () => {
		const flow = runFlow([start(), answerLost, tick, lookedUp("found"), completed, outputs(1), stored(0)]);
		expect(typesOf(flow)).toEqual([
			["accepted", "submitting", "answer_lost", "submitted", "generated", "image", "succeeded"],
			["submit", "look_up", "fetch_result", "store"],
		]);
	});

	it("fails when no webhook can settle it and fal's list is closed", () => {
		const flow = runFlow([start({ webhook: null }), answerLost, tick, lookedUp("forbidden")]);
		expect(typesOf(flow)).toEqual([
			["accepted", "submitting", "answer_lost", "failed"],
			["submit", "look_up"],
		]);
	});

	it("is cancelled when nothing can settle it and the client asked for that", () => {
		const flow = runFlow([start({ webhook: null }), cancel, answerLost, tick, lookedUp("forbidden")]);
		expect(typesOf(flow)).toEqual([
			["accepted", "submitting", "cancelling", "answer_lost", "cancelled"],
			["submit", "look_up"],
		]);
	});

	it("says at the end that it may have been made, and billed, and that it was not sent again", () => {
		const { log } = runFlow([start({ webhook: null }), answerLost, tick, lookedUp("forbidden")]);
		expect(log.at(-1)).toMatchObject({
			error: {
				code: "upstream_outcome_unknown",
				message:
					"The connection to fal was lost while the request was handed over. fal may have made, and billed, the picture, so it was not sent again.",
			},
		});
	});

	it("waits for five minutes, and looks for 20 seconds", () => {
		expect([SETTLE_UNKNOWN_MS, LOOK_UP_AT_LEAST_MS]).toEqual([300_000, 20_000]);
	});

	/** The events that the job writes after its start, each input taken so long after that; a failure by its code. */
	const eventsOf = (deadlineMs: number, ...inputs: readonly (readonly [input: Input, ageMs: number])[]) =>
		runTimed([[start({ deadlineAt: NOW + deadlineMs }), 0], ...inputs])
			.log.slice(2)
			.map((event) => (event.type === "failed" ? event.error.code : event.type));
	const LONG = 900_000;
	const SHORT = 60_000;
	it.each<
		readonly [
			does: string,
			deadlineMs: number,
			inputs: readonly (readonly [Input, ageMs: number])[],
			events: readonly string[],
		]
	>([
		[
			"waits for the webhook until its bound",
			LONG,
			[
				[answerLost, 5],
				[tick, SETTLE_UNKNOWN_MS - 1],
			],
			["answer_lost"],
		],
		[
			"fails at its bound",
			LONG,
			[
				[answerLost, 5],
				[tick, SETTLE_UNKNOWN_MS],
			],
			["answer_lost", "upstream_outcome_unknown"],
		],
		[
			"fails at its deadline, if that is sooner",
			SHORT,
			[
				[answerLost, 5],
				[tick, SHORT - 1],
				[tick, SHORT],
			],
			["answer_lost", "upstream_outcome_unknown"],
		],
		[
			"takes a webhook a moment before its bound",
			LONG,
			[
				[answerLost, 5],
				[outputs(1), SETTLE_UNKNOWN_MS - 1],
				[tick, SETTLE_UNKNOWN_MS],
				[stored(0), SETTLE_UNKNOWN_MS],
			],
			["answer_lost", "generated", "image", "succeeded"],
		],
		[
			"keeps what a webhook brings after its bound",
			LONG,
			[
				[answerLost, 5],
				[tick, SETTLE_UNKNOWN_MS],
				[outputs(1), SETTLE_UNKNOWN_MS + 1],
				[stored(0), 800_000],
			],
			["answer_lost", "upstream_outcome_unknown", "generated", "late_image"],
		],
		["is unknown to a new instance, too", LONG, [[restarted, SETTLE_UNKNOWN_MS - 1]], ["answer_lost"]],
		[
			"still looks into fal's list when a new instance finds it after the bound",
			LONG,
			[
				[restarted, SETTLE_UNKNOWN_MS],
				[tick, SETTLE_UNKNOWN_MS + LOOK_UP_AT_LEAST_MS - 1],
				[tick, SETTLE_UNKNOWN_MS + LOOK_UP_AT_LEAST_MS],
			],
			["answer_lost", "upstream_outcome_unknown"],
		],
	])("%s", (_, deadlineMs, inputs, events) => {
		expect(eventsOf(deadlineMs, ...inputs)).toEqual(events);
	});
});
