/** Writes lines of CSV, as RFC 4180 says, for people who open them in a spreadsheet. */

/** Cells that a spreadsheet would read as a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

export function toCsvLine(cells: readonly (string | number | null)[]): string {
	return `${cells.map(toCell).join(",")}\r\n`;
}

/** An absent value is an empty cell: `join` writes null as nothing. */
function toCell(value: string | number | null): string | number | null {
	if (typeof value !== "string") return value;
	// An apostrophe makes a spreadsheet read a text, and nothing else.
	const text = FORMULA.test(value) ? `'${value}` : value;
	return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
