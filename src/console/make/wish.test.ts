import { describe, expect, it } from "vitest";
import { NO_CHOICES } from "./draft.ts";
import { beginEdit, chosenIn, endEdit, type Wish, withChoices } from "./wish.ts";

const WIDE: Wish = { choices: { ...NO_CHOICES, size: "16:9", n: 2 }, ofEdit: null };

describe("an edit of a picture", () => {
	it("has the picture's own size, whatever was chosen before", () => {
		expect(chosenIn(beginEdit(WIDE))).toEqual({ ...NO_CHOICES, size: null, n: 2 });
	});

	it("has the size that is chosen after it began, until the next one begins", () => {
		const tall = withChoices(beginEdit(WIDE), { size: "9:16" });
		expect(chosenIn(tall).size).toBe("9:16");
		expect(chosenIn(beginEdit(tall)).size).toBe(null);
	});

	it("gives the size of before back when it ends, and keeps what else was chosen", () => {
		const edit = withChoices(withChoices(beginEdit(WIDE), { size: "9:16", seed: 7 }), { n: 3 });
		expect(chosenIn(endEdit(edit))).toEqual({ ...NO_CHOICES, size: "16:9", seed: 7, n: 3 });
	});
});

it("takes choices of a picture that is drawn from words", () => {
	expect(chosenIn(withChoices(WIDE, { size: null, quality: "low" }))).toEqual({ ...NO_CHOICES, n: 2, quality: "low" });
});
