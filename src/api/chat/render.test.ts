import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { CHAT_ID, type Chunk, contentOf, readChunks, renderChatLog } from "../../../test/support/chat-stream.ts";
import {
	anyLog,
	anySuccess,
	anyText,
	anyWholeLog,
	blocked,
	lostImage,
	outputs,
	play,
	rendering,
	start,
	stored,
	submitted,
	tick,
} from "../../../test/support/logs.ts";
import { makeAccepted, makeEdit, makeRequest, NOW } from "../../../test/support/make.ts";
import { urlOf } from "../../../test/support/pictures.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { summarize } from "../answer/summary.ts";
import { chatFormat, chatText, toChatCompletion, toTextCompletion, toTextFrames } from "./render.ts";
import { ChatChunk, ChatCompletion } from "./schema.ts";

describe("a picture that is late", () => {
	const log = play([start(), submitted(), outputs(2), stored(0), [tick, 80_000], stored(1)]);
	const note = "\n\n1 picture could not be fetched from fal yet. The job keeps what comes late.";

	it("is told of at the end of the answer", () => {
		expect(log.map(({ type }) => type).slice(-3)).toEqual(["image", "succeeded", "late_image"]);
		expect(contentOf(renderChatLog(log)).endsWith(note)).toBe(true);
		expect(toChatCompletion(CHAT_ID, log.slice(0, -1)).choices[0]?.message.content).toContain(note);
	});
});

