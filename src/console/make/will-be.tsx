/** Says what the job would really make, and by which model. */

import { draft, model } from "./draft-state.ts";
import { quoted } from "./quote-state.ts";
import { isInPixels } from "./sizes.ts";
import { words } from "./words.ts";

export function WillBe() {
	const w = words();
	const { quote, isAsking } = quoted.value;
	if (quote === null || quote.size === null || draft.value === null) return null;
	const { size, aspect_ratio: ratio, model: drawer } = quote;
	const text = isInPixels(size)
		? w.willBe(size.replace("x", " × "))
		: size === "auto" && (ratio === null || ratio === "auto")
			? w.willBeAuto
			: w.willBeShape(size === "auto" ? (ratio ?? "") : size);
	const isOther = drawer !== null && drawer !== model.value?.canonical_slug;
	return (
		<span class={isAsking ? "make-asking" : ""}>
			{text}
			{isOther && `, ${w.drawnBy(drawer)}`}
		</span>
	);
}
