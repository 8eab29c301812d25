/** Sorts the pictures of a request into the fields of the endpoint that draws it. */

import type { Fault } from "../faults.ts";
import { err, ok, type Result } from "../result.ts";
import type { Model } from "./catalogue/types.ts";
import type { InputPicture, InputRole } from "./request.ts";

/** Pictures whose addresses go into one field of fal's body. */
export interface Attachment {
	readonly field: string;
	/** The field is a list of addresses. False: it is the address of the only picture. */
	readonly isList: boolean;
	readonly pictures: readonly InputPicture[];
	/** The colour that paints in the mask that fal gets. Absent: the picture goes as it is. */
	readonly turnTo?: "white" | "black";
}

/** A fault of the pictures, and the role of those that have it. */
interface Misfit {
	readonly param: InputRole;
	readonly fault: Fault;
}

/** Refuses pictures that the endpoint does not take, too many of them, and none where it needs one. */
export function attach(model: Model, inputs: readonly InputPicture[]): Result<readonly Attachment[], Misfit> {
	const of = (wanted: InputRole) => inputs.filter(({ role }) => role === wanted);
	const [pictures, masks, markups] = [of("image"), of("mask"), of("markup")];
	const misfit =
		checkImages(model, pictures.length) ?? checkMask(model, masks.length) ?? checkMarkup(model, markups.length);
	if (misfit !== null) return err(misfit);
	const { images, mask } = model;
	const attachments: Attachment[] = [];
	if (images !== undefined && pictures.length > 0) {
		attachments.push({ field: images.field, isList: images.isList, pictures });
	}
	if (mask !== undefined && masks.length > 0) {
		const { field, polarity } = mask;
		attachments.push({ field, isList: false, pictures: masks, ...(polarity === "alpha" ? {} : { turnTo: polarity }) });
	}
	return ok(attachments);
}

function checkImages({ id, images }: Model, count: number): Misfit | null {
	const max = images?.max ?? 0;
	if (count > max) return { param: "image", fault: { is: "pictures_of_model", model: id, max } };
	return count === 0 && images?.required
		? { param: "image", fault: { is: "needs_picture", model: id, of: "image" } }
		: null;
}

function checkMask({ id, mask }: Model, count: number): Misfit | null {
	if (count > 1) return { param: "mask", fault: { is: "pictures_of_model", model: id, max: 1 } };
	if (count > 0 && mask === undefined)
		return { param: "mask", fault: { is: "role_of_model", model: id, role: "mask" } };
	return count === 0 && mask?.required
		? { param: "mask", fault: { is: "needs_picture", model: id, of: "mask" } }
		: null;
}

/** No endpoint of fal's takes a drawing that is laid over a picture. */
function checkMarkup({ id }: Model, count: number): Misfit | null {
	return count > 0 ? { param: "markup", fault: { is: "role_of_model", model: id, role: "markup" } } : null;
}
