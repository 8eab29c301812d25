/** Reads the model's own inputs as somebody types them: a JSON object. */

import { isJsonObject, type Json, type JsonObject } from "../../json-value.ts";

/** Reads an empty text as no inputs. Null: it is no JSON object. */
export function parseFal(text: string): JsonObject | null {
	if (text.trim() === "") return {};
	try {
		const value: Json = JSON.parse(text);
		return isJsonObject(value) ? value : null;
	} catch {
		return null;
	}
}
