/** Checks that what is laid over a picture has its size. */

import type { Fault } from "../../faults.ts";
import type { InputPicture } from "../../models/request.ts";

/** Returns the place of a mask or a drawing that has another size than the first picture. Sizes that are not known fit. */
export function faultOfSizes(
	inputs: readonly InputPicture[],
): { readonly at: number; readonly fault: Fault<"size_of_picture"> } | null {
	const first = sizeOf(inputs.find(({ role }) => role === "image"));
	if (first === null) return null;
	const at = inputs.findIndex((input) => {
		const size = input.role === "image" ? null : sizeOf(input);
		return size !== null && (size.width !== first.width || size.height !== first.height);
	});
	return at < 0 ? null : { at, fault: { is: "size_of_picture", ...first } };
}

function sizeOf(input: InputPicture | undefined): { readonly width: number; readonly height: number } | null {
	if (input === undefined || input.source.kind === "link") return null;
	const { width, height } = input.source;
	return width === null || height === null ? null : { width, height };
}