describe("a chat stream of any log", () => {
	it("has the content of the whole completion, if progress is not in the content", () => {
		fc.assert(
			fc.property(anySuccess, (log) => {
				const [first] = log;
				fc.pre(first?.type === "accepted" && first.rendering.progress !== "content");
				const [choice] = toChatCompletion(CHAT_ID, log).choices;
				expect(contentOf(renderChatLog(log))).toBe(choice?.message.content);
			}),
			{ numRuns: 300 },
		);
	});

	it("is the same after the log went through storage", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				expect(renderChatLog(JSON.parse(JSON.stringify(log)))).toEqual(renderChatLog(log));
			}),
		);
	});

	it("resumes with the frame after the given number", () => {
		fc.assert(
			fc.property(anyLog, fc.integer({ min: -1, max: 60 }), (log, after) => {
				const whole = renderChatLog(log);
				const rest = whole.filter(({ data }) => data === "[DONE]" || (data as Chunk).sequence_number > after);
				expect(renderChatLog(log, after)).toEqual(rest);
			}),
		);
	});

	it("begins with the frames of the log's beginning", () => {
		fc.assert(
			fc.property(anyLog, fc.nat(20), (log, length) => {
				const beginning = renderChatLog(log.slice(0, length));
				expect(renderChatLog(log).slice(0, beginning.length)).toEqual(beginning);
			}),
		);
	});

	it("numbers its frames from 0 without a gap", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				const numbers = readChunks(renderChatLog(log)).map(({ sequence_number }) => sequence_number);
				expect(numbers).toEqual(numbers.map((_, index) => index));
			}),
		);
	});

	it("has no line longer than 64 KiB, and none with half a character", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				for (const { data } of renderChatLog(log)) {
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
		"cuts a prompt of 32,000 characters of %j into lines below 64 KiB",
		(unit) => {
			const prompt = unit.repeat(Math.floor(32_000 / unit.length));
			const log = play([start({ request: makeRequest({ prompt }) }), submitted(0), outputs(1), stored(0)]);
			const frames = renderChatLog(log);
			for (const { data } of frames) {
				expect(new TextEncoder().encode(JSON.stringify(data)).byteLength).toBeLessThan(64 * 1024 - 8);
			}
			for (const { choices } of readChunks(frames)) expect((choices[0]?.delta.content ?? "").isWellFormed()).toBe(true);
			expect(contentOf(frames)).toContain(prompt);
		},
	);

	it("never puts content and reasoning into one chunk, and keeps each link whole in its own", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				const deltas = readChunks(renderChatLog(log)).map(({ choices }) => choices?.[0]?.delta ?? {});
				for (const delta of deltas) {
					expect(delta.content !== undefined && delta.reasoning_content !== undefined).toBe(false);
				}
				const links = log.flatMap((event) => (event.type === "image" ? [event.url] : []));
				for (const url of links) expect(deltas).toContainEqual({ content: `![Generated Image](${url})` });
			}),
		);
	});

	it("opens with the role, finishes once, and ends with `[DONE]`", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				const frames = renderChatLog(log);
				const chunks = readChunks(frames);
				expect(chunks[0]?.choices[0]?.delta).toEqual({ role: "assistant", content: "" });
				const ended = log.some(({ type }) => type === "succeeded" || type === "failed" || type === "cancelled");
				const finishes = chunks.filter(({ choices }) => (choices?.[0]?.finish_reason ?? null) !== null);
				expect(finishes).toHaveLength(ended ? 1 : 0);
				expect(frames.findIndex(({ data }) => data === "[DONE]")).toBe(ended ? frames.length - 1 : -1);
			}),
		);
	});

	it("says a failure in the content, then once as an error", () => {
		fc.assert(
			fc.property(anyWholeLog, (log) => {
				const chunks = readChunks(renderChatLog(log));
				const last = log.at(-1);
				const errors = chunks.filter(({ error }) => error !== undefined);
				expect(errors).toHaveLength(last?.type === "succeeded" ? 0 : 1);
				if (last?.type === "failed") expect(contentOf(renderChatLog(log))).toContain(last.error.message);
			}),
		);
	});

	it("tells usage once, after the finish, if the request asks for it", () => {
		fc.assert(
			fc.property(anyWholeLog, (log) => {
				const [first] = log;
				const chunks = readChunks(renderChatLog(log));
				const finish = chunks.findIndex(({ choices }) => (choices?.[0]?.finish_reason ?? null) !== null);
				const places = chunks.flatMap(({ usage }, index) => (usage === undefined ? [] : [index]));
				const wanted = first?.type === "accepted" && first.rendering.includeUsage;
				expect(places).toEqual(wanted ? [finish + 1] : []);
			}),
		);
	});

	it("puts the reason of a failure behind the pictures that came before it", () => {
		const [accepted, , , , image] = play([start(), submitted(), outputs(1), stored(0)]);
		const failed = play([start(), submitted(), blocked]).at(-1);
		const reason = contentOf(renderChatLog([accepted, failed].filter((event) => event !== undefined)));
		const both = contentOf(renderChatLog([accepted, image, failed].filter((event) => event !== undefined)));
		expect(reason).not.toBe("");
		expect(both.endsWith(`(${urlOf(0)})\n\n${reason}`)).toBe(true);
	});

	it.each([
		[1, undefined],
		[2, [{ delta: {} }]],
	])("names a failure in version %i beside the choices %j", (version, choices) => {
		const log = play([start({ rendering: rendering({ version }) }), submitted(), blocked]);
		const last = readChunks(renderChatLog(log)).at(-1);
		expect(last?.error).toMatchObject({ code: "moderation_blocked" });
		expect(last?.choices).toEqual(choices);
	});

	it.each([
		[1, "fal says: no *nude* fox"],
		[2, "fal says: no \\*nude\\* fox"],
	])("says in version %i why it failed, in fal's words as %s", (version, words) => {
		const log = play([start({ rendering: rendering({ version }) }), submitted(), blocked]);
		const failed = log.map((event) =>
			event.type === "failed" ? { ...event, error: { ...event.error, message: "fal says: no *nude* fox" } } : event,
		);
		expect(contentOf(renderChatLog(failed))).toContain(words);
	});

	it("is kept alive by a delta without content", () => {
		const [accepted] = play([start()]);
		expect(chatFormat.toKeepAlive?.(CHAT_ID, summarize(accepted === undefined ? [] : [accepted]))).toEqual({
			data: {
				id: CHAT_ID,
				object: "chat.completion.chunk",
				created: NOW / 1000,
				model: "imagen4-preview",
				choices: [{ index: 0, delta: {}, finish_reason: null, logprobs: null }],
			},
		});
	});

	it("gives an event of an unknown type no frames", () => {
		fc.assert(
			fc.property(anyLog, fc.nat(20), fc.dictionary(fc.string(), fc.jsonValue()), (log, place, fields) => {
				const at = Math.min(place, log.length);
				const future = { ...fields, type: "upscaled", seq: at, at: NOW } as unknown as LinkedEvent;
				expect(renderChatLog([...log.slice(0, at), future, ...log.slice(at)])).toEqual(renderChatLog(log));
			}),
		);
	});

	it("is what its schema says", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				for (const chunk of readChunks(renderChatLog(log))) expect(z.safeParse(ChatChunk, chunk).error).toBeUndefined();
			}),
		);
	});
});

const USAGE = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };

