import { expect, it } from "vitest";
import { interleaved } from "./interleaved.ts";

it("measures each contestant once a round, in alternating order", async () => {
	const order: string[] = [];
	const contestant = (name: string) => async () => order.push(name);
	expect(await interleaved(3, { a: contestant("a"), b: contestant("b") })).toEqual({ a: [1, 4, 5], b: [2, 3, 6] });
	expect(order.join("")).toBe("abbaab");
});
