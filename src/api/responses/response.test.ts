import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
	anyLog,
	blocked,
	cancel,
	cancelAnswered,
	lostImage,
	outputs,
	play,
	rendering,
	running,
	stored,
	submitted,
} from "../../../test/support/logs.ts";
import { EARLIER_JOB, makeEdit, makeRequest, NOW } from "../../../test/support/make.ts";
import { writeWithKeys } from "../../../test/support/pictures.ts";
import { eventsOf, RESPONSE_ID, startResponse } from "../../../test/support/response-stream.ts";
import type { Rendering } from "../../core/events.ts";
import type { Input } from "../../core/inputs.ts";
import { PictureBytes } from "../answer/frames.ts";
import { toResponse, toResponseId } from "./response.ts";
import { ResponseAnswer } from "./schema.ts";

describe("toResponse", () => {
	const log = play([startResponse(), submitted(), running(), outputs(1), stored(0), lostImage(1)]);
	const asOf = (count: number) => toResponse(RESPONSE_ID, log.slice(0, count));

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

	it("says that it runs in the background if it does", () => {
		const inBackground = startResponse({ rendering: rendering({ api: "responses", background: true }) });
		expect(toResponse(RESPONSE_ID, play([inBackground])).background).toBe(true);
	});

	it.each<readonly [case_: string, asked: Partial<Rendering>, echoed: object]>([
		["the defaults of a request that says nothing", {}, { store: true, metadata: {} }],
		["the request's own words", { store: false, metadata: { order: "7" } }, { store: false, metadata: { order: "7" } }],
	])("echoes %s, from its first event to its end", (_, asked, echoed) => {
		const asking = startResponse({ rendering: rendering({ api: "responses", ...asked }) });
		const events = eventsOf(play([asking, submitted(), running(), outputs(1), stored(0)]));
		const responses = events.flatMap(({ response }) => response ?? []);
		expect(responses.length).toBe(4);
		for (const response of responses) expect(response).toMatchObject(echoed);
	});

	it("names the error of a blocked picture in the Response and in its item", () => {
		const error = {
			code: "moderation_blocked",
			message: "The picture was blocked.",
			type: "image_generation_user_error",
			param: null,
		};
		const failed = toResponse(RESPONSE_ID, play([startResponse(), submitted(), running(), blocked]));
		expect(failed).toMatchObject({ status: "failed", error, output: [{ status: "failed", result: null, error }] });
	});

	it("stays cancelled, whatever comes late", () => {
		const cancelled = play([startResponse(), submitted(), cancel, cancelAnswered("accepted")]);
		const late = play([startResponse(), submitted(), cancel, cancelAnswered("accepted"), outputs(1), stored(0)]);
		expect(late.length).toBeGreaterThan(cancelled.length);
		expect(toResponse(RESPONSE_ID, late)).toEqual(toResponse(RESPONSE_ID, cancelled));
		expect(toResponse(RESPONSE_ID, late)).toMatchObject({
			status: "cancelled",
			output: [],
			error: { code: "cancelled" },
		});
	});

	it("names the size and the format of each picture by its bytes", () => {
		const webp = {
			type: "stored",
			image: { index: 0, key: "images/1/0.webp", contentType: "image/webp", bytes: 3 },
		} as const;
		const shaped = { ...webp, image: { ...webp.image, width: 640, height: 480 } };
		const shapeless = { ...webp, image: { ...webp.image, width: null, height: null } };
		const itemOf = (picture: Input) =>
			toResponse(RESPONSE_ID, play([startResponse(), submitted(), outputs(1), picture])).output[0];
		expect(itemOf(shaped)).toMatchObject({ size: "640x480", output_format: "webp" });
		expect(itemOf(shapeless)).toMatchObject({ size: "16:9", output_format: "webp" });
	});

	it("names the error of a lost picture in its item alone", () => {
		const two = startResponse({ request: makeRequest({ n: 2 }) });
		const response = toResponse(RESPONSE_ID, play([two, submitted(), outputs(2), lostImage(0), stored(1)]));
		expect(response).toMatchObject({
			status: "completed",
			error: null,
			output: [{ status: "failed", error: { code: "storing_failed" }, result: null }, { status: "completed" }],
		});
	});

	it("is what its schema says, at any moment of any job", () => {
		fc.assert(
			fc.property(anyLog, fc.nat(20), (log, length) => {
				const response = JSON.parse(writeWithKeys(toResponse(RESPONSE_ID, log.slice(0, 1 + length))));
				expect(z.safeParse(ResponseAnswer, response).error).toBeUndefined();
			}),
		);
	});

	it("throws for a log without a beginning", () => {
		expect(() => toResponse(RESPONSE_ID, [])).toThrow("accepted");
	});
});

it("toResponseId prefixes the object's id", () => {
	expect(toResponseId("0a")).toBe("resp_0a");
});

describe("an edit", () => {
	const log = (request = makeEdit(), more: Partial<Rendering> = {}) =>
		play([
			startResponse({
				request,
				rendering: rendering({ api: "responses", responseFormat: "both", version: 3, ...more }),
			}),
			submitted(),
			outputs(1),
			stored(0),
		]);
	const itemOf = (events: ReturnType<typeof log>) => toResponse(RESPONSE_ID, events).output[0];

	it("has an item as a generation has, but for its action", () => {
		const { action: made, ...generation } = { ...itemOf(log(makeRequest({ prompt: "make it blue" }))) };
		const { action: edited, ...edit } = { ...itemOf(log()) };
		expect([made, edited]).toEqual(["generate", "edit"]);
		expect(edit).toEqual(generation);
	});

	it("says which background was asked for", () => {
		expect(itemOf(log(makeEdit({ background: "opaque" })))).toMatchObject({ background: "opaque" });
	});

	it("echoes the Response that it goes on from", () => {
		const previousResponse = `resp_${EARLIER_JOB}`;
		expect(toResponse(RESPONSE_ID, log(makeEdit(), { previousResponse }))).toMatchObject({
			previous_response_id: previousResponse,
		});
		expect(toResponse(RESPONSE_ID, log())).toMatchObject({ previous_response_id: null });
	});

	it("is by the model that really draws", () => {
		const drawn = play([startResponse({ request: makeEdit(), drawnBy: "nano-banana-2" }), submitted()]);
		expect(toResponse(RESPONSE_ID, drawn).model).toBe("nano-banana-2");
	});
});
