/** Checks that what is laid over a picture has its size. */

import type { Fault } from "../../faults.ts";
import { type InputPicture, sizeOfFirst, sizeOfInput } from "../../models/request.ts";

/** Returns the place of a mask or a drawing that has another size than the first picture. Sizes that are not known fit. */
export function faultOfSizes(
	inputs: readonly InputPicture[],
): { readonly at: number; readonly fault: Fault<"size_of_picture"> } | null {
	const first = sizeOfFirst({ inputs });
	if (first === null) return null;
	const at = inputs.findIndex((input) => {
		const size = input.role === "image" ? null : sizeOfInput(input);
		return size !== null && (size.width !== first.width || size.height !== first.height);
	});
	return at < 0 ? null : { at, fault: { is: "size_of_picture", ...first } };
}
