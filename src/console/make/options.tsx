/** The button that says which of the rarer settings are set, and opens their panel. */

import { Icon } from "../parts/icons.tsx";
import { type Choice, type Choices, MORE_CHOICES } from "./draft.ts";
import { choices } from "./draft-state.ts";
import type { Operation } from "./operation.ts";
import { Popup } from "./popup.tsx";
import { words } from "./words.ts";

interface OptionsProps {
	readonly operation: Operation;
	/** Messages of the API about a setting in here. */
	readonly errors: Readonly<Partial<Record<Choice, string>>>;
}

export function Options({ operation, errors }: OptionsProps) {
	const w = words();
	const set = summaryOf(choices.value, w);
	return (
		<Popup
			name={w.moreLabel(set.join(", "))}
			title={w.more}
			class={set.length > 0 ? "make-set" : ""}
			isWrong={MORE_CHOICES.some((choice) => errors[choice] !== undefined)}
			face={
				<>
					<Icon name="settings" size={18} />
					{set.length > 0 && <span class="make-word">{set.join(" · ")}</span>}
				</>
			}
		>
			{({ OptionsPanel }) => <OptionsPanel operation={operation} errors={errors} />}
		</Popup>
	);
}

function summaryOf(
	{ quality, outputFormat, background, seed, negativePrompt, inputFidelity, fal }: Choices,
	w: ReturnType<typeof words>,
): readonly string[] {
	return [
		...(quality === null ? [] : [w.qualities[quality] ?? quality]),
		...(outputFormat === null ? [] : [outputFormat.toUpperCase()]),
		...(background === null ? [] : [w.backgrounds[background] ?? background]),
		...(seed === null ? [] : [`${w.seed} ${seed}`]),
		...(inputFidelity === null ? [] : [w.fidelity(w.qualities[inputFidelity] ?? inputFidelity)]),
		...(negativePrompt === null ? [] : [w.negativePrompt]),
		...(fal === null ? [] : [w.furtherInputs]),
	];
}
