import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FalStatus } from "../../core/fal-answers.ts";
import type { JobError } from "../../errors.ts";
import { CLOSE, PING, PONG, parseObjectMessage, parseWatcherMessage, type WatcherMessage } from "./protocol.ts";

describe("parseWatcherMessage", () => {
	it.each<WatcherMessage>([
		{ type: "status", status: { kind: "queued", position: 3 } },
		{ type: "status", status: { kind: "queued", position: null } },
		{ type: "status", status: { kind: "running", logs: [] } },
		{ type: "status", status: { kind: "running", logs: ["step 1", "狐"] } },
		{ type: "status", status: { kind: "completed" } },
		{ type: "status", status: { kind: "completed", error: { code: "upstream_failed", message: "it broke" } } },
		{
			type: "status",
			status: { kind: "completed", error: { code: "invalid_input", message: "too wide", param: "size" } },
		},
		{
			type: "status",
			status: { kind: "completed", error: { code: "upstream_failed", message: "it broke", free: true } },
		},
		{ type: "unfollowed" },
	])("reads %j", (message) => {
		expect(parseWatcherMessage(JSON.stringify(message))).toEqual(message);
	});

	it("reads every status as it was sent", () => {
		const someText = fc.string({ unit: "grapheme", maxLength: 5 });
		const error: fc.Arbitrary<JobError> = fc.record(
			{
				code: fc.constantFrom("upstream_failed", "invalid_input", "deadline_exceeded"),
				message: someText,
				param: someText,
				free: fc.constant(true),
			},
			{ requiredKeys: ["code", "message"] },
		);
		const status: fc.Arbitrary<FalStatus> = fc.oneof(
			fc.record({ kind: fc.constant("queued"), position: fc.option(fc.integer()) }),
			fc.record({ kind: fc.constant("running"), logs: fc.array(someText, { maxLength: 3 }) }),
			fc.record({ kind: fc.constant("completed"), error }, { requiredKeys: ["kind"] }),
		);
		fc.assert(
			fc.property(status, fc.option(fc.nat(), { nil: undefined }), (status, slot) => {
				const message: WatcherMessage = { type: "status", status, ...(slot === undefined ? {} : { slot }) };
				expect(parseWatcherMessage(JSON.stringify(message))).toEqual(message);
			}),
		);
	});

	it("leaves out fields that a newer Worker may send", () => {
		const text = '{"type":"status","status":{"kind":"completed","cost":1},"at":5}';
		expect(parseWatcherMessage(text)).toEqual({ type: "status", status: { kind: "completed" } });
	});

	it.each([
		"",
		"ping",
		"{",
		"null",
		"[]",
		'"unfollowed"',
		"{}",
		'{"type":"UNFOLLOWED"}',
		'{"type":"events","events":[]}',
		'{"type":"status"}',
		'{"type":"status","status":null}',
		'{"type":"status","status":{"kind":"lost"}}',
		'{"type":"status","status":{"kind":"queued"}}',
		'{"type":"status","status":{"kind":"queued","position":"3"}}',
		'{"type":"status","status":{"kind":"running"}}',
		'{"type":"status","status":{"kind":"running","logs":"a"}}',
		'{"type":"status","status":{"kind":"running","logs":[1]}}',
		'{"type":"status","status":{"kind":"completed","error":{}}}',
		'{"type":"status","status":{"kind":"completed","error":{"code":"no_such_code","message":"it broke"}}}',
		'{"type":"status","status":{"kind":"completed","error":{"code":"upstream_failed"}}}',
		'{"type":"status","status":{"kind":"completed","error":{"code":"upstream_failed","message":"","param":7}}}',
		'{"kind":"completed"}',
	])("refuses %s", (text) => {
		expect(parseWatcherMessage(text)).toBeNull();
	});

	it("never throws, whatever the text", () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
				expect(() => parseWatcherMessage(text)).not.toThrow();
			}),
		);
	});
});

describe("parseObjectMessage", () => {
	it("takes an object at its word, events that it does not know among them", () => {
		const message = { type: "events", events: [{ type: "from_the_future", seq: 1, at: 1 }] };
		expect(parseObjectMessage(JSON.stringify(message))).toEqual(message);
	});
});

it("keeps connections alive by words that objects of other deploys understand", () => {
	expect([PING, PONG]).toEqual(["ping", "pong"]);
});

it("closes with codes that objects of other deploys understand", () => {
	expect(CLOSE).toEqual({ delivered: 1000, clientLeft: 4001, observerLeft: 4002, other: 4000 });
});
