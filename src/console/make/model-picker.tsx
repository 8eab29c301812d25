/** The button that says the chosen model, and opens its panel. */

import { Icon } from "../parts/icons.tsx";
import { model } from "./draft-state.ts";
import { modelsFailure } from "./models-state.ts";
import { Popup } from "./popup.tsx";
import { words } from "./words.ts";

export function ModelPicker({ error }: { readonly error: string | null }) {
	const w = words();
	const id = model.value?.id ?? (modelsFailure.value === null ? w.modelsLoading : w.model);
	return (
		<Popup
			name={w.modelLabel(id)}
			title={w.model}
			class="make-model"
			isWrong={error !== null || modelsFailure.value !== null}
			face={
				<>
					<span class="make-word">{id}</span>
					<Icon name="chevron-down" size={16} />
				</>
			}
		>
			{({ ModelPanel }, close) => <ModelPanel error={error} onDone={close} />}
		</Popup>
	);
}
