import fc from "fast-check";
import { describe, expect, it } from "vitest";
import golden from "../../../test/support/golden/response-frames.json" with { type: "json" };
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
	clientDisconnected,
	failure,
	gone,
	lostImage,
	outputs,
	play,
	queued,
	remove,
	rendering,
	running,
	start,
	stored,
	submitted,
	tick,
	unavailable,
} from "../../../test/support/logs.ts";
import { makeRequest, NOW } from "../../../test/support/make.ts";
import type { EventBody, Rendering } from "../../core/events.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { type Frame, numbered, PictureBytes } from "../answer/frames.ts";
import { parseBody } from "../request/fields.ts";
import { ResponsesBody, readResponse, toEchoed, toMessages } from "./body.ts";
import { renderResponse } from "./render.ts";
import { toResponse, toResponseId } from "./response.ts";
import { toTextResponse, toTextResponseFrames } from "./text.ts";

const ID = toResponseId("1");

/** An event of the stream, as far as tests look at it. */
interface StreamEvent {
	readonly type: string;
	readonly sequence_number: number;
	readonly output_index?: number;
	readonly item_id?: string;
	readonly item?: Item;
	readonly response?: { readonly status: string; readonly output: readonly Item[]; readonly error: object | null };
}
interface Item {
	readonly id: string;
	readonly status: string;
	readonly result: PictureBytes | null;
}

function ours(overrides: Parameters<typeof start>[0] = {}) {
	return start({ rendering: rendering({ api: "responses", responseFormat: "both" }), ...overrides });
}

function render(log: readonly LinkedEvent[], startingAfter = -1): readonly Frame[] {
	return log.flatMap(numbered(renderResponse(ID), startingAfter));
}

function eventsOf(log: readonly LinkedEvent[]): readonly StreamEvent[] {
	return render(log).map(({ data }) => data as unknown as StreamEvent);
}

function briefItem({ id, status, result }: Item) {
	return [id, status, ...(result === null ? [] : [result.key])];
}

/** An event in one line: its number and type, and what it is about. */
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
describe("the frames of a Response's stream, frozen", () => {
	const four = ours({ request: makeRequest({ n: 4 }) });
	const streams: Readonly<Record<keyof typeof golden, readonly LinkedEvent[]>> = {
		"one picture": play([ours(), submitted(), queued(0), running(), running("step 1/2"), outputs(1), stored(0)]),
		"one picture, never seen running": play([ours(), submitted(), outputs(1), stored(0)]),
		"two pictures, the second first": play([
			ours({ request: makeRequest({ n: 2 }) }),
			submitted(),
			running(),
			outputs(2),
			stored(1),
			stored(0),
		]),
		"back in the queue": play([ours(), submitted(), running(), queued(1), running(), outputs(1), stored(0)]),
		"pictures that are lost": play([four, submitted(), outputs(4), stored(1), lostImage(2), stored(0), lostImage(3)]),
		"rerouted, and a busy queue": play([
			ours(),
			gone,
			busy,
			[tick, 4_000],
			submitted(),
			unavailable,
			outputs(1),
			stored(0),
		]),
		"a lost answer": play([ours(), answerLost, outputs(1), stored(0)]),
		"a failure": play([ours(), submitted(), running(), failure]),
		"a failure in the queue": play([ours(), submitted(), blocked]),
		"all pictures lost": play([ours(), submitted(), outputs(1), lostImage(0)]),
		cancelled: play([ours(), submitted(), running(), cancel, cancelAnswered("accepted")]),
		"cancelled, and a picture all the same": play([
			ours(),
			submitted(),
			cancel,
			cancelAnswered("accepted"),
			outputs(1),
			stored(0),
		]),
	};

	it.each(Object.entries(streams))("of %s are what they were", (name, log) => {
		expect(eventsOf(log).map(brief)).toEqual(golden[name as keyof typeof golden]);
	});

	const counts: Readonly<Record<EventBody["type"], readonly number[]>> = {
		accepted: [2],
		submitting: [0],
		refused: [0],
		answer_lost: [0],
		submitted: [0],
		queued: [0],
		// The first one opens the work, and an item; no other one has any.
		running: [0, 4],
		completed: [0],
		// Three for each item that is not open yet, and one more where the work is not.
		generated: [0, 3, 4, 10],
		image: [2],
		late_image: [0],
		image_lost: [1],
		rerouted: [0],
		cancelling: [0],
		deleting: [0],
		client_left: [0],
		delivered: [0],
		succeeded: [1],
		failed: [1],
		cancelled: [1],
	};

	it.each(Object.entries(counts))("`%s` has %j numbers", (type, expected) => {
		const logs = [
			play([ours(), busy, [tick, 1_000], gone, submitted(), queued(1), running("a"), running("b"), unavailable]),
			play([ours(), submitted(), running(), outputs(1), stored(0)]),
			play([ours(), submitted(), running(), outputs(2), stored(0), lostImage(1)]),
			play([ours(), submitted(), outputs(1), stored(0)]),
			play([ours(), submitted(), outputs(3), stored(0)]),
			play([ours(), answerLost, [tick, 900_000]]),
			play([ours(), submitted(), cancel, cancelAnswered("accepted"), outputs(2), stored(0)]),
			play([ours(), submitted(), clientDisconnected(false), clientDisconnected(true), remove]),
		];
		const found = logs.flatMap((log) => {
			const renderer = renderResponse(ID);
			return log.map((event) => [event.type, renderer(event).length] as const);
		});
		const seen = new Set(found.flatMap(([seenType, count]) => (seenType === type ? [count] : [])));
		expect([...seen].toSorted((a, b) => a - b)).toEqual(expected);
	});
});

