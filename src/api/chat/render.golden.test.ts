/** Freezes the frames of chat streams: clients resume by their numbers. */

import { describe, expect, it } from "vitest";
import { CHAT_ID, type Chunk, readChunks, renderChatLog } from "../../../test/support/chat-stream.ts";
import golden from "../../../test/support/golden/chat-frames.json" with { type: "json" };
import golden2 from "../../../test/support/golden/chat-frames-2.json" with { type: "json" };
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
	rendering,
	running,
	start,
	stored,
	strange,
	submitted,
	thumbnailKept,
	tick,
	unavailable,
	unreachable,
} from "../../../test/support/logs.ts";
import { makeRequest, NOW } from "../../../test/support/make.ts";
import type { FlatEvent, LinkedEvent } from "../../core/linked.ts";
import type { Frame } from "../answer/frames.ts";
import { renderChat } from "./render.ts";

/** Says a frame in one line: its number, and its content. */
function brief({ data }: Frame): unknown {
	if (data === "[DONE]") return data;
	const { sequence_number, choices, usage, error } = data as Chunk;
	if (error !== undefined) return [sequence_number, { error }];
	const [choice] = choices;
	if (choice === undefined) return [sequence_number, { usage }];
	const { delta, finish_reason } = choice;
	return finish_reason === null ? [sequence_number, delta] : [sequence_number, delta, finish_reason];
}

/**
 * A client that reconnects names the number of the last frame that it has, and gets the frames after it, rendered anew from a log
 * that an older deploy may have written. So the numbers must be the same for ever: **what is frozen here must never change for
 * an event type that exists**, or clients see text twice or lose some. New words in a frame are fine (change them in the file);
 * more or fewer frames are not. A new event type gets a row of its own.
 */
