/** The settings that fewer people change: quality, format, background and seed. A model has only its own. */

import { IconButton } from "../parts/button.tsx";
import { TextField } from "../parts/field.tsx";
import { Icon } from "../parts/icons.tsx";
import { Segmented } from "../parts/segmented.tsx";
import type { Choice, Choices } from "./draft.ts";
import { choices, choose } from "./draft-state.ts";
import type { Operation } from "./operation.ts";
import { Popup } from "./popup.tsx";
import { words } from "./words.ts";

/** Of a new seed. Some models read 0 as none. */
const SEED_COUNT = 2 ** 31 - 1;

interface OptionsProps {
	readonly operation: Operation;
	/** Messages of the API about a setting in here. */
	readonly errors: Readonly<Partial<Record<Choice, string>>>;
}

export function Options({ operation, errors }: OptionsProps) {
	const w = words();
	const { qualities, output_formats: formats, backgrounds, supported_parameters: parameters } = operation;
	const takesSeed = parameters.includes("seed");
	const rows = [
		{ choice: "quality", label: w.quality, values: qualities, names: w.qualities },
		{ choice: "outputFormat", label: w.format, values: formats, names: {} },
		{ choice: "background", label: w.background, values: backgrounds, names: w.backgrounds },
	] as const;
	const shown = rows.filter(({ values }) => values.length > 0);
	if (shown.length === 0 && !takesSeed) return null;
	const set = summaryOf(choices.value, w);
	const isWrong = (["quality", "outputFormat", "background", "seed"] as const).some(
		(choice) => errors[choice] !== undefined,
	);
	return (
		<Popup
			name={w.moreLabel(set.join(", "))}
			title={w.more}
			class={set.length > 0 ? "make-set" : ""}
			isWrong={isWrong}
			face={
				<>
					<Icon name="settings" size={18} />
					{set.length > 0 && <span class="make-word">{set.join(" · ")}</span>}
				</>
			}
		>
			{() => (
				<>
					{shown.map(({ choice, label, values, names }) => (
						<div key={choice} class="make-level">
							<span class="field-label" aria-hidden="true">
								{label}
							</span>
							<Segmented
								label={label}
								value={choices.value[choice] ?? ""}
								options={["", ...values].map((value) => ({
									value,
									name:
										value === "" ? w.auto : ((names as Readonly<Record<string, string>>)[value] ?? value.toUpperCase()),
								}))}
								onChoose={(value) => choose({ [choice]: value || null })}
							/>
							{errors[choice] !== undefined && (
								<p class="field-error" role="alert">
									{errors[choice]}
								</p>
							)}
						</div>
					))}
					{takesSeed && <Seed error={errors.seed ?? null} />}
				</>
			)}
		</Popup>
	);
}

function Seed({ error }: { readonly error: string | null }) {
	const w = words();
	const { seed } = choices.value;
	return (
		<div class="make-seed">
			<TextField
				label={w.seed}
				hint={w.seedHint}
				error={error}
				inputMode="numeric"
				value={seed === null ? "" : String(seed)}
				onInput={(text) => {
					const digits = text.replace(/\D/g, "").slice(0, 10);
					choose({ seed: digits === "" ? null : Number(digits) });
				}}
			/>
			<IconButton
				icon="shuffle"
				name={w.newSeed}
				onClick={() => choose({ seed: 1 + Math.floor(Math.random() * SEED_COUNT) })}
			/>
			{seed !== null && <IconButton icon="x" name={w.clearSeed} onClick={() => choose({ seed: null })} />}
		</div>
	);
}

function summaryOf(
	{ quality, outputFormat, background, seed }: Choices,
	w: ReturnType<typeof words>,
): readonly string[] {
	return [
		...(quality === null ? [] : [w.qualities[quality] ?? quality]),
		...(outputFormat === null ? [] : [outputFormat.toUpperCase()]),
		...(background === null ? [] : [w.backgrounds[background] ?? background]),
		...(seed === null ? [] : [`${w.seed} ${seed}`]),
	];
}
