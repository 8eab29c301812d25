import { describe, expect, it } from "vitest";
import { parseQuery } from "./fields.ts";
import { ResumeQuery } from "./resume.ts";

const read = (query: string) => parseQuery(ResumeQuery, `https://gateway.test/v1/responses/resp_1${query}`);

describe("a query that resumes a stream", () => {
	it.each<readonly [query: string, value: object]>([
		["", {}],
		["?stream=true", { stream: "true" }],
		["?stream=", { stream: "" }],
		["?stream=1&stream=true", { stream: "1" }],
		["?starting_after=-1", { starting_after: -1 }],
		["?starting_after=0", { starting_after: 0 }],
		["?starting_after=999999999", { starting_after: 999_999_999 }],
		["?starting_after=7&starting_after=x", { starting_after: 7 }],
		["?include%5B%5D=x&other=1", {}],
	])("is read from %j", (query, value) => {
		expect(read(query)).toEqual({ ok: true, value });
	});

	it.each([
		["", "type"],
		["-2", "too_small"],
		["-0", "type"],
		["1.5", "type"],
		["1e3", "type"],
		["x", "type"],
		["null", "type"],
		["1 ", "type"],
		["1000000000", "too_large"],
		["９", "type"],
	])("is refused for starting_after=%j: %s", (after, is) => {
		expect(read(`?stream=true&starting_after=${encodeURIComponent(after)}`)).toMatchObject({
			ok: false,
			error: { kind: "invalid_value", param: "starting_after", fault: { is } },
		});
	});

	it("is refused for the first of two values", () => {
		expect(read("?starting_after=x&starting_after=7").ok).toBe(false);
	});
});
