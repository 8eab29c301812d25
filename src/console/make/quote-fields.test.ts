import { describe, expect, it } from "vitest";
import { makeDraft } from "../../../test/support/console-jobs.ts";
import { makeReference } from "../../../test/support/console-models.ts";
import { toQuoteBody } from "./quote-fields.ts";

describe("toQuoteBody", () => {
	it("asks for what the job would, but for its seed", () => {
		expect(toQuoteBody(makeDraft({ seed: 7, size: null }))).toEqual({ prompt: "a fox", model: "flux-schnell", n: 1 });
	});

	it("has the words only if they may say the size", () => {
		expect(toQuoteBody(makeDraft({ prompt: " ", size: null }))).toMatchObject({ prompt: "…" });
		expect(toQuoteBody(makeDraft({ prompt: "a fox", size: "16:9" }))).toMatchObject({ prompt: "…", size: "16:9" });
	});

	it("puts a tiny picture in place of each of its own", () => {
		const references = [makeReference("a"), makeReference("b")];
		const { image, mask } = toQuoteBody(makeDraft({ references, mask: { png: new Blob(), of: "a" } }));
		const PICTURE = expect.stringMatching(/^data:image\/png;base64,/);
		expect(image).toEqual([PICTURE, PICTURE]);
		expect(mask).toEqual(PICTURE);
	});
});
