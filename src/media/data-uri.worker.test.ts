import { describe, expect, it } from "vitest";
import { decodeDataUri, isWithinBytes } from "./data-uri.ts";

function textOf(uri: string): string | null {
	const bytes = decodeDataUri(uri);
	return bytes === null ? null : new TextDecoder().decode(bytes);
}

describe("a data: address", () => {
	it.each<readonly [uri: string, text: string | null]>([
		["data:,hello", "hello"],
		["data:text/plain,a%20b%2Cc", "a b,c"],
		["data:text/plain,%E7%8B%90狐", "狐狐"],
		['data:image/svg+xml;utf8,<svg fill="#f00" width="100%"/>', '<svg fill="#f00" width="100%"/>'],
		["data:image/svg+xml,%3Csvg%20fill%3D%22%23f00%22/%3E", '<svg fill="#f00"/>'],
		["data:,100%", "100%"],
		["data:,%4", "%4"],
		["data:,%zz%41", "%zzA"],
		["data:;base64,aGVsbG8=", "hello"],
		["data:;base64,aGVsbG8", "hello"],
		["data:image/png;base64;charset=utf-8,aGVsbG8=", "hello"],
		["data:;base64x,aGVsbG8=", "aGVsbG8="],
		["DATA:text/plain; BASE64 ,aGVsbG8=", "hello"],
		["data:;base64,aGVs\nbG8=", "hello"],
		["data:;base64,aGVsbG8%3D", "hello"],
		["data:;base64,aGVsbG8=#fragment", "hello"],
		["data:;base64,fn5-fg", "~~~~"],
		["data:,", ""],
		["data:;base64,@@@@", null],
		["data:nonsense", null],
		["data:", null],
		["nonsense,", null],
		["", null],
	])("%s is %j", (uri, text) => {
		expect(textOf(uri)).toBe(text);
	});

	it("has bytes of any value", () => {
		const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
		const escaped = Array.from(all, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
		expect(decodeDataUri(`data:,${escaped}`)).toEqual(all);
		expect(decodeDataUri(`data:;base64,${all.toBase64()}`)).toEqual(all);
	});

	it("is known to be too long before it is decoded", () => {
		expect(isWithinBytes(`data:,${"%41".repeat(1000)}`, 1000)).toBe(true);
		expect(isWithinBytes(`data:,${"%4".repeat(10_000)}`, 1000)).toBe(false);
	});
});
