import type { RequestError } from "../../src/errors.ts";
import type { Result } from "../../src/result.ts";

/** Returns the field that an error blames: `-` if it blames none, the error's kind if it is no wrong value, `ok` if there is no error. */
export function blamed(result: Result<unknown, RequestError>): string {
	if (result.ok) return "ok";
	return result.error.kind === "invalid_value" ? (result.error.param ?? "-") : result.error.kind;
}
