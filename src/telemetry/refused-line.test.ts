import { expect, it } from "vitest";
import { toRefusedLine } from "./refused-line.ts";

const ERROR = { message: "no red fox", type: "invalid_request_error", code: "invalid_value" } as const;
const REQUEST = {
	status: 400,
	method: "POST",
	route: "/v1/images/generations",
	account: "owner",
	key: "key_owner-Ab3Ab3Ab3Ab3",
	requestId: "r-1",
	ms: 2,
};
const METHODS = ["GET", "POST"];

it("says why a request was refused, and what was asked", () => {
	expect(toRefusedLine({ ...ERROR, param: "size" }, REQUEST, METHODS)).toEqual({
		event: "request.refused",
		status: 400,
		code: "invalid_value",
		param: "size",
		method: "POST",
		route: "/v1/images/generations",
		account: "owner",
		key: "key_owner-Ab3Ab3Ab3Ab3",
		requestId: "r-1",
		ms: 2,
	});
});

it.each([
	["no field", null, "GET", { param: null, method: "GET" }],
	["a field and a method that a client made up", "a red fox", "FOX", { param: "…", method: "other" }],
])("shows of %s what may be shown", (_, param, method, shown) => {
	expect(toRefusedLine({ ...ERROR, param }, { ...REQUEST, method }, METHODS)).toMatchObject(shown);
});
