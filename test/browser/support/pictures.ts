/** Makes pictures for the composer, and reads what it holds. */

import { decode, encode } from "fast-png";
import type { Locator, Page } from "playwright-core";

export interface PictureFile {
	readonly name: string;
	readonly mimeType: string;
	readonly buffer: Buffer;
}

/** Makes a PNG of one colour. */
export function aPicture(
	name: string,
	width = 40,
	height = 30,
	colour: readonly number[] = [90, 140, 200],
): PictureFile {
	const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => colour[at % 3] ?? 0);
	const bytes = encode({ width, height, data, channels: 3, depth: 8 });
	return { name, mimeType: "image/png", buffer: Buffer.from(bytes) };
}

/** Makes a PNG that is as large as a mask may be, of two colours. */
export function aLargePicture(name: string): PictureFile {
	const side = 8_192;
	const bytes = encode({
		width: side,
		height: side,
		data: new Uint8Array((side * side) / 8).fill(0x5a),
		channels: 1,
		depth: 1,
	});
	return { name, mimeType: "image/png", buffer: Buffer.from(bytes) };
}

/** Chooses files as the dialog of the "Add pictures" button does. */
export async function chooseFiles(page: Page, files: readonly PictureFile[]): Promise<void> {
	const chooser = page.waitForEvent("filechooser");
	await page.getByRole("button", { name: "Add pictures" }).click();
	await (await chooser).setFiles([...files]);
}

/** The row of references. */
export function references(page: Page): Locator {
	return page.getByRole("region", { name: "Reference pictures" });
}

/** The tile of a reference. */
export function tile(page: Page, name: string): Locator {
	return references(page).getByRole("button", { name: new RegExp(`^${name}, \\d+ of \\d+$`) });
}

/** The names of the references, in their order, such as `a.png, 1 of 2`. */
export function tileNames(page: Page): Promise<readonly string[]> {
	return references(page)
		.getByRole("button", { name: /, \d+ of \d+$/ })
		.evaluateAll((tiles) => tiles.map((one) => one.getAttribute("aria-label") ?? ""));
}

/** Pastes or drops files somewhere, as a program or a folder brings them. */
export async function bring(
	page: Page,
	how: "paste" | "dragover" | "drop",
	{ files = [], text = "", link = "", at = "body" }: Brought,
): Promise<void> {
	const sent = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString("base64") }));
	await page.evaluate(
		([how, sent, text, link, at]) => {
			const data = new DataTransfer();
			for (const { name, mimeType, base64 } of sent) {
				const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
				data.items.add(new File([bytes], name, { type: mimeType }));
			}
			if (text !== "") data.setData("text/plain", text);
			if (link !== "") data.setData("text/uri-list", link);
			const options = { bubbles: true, cancelable: true };
			const event =
				how === "paste"
					? new ClipboardEvent(how, { ...options, clipboardData: data })
					: new DragEvent(how, { ...options, dataTransfer: data });
			document.querySelector(at)?.dispatchEvent(event);
		},
		[how, sent, text, link, at] as const,
	);
}

interface Brought {
	readonly files?: readonly PictureFile[];
	readonly text?: string;
	readonly link?: string;
	/** A selector. */
	readonly at?: string;
}

export interface Pixels {
	readonly width: number;
	readonly height: number;
	/** Of each pixel, row by row: 0 is transparent, 255 opaque. */
	readonly alphas: readonly number[];
}

/** Reads the transparency of a PNG. */
export function alphasOf(png: Uint8Array): Pixels {
	const { width, height, data, channels } = decode(png);
	const alphas = Array.from({ length: width * height }, (_, at) => (channels === 4 ? (data[at * 4 + 3] ?? 0) : 255));
	return { width, height, alphas };
}
