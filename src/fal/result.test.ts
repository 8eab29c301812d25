import { describe, expect, it } from "vitest";
import { BALANCE, json, picture, summaryOf } from "../../test/support/fal-answers.ts";
import { readResult } from "./result.ts";
import { readWebhook } from "./wire.ts";

describe("a result", () => {
	it.each<readonly [case_: string, body: unknown, outputs: readonly { url: string; nsfw: boolean }[]]>([
		["one picture", { images: [picture(0)] }, [{ ...picture(0), nsfw: false }]],
		[
			"null in every field but the address",
			{
				images: [{ ...picture(0), width: null, height: null, content_type: null, file_name: null, file_size: null }],
				description: null,
				seed: null,
				timings: null,
				has_nsfw_concepts: null,
			},
			[{ ...picture(0), nsfw: false }],
		],
		["a single `image`", { image: picture(0) }, [{ ...picture(0), nsfw: false }]],
		["`images` null and a single `image`", { images: null, image: picture(0) }, [{ ...picture(0), nsfw: false }]],
		["an unreadable `image` beside pictures", { images: [picture(0)], image: "x" }, [{ ...picture(0), nsfw: false }]],
		["`image` null beside pictures", { images: [picture(0)], image: null }, [{ ...picture(0), nsfw: false }]],
		[
			"blacked-out pictures",
			{ images: [picture(0), picture(1)], has_nsfw_concepts: [false, true] },
			[
				{ ...picture(0), nsfw: false },
				{ ...picture(1), nsfw: true },
			],
		],
		[
			"fewer flags than pictures",
			{ images: [picture(0), picture(1)], has_nsfw_concepts: [true] },
			[
				{ ...picture(0), nsfw: true },
				{ ...picture(1), nsfw: false },
			],
		],
		["null flags", { images: [picture(0)], has_nsfw_concepts: [null] }, [{ ...picture(0), nsfw: false }]],
		["flags of another form", { images: [picture(0)], has_nsfw_concepts: "no" }, [{ ...picture(0), nsfw: false }]],
		["numbers for flags", { images: [picture(0)], has_nsfw_concepts: [0] }, [{ ...picture(0), nsfw: false }]],
		[
			"one picture that cannot be read among others",
			{ images: [picture(0), { url: null }, null, picture(3)], has_nsfw_concepts: [false, false, false, true] },
			[
				{ ...picture(0), nsfw: false },
				{ ...picture(3), nsfw: true },
			],
		],
		[
			"a picture in the result itself",
			{ images: [{ url: "data:image/png;base64,AAAA" }] },
			[{ url: "data:image/png;base64,AAAA", nsfw: false }],
		],
	])("reads the outputs of a result with %s", (_, body, outputs) => {
		expect(readResult(200, json(body), null)).toEqual({ kind: "outputs", outputs });
		expect(readWebhook(json({ request_id: "r-1", status: "OK", payload: body }))).toEqual({
			requestId: "r-1",
			result: { kind: "outputs", outputs },
		});
	});

	it("reads the prompt that a model says it drew", () => {
		const body = { images: [picture(0)], revised_prompt: "a red fox in the snow" };
		const outputs = [{ ...picture(0), nsfw: false }];
		expect(readResult(200, json(body), null)).toEqual({ kind: "outputs", outputs, prompt: "a red fox in the snow" });
	});

	it.each([
		["Request is still in progress", "too_early"],
		["the job is in progress", "too_early"],
		["in_progress", "too_early"],
		["it waits in the queue", "too_early"],
		["it waits in queue", "too_early"],
		["IN_QUEUE", "too_early"],
		["still running", "too_early"],
		["still processing", "too_early"],
		["not ready", "too_early"],
		["not yet ready", "too_early"],
		["not complete", "too_early"],
		["not completed", "too_early"],
		["not finished", "too_early"],
		["not ready yet", "too_early"],
		["not ready: the prompt was flagged", "failure"],
		["not finished ; it was flagged", "failure"],
		["not completed because it was flagged", "failure"],
		["not completed due to a flag", "failure"],
		["not completed since it was flagged", "failure"],
		["The prompt 'a bridge, construction in progress' was flagged", "failure"],
		["Blocked: people waiting in the queue of a bank", "failure"],
		["I will not draw a crime in progress.", "failure"],
		["I cannot draw a crime in progress.", "failure"],
		["Model weights are not ready on this runner, giving up", "failure"],
		["Request is not in progress", "failure"],
		["Request is still in progress. It failed.", "failure"],
		["unready", "failure"],
		["no progress", "failure"],
	])("is too early for the words %j: %s", (detail, kind) => {
		expect(readResult(400, json({ detail }), null).kind).toBe(kind);
		// Of a list of details it is what a model says.
		expect(readResult(422, json({ detail: [{ msg: detail, type: "x" }] }), null).kind).toBe("failure");
	});

	it("keeps the words of what is too early", () => {
		const error = { code: "upstream_failed", message: "fal says: Request is still in progress" };
		const detail = "Request is still in progress";
		expect(readResult(400, json({ detail }), null)).toEqual({ kind: "too_early", error });
		expect(readResult(202, json({ status: "IN_QUEUE" }), null)).toEqual({ kind: "too_early" });
	});

	it("keeps at most 16 outputs", () => {
		const result = readResult(200, json({ images: Array.from({ length: 17 }, (_, index) => picture(index)) }), null);
		expect(result).toMatchObject({ kind: "outputs", outputs: { length: 16 } });
	});

	const item = (type: string, loc: readonly (string | number)[] = ["body"]) => ({
		detail: [{ loc, msg: "what fal says", type, url: "https://docs.fal.ai/errors", input: "a red fox" }],
	});

	it.each<readonly [case_: string, status: number, body: unknown, falErrorType: string | null, says: string]>([
		["no pictures at all", 200, { images: [] }, null, "failure no_media_generated"],
		["`images` null", 200, { images: null }, null, "failure no_media_generated"],
		["neither field", 200, { text: "hello" }, null, "failure no_media_generated"],
		["pictures without an address", 200, { images: [{ width: 1 }] }, null, "failure upstream_failed"],
		["an empty address", 200, { images: [{ url: "" }] }, null, "failure upstream_failed"],
		["pictures of another form", 200, { images: "none" }, null, "failure upstream_failed"],
		["a list of pictures", 200, [picture(0)], null, "outputs"],
		["a list of nothing", 200, [], null, "unavailable for minutes"],
		["a null body", 200, null, null, "unavailable for minutes"],
		["a blocked prompt", 422, item("content_policy_violation"), null, "failure moderation_blocked"],
		["no media", 422, item("no_media_generated"), null, "failure no_media_generated"],
		["validation", 422, item("greater_than", ["body", "num_images"]), null, "failure invalid_input"],
		["a 422 of plain words", 422, { detail: "no" }, null, "failure invalid_input"],
		["a 422 of another form", 422, "<html>", null, "failure invalid_input"],
		["an error of the model's", 500, item("internal_server_error"), null, "failure upstream_failed"],
		["an error that the header names", 500, {}, "internal_error", "failure upstream_failed"],
		["a failed runner", 503, { detail: "x", error_type: "runner_disconnected" }, null, "failure upstream_failed"],
		["a failed start", 504, { detail: "x", error_type: "startup_timeout" }, null, "failure upstream_failed"],
		[
			"a start that came too late",
			504,
			{ detail: "x", error_type: "request_timeout" },
			null,
			"failure deadline_exceeded",
		],
		["a downstream's 400", 400, item("downstream_service_error"), null, "failure upstream_failed"],
		[
			"an error type beside a null detail",
			500,
			{ detail: null, error_type: "internal_error" },
			null,
			"failure upstream_failed",
		],
		[
			"null in the detail's fields",
			500,
			{ detail: [{ loc: null, msg: null, type: null }] },
			null,
			"unavailable for minutes",
		],
		["a bare 500", 500, "", null, "unavailable for minutes"],
		["a gateway's 502", 502, "<html>", null, "unavailable for minutes"],
		["a gateway's 503", 503, { detail: "later" }, null, "unavailable for minutes"],
		["a gateway's 504", 504, "", null, "unavailable for minutes"],
		["too many requests", 429, { detail: "slow down" }, null, "unavailable for an_hour"],
		["a key that is no longer valid", 401, { detail: "invalid key credentials" }, null, "unavailable for an_hour"],
		["a locked account", 403, BALANCE, null, "unavailable for an_hour"],
		["a redirect", 302, "", null, "unavailable for minutes"],
		["nothing yet", 202, { status: "IN_PROGRESS" }, null, "too_early"],
		["work in progress", 400, { detail: "Request is still in progress" }, null, "too_early upstream_failed"],
		[
			"work in progress, in other letters",
			400,
			{ detail: "request is Still In Progress." },
			null,
			"too_early upstream_failed",
		],
		["another 400 with words", 400, { detail: "what?" }, null, "failure upstream_failed"],
		["a 400 without words", 400, "", null, "unavailable for minutes"],
		["an unknown request", 404, { status: "NOT_FOUND" }, null, "failure upstream_failed"],
		["an unknown request, in words", 404, { detail: "Request not found" }, null, "failure upstream_failed"],
		["the model's own 404", 404, item("file_download_error"), null, "failure upstream_failed"],
	])("reads %s (%i)", (_, status, body, falErrorType, says) => {
		expect(summaryOf(readResult(status, typeof body === "string" ? body : json(body), falErrorType))).toBe(says);
	});
});
