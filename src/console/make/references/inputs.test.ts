import { expect, it } from "vitest";
import { linkOf } from "./inputs.ts";

const JOB = "ab".repeat(32);

it.each([
	["a client's", "https://elsewhere.example/icon-512.png", null],
	["a client's, to another gateway", `https://elsewhere.example/images/${JOB}/0.png?exp=1&sig=s`, null],
])("is a link: %s", (_, url, type) => {
	expect(linkOf({ url, content_type: type })).toBe(url);
});

it.each([
	["a picture of the gateway's", `https://gateway.example/inputs/${JOB}/0?exp=1&sig=s`, "image/png"],
	["one whose address is not known", null, null],
])("is no link: %s", (_, url, type) => {
	expect(linkOf({ url, content_type: type })).toBeNull();
});
