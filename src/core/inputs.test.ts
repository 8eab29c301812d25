import { expect, it } from "vitest";
import { ofSlot } from "./inputs.ts";

it("names further slots alone, so that a job of one slot says what it always did", () => {
	expect(ofSlot(0)).toEqual({});
	expect(ofSlot(2)).toEqual({ slot: 2 });
});
