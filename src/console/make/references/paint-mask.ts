/** Opens the mask editor over the first reference, and sets the mask that comes of it. */

import { openMaskEditor } from "../../mask/open.ts";
import { toast } from "../../parts/toast.tsx";
import { chooseModel } from "../draft-state.ts";
import { addMade } from "./adding.ts";
import { maskingModel } from "./masking-model.ts";
import { mask, moveReference, references, setMask, takesMask } from "./store.ts";
import type { MadePicture } from "./transfer.ts";
import { words } from "./words.ts";

export async function paintMask(): Promise<void> {
	const [first] = references.value;
	if (first === undefined) return;
	try {
		const png = await openMaskEditor(first, mask.value?.png ?? null);
		if (references.value[0]?.id === first.id) setMask(png);
	} catch {
		toast(words().maskFailed);
	}
}

/** Takes a picture that a job made as the first reference, and opens the editor over it. Another model is chosen if the chosen one takes no mask. */
export async function editPart(picture: MadePicture): Promise<void> {
	const masking = takesMask.value ? null : maskingModel();
	if (masking !== null) {
		chooseModel(masking);
		toast(words().switched(masking.id));
	}
	const added = await addMade(picture);
	if (added === null) return;
	moveReference(added, 0);
	await paintMask();
}
