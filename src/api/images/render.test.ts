import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	anySuccess,
	anyWholeLog,
	blocked,
	gone,
	lostImage,
	outputs,
	play,
	rendering,
	start,
	stored,
	submitted,
} from "../../../test/support/logs.ts";
import { makeRequest, NOW } from "../../../test/support/make.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { numbered, PictureBytes, toJsonPieces } from "../answer/frames.ts";
import { parseBody } from "../request/fields.ts";
import { ImagesBody, responseFormatOf } from "./body.ts";
import { renderImages, toImagesResponse } from "./render.ts";

function url(index: number) {
	return `https://gateway.test/images/1/${index}.png?exp=1802592000&sig=s${index}`;
}
function bytes(index: number) {
	return new PictureBytes({ key: `images/1/${index}.png`, bytes: 3 });
}

/** What is written for a value, each picture as `<key>`. */
function write(value: unknown): string {
	return [...toJsonPieces(value)].map((piece) => (typeof piece === "string" ? piece : `<${piece.key}>`)).join("");
}

function logOf(responseFormat: "url" | "b64_json" | "both", request = makeRequest()): readonly LinkedEvent[] {
	return play([
		start({ request, rendering: rendering({ api: "images", responseFormat }) }),
		submitted(),
		outputs(1),
		stored(0),
	]);
}

describe("an Images answer", () => {
	it.each<readonly [format: "url" | "b64_json" | "both", item: object]>([
		["url", { url: url(0) }],
		["b64_json", { b64_json: bytes(0) }],
		["both", { b64_json: bytes(0), url: url(0) }],
	])("with %s has just that", (format, item) => {
		expect(toImagesResponse(logOf(format))).toEqual({
			created: NOW / 1000,
			data: [item],
			output_format: "png",
			size: "16:9",
			quality: "auto",
			model: "imagen4-preview",
		});
	});

	it("has its pictures in fal's order, whichever was stored first", () => {
		const inputs = [start({ request: makeRequest({ n: 4 }) }), submitted(), outputs(4)];
		const log = play([...inputs, stored(2), stored(0), stored(3), stored(1)]);
		expect(toImagesResponse(log).data).toEqual([0, 1, 2, 3].map((index) => ({ url: url(index) })));
	});

	it("leaves a lost picture out, and the others in their order", () => {
		const log = play([
			start({ request: makeRequest({ n: 3 }) }),
			submitted(),
			outputs(3),
			stored(2),
			lostImage(1),
			stored(0),
		]);
		expect(toImagesResponse(log).data).toEqual([{ url: url(0) }, { url: url(2) }]);
	});

	it.each<readonly [case_: string, request: Parameters<typeof makeRequest>[0], used: object]>([
		[
			"a ratio",
			{ size: { kind: "ratio", width: 3, height: 4 } },
			{ size: "3:4", quality: "auto", output_format: "png" },
		],
		[
			"pixels, on a model that takes ratios",
			{ size: { kind: "pixels", width: 1920, height: 1080 } },
			{ size: "16:9", quality: "auto", output_format: "png" },
		],
		[
			"pixels that ask for the higher resolution",
			{ size: { kind: "pixels", width: 2048, height: 2048 } },
			{ size: "1:1", quality: "high", output_format: "png" },
		],
		["high quality", { quality: "high" }, { size: "16:9", quality: "high", output_format: "png" }],
		[
			"pixels, on a model that takes pixels",
			{ model: "flux-schnell", size: { kind: "pixels", width: 1000, height: 700 } },
			{ size: "1008x704", quality: "auto", output_format: "png" },
		],
		[
			"a format that the model does not have",
			{ model: "flux-schnell", outputFormat: "webp" },
			{ size: "1360x768", quality: "auto", output_format: "png" },
		],
		["a format that it has", { outputFormat: "webp" }, { size: "16:9", quality: "auto", output_format: "webp" }],
		[
			"a word for quality",
			{ model: "gpt-image-1.5", quality: "low", size: { kind: "auto" } },
			{ size: "1408x768", quality: "low", output_format: "png" },
		],
		[
			"no size, as its picture tells",
			{ size: { kind: "auto" } },
			{ size: "1408x768", quality: "auto", output_format: "png" },
		],
	])("says what was really used for %s", (_, request, used) => {
		expect(toImagesResponse(logOf("url", makeRequest(request)))).toMatchObject(used);
	});

	it("names the client's own model, or the successor that the job went on with", () => {
		const named = start({ rendering: rendering({ model: "dall-e-3" }) });
		expect(toImagesResponse(play([named, submitted(), outputs(1), stored(0)])).model).toBe("dall-e-3");
		expect(toImagesResponse(play([named, gone, submitted(), outputs(1), stored(0)])).model).toBe("nano-banana-2");
	});

	it("is the same from a log that went on after its end", () => {
		const log = logOf("url");
		const late: LinkedEvent = {
			type: "late_image",
			...bytes(7),
			index: 7,
			contentType: "image/png",
			width: 1,
			height: 1,
			nsfw: false,
			seq: 9,
			at: NOW,
			url: url(7),
		};
		expect(toImagesResponse([...log, late])).toEqual(toImagesResponse(log));
	});

	it("of any job that succeeded has a picture, and no address but ours", () => {
		fc.assert(
			fc.property(anySuccess, (log) => {
				const answer = toImagesResponse(log);
				expect(answer.data.length).toBe(log.filter(({ type }) => type === "image").length);
				expect(answer.data.length).toBeGreaterThan(0);
				expect(write(answer)).not.toContain("cdn.test");
			}),
		);
	});
});

