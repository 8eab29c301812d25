import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "../../../test/support/logs.ts";
import { NOW } from "../../../test/support/make.ts";
import { toTextResponse, toTextResponseFrames } from "./text.ts";

describe("a text Response", () => {
	it("says the same streamed and whole", () => {
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
