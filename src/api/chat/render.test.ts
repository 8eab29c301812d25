import fc from "fast-check";
import { describe, expect, it } from "vitest";
import golden from "../../../test/support/golden/chat-frames.json" with { type: "json" };
import {
	answerLost,
	anyLog,
	anySuccess,
	anyText,
	anyWholeLog,
	blocked,
	busy,
	cancel,
	cancelAnswered,
	failure,
	gone,
	lostImage,
	outputs,
	play,
	queued,
	rendering,
	running,
	start,
	stored,
	submitted,
	tick,
	unavailable,
	unreachable,
} from "../../../test/support/logs.ts";
import { makeRequest, NOW } from "../../../test/support/make.ts";
import type { EventBody } from "../../core/events.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { type Frame, numbered } from "../answer/frames.ts";
import { promptOf } from "../request/conversation.ts";
import { toMessages } from "./body.ts";
import { renderChat, toChatCompletion, toTextCompletion, toTextFrames } from "./render.ts";

const ID = "chatcmpl-1";
const CREATED = NOW / 1000;

interface Chunk {
	readonly sequence_number: number;
	readonly model: string;
	readonly choices: readonly {
		readonly delta: { readonly role?: string; readonly content?: string; readonly reasoning_content?: string };
		readonly finish_reason: string | null;
	}[];
	readonly usage?: object;
	readonly error?: object;
}

function render(log: readonly LinkedEvent[], startingAfter = -1): readonly Frame[] {
	return log.flatMap(numbered(renderChat(ID), startingAfter));
}

/** What a client reads: each frame went over the wire. */
function read(frames: readonly Frame[]): readonly Chunk[] {
	return frames.filter(({ data }) => data !== "[DONE]").map(({ data }) => JSON.parse(JSON.stringify(data)));
}

function contentOf(frames: readonly Frame[]): string {
	return read(frames)
		.map(({ choices }) => choices?.[0]?.delta.content ?? "")
		.join("");
}

/** A frame in one line: its number, and what it says. */
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
describe("the frames of a chat stream, frozen", () => {
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

	it.each(Object.entries(streams))("of %s are what they were", (name, log) => {
		const frames = render(log).map(brief);
		const shortened = JSON.parse(JSON.stringify(frames).replaceAll(/x{100,}/g, (run) => `x*${run.length}`));
		expect(shortened).toEqual(golden[name as keyof typeof golden]);
	});

	/** [reasoning or content, off] */
	const counts: Readonly<Record<EventBody["type"], readonly [shown: number, off: number]>> = {
		accepted: [1, 1],
		submitting: [0, 0],
		refused: [1, 0],
		answer_lost: [1, 0],
		submitted: [1, 0],
		queued: [1, 0],
		// None where fal's lines are all known.
		running: [1, 0],
		completed: [0, 0],
		deleting: [0, 0],
		client_left: [0, 0],
		delivered: [0, 0],
		generated: [1, 0],
		// One more for each 8,000 characters of the first one's headline.
		image: [2, 2],
		late_image: [0, 0],
		image_lost: [0, 0],
		rerouted: [1, 0],
		cancelling: [1, 0],
		// One more each for a note, and for usage where it was asked for. `[DONE]` has no number.
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
		modes.flatMap(([progress, column]) =>
			Object.entries(counts).map(([type, row]) => [type, progress, row[column]] as const),
		),
	)("`%s` with progress %s has %i numbers", (type, progress, count) => {
		const first = start({ rendering: rendering({ progress }) });
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
			play([first, answerLost, [tick, 900_000]]),
			play([
				first,
				submitted(),
				{ type: "client_disconnected", delivered: false },
				{ type: "client_disconnected", delivered: true },
				{ type: "delete" },
			]),
			play([first, submitted(), cancel, cancelAnswered("accepted"), outputs(2), stored(0), lostImage(1)]),
		];
		const found = new Set<number>();
		for (const log of logs) {
			const renderer = renderChat(ID);
			for (const event of log) {
				const frames = renderer(event).filter(({ data }) => data !== "[DONE]");
				const ended = log.some((other) => other.type === "cancelled" && other.seq < event.seq);
				if (event.type === type && !(ended && type === "generated")) found.add(frames.length);
			}
		}
		expect([...found]).toEqual([count]);
	});

	it("each say the same of themselves, in this order", () => {
		const [opening] = render(streams["one picture"]);
		expect(JSON.stringify(opening?.data)).toBe(
			`{"id":"${ID}","object":"chat.completion.chunk","created":${CREATED},"model":"imagen4-preview","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null,"logprobs":null}],"sequence_number":0}`,
		);
	});

	it("name the successor from the reroute on", () => {
		const models = read(render(streams.rerouted)).map(({ model }) => model);
		expect([...new Set(models)]).toEqual(["imagen4-preview", "nano-banana-2"]);
	});
});

