import { describe, expect, it } from "vitest";
import { readEarlierId, toTextId } from "./earlier-response.ts";

const JOB = "0123456789abcdef".repeat(4);
const REQUEST = "req_0123456789abcdef0123456789abcdef";

describe("the id of an earlier Response", () => {
	it.each([
		["a Response's", `resp_${JOB}`, "job", JOB],
		["a bare job's", JOB, "job", JOB],
		["that of text behind a Response", `resp_req_${JOB}_01234567`, "job", JOB],
		["that of text", `resp_${REQUEST}`, "text", null],
		["one of OpenAI's", "resp_68a1b2c3", "unknown", null],
		["a chat's", `chatcmpl-${JOB}`, "unknown", null],
		["none", "", "unknown", null],
	])("is %s: %s", (_, id, kind, job) => {
		expect(readEarlierId(id)).toEqual({ kind, job });
	});
});

describe("the id of an answer that is only text", () => {
	it("is the request's own without a Response before it", () => {
		expect(toTextId(REQUEST, undefined)).toBe(REQUEST);
		expect(toTextId(REQUEST, `resp_${REQUEST}`)).toBe(REQUEST);
		expect(toTextId(REQUEST, "resp_68a1b2c3")).toBe(REQUEST);
	});

	it("holds the job of the Response before it, over any number of such answers", () => {
		const once = toTextId(REQUEST, `resp_${JOB}`);
		expect(once).toBe(`req_${JOB}_01234567`);
		expect(toTextId(REQUEST, `resp_${once}`)).toBe(once);
	});
});
