/** Says what the job would really make, and by which model. */

import type { Quote } from "../api/types.ts";
import { draft, model } from "./draft-state.ts";
import { isOtherShape, sizeToCome } from "./foretold.ts";
import { quoted } from "./quote-state.ts";
import { isInPixels, toTimes } from "./sizes.ts";
import { words } from "./words.ts";

export function WillBe() {
	const w = words();
	const { quote, isAsking } = quoted.value;
	if (quote === null || quote.size === null || draft.value === null) return null;
	const isOther = quote.model !== null && quote.model !== model.value?.canonical_slug;
	return (
		<span class={isAsking ? "make-asking" : ""} aria-busy={isAsking}>
			{described(quote)}
			{isOther && w.drawnBy(quote.model)}
			{isOtherShape(quote, draft.value) && <span class="make-limit"> · {w.otherShape}</span>}
		</span>
	);
}

function described(quote: Quote): string {
	const w = words();
	const size = sizeToCome(quote);
	if (size === null) return quote.operation === "edit" ? w.willBeInput : w.willBeAuto;
	return isInPixels(size) ? w.willBe(toTimes(size)) : w.willBeShape(size);
}
