/** Cuts a part out of a prompt so that the rest reads as if the part was never there. */

const OPENING_BRACKETS = "([{（【《「<";
const CLOSING_BRACKETS = ")]}）】》」>";

/**
 * Cuts `start`–`end` out of the text. Also cuts the brackets around it, a 的 that ties it to a noun, one of the separators that
 * would meet at the cut, and the line if nothing else stands on it.
 */
export function cut(text: string, start: number, end: number): string {
	const [cutStart, cutEnd] = widen(text, start, end);
	const left = separatorBefore(text, cutStart);
	const right = separatorAfter(text, cutEnd);
	const [head, tail] = [text.slice(0, cutStart - left.length), text.slice(cutEnd + right.length)];
	const startsLine = head === "" || head.endsWith("\n");
	const endsLine = tail === "" || /^\r?\n/.test(tail);
	if (startsLine && endsLine) return head === "" ? tail.replace(/^\r?\n/, "") : head.replace(/\r?\n$/, "") + tail;
	if (startsLine || OPENING_BRACKETS.includes(head.slice(-1))) return head + tail;
	if (/^["”’」』]/.test(tail) && left.trim() !== "") return head + tail;
	if (endsLine) return head + (isStop(left) ? left : right).trimEnd() + tail;
	if (CLOSING_BRACKETS.includes(tail.slice(0, 1))) return head + tail;
	// The words behind a colon are gone, so the separator behind them goes, too.
	if (/[:：]$/.test(head)) return head + left + tail;
	return head + (weight(left) >= weight(right) ? left : right) + tail;
}

function widen(text: string, start: number, end: number): readonly [start: number, end: number] {
	const particle = /^ ?的(?![士确])/.exec(text.slice(end, end + 3));
	const widerEnd = particle ? end + particle[0].length : end;
	let [opening, closing] = [start - 1, widerEnd];
	while (isBlank(text[opening])) opening--;
	while (isBlank(text[closing])) closing++;
	const bracket = OPENING_BRACKETS.indexOf(text.charAt(opening) || " ");
	return bracket >= 0 && text.charAt(closing) === CLOSING_BRACKETS.charAt(bracket)
		? [opening, closing + 1]
		: [start, widerEnd];
}

function separatorBefore(text: string, end: number): string {
	let start = end;
	while (isBlank(text[start - 1])) start--;
	const isDash = DASHES.includes(text.charAt(start - 1) || " ") && (start < 2 || isSpace(text[start - 2]));
	if (isDash || /[,，、;；|.。!！?？]/.test(text.charAt(start - 1))) start--;
	while (isBlank(text[start - 1])) start--;
	return text.slice(start, end);
}

function separatorAfter(text: string, start: number): string {
	let end = start;
	while (isBlank(text[end])) end++;
	const isDash = DASHES.includes(text.charAt(end) || " ") && isSpace(text[end + 1]);
	if (isDash || /[,，、;；|.。!！?？:：]/.test(text.charAt(end))) end++;
	while (isBlank(text[end])) end++;
	return text.slice(start, end);
}

const DASHES = "-–—/";

function isSpace(char: string | undefined): boolean {
	return isBlank(char) || char === "\n";
}

function isBlank(char: string | undefined): boolean {
	return char === " " || char === "\t" || char === "\u3000";
}

function isStop(separator: string): boolean {
	return /[.。!！?？]/.test(separator);
}

/** Ranks separators: a stop outranks a comma, and a comma outranks a space. */
function weight(separator: string): number {
	return isStop(separator) ? 3 : separator.trim() !== "" ? 2 : separator.length > 0 ? 1 : 0;
}
