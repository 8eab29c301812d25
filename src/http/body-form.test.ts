import { expect, it } from "vitest";
import { formOf } from "./body-form.ts";

const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";

it.each([
	["", JSON_TYPE, "empty"],
	[" \n", "", "empty"],
	["prompt=a+fox&n=1", FORM, "form"],
	["prompt=a+fox", JSON_TYPE, "form"],
	["images%5B%5D=x", "", "form"],
	['--x\r\nContent-Disposition: form-data; name="prompt"', "multipart/form-data; boundary=x", "multipart"],
	["--x\r\n", "", "multipart"],
	["{", "multipart/form-data", "multipart"],
	// curl's -d calls everything a form.
	['{"prompt":', FORM, "broken"],
	["a fox", "text/plain", "broken"],
	["<html>", "text/html", "broken"],
	["=", "", "broken"],
])("a body %j of type %j is %s", (text, type, form) => {
	expect(formOf(text, new Headers(type === "" ? {} : { "content-type": type }))).toBe(form);
});
