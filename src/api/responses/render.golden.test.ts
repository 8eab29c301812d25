/** Freezes the frames of Response streams: clients resume by their numbers. */

import { describe, expect, it } from "vitest";
import golden from "../../../test/support/golden/response-frames.json" with { type: "json" };
import {
	accountRefused,
	answerLost,
	billAnswered,
	blocked,
	busy,
	cancel,
	cancelAnswered,
	clientDisconnected,
	failure,
	gone,
	lookedUp,
	lostImage,
	noticeFailed,
	noticeTaken,
	outputs,
	play,
	queued,
	remove,
	running,
	stored,
	strange,
	submitted,
	thumbnailKept,
	tick,
	unavailable,
} from "../../../test/support/logs.ts";
import { makeRequest } from "../../../test/support/make.ts";
import {
	eventsOf,
	type Item,
	RESPONSE_ID,
	type StreamEvent,
	startResponse,
} from "../../../test/support/response-stream.ts";
import type { FlatEvent, LinkedEvent } from "../../core/linked.ts";
import { renderResponse } from "./render.ts";

function briefItem({ id, status, result }: Item) {
	return [id, status, ...(result === null ? [] : [result.key])];
}

/** Says an event in one line: its number and type, and its item or Response. */
function brief({ sequence_number, type, response, item, item_id, output_index }: StreamEvent) {
	return [
		sequence_number,
		type.replace("response.", ""),
		...(output_index === undefined ? [] : [output_index]),
		...(item_id === undefined ? [] : [item_id]),
		...(item === undefined ? [] : briefItem(item)),
		...(response === undefined ? [] : [response.status, response.output.map(briefItem)]),
	];
}

/**
 * As of chat streams: a client resumes by the number of the last event that it has, so **what is frozen here must never change for an
 * event type of the log that exists**. New words in an event are fine; more or fewer events are not.
 */
describe("a Response stream's frames", () => {
	const four = startResponse({ request: makeRequest({ n: 4 }) });
	const streams: Readonly<Record<keyof typeof golden, readonly LinkedEvent[]>> = {
		"one picture": play([
			startResponse(),
			submitted(),
			queued(0),
			running(),
			running("step 1/2"),
			outputs(1),
			stored(0),
		]),
		"one picture, never seen running": play([startResponse(), submitted(), outputs(1), stored(0)]),
		"two pictures, the second first": play([
			startResponse({ request: makeRequest({ n: 2 }) }),
			submitted(),
			running(),
			outputs(2),
			stored(1),
			stored(0),
		]),
		"back in the queue": play([startResponse(), submitted(), running(), queued(1), running(), outputs(1), stored(0)]),
		"pictures that are lost": play([four, submitted(), outputs(4), stored(1), lostImage(2), stored(0), lostImage(3)]),
		"rerouted, and a busy queue": play([
			startResponse(),
			gone,
			busy,
			[tick, 4_000],
			submitted(),
			unavailable,
			outputs(1),
			stored(0),
		]),
		"a lost answer": play([startResponse(), answerLost, outputs(1), stored(0)]),
		"a failure": play([startResponse(), submitted(), running(), failure]),
		"a failure in the queue": play([startResponse(), submitted(), blocked]),
		"all pictures lost": play([startResponse(), submitted(), outputs(1), lostImage(0)]),
		cancelled: play([startResponse(), submitted(), running(), cancel, cancelAnswered("accepted")]),
		"cancelled, and a picture all the same": play([
			startResponse(),
			submitted(),
			cancel,
			cancelAnswered("accepted"),
			outputs(1),
			stored(0),
		]),
	};

	it.each(Object.entries(streams))("stay as they are for %s", (name, log) => {
		expect(eventsOf(log).map(brief)).toEqual(golden[name as keyof typeof golden]);
	});

	const counts: Readonly<Record<Exclude<FlatEvent["type"], "slot_ended">, readonly number[]>> = {
		accepted: [2],
		submitting: [0],
		refused: [0],
		account_refused: [0],
		answer_lost: [0],
		looked_up: [0],
		submitted: [0],
		queued: [0],
		// The first one opens the work, and an item; no other one has any.
		running: [0, 4],
		completed: [0],
		result_unavailable: [0],
		addresses_kept: [0],
		// Three for each item that is not open yet, and one more if the work is not.
		generated: [0, 3, 4, 10],
		image: [2],
		late_image: [0],
		late_failure: [0],
		image_lost: [1],
		rerouted: [0],
		cancelling: [0],
		deleting: [0],
		client_left: [0],
		delivered: [0],
		thumbnail: [0],
		notified: [0],
		notice_failed: [0],
		billed: [0],
		succeeded: [1],
		failed: [1],
		cancelled: [1],
	};

	it.each(Object.entries(counts))("give `%s` one of %j numbers", (type, expected) => {
		const logs = [
			play([
				startResponse(),
				busy,
				[tick, 1_000],
				gone,
				submitted(),
				queued(1),
				running("a"),
				running("b"),
				unavailable,
			]),
			play([startResponse(), submitted(), strange]),
			play([startResponse(), accountRefused(), submitted()], ["a", "b"]),
			play([startResponse(), submitted(), running(), outputs(1), stored(0)]),
			play([startResponse(), submitted(), running(), outputs(2), stored(0), lostImage(1)]),
			play([startResponse(), submitted(), outputs(1), stored(0)]),
			play([startResponse(), submitted(), outputs(3), stored(0)]),
			play([startResponse(), answerLost, lookedUp("unclear"), [tick, 900_000], failure]),
			play([startResponse(), submitted(), cancel, cancelAnswered("accepted"), outputs(2), stored(0)]),
			play([
				startResponse({ clientWebhook: "https://client.test/hook", bill: true }),
				submitted(),
				outputs(1),
				stored(0),
				thumbnailKept,
				noticeFailed,
				noticeTaken,
				billAnswered(45_000),
			]),
			play([startResponse(), submitted(), clientDisconnected(false), clientDisconnected(true), remove]),
		];
		const found = logs.flatMap((log) => {
			const renderer = renderResponse(RESPONSE_ID);
			return log.map((event) => [event.type, renderer(event).length] as const);
		});
		const seen = new Set(found.flatMap(([seenType, count]) => (seenType === type ? [count] : [])));
		expect([...seen].toSorted((a, b) => a - b)).toEqual(expected);
	});
});
