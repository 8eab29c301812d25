/** Names the files of a ZIP by date, prompt and number, so that they sort by time and open on any system. */

export interface NamedPicture {
	/** In seconds since 1970. */
	readonly createdAt: number;
	readonly prompt: string;
	/** From 0. */
	readonly index: number;
	readonly contentType: string;
}

const MAX_WORDS_CHARS = 60;

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
	["image/png", "png"],
	["image/jpeg", "jpg"],
	["image/webp", "webp"],
	["image/gif", "gif"],
	["image/avif", "avif"],
	["image/svg+xml", "svg"],
]);

/** Returns a name for each picture; no two are the same, also where case does not count. */
export function toFileNames(pictures: readonly NamedPicture[]): readonly string[] {
	const taken = new Set<string>();
	return pictures.map((picture) => {
		const [stem, extension] = [stemOf(picture), EXTENSIONS.get(picture.contentType) ?? "bin"];
		let name = `${stem}.${extension}`;
		for (let copy = 2; taken.has(name.toLowerCase()); copy += 1) name = `${stem} (${copy}).${extension}`;
		taken.add(name.toLowerCase());
		return name;
	});
}

function stemOf({ createdAt, prompt, index }: NamedPicture): string {
	return [toStamp(new Date(createdAt * 1000)), toWords(prompt), String(index + 1)]
		.filter((part) => part !== "")
		.join("_");
}

/** Writes the local time as `2026-11-29_143205`. */
function toStamp(date: Date): string {
	const two = (value: number) => String(value).padStart(2, "0");
	const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
	return `${day}_${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}

/** Keeps the letters and digits of any script, with one hyphen between words. */
function toWords(prompt: string): string {
	const words = prompt.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
	const text = Array.from(words.join("-")).slice(0, MAX_WORDS_CHARS).join("");
	return text.endsWith("-") ? text.slice(0, -1) : text;
}