describe("for all logs, a Response's stream", () => {
	it("is deterministic, and survives the log's way through storage", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				expect(render(JSON.parse(JSON.stringify(log)))).toEqual(render(log));
			}),
		);
	});

	it("taken up after any number goes on exactly there", () => {
		fc.assert(
			fc.property(anyLog, fc.integer({ min: -1, max: 40 }), (log, after) => {
				const rest = render(log).filter(({ data }) => (data as unknown as StreamEvent).sequence_number > after);
				expect(render(log, after)).toEqual(rest);
			}),
		);
	});

	it("begins with the frames of the log's beginning", () => {
		fc.assert(
			fc.property(anyLog, fc.nat(20), (log, length) => {
				const beginning = render(log.slice(0, length));
				expect(render(log).slice(0, beginning.length)).toEqual(beginning);
			}),
		);
	});

	it("is numbered from 0 without a gap, each event named by its type, and none is `[DONE]`", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				for (const [index, { event, data }] of render(log).entries())
					expect(data).toMatchObject({ type: event, sequence_number: index });
			}),
		);
	});

	it("opens each item once, in order, before anything is said of it, and closes it at most once", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				const open = new Map<number, string>();
				const closed = new Set<number>();
				for (const { type, output_index = -1, item, item_id } of eventsOf(log)) {
					if (type === "response.output_item.added") {
						expect(output_index).toBe(open.size);
						open.set(output_index, item?.id ?? "");
					} else if (output_index >= 0) {
						expect(item?.id ?? item_id).toBe(open.get(output_index));
						expect(closed.has(output_index)).toBe(false);
						if (type === "response.output_item.done") closed.add(output_index);
					}
				}
				expect(new Set(open.values()).size).toBe(open.size);
				if (log.some(({ type }) => type === "succeeded")) expect(closed.size).toBe(open.size);
			}),
		);
	});

	it("ends with the whole Response of the log, and nothing comes after it", () => {
		fc.assert(
			fc.property(anyWholeLog, fc.boolean(), (log, more) => {
				const events = eventsOf(more ? [...log, ...log] : log);
				const ends = events.flatMap(({ type }, index) =>
					type === "response.completed" || type === "response.failed" ? [index] : [],
				);
				expect(ends).toEqual([events.length - 1]);
				expect(events.at(-1)?.response).toEqual(toResponse(ID, log));
			}),
		);
	});

	it("says in `output_item.done` what the whole Response says of the picture", () => {
		fc.assert(
			fc.property(anySuccess, (log) => {
				const { output } = toResponse(ID, log);
				const done = eventsOf(log).filter(({ item }) => item?.status === "completed");
				expect(done.map(({ item }) => item)).toEqual(done.map(({ output_index = -1 }) => output[output_index]));
				expect(done.length).toBe(log.filter(({ type }) => type === "image").length);
			}),
		);
	});

	it("has no frames for an event of a type that is not known yet", () => {
		fc.assert(
			fc.property(anyLog, fc.nat(20), fc.dictionary(fc.string(), fc.jsonValue()), (log, place, fields) => {
				const at = Math.min(place, log.length);
				const future = { ...fields, type: "upscaled", seq: at, at: NOW } as unknown as LinkedEvent;
				expect(render([...log.slice(0, at), future, ...log.slice(at)])).toEqual(render(log));
			}),
		);
	});
});

