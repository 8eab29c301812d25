import { describe, expect, it } from "vitest";
import { makeAccepted, makeRequest, NOW } from "../../../test/support/make.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { toInputItems } from "./input-items.ts";

const LOG: readonly LinkedEvent[] = [
	{ seq: 1, at: NOW, type: "accepted", ...makeAccepted({ request: makeRequest({ prompt: "a red fox" }) }) },
];

describe("toInputItems", () => {
	it.each([undefined, "msg_other"])("lists the user's message, after %s", (after) => {
		expect(toInputItems("ab12", LOG, after)).toEqual({
			object: "list",
			data: [
				{
					id: "msg_ab12",
					type: "message",
					role: "user",
					status: "completed",
					content: [{ type: "input_text", text: "a red fox" }],
				},
			],
			first_id: "msg_ab12",
			last_id: "msg_ab12",
			has_more: false,
		});
	});

	it("lists the words as they were written", () => {
		const accepted = makeAccepted();
		const rendering = { ...accepted.rendering, written: "a red fox, 16:9" };
		const log: readonly LinkedEvent[] = [{ seq: 1, at: NOW, type: "accepted", ...accepted, rendering }];
		expect(toInputItems("ab12", log).data[0]?.content).toEqual([{ type: "input_text", text: "a red fox, 16:9" }]);
	});

	it("lists nothing after the only message", () => {
		expect(toInputItems("ab12", LOG, "msg_ab12")).toEqual({
			object: "list",
			data: [],
			first_id: null,
			last_id: null,
			has_more: false,
		});
	});
});
