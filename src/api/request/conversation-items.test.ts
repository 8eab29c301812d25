import { describe, expect, it } from "vitest";
import type { Json } from "../../json-value.ts";
import { conversationsOf, textOf, turnOf } from "./conversation-items.ts";

const LINK = "https://pictures.test/cat.png";
const PICTURE = { type: "image_url", image_url: { url: LINK } };

function user(content: Json) {
	return { role: "user", content };
}

describe("the user's last turn", () => {
	it.each<readonly [said: readonly Json[], turn: readonly number[]]>([
		[["a hen", "a fox"], [1]],
		[
			["a hen", "a fox", LINK],
			[1, 2],
		],
		[
			["a hen", LINK, "a fox", "16:9"],
			[1, 2, 3],
		],
		[
			["a fox", "\n16:9\n\n"],
			[0, 1],
		],
		[
			[" ", "a fox"],
			[0, 1],
		],
		[
			["a fox", ["16:9"]],
			[0, 1],
		],
		[
			["a fox", [{ type: "text", text: "16:9" }]],
			[0, 1],
		],
		// The schema refuses these.
		[["a fox", [{ type: "text", text: 7 }]], [1]],
		[["a fox", ["16:9", { type: "text", text: 7 }]], [1]],
		// A longer message says more than a picture or a size.
		[
			["a fox", "16:9".padEnd(4_000)],
			[0, 1],
		],
		[["a fox", "16:9".padEnd(4_001)], [1]],
		[
			["a fox", LINK.padEnd(4_000)],
			[0, 1],
		],
		[["a fox", LINK.padEnd(4_001)], [1]],
	])("of %.80j has the messages %j", (said, turn) => {
		expect(turnOf(said.map(user))).toEqual(turn);
	});

	it("has no message without the user's", () => {
		expect(turnOf([{ role: "assistant", content: "a fox" }])).toEqual([]);
	});
});

it("has all entries behind the user's last turn if there is none", () => {
	const reference = { type: "item_reference", id: "ig_1" };
	const [entries = []] = conversationsOf({ input: [reference, reference] });
	expect(entries.map(({ place }) => place)).toEqual(["behind", "behind"]);
});

describe("the words of a message", () => {
	it.each<readonly [content: Json, words: string]>([
		[[PICTURE, { type: "text", text: "a fox" }, PICTURE, "in snow"], "a fox\nin snow"],
		[[{ type: "text", text: 7 }], ""],
		[[{ text: "a fox" }], "a fox"],
		[[{ type: " Text ", text: "a fox" }], "a fox"],
		[[{ type: "text_ref", text: "a fox" }], ""],
		[[{ type: "reasoning_text", text: "a fox" }], ""],
		[[{ type: ["text"], text: "a fox" }], ""],
	])("of %j are %j", (content, words) => {
		expect(textOf(user(content))).toBe(words);
	});

	it("are none without one", () => {
		expect(textOf(undefined)).toBe("");
	});
});
