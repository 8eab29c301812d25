/** Says what the job would really make, and by which model. */

import type { Quote } from "../api/types.ts";
import { draft, model } from "./draft-state.ts";
import { quoted } from "./quote-state.ts";
import { isInPixels, toTimes } from "./sizes.ts";
import { words } from "./words.ts";

export function WillBe() {
	const w = words();
	const { quote, isAsking } = quoted.value;
	if (quote === null || quote.size === null || draft.value === null) return null;
	const isOther = quote.model !== null && quote.model !== model.value?.canonical_slug;
	return (
		<span class={isAsking ? "make-asking" : ""}>
			{sizeToCome(quote.size, quote)}
			{isOther && w.drawnBy(quote.model)}
		</span>
	);
}

function sizeToCome(size: string, { aspect_ratio: ratio, operation }: Quote): string {
	const w = words();
	if (isInPixels(size)) return w.willBe(toTimes(size));
	if (size !== "auto") return w.willBeShape(size);
	// The quote does not know the picture.
	if (operation === "edit") return w.willBeInput;
	return ratio === null || ratio === "auto" ? w.willBeAuto : w.willBeShape(ratio);
}
