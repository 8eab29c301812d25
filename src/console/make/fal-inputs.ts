/** Reads the further inputs of a model as somebody types them: a JSON object. */

import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";
import { err, ok, type Result } from "../../result.ts";

/** Why a text is no JSON object. */
export type FalFault =
	/** @property at null if the browser does not say, as for a text that ends too soon */
	| { readonly is: "no_json"; readonly at: { readonly line: number; readonly column: number } | null }
	| { readonly is: "no_object" };

/** Reads an empty text as no inputs. */
export function parseFal(text: string): Result<JsonObject, FalFault> {
	if (text.trim() === "") return ok({});
	try {
		const value: Json = JSON.parse(text);
		return isJsonObject(value) ? ok(value) : err({ is: "no_object" });
	} catch (error) {
		return err({ is: "no_json", at: placeIn(String(error)) });
	}
}

/** Chromium and Firefox name the place in these words. */
function placeIn(message: string): { readonly line: number; readonly column: number } | null {
	const [, line, column] = /\bline (\d{1,6}) column (\d{1,6})/.exec(message) ?? [];
	return line === undefined ? null : { line: Number(line), column: Number(column) };
}
