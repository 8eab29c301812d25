/** Says why a text is no JSON object. */

/** @property at null if the browser does not say, as for a text that ends too soon */
export interface FalFault {
	readonly isJson: boolean;
	readonly at: { readonly line: number; readonly column: number } | null;
}

export function faultOfFal(text: string): FalFault {
	try {
		JSON.parse(text);
		return { isJson: true, at: null };
	} catch (error) {
		return { isJson: false, at: placeIn(String(error)) };
	}
}

/** Chromium and Firefox name the place in these words. */
function placeIn(message: string): FalFault["at"] {
	const [, line, column] = /\bline (\d{1,6}) column (\d{1,6})/.exec(message) ?? [];
	return line === undefined ? null : { line: Number(line), column: Number(column) };
}
