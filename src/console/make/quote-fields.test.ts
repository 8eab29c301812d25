import { describe, expect, it } from "vitest";
import { makeDraft } from "../../../test/support/console-jobs.ts";
import { makeReference } from "../../../test/support/console-models.ts";
import { toQuoteBody } from "./quote-fields.ts";

describe("toQuoteBody", () => {
	it("asks for what the job would, but for its seed", () => {
		expect(toQuoteBody(makeDraft({ seed: 7 }))).toEqual({
			...{ prompt: "a fox", model: "flux-schnell", size: "1024x768", n: 1 },
		});
	});

	it("stands some words for none", () => {
		expect(toQuoteBody(makeDraft({ prompt: " " }))).toMatchObject({ prompt: "…" });
	});

	it("puts a tiny picture in place of each of its own", () => {
		const references = [makeReference("a"), makeReference("b")];
		const { image, mask } = toQuoteBody(makeDraft({ references, mask: { png: new Blob(), of: "a" } }));
		const PICTURE = expect.stringMatching(/^data:image\/png;base64,/);
		expect(image).toEqual([PICTURE, PICTURE]);
		expect(mask).toEqual(PICTURE);
	});
});
