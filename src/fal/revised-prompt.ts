/** Finds the prompt that a model says it drew, in a result. */
import { isJsonObject, type JsonObject } from "../json-value.ts";
import { withoutSecrets } from "../scrub.ts";
import { clip } from "../text.ts";

/** A prompt is kept in a row of the log. In UTF-16 units. */
const MAX_REVISED_CHARS = 8_000;

/** The names of it, the sure ones first. `prompt` is most models' echo of what was sent. */
const NAMES = ["revised_prompt", "actual_prompt", "prompt"] as const;

/** Returns the prompt that a result names, which may be the one that was sent; null if it names none. */
export function findRevisedPrompt(body: unknown, secrets: readonly string[]): string | null {
	if (!isJsonObject(body)) return null;
	const pictures = Array.isArray(body.images) ? body.images[0] : body.image;
	for (const holder of [body, pictures]) {
		const prompt = isJsonObject(holder) ? promptIn(holder) : null;
		if (prompt !== null) return withoutSecrets(clip(prompt, MAX_REVISED_CHARS).toWellFormed(), secrets);
	}
	return null;
}

function promptIn(fields: JsonObject): string | null {
	for (const name of NAMES) {
		const value = fields[name];
		if (typeof value === "string" && value.trim() !== "") return value;
	}
	return null;
}