describe("for all logs", () => {
	it("the content of a stream is the content of the whole completion, where progress is not in it", () => {
		fc.assert(
			fc.property(anySuccess, (log) => {
				const [first] = log;
				fc.pre(first?.type === "accepted" && first.rendering.progress !== "content");
				const [choice] = toChatCompletion(ID, log).choices;
				expect(contentOf(render(log))).toBe(choice?.message.content);
			}),
			{ numRuns: 300 },
		);
	});

	it("rendering is deterministic, and survives the log's way through storage", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				expect(render(JSON.parse(JSON.stringify(log)))).toEqual(render(log));
			}),
		);
	});

	it("a stream taken up after any number goes on exactly there", () => {
		fc.assert(
			fc.property(anyLog, fc.integer({ min: -1, max: 60 }), (log, after) => {
				const whole = render(log);
				const rest = whole.filter(({ data }) => data === "[DONE]" || (data as Chunk).sequence_number > after);
				expect(render(log, after)).toEqual(rest);
			}),
		);
	});

	it("a log's beginning has the beginning of its frames", () => {
		fc.assert(
			fc.property(anyLog, fc.nat(20), (log, length) => {
				const beginning = render(log.slice(0, length));
				expect(render(log).slice(0, beginning.length)).toEqual(beginning);
			}),
		);
	});

	it("frames are numbered from 0 without a gap", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				const numbers = read(render(log)).map(({ sequence_number }) => sequence_number);
				expect(numbers).toEqual(numbers.map((_, index) => index));
			}),
		);
	});

	it("no line is longer than 64 KiB, and none has half a character", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				for (const { data } of render(log)) {
					const line = `data: ${data === "[DONE]" ? data : JSON.stringify(data)}\n`;
					expect(new TextEncoder().encode(line).byteLength).toBeLessThanOrEqual(64 * 1024);
					expect(line).not.toMatch(/\\ud[89a-f][0-9a-f]{2}/i);
					expect(line.isWellFormed()).toBe(true);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it.each(["\u0000", "狐", "🦊", "a🦊", '"', "\\", "\u2028"])(
		"a prompt of 32,000 characters of %j has no long line",
		(unit) => {
			const prompt = unit.repeat(Math.floor(32_000 / unit.length));
			const log = play([start({ request: makeRequest({ prompt }) }), submitted(0), outputs(1), stored(0)]);
			const frames = render(log);
			for (const { data } of frames) {
				expect(new TextEncoder().encode(JSON.stringify(data)).byteLength).toBeLessThan(64 * 1024 - 8);
			}
			for (const { choices } of read(frames)) expect((choices[0]?.delta.content ?? "").isWellFormed()).toBe(true);
			expect(contentOf(frames)).toContain(prompt);
		},
	);

	it("content and reasoning are never in one chunk, and a picture's link is whole in its own", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				const deltas = read(render(log)).map(({ choices }) => choices?.[0]?.delta ?? {});
				for (const delta of deltas) {
					expect(delta.content !== undefined && delta.reasoning_content !== undefined).toBe(false);
				}
				const links = log.flatMap((event) => (event.type === "image" ? [event.url] : []));
				for (const url of links) expect(deltas).toContainEqual({ content: `![Generated Image](${url})` });
			}),
		);
	});

	it("a stream opens with the role, finishes once, and nothing comes after its end", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				const frames = render(log);
				const chunks = read(frames);
				expect(chunks[0]?.choices[0]?.delta).toEqual({ role: "assistant", content: "" });
				const ended = log.some(({ type }) => type === "succeeded" || type === "failed" || type === "cancelled");
				const finishes = chunks.filter(({ choices }) => (choices?.[0]?.finish_reason ?? null) !== null);
				expect(finishes).toHaveLength(ended ? 1 : 0);
				expect(frames.findIndex(({ data }) => data === "[DONE]")).toBe(ended ? frames.length - 1 : -1);
			}),
		);
	});

	it("a failure is said in the content, then as an error, each once", () => {
		fc.assert(
			fc.property(anyWholeLog, (log) => {
				const chunks = read(render(log));
				const last = log.at(-1);
				const errors = chunks.filter(({ error }) => error !== undefined);
				expect(errors).toHaveLength(last?.type === "succeeded" ? 0 : 1);
				if (last?.type === "failed") expect(contentOf(render(log))).toContain(last.error.message);
			}),
		);
	});

	it("usage is told where it was asked for, once, after the finish", () => {
		fc.assert(
			fc.property(anyWholeLog, (log) => {
				const [first] = log;
				const chunks = read(render(log));
				const finish = chunks.findIndex(({ choices }) => (choices?.[0]?.finish_reason ?? null) !== null);
				const places = chunks.flatMap(({ usage }, index) => (usage === undefined ? [] : [index]));
				const wanted = first?.type === "accepted" && first.rendering.includeUsage;
				expect(places).toEqual(wanted ? [finish + 1] : []);
			}),
		);
	});

	it("an event of a type that is not known yet has no frames and breaks nothing", () => {
		fc.assert(
			fc.property(anyLog, fc.nat(20), fc.dictionary(fc.string(), fc.jsonValue()), (log, place, fields) => {
				const at = Math.min(place, log.length);
				const future = { ...fields, type: "upscaled", seq: at, at: NOW } as unknown as LinkedEvent;
				expect(render([...log.slice(0, at), future, ...log.slice(at)])).toEqual(render(log));
			}),
		);
	});
});

