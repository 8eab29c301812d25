import { describe, expect, it } from "vitest";
import { err, ok } from "../../src/result.ts";
import type { Called } from "./call.ts";
import { addressForm, cancelSample, falHeadersSample, statusSample, streamSamples, submitSample } from "./samples.ts";

const QUEUE = "https://queue.fal.run";

function answer(status: number, body: unknown, headers = {}): Called {
	return ok({ status, headers, body: JSON.stringify(body), bytes: new Uint8Array() });
}

describe("samples", () => {
	it("say how Darkroom reads a submit and a status, and name a status by its state", () => {
		const accepted = { request_id: "a", status_url: null, response_url: null, cancel_url: null };
		expect(submitSample("submit", answer(200, accepted), QUEUE)).toMatchObject({
			facts: { "Darkroom reads": "accepted" },
		});
		const gone = answer(404, { detail: 'Application "x" not found' });
		expect(submitSample("submit", gone, QUEUE)).toMatchObject({ facts: { "Darkroom reads": "gone" } });
		expect(statusSample(answer(202, { status: "IN_QUEUE" }))).toMatchObject({ case: "IN_QUEUE" });
		expect(statusSample(answer(200, { status: "PAUSED" }))).toMatchObject({
			case: "PAUSED",
			facts: { "Darkroom reads": "unreadable" },
		});
		expect(statusSample(answer(200, "?"))).toMatchObject({ case: "unreadable" });
	});

	it("name a cancel by its meaning, however soon the model was", () => {
		expect(cancelSample(answer(202, {})).case).toBe("in time");
		expect(cancelSample(answer(400, { status: "ALREADY_COMPLETED" }))).toMatchObject({
			case: "too late",
			facts: { "Darkroom reads": "already_completed" },
		});
	});

	it("have no facts if no answer came", () => {
		expect(statusSample(err("no answer"))).toEqual({ case: "status", answer: err("no answer") });
	});

	it("tell the kinds of fal's own headers", () => {
		const headers = {
			"x-fal-request-id": "A-1",
			"x-fal-billable-units": "1.5",
			"x-fal-error-type": "a_b",
			server: "x",
		};
		expect(falHeadersSample("result", answer(200, {}, headers)).facts).toEqual({
			"x-fal-request-id": "text",
			"x-fal-billable-units": "number",
			"x-fal-error-type": "a_b",
		});
	});

	it("tell each event of a stream, and its end", () => {
		const stream = {
			status: 200,
			headers: { "content-type": "text/event-stream; charset=utf-8" },
			events: ['{"status":"IN_QUEUE"}', '{"status":"COMPLETED"}'],
			fields: ["id"],
			comments: 1,
			end: "closed" as const,
		};
		expect(streamSamples(ok(stream))).toMatchObject([
			{ case: "IN_QUEUE" },
			{ case: "COMPLETED" },
			{
				case: "stream",
				facts: { "content-type": "text/event-stream", "fields beside data": "id", end: "closed after COMPLETED" },
				shown: { comments: "1" },
			},
		]);
		expect(streamSamples(err("no answer"))).toEqual([{ case: "stream", answer: err("no answer") }]);
	});
});

describe("addressForm", () => {
	it.each([
		[`${QUEUE}/fal-ai/flux/requests/abc/status`, "<queue>/fal-ai/flux/requests/<request>/status"],
		["https://elsewhere.example/fal-ai/flux/requests/abc", "on another origin"],
		["https://queue.fal.run.example/abc", "on another origin"],
		[undefined, "missing"],
	])("writes %s as %s", (address, form) => {
		expect(addressForm(address, QUEUE, "abc")).toBe(form);
	});
});
