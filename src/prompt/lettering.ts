/** Hides what stands in quotes, so that the lettering of a picture is not read as its size. */

/** Each opening quote with the one that closes it. */
export const QUOTES: ReadonlyMap<string, string> = new Map([
	["“", "”"],
	["‘", "’"],
	["「", "」"],
	["『", "』"],
	["《", "》"],
	["«", "»"],
	['"', '"'],
	["'", "'"],
]);
const OPENING = new RegExp(`[${[...QUOTES.keys()].join("")}]`, "g");
const HAS_QUOTE = new RegExp(OPENING.source);
/** Longer quotations are no lettering, but prompts. */
const MAX_LETTERING_CHARS = 100;
/** So much of the text before a quotation tells the field that it is the value of. */
const FIELD_CHARS = 60;

const NAME = String.raw`["'“][\p{L}\w -]{1,40}["'”][ \t]{0,3}:`;
const IS_NAME = new RegExp(`^${NAME}`, "u");

/** Matches the text before the value of a field: `"aspect_ratio": `, `ratio=`, `比例为`, `prompt: `. */
const FIELD_BEFORE = new RegExp(
	[
		`${NAME}$`,
		String.raw`(?:prompt|description|ratio|size|aspect|dimensions?|resolution|format|\bar)[ \t]{0,3}[:=]$`,
		String.raw`(?:提示词|描述|要求|请画|帮我画|生成|绘制)[ \t]{0,3}:$`,
		String.raw`(?:比例|比率|高比|宽比|横比|尺寸|大小|分辨率|解析度|画幅)[ \t]{0,3}(?:[:=]|[为是])$`,
	].join("|"),
	"iu",
);
/** Matches an option of a service, which no lettering has. */
const OPTION = /(?<![\w-])(?:--|—|–)[a-z]/i;

/**
 * Returns the text with a `_` for each character of its lettering. Lettering is what stands in quotes on one line, but for the name
 * and the value of a field, for what holds an option, and for a quotation that is long or the whole text.
 * @param text In half-width and simplified
 */
export function hideLettering(text: string): string {
	const all = text.trim();
	return text
		.split("\n")
		.map((line) => (HAS_QUOTE.test(line) ? hideInLine(line, line.trim() === all) : line))
		.join("\n");
}

function hideInLine(line: string, isAll: boolean): string {
	const parts: string[] = [];
	/** The quotes that the rest of the line is without. */
	const missing = new Set<string>();
	let taken = 0;
	let past = 0;
	for (const { 0: opening, index: start } of line.matchAll(OPENING)) {
		const closing = QUOTES.get(opening) ?? "";
		if (start < past || missing.has(closing) || !opens(line, start)) continue;
		const end = endOf(line, start, closing);
		if (end === null) {
			missing.add(closing);
			continue;
		}
		if (isLettering(line, start, end, isAll)) {
			parts.push(line.slice(taken, start + 1), "_".repeat(end - start - 1));
			taken = end;
		}
		past = end + 1;
	}
	return parts.join("") + line.slice(taken);
}

/** False for the sign of inches, and for an apostrophe. */
function opens(line: string, start: number): boolean {
	if (!/["']/.test(line.charAt(start))) return true;
	return !/\w/.test(line.charAt(start - 1)) && !/\s/.test(line.charAt(start + 1));
}

/** Returns the place of the closing quote, which is no apostrophe. */
function endOf(line: string, start: number, closing: string): number | null {
	for (let end = line.indexOf(closing, start + 1); end >= 0; end = line.indexOf(closing, end + 1)) {
		if (!/['’]/.test(closing) || !/\w/.test(line.charAt(end + 1))) return end;
	}
	return null;
}

function isLettering(line: string, start: number, end: number, isAll: boolean): boolean {
	if (end - start - 1 > MAX_LETTERING_CHARS || OPTION.test(line.slice(start, end))) return false;
	if (IS_NAME.test(line.slice(start, end + FIELD_CHARS))) return false;
	if (isAll && line.slice(0, start).trim() === "" && line.slice(end + 1).trim() === "") return false;
	const before = line.slice(Math.max(0, start - FIELD_CHARS), start).trimEnd();
	return !/[:=为是]$/.test(before) || !FIELD_BEFORE.test(before);
}