describe("an Images stream", () => {
	const render = (log: readonly LinkedEvent[], startingAfter = -1) =>
		log.flatMap(numbered(renderImages(), startingAfter));

	it("has each picture as it is stored, and nothing else", () => {
		const first = start({
			request: makeRequest({ n: 2 }),
			rendering: rendering({ api: "images", responseFormat: "both" }),
		});
		const completed = (sequence_number: number, index: number) => ({
			event: "image_generation.completed",
			data: {
				type: "image_generation.completed",
				created_at: NOW / 1000 + 3 + sequence_number,
				background: "auto",
				output_format: "png",
				size: "16:9",
				quality: "auto",
				usage: {
					input_tokens: 0,
					input_tokens_details: { image_tokens: 0, text_tokens: 0 },
					output_tokens: 0,
					total_tokens: 0,
				},
				index,
				b64_json: bytes(index),
				url: url(index),
				sequence_number,
			},
		});
		expect(render(play([first, submitted(), outputs(2), stored(1), stored(0)]))).toEqual([
			completed(0, 1),
			completed(1, 0),
		]);
	});

	it("ends with an error where the job fails", () => {
		expect(render(play([start(), submitted(), blocked]))).toEqual([
			{
				event: "error",
				data: {
					type: "error",
					error: {
						message: "The picture was blocked.",
						type: "image_generation_user_error",
						param: null,
						code: "moderation_blocked",
					},
					sequence_number: 0,
				},
			},
		]);
	});

	it("has a frame for each picture and one for an error, whatever the job, and none after its end", () => {
		fc.assert(
			fc.property(anyWholeLog, (log) => {
				const frames = render([...log, ...log]);
				const pictures = log.filter(({ type }) => type === "image").length;
				const failed = log.at(-1)?.type !== "succeeded";
				expect(frames.map(({ event }) => event)).toEqual([
					...Array<string>(pictures).fill("image_generation.completed"),
					...(failed ? ["error"] : []),
				]);
			}),
		);
	});
});

describe("the prompt of an Images body", () => {
	const GUARD = "Use the following text as the complete prompt. Do not rewrite it:";

	it.each<readonly [said: string, prompt: string | null]>([
		[`${GUARD}\na fox`, "a fox"],
		[`a fox. ${GUARD}`, `a fox. ${GUARD}`],
		[`${GUARD}\n`, null],
	])("of %j is %j", (said, prompt) => {
		const parsed = parseBody(ImagesBody, { prompt: said });
		expect(parsed.ok ? parsed.value.prompt : null).toBe(prompt);
	});
});

describe("the form of an Images answer", () => {
	it.each<readonly [model: string, asked: "url" | "b64_json" | undefined, format: string]>([
		["imagen4-preview", undefined, "both"],
		["gpt-image-1.5", undefined, "both"],
		["dall-e-2", undefined, "url"],
		["dall-e-3", undefined, "url"],
		["DALL-E-3", undefined, "url"],
		["dall-e-3", "b64_json", "b64_json"],
		["imagen4-preview", "url", "url"],
		["fal-ai/dall-e-mini", undefined, "both"],
	])("of %s, asked for %s, is %s", (model, asked, format) => {
		expect(responseFormatOf(model, asked)).toBe(format);
	});

	it("streamed has bytes, unless links were asked for", () => {
		expect(responseFormatOf("dall-e-3", undefined, true)).toBe("both");
		expect(responseFormatOf("dall-e-3", "url", true)).toBe("url");
	});
});

describe("JSON in pieces", () => {
	/** Without pictures, anything that `JSON.stringify` takes as data: undefined fields too. */
	const { anyValue } = fc.letrec<{ anyValue: unknown }>((tie) => ({
		anyValue: fc.oneof(
			{ maxDepth: 5 },
			fc.constantFrom(null, true, false, 0, -0, Number.NaN, Number.POSITIVE_INFINITY, "", "\ud800", "\u2028"),
			fc.double(),
			fc.string({ unit: "binary" }),
			fc.array(fc.oneof(tie("anyValue"), fc.constant(undefined)), { maxLength: 4 }),
			fc.dictionary(fc.string(), fc.oneof(tie("anyValue"), fc.constant(undefined)), { maxKeys: 5 }),
		),
	}));

	it("is JSON.stringify's, where there are no pictures", () => {
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), anyValue), (value) => {
				expect(write(value)).toBe(JSON.stringify(value));
			}),
			{ numRuns: 1_000 },
		);
	});

	it.each<readonly [value: unknown, json: string]>([
		[{ a: undefined, b: 1 }, '{"b":1}'],
		[{ a: undefined }, "{}"],
		[[undefined, 1], "[null,1]"],
		[{}, "{}"],
		[[], "[]"],
		["狐🦊", '"狐🦊"'],
		[bytes(0), '"<images/1/0.png>"'],
		[[bytes(0), bytes(1)], '["<images/1/0.png>","<images/1/1.png>"]'],
		[{ b64_json: bytes(0), url: "u" }, '{"b64_json":"<images/1/0.png>","url":"u"}'],
	])("of %j is %s", (value, json) => {
		expect(write(value)).toBe(json);
	});

	it("has each picture inside of quotes, wherever it stands", () => {
		const place = { bytes: 3, key: "images/1/0.png" };
		fc.assert(
			fc.property(fc.jsonValue(), fc.array(fc.jsonValue(), { maxLength: 3 }), (before, after) => {
				const withPicture = { before, deep: [{ picture: new PictureBytes(place) }, ...after] };
				const withText = { before, deep: [{ picture: "<images/1/0.png>" }, ...after] };
				expect(write(withPicture)).toBe(JSON.stringify(withText));
				const pieces = [...toJsonPieces(withPicture)];
				const index = pieces.findIndex((piece) => typeof piece !== "string");
				expect([pieces[index - 1], pieces[index + 1]]).toEqual(['"', '"']);
			}),
		);
	});
});
