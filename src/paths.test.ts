import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endsOf, readingsOf, spelled } from "./paths.ts";

describe("readingsOf", () => {
	it.each([
		["/v1/models", ["/v1/models"]],
		["/v1/v1/models", ["/v1/models"]],
		["/v1/v1/v1/models", ["/v1/models"]],
		["//v1//models", ["/v1/models"]],
		["/models", ["/models", "/v1/models"]],
		["//models", ["/models", "/v1/models"]],
		["/v1/models/darkroom/", ["/v1/models/darkroom"]],
		["/models//", ["/models", "/v1/models"]],
		["/v1", ["/v1", "/v1/v1"]],
		["/v1/", ["/v1", "/v1/v1"]],
		["/v1x/models", ["/v1x/models", "/v1/v1x/models"]],
		["/", ["/", "/v1/"]],
		["/images/1/0.png", ["/images/1/0.png", "/v1/images/1/0.png"]],
		["/images/tasks/imgtask_1", ["/v1/images/tasks/imgtask_1"]],
		["//images//tasks/imgtask_1/", ["/v1/images/tasks/imgtask_1"]],
		["/images/generations/async", ["/v1/images/generations/async"]],
		["/images/edits/async", ["/v1/images/edits/async"]],
		["/images/tasks", ["/images/tasks", "/v1/images/tasks"]],
	])("reads %s as %j", (path, readings) => {
		expect(readingsOf(path)).toEqual(readings);
	});
});

describe("spelled", () => {
	it.each([
		["/V1/Images/Generations", "/v1/images/generations"],
		["/v1/models%20%0A%0D%09", "/v1/models"],
		["/v1/models%20x", "/v1/models%20x"],
	])("writes %s as %s", (path, plain) => {
		expect(spelled(path)).toBe(plain);
	});
});

describe("endsOf", () => {
	it.each([
		["/api/v1/models", ["/v1/api/v1/models", "/v1/v1/models", "/v1/models"]],
		["/v1/models", ["/v1/v1/models"]],
		["/", []],
	])("finds in %s the ends %j", (path, ends) => {
		expect(endsOf(path)).toEqual(ends);
	});

	it("stays within a bound, whatever the path", () => {
		fc.assert(
			fc.property(fc.webPath(), (path) => {
				expect(endsOf(path).length).toBeLessThanOrEqual(8);
			}),
		);
	});
});