describe("a Response, whole", () => {
	const log = play([ours(), submitted(), running(), outputs(1), stored(0), lostImage(1)]);
	const asOf = (count: number) => toResponse(ID, log.slice(0, count));

	it("says at any time how far the job is", () => {
		expect(log.map((_, index) => asOf(index + 1).status)).toEqual([
			"queued",
			"queued",
			"queued",
			"in_progress",
			"in_progress",
			"in_progress",
			"completed",
		]);
		expect(asOf(4).output).toMatchObject([{ id: "ig_1_0", status: "generating", result: null }]);
		expect([asOf(6).completed_at, asOf(7).completed_at]).toEqual([null, NOW / 1000 + 4]);
	});

	it("says of each picture what was really used", () => {
		expect(asOf(7)).toMatchObject({
			id: "resp_1",
			object: "response",
			created_at: NOW / 1000,
			model: "imagen4-preview",
			background: false,
			error: null,
			tools: [{ type: "image_generation", size: "16:9", quality: "auto", output_format: "png" }],
		});
		expect(asOf(7).output).toEqual([
			{
				type: "image_generation_call",
				id: "ig_1_0",
				status: "completed",
				action: "generate",
				background: "auto",
				output_format: "png",
				quality: "auto",
				size: "1408x768",
				revised_prompt: "a red fox",
				url: "https://gateway.test/images/1/0.png?exp=1802592000&sig=s0",
				nsfw: false,
				result: new PictureBytes({ key: "images/1/0.png", bytes: 3 }),
			},
		]);
	});

	it("was asked for in the background, where it was", () => {
		const inBackground = ours({ rendering: rendering({ api: "responses", background: true }) });
		expect(toResponse(ID, play([inBackground])).background).toBe(true);
	});

	it.each<readonly [case_: string, asked: Partial<Rendering>, echoed: object]>([
		["what its request did not say", {}, { store: true, metadata: {} }],
		["what it said", { store: false, metadata: { order: "7" } }, { store: false, metadata: { order: "7" } }],
	])("echoes %s, from its first event to its end", (_, asked, echoed) => {
		const asking = ours({ rendering: rendering({ api: "responses", ...asked }) });
		const events = eventsOf(play([asking, submitted(), running(), outputs(1), stored(0)]));
		const responses = events.flatMap(({ response }) => response ?? []);
		expect(responses.length).toBe(4);
		for (const response of responses) expect(response).toMatchObject(echoed);
	});

	it("says why a picture was blocked, in the Response and in its item", () => {
		const error = {
			code: "moderation_blocked",
			message: "The picture was blocked.",
			type: "image_generation_user_error",
			param: null,
		};
		const failed = toResponse(ID, play([ours(), submitted(), running(), blocked]));
		expect(failed).toMatchObject({ status: "failed", error, output: [{ status: "failed", result: null, error }] });
	});

	it("of a cancelled job stays cancelled, whatever comes late", () => {
		const cancelled = play([ours(), submitted(), cancel, cancelAnswered("accepted")]);
		const late = play([ours(), submitted(), cancel, cancelAnswered("accepted"), outputs(1), stored(0)]);
		expect(late.length).toBeGreaterThan(cancelled.length);
		expect(toResponse(ID, late)).toEqual(toResponse(ID, cancelled));
		expect(toResponse(ID, late)).toMatchObject({ status: "cancelled", output: [], error: { code: "cancelled" } });
	});
});