describe("a text completion", () => {
	const identity = { id: CHAT_ID, created: NOW / 1000, model: "darkroom" };

	it("says the same streamed and whole", () => {
		fc.assert(
			fc.property(anyText(32_000), fc.boolean(), (text, includeUsage) => {
				const frames = toTextFrames(identity, text, includeUsage ? USAGE : null);
				expect(contentOf(frames)).toBe(toTextCompletion(identity, text, USAGE).choices[0]?.message.content);
				expect(frames.at(-1)).toEqual({ data: "[DONE]" });
				expect(readChunks(frames).filter(({ usage }) => usage !== undefined)).toHaveLength(includeUsage ? 1 : 0);
				expect(readChunks(frames).filter(({ choices }) => choices[0]?.finish_reason === "stop")).toHaveLength(1);
			}),
		);
	});

	it("has all fields of a completion, in each of its chunks", () => {
		const usage = USAGE;
		const same = { id: CHAT_ID, created: NOW / 1000, model: "darkroom" };
		const whole = { index: 0, message: { role: "assistant", content: "Hello", refusal: null } };
		expect(toTextCompletion(identity, "Hello", usage)).toEqual({
			...same,
			object: "chat.completion",
			choices: [{ ...whole, finish_reason: "stop", logprobs: null }],
			usage,
		});
		const chunk = (delta: object, finish_reason: string | null = null) => ({
			...same,
			object: "chat.completion.chunk",
			choices: [{ index: 0, delta, finish_reason, logprobs: null }],
		});
		expect(toTextFrames(identity, "Hello", usage)).toEqual([
			{ data: chunk({ role: "assistant", content: "" }) },
			{ data: chunk({ content: "Hello" }) },
			{ data: chunk({}, "stop") },
			{ data: { ...same, object: "chat.completion.chunk", choices: [], usage } },
			{ data: "[DONE]" },
		]);
	});

	it("names the request in the place of a job, and the client's model", () => {
		const rendering = { api: "chat", model: "dall-e-3", includeUsage: true, responseFormat: "url" } as const;
		const identity = { requestId: "req_1", createdSeconds: 7, said: "hi", rendering };
		const whole = chatText.toBody(identity, "Hello");
		expect(whole).toMatchObject({ id: "chatcmpl-req_1", created: 7, model: "dall-e-3" });
		const chunks = readChunks(chatText.toFrames(identity, "Hello"));
		for (const chunk of chunks) expect(chunk).toMatchObject({ id: "chatcmpl-req_1", created: 7, model: "dall-e-3" });
		expect(chunks.some(({ usage }) => usage !== undefined)).toBe(true);
	});

	it("is what its schema says, and has no numbers to resume by", () => {
		const text = toTextCompletion(identity, "Hello", USAGE);
		expect(z.safeParse(ChatCompletion, text).error).toBeUndefined();
		for (const chunk of readChunks(toTextFrames(identity, "Hello", USAGE))) {
			expect(z.safeParse(ChatChunk, chunk).error).toBeUndefined();
			expect(chunk).not.toHaveProperty("sequence_number");
		}
	});
});

describe("a call of a function", () => {
	const identity = { id: "chatcmpl-req_1", created: NOW / 1000, model: "darkroom" };
	const named = { id: "call_req_1", type: "function" };
	const args = '{"title":"A red fox"}';

	it("is a completion without content", () => {
		const whole = toTextCompletion(identity, args, USAGE, "set_title");
		const call = { ...named, function: { name: "set_title", arguments: args } };
		expect(whole.choices).toEqual([
			{
				index: 0,
				message: { role: "assistant", content: null, refusal: null, tool_calls: [call] },
				finish_reason: "tool_calls",
				logprobs: null,
			},
		]);
		expect(z.safeParse(ChatCompletion, whole).error).toBeUndefined();
	});

	it("is streamed in pieces of its arguments", () => {
		const chunks = readChunks(toTextFrames(identity, args, null, "set_title"));
		expect(chunks.map(({ choices }) => choices[0]?.delta)).toEqual([
			{
				role: "assistant",
				content: null,
				tool_calls: [{ index: 0, ...named, function: { name: "set_title", arguments: "" } }],
			},
			{ tool_calls: [{ index: 0, function: { arguments: args } }] },
			{},
		]);
		expect(chunks.map(({ choices }) => choices[0]?.finish_reason)).toEqual([null, null, "tool_calls"]);
		for (const chunk of chunks) expect(z.safeParse(ChatChunk, chunk).error).toBeUndefined();
	});

	it("is what an answer to its request is", () => {
		const rendering = { api: "chat", model: "darkroom", includeUsage: false, responseFormat: "url" } as const;
		const asked = { requestId: "req_1", createdSeconds: 7, said: "hi", rendering, call: "set_title" };
		expect(chatText.toBody(asked, args)).toMatchObject({ choices: [{ finish_reason: "tool_calls" }] });
		expect(JSON.stringify(chatText.toFrames(asked, args))).toContain('"name":"set_title"');
	});
});

