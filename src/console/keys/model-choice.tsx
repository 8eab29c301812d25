/** Chooses the models that a key may use: all, or some of the list, or any other by its id. */

import { useState } from "preact/hooks";
import { Button } from "../parts/button.tsx";
import { TextField } from "../parts/field.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { words } from "./words.ts";

interface ModelChoiceProps {
	/** The models of the gateway. */
	readonly offered: readonly string[];
	/** None: all. */
	readonly chosen: readonly string[];
	readonly isAll: boolean;
	readonly error: string | null;
	readonly onChange: (chosen: { readonly isAll: boolean; readonly models: readonly string[] }) => void;
}

export function ModelChoice({ offered, chosen, isAll, error, onChange }: ModelChoiceProps) {
	const [typed, setTyped] = useState("");
	const w = words();
	const listed = [...new Set([...offered, ...chosen])];
	const setModels = (models: readonly string[]) => onChange({ isAll: false, models });
	const add = () => {
		const id = typed.trim();
		if (id !== "" && !chosen.includes(id)) setModels([...chosen, id]);
		setTyped("");
	};
	return (
		<fieldset class="keys-models">
			<legend class="field-label">{w.models}</legend>
			<Segmented
				label={w.models}
				value={isAll ? "all" : "some"}
				options={[
					{ value: "all", name: w.modelsAll },
					{ value: "some", name: w.modelsSome },
				]}
				onChoose={(value) => onChange({ isAll: value === "all", models: chosen })}
			/>
			{!isAll && (
				<>
					<div class="keys-models-list">
						{listed.map((id) => (
							<label key={id}>
								<input
									type="checkbox"
									checked={chosen.includes(id)}
									onChange={({ currentTarget }) =>
										setModels(currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
									}
								/>
								<span>{id}</span>
							</label>
						))}
					</div>
					<div class="keys-line">
						<TextField
							label={w.modelById}
							placeholder="fal-ai/flux/krea"
							autoCapitalize="none"
							value={typed}
							onInput={setTyped}
							onKeyDown={(event) => {
								if (event.key !== "Enter") return;
								event.preventDefault();
								add();
							}}
						/>
						<Button icon="plus" onClick={add}>
							{w.add}
						</Button>
					</div>
				</>
			)}
			{error !== null && (
				<div class="field-error" role="alert">
					{error}
				</div>
			)}
		</fieldset>
	);
}
