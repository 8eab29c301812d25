/** The settings that fewer people change: quality, format, background and seed, and what only some models can be told. A model has only its own. */

import { IconButton } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { Segmented } from "../../parts/segmented.tsx";
import type { Choice } from "../draft.ts";
import { choices, choose } from "../draft-state.ts";
import type { Operation } from "../operation.ts";
import { words as wordsOfBar } from "../words.ts";
import { Advanced } from "./advanced.tsx";
import { words } from "./words.ts";

/** Of a new seed. Some models read 0 as none. */
const SEED_COUNT = 2 ** 31 - 1;
const MAX_SEED_DIGITS = 10;

interface OptionsPanelProps {
	readonly operation: Operation;
	/** Messages of the API about a setting in here. */
	readonly errors: Readonly<Partial<Record<Choice, string>>>;
}

export function OptionsPanel({ operation, errors }: OptionsPanelProps) {
	const w = words();
	const bar = wordsOfBar();
	const { qualities, output_formats: formats, backgrounds, supported_parameters: parameters } = operation;
	const rows: readonly Row[] = [
		{ choice: "quality", label: w.quality, values: qualities, names: bar.qualities },
		{ choice: "outputFormat", label: w.format, values: formats, names: {} },
		{ choice: "background", label: w.background, values: backgrounds, names: bar.backgrounds },
	];
	return (
		<>
			{rows
				.filter(({ values }) => values.length > 0)
				.map(({ choice, label, values, names }) => (
					<div key={choice} class="make-level">
						<span class="field-label" aria-hidden="true">
							{label}
						</span>
						<Segmented
							label={label}
							value={choices.value[choice] ?? ""}
							options={["", ...values].map((value) => ({
								value,
								name: value === "" ? bar.auto : (names[value] ?? value.toUpperCase()),
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
			{parameters.includes("seed") && <Seed error={errors.seed ?? null} />}
			<Advanced operation={operation} errors={errors} />
		</>
	);
}

interface Row {
	readonly choice: "quality" | "outputFormat" | "background";
	readonly label: string;
	readonly values: readonly string[];
	readonly names: Readonly<Record<string, string>>;
}

function Seed({ error }: { readonly error: string | null }) {
	const w = words();
	const { seed } = choices.value;
	return (
		<Field label={wordsOfBar().seed} hint={w.seedHint} error={error}>
			{(wiring) => (
				<div class="make-sides">
					<input
						{...wiring}
						class="input"
						type="text"
						inputMode="numeric"
						autoComplete="off"
						value={seed === null ? "" : String(seed)}
						onInput={({ currentTarget }) => {
							const digits = currentTarget.value.replace(/\D/g, "").slice(0, MAX_SEED_DIGITS);
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
			)}
		</Field>
	);
}
