/** Tells from its first bytes if the API takes a picture as it is. Its name and its type may be wrong. */

/** A beginning of a file, in which `?` is any byte. */
const TAKEN: readonly (readonly [type: string, beginning: string])[] = [
	["image/png", "\x89PNG\r\n\x1a\n????IHDR"],
	["image/jpeg", "\xff\xd8\xff"],
	["image/webp", "RIFF????WEBP"],
];

/** As many bytes as the beginnings look at. */
export const KIND_BYTES = 16;

/** Returns the type of a picture that the API takes; null for all else. */
export function kindOf(head: Uint8Array): string | null {
	const text = String.fromCharCode(...head.subarray(0, KIND_BYTES));
	const [type] = TAKEN.find(([, beginning]) => fits(text, beginning)) ?? [];
	return type ?? null;
}

function fits(text: string, beginning: string): boolean {
	return [...beginning].every((byte, at) => byte === "?" || byte === text[at]);
}

/** True for the type of a file that is something else than a picture. An unknown one is none. */
export function isOtherType(type: string): boolean {
	return /^(?:text|audio|video|application)\//.test(type) && type !== "application/octet-stream";
}
