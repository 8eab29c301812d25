import { expect, it } from "vitest";
import { streamOf } from "../../test/support/workerd/serving.ts";
import { readBeginning } from "./read-beginning.ts";

function text(words: string): Uint8Array {
	return new TextEncoder().encode(words);
}

it.each<[case_: string, chunks: Uint8Array[], read: { text: string; cut: boolean }]>([
	["nothing", [], { text: "", cut: false }],
	["less than the bound", [text("ab"), text("c")], { text: "abc", cut: false }],
	["just the bound", [text("abc"), text("de")], { text: "abcde", cut: false }],
	["more than the bound", [text("abc"), text("def")], { text: "abcde", cut: true }],
	["a chunk far beyond the bound", [text("abcdefghij")], { text: "abcde", cut: true }],
	["a letter that is cut in the middle", [text("abcd狐")], { text: "abcd", cut: true }],
	["a letter that comes in parts", [text("狐").subarray(0, 1), text("狐").subarray(1)], { text: "狐", cut: false }],
])("reads %s", async (_, chunks, read) => {
	expect(await readBeginning(streamOf(...chunks), 5)).toEqual(read);
});

it("reads no body as nothing", async () => {
	expect(await readBeginning(null, 5)).toEqual({ text: "", cut: false });
});

it("cancels what it does not read", async () => {
	let cancelled = false;
	const body = new ReadableStream<Uint8Array>({
		pull: (controller) => controller.enqueue(text("abc")),
		cancel: () => {
			cancelled = true;
		},
	});
	await readBeginning(body, 5);
	expect(cancelled).toBe(true);
});

it("rejects if the body breaks off", async () => {
	await expect(readBeginning(streamOf(text("a"), new Error("reset")), 5)).rejects.toThrow("reset");
});
