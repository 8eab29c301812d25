/** Reads what is dropped or pasted: files, or a picture of the gallery that was dragged. */

/** A picture that a job made. */
export interface MadePicture {
	readonly job: string;
	readonly index: number;
}

/** What the page needs of a `DataTransfer`. */
export interface Transfer {
	readonly files: readonly File[];
	/** `text/uri-list`; empty for none. */
	readonly links: string;
	/** `text/plain`; empty for none. */
	readonly text: string;
}

export type Brought =
	| { readonly kind: "files"; readonly files: readonly File[] }
	| { readonly kind: "made"; readonly picture: MadePicture }
	/** A picture of another page: its bytes are out of reach. */
	| { readonly kind: "foreign" }
	| { readonly kind: "nothing" };

const LINK_PATH = /^\/images\/([0-9a-f]{64})\/(\d{1,2})\.[a-z]{1,5}$/;

/** @param origin of the page */
export function readDropped({ files, links }: Transfer, origin: string): Brought {
	// A browser brings a dragged picture of the page as a file too, and that may be its thumbnail.
	const link = links.split(/[\r\n]/, 1)[0] ?? "";
	const picture = madePicture(link, origin);
	if (picture !== null) return { kind: "made", picture };
	if (files.length > 0) return { kind: "files", files };
	return { kind: /^https?:/.test(link) ? "foreign" : "nothing" };
}

/**
 * Programs copy a table or a text with a picture of it beside: in a field, the text is meant.
 * @param isField true if the text could go where the cursor is
 */
export function readPasted({ files, text }: Transfer, isField: boolean): Brought {
	return files.length === 0 || (isField && text !== "") ? { kind: "nothing" } : { kind: "files", files };
}

/** Reads the link of a picture or of its thumbnail; null for any other. */
export function madePicture(link: string, origin: string): MadePicture | null {
	if (!URL.canParse(link)) return null;
	const url = new URL(link);
	const [, job, index] = LINK_PATH.exec(url.pathname) ?? [];
	return url.origin === origin && job !== undefined ? { job, index: Number(index) } : null;
}