describe("a chat stream's frames", () => {
	const streams: Readonly<Record<keyof typeof golden, readonly LinkedEvent[]>> = {
		"one picture": play([start(), submitted(), outputs(1), stored(0)]),
		"two pictures": play([
			start({ request: makeRequest({ n: 2 }) }),
			submitted(null),
			outputs(2),
			stored(1),
			stored(0),
		]),
		"the model's own size": play([
			start({ request: makeRequest({ model: "nano-banana-2", size: { kind: "auto" } }) }),
			submitted(0),
			outputs(1),
			stored(0, 1024, 1024),
		]),
		rerouted: play([start(), gone, submitted(), outputs(1), stored(0)]),
		"a queue, a run and its logs": play([
			start(),
			submitted(3),
			queued(1),
			queued(0),
			running(),
			running("loading"),
			running("loading", "step 1/2"),
			running("step 1/2", "step 2/2"),
			running("step 2/2"),
			queued(null),
			running("step 2/2", "again"),
			outputs(1),
			stored(0),
		]),
		"a busy queue": play([
			start(),
			busy,
			[tick, 1_000],
			unreachable,
			[tick, 4_000],
			submitted(0),
			outputs(1),
			stored(0),
		]),
		"a lost answer": play([start(), answerLost, outputs(1), stored(0)]),
		"a result that comes late": play([start(), submitted(0), unavailable, [outputs(1), 60_000], stored(0)]),
		"pictures that are lost or black": play([
			start({ request: makeRequest({ n: 4 }) }),
			submitted(0),
			outputs(4, [1]),
			stored(0),
			stored(1),
			lostImage(2),
			lostImage(3),
		]),
		"a failure": play([start(), submitted(0), failure]),
		"a failure after a picture's loss": play([start(), submitted(0), outputs(1), lostImage(0)]),
		"a blocked picture": play([start(), submitted(0), blocked]),
		cancelled: play([start(), submitted(0), cancel, cancelAnswered("accepted")]),
		"cancelled, and a picture all the same": play([
			start(),
			submitted(0),
			cancel,
			cancelAnswered("accepted"),
			outputs(1),
			stored(0),
		]),
		"a deadline": play([start({ deadlineAt: NOW + 5_000 }), submitted(0), [tick, 5_000], cancelAnswered("accepted")]),
		"usage asked for": play([
			start({ rendering: rendering({ includeUsage: true }) }),
			submitted(0),
			outputs(1),
			stored(0),
		]),
		"usage asked for, and a failure": play([
			start({ rendering: rendering({ includeUsage: true }) }),
			submitted(0),
			failure,
		]),
		"progress in the content": play([
			start({ rendering: rendering({ progress: "content" }) }),
			submitted(3),
			running("loading", "step 1/2"),
			outputs(1),
			stored(0),
		]),
		"progress off": play([
			start({ rendering: rendering({ progress: "off" }) }),
			submitted(3),
			running("loading", "step 1/2"),
			outputs(1),
			stored(0),
		]),
		"a long prompt": play([
			start({ request: makeRequest({ prompt: "x".repeat(16_000) }) }),
			submitted(0),
			outputs(1),
			stored(0),
		]).filter(({ type }) => type !== "submitted" && type !== "generated"),
	};

	it.each(Object.entries(streams))("stay as they are for %s", (name, log) => {
		const frames = renderChatLog(log).map(brief);
		const shortened = JSON.parse(JSON.stringify(frames).replaceAll(/x{100,}/g, (run) => `x*${run.length}`));
		expect(shortened).toEqual(golden[name as keyof typeof golden]);
	});

	/** The same jobs, as they are answered from version 2 on. */
	it.each(
		(["en", "zh"] as const).flatMap((language) =>
			Object.entries(streams).map(([name, log]) => [name, language, log] as const),
		),
	)("of version 2 stay as they are for %s in %s", (name, language, log) => {
		const log2 = log.map((event) =>
			event.type === "accepted" ? { ...event, rendering: { ...event.rendering, version: 2, language } } : event,
		);
		const expected: Readonly<Record<string, unknown>> = golden2[language];
		const frames = renderChatLog(log2).map(brief);
		expect(JSON.parse(JSON.stringify(frames).replaceAll(/x{100,}/g, (run) => `x*${run.length}`))).toEqual(
			expected[name],
		);
	});

	/** The frames of an event: with its progress shown, and with `PROGRESS` off. */
	const counts: Readonly<Record<Exclude<FlatEvent["type"], "slot_ended">, readonly [shown: number, off: number]>> = {
		accepted: [1, 1],
		submitting: [0, 0],
		refused: [1, 0],
		account_refused: [0, 0],
		answer_lost: [1, 0],
		looked_up: [0, 0],
		submitted: [1, 0],
		// None from version 2 on, if the line is the one before.
		queued: [1, 0],
		// None if fal's lines were all shown before, or a person learns nothing by them.
		running: [1, 0],
		completed: [0, 0],
		result_unavailable: [0, 0],
		addresses_kept: [0, 0],
		deleting: [0, 0],
		client_left: [0, 0],
		delivered: [0, 0],
		thumbnail: [0, 0],
		notified: [0, 0],
		notice_failed: [0, 0],
		billed: [0, 0],
		generated: [1, 0],
		// One more for each 8,000 characters of the first one's headline in version 1.
		image: [2, 2],
		late_image: [0, 0],
		late_failure: [0, 0],
		image_lost: [0, 0],
		rerouted: [1, 0],
		cancelling: [1, 0],
		// One more each for a note, and for usage if the request asks for it. `[DONE]` has no number.
		succeeded: [1, 1],
		failed: [3, 3],
		cancelled: [3, 3],
	};
	const modes = [
		["reasoning", 0],
		["content", 0],
		["off", 1],
	] as const;

	it.each(
		[1, 2].flatMap((version) =>
			modes.flatMap(([progress, column]) =>
				Object.entries(counts).map(([type, row]) => [type, progress, version, row[column]] as const),
			),
		),
	)("gives `%s` with progress %s in version %i %i numbers", (type, progress, version, count) => {
		const first = start({ rendering: rendering({ progress, version }) });
		const clientWebhook = "https://client.test/hook";
		const logs = [
			play([
				first,
				busy,
				[tick, 1_000],
				gone,
				submitted(),
				queued(1),
				running("a"),
				unavailable,
				outputs(1),
				stored(0),
			]),
			play([first, submitted(), strange]),
			play([first, accountRefused(), submitted()], ["a", "b"]),
			play([first, answerLost, lookedUp("unclear"), [tick, 900_000], failure]),
			play([
				start({ rendering: rendering({ progress }), clientWebhook, bill: true }),
				submitted(),
				outputs(1),
				stored(0),
				thumbnailKept,
				noticeFailed,
				noticeTaken,
				billAnswered(45_000),
			]),
			play([first, submitted(), clientDisconnected(false), clientDisconnected(true), remove]),
			play([first, submitted(), cancel, cancelAnswered("accepted"), outputs(2), stored(0), lostImage(1)]),
		];
		const found = new Set<number>();
		for (const log of logs) {
			const renderer = renderChat(CHAT_ID);
			for (const event of log) {
				const frames = renderer(event).filter(({ data }) => data !== "[DONE]");
				const ended = log.some((other) => other.type === "cancelled" && other.seq < event.seq);
				if (event.type === type && !(ended && type === "generated")) found.add(frames.length);
			}
		}
		expect([...found]).toEqual([count]);
	});

	it("name id, object, time and model in this order", () => {
		const [opening] = renderChatLog(streams["one picture"]);
		expect(JSON.stringify(opening?.data)).toBe(
			`{"id":"${CHAT_ID}","object":"chat.completion.chunk","created":${NOW / 1000},"model":"imagen4-preview","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null,"logprobs":null}],"sequence_number":0}`,
		);
	});

	it("name the successor from the reroute on", () => {
		const models = readChunks(renderChatLog(streams.rerouted)).map(({ model }) => model);
		expect([...new Set(models)]).toEqual(["imagen4-preview", "nano-banana-2"]);
	});
});
