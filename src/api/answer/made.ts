/** Says what a picture really is: its pixels and its format, which only its bytes tell. */

import { type Rendering, type StoredImage, versionOf } from "../../core/events.ts";
import type { OutputFormat, Used } from "../../models/request.ts";
import { toRatioText } from "../../models/size.ts";

/** Describes the pictures as they were asked for, or as they came. A model may draw a format that nobody asked for. */
export type Made = Omit<Used, "outputFormat"> & { readonly outputFormat: OutputFormat | "gif" };

/** Maps media types to OpenAI's names for them. */
const FORMATS: ReadonlyMap<string, Made["outputFormat"]> = new Map([
	["image/png", "png"],
	["image/jpeg", "jpeg"],
	["image/webp", "webp"],
	["image/gif", "gif"],
]);

/** Returns the format that the bytes are in; null for one without a name in OpenAI's API. */
export function formatOf({ contentType }: Pick<StoredImage, "contentType">): Made["outputFormat"] | null {
	return FORMATS.get(contentType) ?? null;
}

type Known = Pick<StoredImage, "width" | "height" | "contentType">;

/** Returns what a stored picture says of the settings. In version 1 it only fills in a size that was left to the model. */
export function madeBy(used: Made, picture: Known, rendering: Pick<Rendering, "version">): Made {
	const { width, height } = picture;
	const isFirstVersion = versionOf(rendering) < 2;
	const outputFormat = isFirstVersion ? used.outputFormat : (formatOf(picture) ?? used.outputFormat);
	if (width === null || height === null) return { ...used, outputFormat };
	return {
		...used,
		outputFormat,
		size: isFirstVersion && used.size !== "auto" ? used.size : `${width}x${height}`,
		aspectRatio: used.aspectRatio === "auto" ? toRatioText(width, height) : used.aspectRatio,
	};
}
