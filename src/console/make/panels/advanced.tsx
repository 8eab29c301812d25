/** What only some models can be told: what must not be drawn, how close an edit stays, and inputs that have no field of their own. */

import { useState } from "preact/hooks";
import { Field } from "../../parts/field.tsx";
import { Segmented } from "../../parts/segmented.tsx";
import type { Choice } from "../draft.ts";
import { choices, choose } from "../draft-state.ts";
import { parseFal } from "../fal-inputs.ts";
import type { Operation } from "../operation.ts";
import { words as wordsOfBar } from "../words.ts";
import { faultOfFal } from "./fal-fault.ts";
import { words } from "./words.ts";

interface AdvancedProps {
	readonly operation: Operation;
	/** Messages of the API about a setting in here. */
	readonly errors: Readonly<Partial<Record<Choice, string>>>;
}

const OWN = ["negativePrompt", "inputFidelity", "fal"] as const;

export function Advanced({ operation, errors }: AdvancedProps) {
	const w = words();
	const { supported_parameters: parameters } = operation;
	const isSet = OWN.some((choice) => choices.value[choice] !== null || errors[choice] !== undefined);
	// Who opened it finds it open until the panel closes.
	const [isOpen, setOpen] = useState(isSet);
	return (
		<details class="make-advanced" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
			<summary>{w.advanced}</summary>
			{parameters.includes("negative_prompt") && <NegativePrompt error={errors.negativePrompt ?? null} />}
			{parameters.includes("input_fidelity") && <InputFidelity error={errors.inputFidelity ?? null} />}
			<FalInputs error={errors.fal ?? null} />
		</details>
	);
}

interface FieldProps {
	/** A message of the API about it. */
	readonly error: string | null;
}

/** The API's bound. */
const MAX_NEGATIVE_CHARS = 10_000;

function NegativePrompt({ error }: FieldProps) {
	return (
		<Field label={wordsOfBar().negativePrompt} hint={words().negativeHint} error={error}>
			{(wiring) => (
				<textarea
					{...wiring}
					class="input make-text"
					rows={2}
					maxLength={MAX_NEGATIVE_CHARS}
					value={choices.value.negativePrompt ?? ""}
					onInput={({ currentTarget }) => choose({ negativePrompt: currentTarget.value || null })}
				/>
			)}
		</Field>
	);
}

function InputFidelity({ error }: FieldProps) {
	const w = words();
	const bar = wordsOfBar();
	return (
		<div class="make-level">
			<span class="field-label" aria-hidden="true">
				{w.fidelity}
			</span>
			<Segmented
				label={w.fidelity}
				value={choices.value.inputFidelity ?? ""}
				options={["", "low", "high"].map((value) => ({
					value,
					name: value === "" ? bar.auto : (bar.qualities[value] ?? value),
				}))}
				onChoose={(value) => choose({ inputFidelity: value || null })}
			/>
			<p class="field-hint">{w.fidelityHint}</p>
			{error !== null && (
				<p class="field-error" role="alert">
					{error}
				</p>
			)}
		</div>
	);
}

/** The API's bound of all that they hold. */
const MAX_FAL_CHARS = 16 * 1024;

function FalInputs({ error }: FieldProps) {
	const w = words();
	const bar = wordsOfBar();
	const { fal } = choices.value;
	// What is being written is not finished, and so not wrong.
	const [isWriting, setWriting] = useState(false);
	const isFaulty = !isWriting && fal !== null && parseFal(fal) === null;
	return (
		<Field label={bar.furtherInputs} hint={w.falHint} error={isFaulty ? w.falFault(faultOfFal(fal)) : error}>
			{(wiring) => (
				<textarea
					{...wiring}
					class="input make-text make-json"
					rows={3}
					maxLength={MAX_FAL_CHARS}
					autocapitalize="off"
					spellcheck={false}
					placeholder={'{ "guidance_scale": 4 }'}
					value={fal ?? ""}
					onFocus={() => setWriting(true)}
					onBlur={() => setWriting(false)}
					onInput={({ currentTarget }) => choose({ fal: currentTarget.value || null })}
				/>
			)}
		</Field>
	);
}
