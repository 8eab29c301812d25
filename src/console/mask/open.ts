/** Opens the mask editor, which is loaded when it is first wanted. */

import type { Reference } from "../make/references/reference.ts";

/**
 * Lets a person paint over a reference.
 * @param mask what was painted before: a PNG of the reference's size
 * @returns the mask that holds from now on: the one of before if the person cancels, and null if nothing is painted
 * @throws if the editor or the picture cannot be loaded
 */
export async function openMaskEditor(reference: Reference, mask: Blob | null): Promise<Blob | null> {
	const [{ editMask }, picture] = await Promise.all([import("./editor.tsx"), bytesOf(reference)]);
	return await editMask({ name: reference.name, picture, size: reference }, mask);
}

async function bytesOf({ source }: Reference): Promise<Blob> {
	if (source.kind === "file") return source.blob;
	if (source.kind === "link") throw new Error("The picture is on another host.");
	const response = await fetch(source.path, { credentials: "omit" });
	if (!response.ok) throw new Error(`The picture is answered with ${response.status}.`);
	return await response.blob();
}
