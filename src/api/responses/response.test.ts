import { describe, expect, it } from "vitest";
import {
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
import { NOW } from "../../../test/support/make.ts";
import { eventsOf, RESPONSE_ID, startResponse } from "../../../test/support/response-stream.ts";
import type { Rendering } from "../../core/events.ts";
import { PictureBytes } from "../answer/frames.ts";
import { toResponse } from "./response.ts";

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
});
