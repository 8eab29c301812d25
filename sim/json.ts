/** JSON text as a value nobody has vouched for; `undefined` when it is none. */
export function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
