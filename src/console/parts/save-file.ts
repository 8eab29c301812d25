/** Saves what the page has in its memory as a file. */

/** The browser reads the blob after the click, and some later than others. */
const READ_MS = 60_000;

export function saveFile(file: Blob, name: string): void {
	const url = URL.createObjectURL(file);
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), READ_MS);
}