describe("a Response that is only text", () => {
	it("is the same streamed and whole", () => {
		fc.assert(
			fc.property(anyText(2_000), (text) => {
				const echoed = { metadata: { order: "7" } };
				const identity = { id: "resp_req_1", createdSeconds: NOW / 1000, model: "darkroom", echoed };
				const frames = toTextResponseFrames(identity, text);
				expect(frames.at(-1)?.data).toMatchObject({ response: toTextResponse(identity, text) });
				expect(toTextResponse(identity, text)).toMatchObject({ store: true, ...echoed });
				for (const [index, { event, data }] of frames.entries())
					expect(data).toMatchObject({ type: event, sequence_number: index });
			}),
		);
	});
});

describe("the body of a Response", () => {
	const asked = (body: object) => {
		const parsed = parseBody(ResponsesBody, body);
		if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
		const { fields, tooLong } = readResponse(parsed.value, { defaultModel: "imagen4-preview" });
		return { ...fields, tooLong: tooLong !== null };
	};
	const GUARD = "Use the following text as the complete prompt. Do not rewrite it:";
	const input = (...content: readonly object[]) => [{ role: "user", content }];

	it.each<readonly [case_: string, body: object, prompt: string]>([
		["text", { input: " a fox \n" }, "a fox"],
		["nothing", {}, ""],
		["empty text", { input: "" }, ""],
		["null", { input: null }, ""],
		["a message of text", { input: [{ role: "user", content: "a fox" }] }, "a fox"],
		["a message that says that it is one", { input: [{ type: "message", role: "user", content: "a fox" }] }, "a fox"],
		[
			"parts",
			{ input: input({ type: "input_text", text: "a fox" }, { type: "text", text: "in snow" }) },
			"a fox\nin snow",
		],
		[
			"a picture beside the text",
			{
				input: input(
					{ type: "input_text", text: "a fox" },
					{ type: "input_image", image_url: "data:image/png;base64,A" },
				),
			},
			"a fox",
		],
		[
			"the last message of the user, after earlier answers",
			{
				input: [
					{ role: "user", content: "a fox" },
					{ type: "image_generation_call", id: "ig_1", status: "completed", result: "AAAA" },
					{ type: "message", role: "assistant", content: [{ type: "output_text", text: "a hen?", annotations: [] }] },
					{ role: "user", content: [{ type: "input_text", text: "an owl" }] },
					{ type: "reasoning", id: "rs_1", summary: [] },
				],
			},
			"an owl",
		],
		["the guard line before the prompt", { input: `${GUARD}\na fox` }, "a fox"],
		[
			"the guard line before the prompt in a part",
			{ input: input({ type: "input_text", text: `${GUARD}\n a fox` }) },
			"a fox",
		],
		["half a character", { input: "a fox \ud83e" }, "a fox \ufffd"],
		[
			"a prompt that a client wrapped",
			{
				input:
					"### Task:\nRespond to the user query using the provided context.\n<context>x</context>\n<user_query>a fox</user_query>",
			},
			"a fox",
		],
		["the guard line and nothing", { input: `${GUARD}\n` }, ""],
		["the guard line elsewhere", { input: `a fox. ${GUARD}` }, `a fox. ${GUARD}`],
	])("with %s has its prompt", (_, body, prompt) => {
		expect(asked(body).prompt).toBe(prompt);
	});

	const tool = (options: object) => [
		{ type: "function", name: "f" },
		{ type: "image_generation", ...options },
	];
	it.each<readonly [case_: string, body: object, wish: object]>([
		["a size in prose", { input: "a fox 16:9" }, { prompt: "a fox", size: { kind: "ratio", width: 16, height: 9 } }],
		["a size in prose after the guard", { input: `${GUARD}\n16:9\na fox` }, { prompt: "a fox", size: { width: 16 } }],
		[
			"a size of the tool",
			{ input: "a fox 16:9", tools: tool({ size: "1024x1024" }) },
			{ prompt: "a fox", size: "1024x1024" },
		],
		["a size of ours", { input: "a fox 16:9", size: "4:3" }, { prompt: "a fox", size: "4:3" }],
		["sizes of both", { input: "a fox", size: "4:3", tools: tool({ size: "3:4" }) }, { size: "3:4" }],
		["the tool's own default", { input: "a fox 16:9", tools: tool({ size: "auto" }) }, { size: { width: 16 } }],
		["no size", { input: "a fox", tools: tool({ size: null }) }, { size: undefined }],
		[
			"the tool's options",
			{ input: "a", tools: tool({ quality: "high", output_format: "webp", n: 2 }) },
			{ quality: "high", outputFormat: "webp", n: 2 },
		],
		[
			"the tool's model",
			{ input: "a", model: "gpt-9", tools: tool({ model: "gpt-image-2" }) },
			{ model: "gpt-image-2" },
		],
		["a model", { input: "a", model: "darkroom", tools: tool({ model: "" }) }, { model: "darkroom" }],
		["our extras", { input: "a", n: 3, seed: 7, fal: { steps: 4 } }, { n: 3, seed: 7, fal: { steps: 4 } }],
	])("with %s has that wish", (_, body, wish) => {
		expect(asked(body)).toMatchObject(wish);
	});

	it.each<readonly [body: object, param: string]>([
		[{ input: 7 }, "input"],
		[{ input: [{ content: "a" }] }, "input[0].role"],
		[{ input: [{ role: "user" }] }, "input[0].content"],
		[{ input: [{ role: "user", content: [{ type: "input_text" }] }] }, "input[0].content[0].text"],
		[{ input: "a", n: 11 }, "n"],
		[{ input: "a", seed: -1 }, "seed"],
		[{ input: "a", tools: [{ type: "image_generation", n: "2" }] }, "tools[0].n"],
		[{ input: "a", stream: "yes" }, "stream"],
		[{ input: "a", background: 1 }, "background"],
		[{ input: "a", store: "no" }, "store"],
		[{ input: "a", metadata: "order 7" }, "metadata"],
		[{ input: "a", metadata: { order: 7 } }, "metadata.order"],
	])("%j names what is wrong with it", (body, param) => {
		expect(parseBody(ResponsesBody, body)).toMatchObject({ ok: false, error: { kind: "invalid_value", param } });
	});

	const echoedBy = (body: object) => {
		const parsed = parseBody(ResponsesBody, { input: "a", ...body });
		if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
		return toEchoed(parsed.value);
	};
	it.each<readonly [body: object, echoed: object]>([
		[{}, {}],
		[{ store: true, metadata: {} }, {}],
		[{ store: null, metadata: null }, {}],
		[{ store: false }, { store: false }],
		[{ metadata: { order: "7", note: "" } }, { metadata: { order: "7", note: "" } }],
	])("%j has what is not OpenAI's default echoed, so that equal requests are equal: %j", (body, echoed) => {
		expect(echoedBy(body)).toEqual(echoed);
	});

	/** Metadata of so many pairs, each as long as it may be. */
	const pairs = (count: number) =>
		Object.fromEntries(Array.from({ length: count }, (_, index) => [String(index).padEnd(64, "k"), "v".repeat(512)]));

	it("may have metadata up to OpenAI's bounds", () => {
		const full = pairs(16);
		expect(echoedBy({ metadata: full })).toEqual({ metadata: full });
	});

	it.each<readonly [case_: string, metadata: object, param: string]>([
		["a pair too many", pairs(17), "metadata"],
		["a key that is too long", { ["k".repeat(65)]: "7" }, "metadata"],
		["a value that is too long", { order: "7".repeat(513) }, "metadata.order"],
	])("may not have metadata with %s", (_, metadata, param) => {
		const parsed = parseBody(ResponsesBody, { input: "a", metadata });
		expect(parsed).toMatchObject({ ok: false, error: { kind: "invalid_value", param } });
	});

	it("has its instructions where hidden requests are looked for", () => {
		expect(toMessages({ input: "a", instructions: "Be brief." })).toEqual([
			{ role: "system", text: "Be brief." },
			{ role: "user", text: "a" },
		]);
	});

	it("takes what it is given, whatever other fields hold", () => {
		const others = { tool_choice: "required", include: ["x"], reasoning: { effort: "low" } };
		expect(parseBody(ResponsesBody, { input: "a", ...others })).toEqual({ ok: true, value: { input: "a" } });
	});
});
