/** Parses JSON to an unchecked value. `undefined` if the text is no JSON. */
export function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
