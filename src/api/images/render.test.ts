import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
	anyLog,
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
import { makeEdit, makeInput, makeRequest, NOW } from "../../../test/support/make.ts";
import { bytesOf, urlOf, writeWithKeys } from "../../../test/support/pictures.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { numbered } from "../answer/frames.ts";
import { imagesFormat, renderImages, toImagesResponse } from "./render.ts";
import { ImagesAnswer, ImagesEvent } from "./schema.ts";

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
		["url", { url: urlOf(0) }],
		["b64_json", { b64_json: bytesOf(0) }],
		["both", { b64_json: bytesOf(0), url: urlOf(0) }],
	])("has only the fields of response_format %s", (format, item) => {
		expect(toImagesResponse(logOf(format))).toEqual({
			created: NOW / 1000,
			data: [item],
			output_format: "png",
			size: "16:9",
			quality: "auto",
			model: "imagen4-preview",
		});
	});

	it("says in version 2 what was made: its pixels, and the format of its bytes", () => {
		const request = makeRequest({ outputFormat: "jpeg" });
		const log = play([
			start({ request, rendering: rendering({ api: "images", version: 2 }) }),
			submitted(),
			outputs(2),
			stored(0, 1408, 768),
			stored(1, 640, 480),
		]);
		expect(toImagesResponse(log)).toMatchObject({ size: "1408x768", output_format: "png" });
		const frames = log.flatMap(numbered(renderImages()));
		expect(frames.map(({ data }) => data)).toMatchObject([
			{ index: 0, size: "1408x768", output_format: "png" },
			{ index: 1, size: "640x480", output_format: "png" },
		]);
	});

	it("lists its pictures in fal's order, whichever was stored first", () => {
		const inputs = [start({ request: makeRequest({ n: 4 }) }), submitted(), outputs(4)];
		const log = play([...inputs, stored(2), stored(0), stored(3), stored(1)]);
		expect(toImagesResponse(log).data).toEqual([0, 1, 2, 3].map((index) => ({ url: urlOf(index) })));
	});

	it("leaves a lost picture out and keeps the order of the others", () => {
		const log = play([
			start({ request: makeRequest({ n: 3 }) }),
			submitted(),
			outputs(3),
			stored(2),
			lostImage(1),
			stored(0),
		]);
		expect(toImagesResponse(log).data).toEqual([{ url: urlOf(0) }, { url: urlOf(2) }]);
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

	it("ignores what a log says after its end", () => {
		const log = logOf("url");
		const late: LinkedEvent = {
			type: "late_image",
			...bytesOf(7),
			index: 7,
			contentType: "image/png",
			width: 1,
			height: 1,
			nsfw: false,
			seq: 9,
			at: NOW,
			url: urlOf(7),
		};
		expect(toImagesResponse([...log, late])).toEqual(toImagesResponse(log));
	});

	it("has every picture of any job that succeeded, and no address of fal's", () => {
		fc.assert(
			fc.property(anySuccess, (log) => {
				const answer = toImagesResponse(log);
				expect(answer.data.length).toBe(log.filter(({ type }) => type === "image").length);
				expect(answer.data.length).toBeGreaterThan(0);
				expect(writeWithKeys(answer)).not.toContain("cdn.test");
			}),
		);
	});
});

describe("an Images stream", () => {
	const render = (log: readonly LinkedEvent[], startingAfter = -1) =>
		log.flatMap(numbered(renderImages(), startingAfter));

	it("sends each picture as it is stored, and nothing else", () => {
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
				b64_json: bytesOf(index),
				url: urlOf(index),
				sequence_number,
			},
		});
		expect(render(play([first, submitted(), outputs(2), stored(1), stored(0)]))).toEqual([
			completed(0, 1),
			completed(1, 0),
		]);
	});

	it("ends with an error if the job fails", () => {
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

	it("sends a frame for each picture and one for an error, whatever the job, and none after its end", () => {
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

	it("is what its schema says", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				for (const { data } of render(log))
					expect(z.safeParse(ImagesEvent, JSON.parse(writeWithKeys(data))).error).toBeUndefined();
			}),
		);
	});
});

describe("imagesFormat", () => {
	it("shows the job's own id", () => {
		expect(imagesFormat.toId("1")).toBe("1");
	});

	it("renders a body that is what its schema says", () => {
		fc.assert(
			fc.property(anySuccess, (log) => {
				const body = JSON.parse(writeWithKeys(imagesFormat.toBody("1", log)));
				expect(z.safeParse(ImagesAnswer, body).error).toBeUndefined();
			}),
		);
	});

	it("ends a stream with an error in the place of a missing picture", () => {
		expect(imagesFormat.toMissing?.({ code: "storing_failed", message: "It is missing." })).toEqual({
			event: "error",
			data: {
				type: "error",
				error: { message: "It is missing.", type: "image_generation_error", param: null, code: "storing_failed" },
			},
		});
	});
});

describe("an edit", () => {
	const log = (request = makeEdit()) =>
		play([start({ request, rendering: rendering({ api: "images", version: 3 }) }), submitted(), outputs(1), stored(0)]);

	it("ends each picture of its stream with the event of edits", () => {
		const frames = log().flatMap(numbered(renderImages()));
		expect(frames.map(({ event }) => event)).toEqual(["image_edit.completed"]);
		expect(frames[0]?.data).toMatchObject({ type: "image_edit.completed", sequence_number: 0, background: "auto" });
	});

	it("says which background was asked for", () => {
		const transparent = log(makeEdit({ background: "transparent" }));
		expect(toImagesResponse(transparent)).toMatchObject({ background: "transparent" });
		expect(transparent.flatMap(numbered(renderImages()))[0]?.data).toMatchObject({ background: "transparent" });
		expect(toImagesResponse(log())).not.toHaveProperty("background");
	});

	it("that only has a mask over nothing is none", () => {
		const { source } = makeInput();
		const frames = log(makeRequest({ inputs: [{ role: "mask", source }] })).flatMap(numbered(renderImages()));
		expect(frames.map(({ event }) => event)).not.toContain("image_edit.completed");
	});
});