describe("a whole completion", () => {
	it("is what its schema says, under the id of its job", () => {
		fc.assert(
			fc.property(anySuccess, (log) => {
				const completion = chatFormat.toBody(chatFormat.toId("1"), log);
				expect(z.safeParse(ChatCompletion, completion).error).toBeUndefined();
				expect(completion).toMatchObject({ id: CHAT_ID });
			}),
		);
	});

	it.each([
		[undefined, 0, 0],
		[2, 0, 0],
		[3, 3, 1_056],
	])("counts tokens for a job of version %s: %i and %i", (version, prompt_tokens, completion_tokens) => {
		const log = play([
			start({
				request: makeRequest({ prompt: "a red fox" }),
				rendering: { ...makeAccepted().rendering, includeUsage: true, ...(version === undefined ? {} : { version }) },
			}),
			submitted(),
			outputs(1),
			stored(0),
		]);
		const usage = { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
		expect(toChatCompletion(CHAT_ID, log).usage).toEqual(usage);
		expect(readChunks(renderChatLog(log)).find((chunk) => chunk.usage !== undefined)?.usage).toEqual(usage);
	});

	it("tells of black and lost pictures after the others", () => {
		const four = start({ request: makeRequest({ n: 4 }) });
		const log = play([four, submitted(), outputs(4, [1]), stored(0), stored(1), lostImage(2), lostImage(3)]);
		expect(toChatCompletion(CHAT_ID, log).choices[0]?.message.content).toBe(
			[
				'Generated image with prompt: "a red fox" and aspect ratio: 16:9',
				`![Generated Image](${urlOf(0)})`,
				`![Generated Image](${urlOf(1)})`,
				"The model's safety checker blacked out 1 picture.",
				"2 pictures could not be fetched from fal.",
			].join("\n\n"),
		);
	});
});

describe("an edit", () => {
	const zh = { language: "zh", version: 3, edits: "last" } as const;
	const logOf = (overrides: Parameters<typeof start>[0]) =>
		play([start({ request: makeEdit(), ...overrides }), submitted(), outputs(1), stored(0)]);
	const shown = (log: readonly LinkedEvent[]) => contentOf(renderChatLog(log));

	it("says whose picture it changed, instead of the headline of a new one", () => {
		const log = logOf({ rendering: rendering({ version: 3, edits: "last" }) });
		expect(shown(log)).toBe(`Edited your last picture: "make it blue"\n\n![Generated Image](${urlOf(0)})`);
		expect(toChatCompletion(CHAT_ID, log).choices[0]?.message.content).toBe(shown(log));
	});

	it("says so in Chinese, and which model drew in the place of the one that was asked", () => {
		const request = makeEdit({ prompt: "换成*夜晚*" });
		const log = logOf({ request, rendering: rendering(zh), drawnBy: "nano-banana-2" });
		expect(shown(log)).toBe(`已用 nano-banana-2 编辑上一张图片：“换成\\*夜晚\\*”\n\n![Generated Image](${urlOf(0)})`);
		expect(toChatCompletion(CHAT_ID, log).model).toBe("nano-banana-2");
	});

	it("tells of it as its first progress, behind the frame that opens the message", () => {
		const log = logOf({ rendering: rendering({ version: 3, edits: "attached" }) });
		const deltas = readChunks(renderChatLog(log)).map(({ choices }) => choices[0]?.delta);
		expect(deltas.slice(0, 2)).toEqual([
			{ role: "assistant", content: "" },
			{ reasoning_content: "Editing the attached picture\n" },
		]);
	});

	it("needs no word of whose picture it is from the log of a client that attached it", () => {
		expect(shown(logOf({ rendering: rendering({ version: 3 }) }))).toContain("Edited the attached picture");
	});
});

describe("a model that answers chats with pictures, as LobeChat marks it", () => {
	const log = (model: string) =>
		play([start({ rendering: rendering({ version: 3, model }) }), submitted(), outputs(2), stored(0), stored(1)]);

	it("has the pictures in the message, beside the Markdown", () => {
		const message = toChatCompletion(CHAT_ID, log("darkroom:image")).choices[0]?.message;
		expect(message).toMatchObject({
			images: [
				{ type: "image_url", image_url: { url: urlOf(0) } },
				{ type: "image_url", image_url: { url: urlOf(1) } },
			],
		});
		expect(message?.content).toContain(`![Generated Image](${urlOf(0)})`);
	});

	it("is the only one: other clients would show the pictures twice", () => {
		expect(toChatCompletion(CHAT_ID, log("darkroom")).choices[0]?.message).not.toHaveProperty("images");
	});
});
