/** Writes numbers as both languages of the console do. `Intl` does the same, but its first use takes longer than all else that a card draws. */

const GROUP = 3;

/** Writes `1234.5` as `1,234.5`. @param least so many digits stand behind the point at least @param most and so many at most */
export function toDigits(value: number, least: number, most: number): string {
	const [whole = "", digits = ""] = Math.abs(value).toFixed(most).split(".");
	let end = digits.length;
	while (end > least && digits[end - 1] === "0") end -= 1;
	const text = end === 0 ? grouped(whole) : `${grouped(whole)}.${digits.slice(0, end)}`;
	return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

function grouped(whole: string): string {
	const groups: string[] = [];
	for (let end = whole.length; end > 0; end -= GROUP) groups.unshift(whole.slice(Math.max(0, end - GROUP), end));
	return groups.join(",");
}