describe("an answer that is only text", () => {
	const identity = { id: ID, created: CREATED, model: "darkroom" };

	it("is the same streamed and whole", () => {
		fc.assert(
			fc.property(anyText(32_000), fc.boolean(), (text, includeUsage) => {
				const frames = toTextFrames(identity, text, includeUsage);
				expect(contentOf(frames)).toBe(toTextCompletion(identity, text).choices[0]?.message.content);
				expect(frames.at(-1)).toEqual({ data: "[DONE]" });
				expect(read(frames).filter(({ usage }) => usage !== undefined)).toHaveLength(includeUsage ? 1 : 0);
				expect(read(frames).filter(({ choices }) => choices[0]?.finish_reason === "stop")).toHaveLength(1);
			}),
		);
	});
});

describe("what is to be drawn", () => {
	it.each<readonly [case_: string, messages: Parameters<typeof toMessages>[0]["messages"], prompt: string]>([
		["the only message", [{ role: "user", content: " a fox \n" }], "a fox"],
		[
			"the last message of the user",
			[
				{ role: "user", content: "a fox" },
				{ role: "assistant", content: "![Generated Image](https://gateway.test/1)" },
				{ role: "user", content: "a hen" },
				{ role: "assistant", content: "" },
			],
			"a hen",
		],
		[
			"the text of its parts",
			[
				{
					role: "user",
					content: [{ type: "text", text: "a fox" }, { type: "image_url" }, { type: "text", text: "in snow" }],
				},
			],
			"a fox\nin snow",
		],
		["nothing, without a user", [{ role: "system", content: "draw" }], ""],
		["nothing, of no content", [{ role: "user", content: null }], ""],
		["nothing, of absent content", [{ role: "user" }], ""],
	])("is %s", (_, messages, prompt) => {
		expect(promptOf(toMessages({ messages }))).toBe(prompt);
	});
});
