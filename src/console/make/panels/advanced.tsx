/** What only some models can be told: what must not be drawn, how close an edit stays, and inputs that have no field of their own. */

import { useState } from "preact/hooks";
import { err, type Result } from "../../../result.ts";
import type { Failure } from "../../api/failure.ts";
import type { Model } from "../../api/types.ts";
import { Field } from "../../parts/field.tsx";
import { Segmented } from "../../parts/segmented.tsx";
import { useLoaded } from "../../parts/use-loaded.ts";
import { session } from "../../session/session.ts";
import type { Choice } from "../draft.ts";
import { choices, choose, model } from "../draft-state.ts";
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
	const inputs = useFalInputs(operation);
	const hasInputs = inputs === null || inputs.length > 0;
	const isSet = OWN.some((choice) => choices.value[choice] !== null || errors[choice] !== undefined);
	// Who opened it finds it open until the panel closes.
	const [isOpen, setOpen] = useState(isSet);
	return (
		<details class="make-advanced" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
			<summary>{w.advanced}</summary>
			{parameters.includes("negative_prompt") && <NegativePrompt error={errors.negativePrompt ?? null} />}
			{parameters.includes("input_fidelity") && <InputFidelity error={errors.inputFidelity ?? null} />}
			{hasInputs && <FalInputs names={inputs ?? []} error={errors.fal ?? null} />}
			{!hasInputs && !OWN_PARAMETERS.some((name) => parameters.includes(name)) && (
				<p class="field-hint">{w.nothingElse}</p>
			)}
		</details>
	);
}

/** The parameters that have a field in here. */
const OWN_PARAMETERS = ["negative_prompt", "input_fidelity"];

/** Returns the inputs that only the JSON can set; null if nobody knows, and until they have come. */
function useFalInputs(operation: Operation): readonly string[] | null {
	const { value: now } = model;
	const asked = useLoaded((signal) => loadModel(now?.id ?? "", signal), [now?.id]);
	const of = Object.entries(now?.operations ?? {}).find(([, one]) => one === operation)?.[0];
	const whole = asked.value?.id === now?.id ? asked.value : null;
	const [, found] = Object.entries(whole?.operations ?? {}).find(([name]) => name === of) ?? [];
	return found?.fal_inputs ?? null;
}

async function loadModel(id: string, signal: AbortSignal): Promise<Result<Model, Failure>> {
	const path = id.split("/").map(encodeURIComponent).join("/");
	return (await session.peek()?.api.ask<Model>(`/v1/models/${path}`, { signal })) ?? err({ kind: "aborted" });
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

function FalInputs({ names, error }: FieldProps & { readonly names: readonly string[] }) {
	const w = words();
	const bar = wordsOfBar();
	const { fal } = choices.value;
	// What is being written is not finished, and so not wrong.
	const [isWriting, setWriting] = useState(false);
	const isFaulty = !isWriting && fal !== null && parseFal(fal) === null;
	return (
		<Field
			label={bar.furtherInputs}
			hint={`${w.falHint}${names.length > 0 ? ` ${w.falNames(names)}` : ""}`}
			error={isFaulty ? w.falFault(faultOfFal(fal)) : error}
		>
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
