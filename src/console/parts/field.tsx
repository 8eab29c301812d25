/** A control with its label, a hint, and what is wrong with it. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Around {
	readonly label: string;
	readonly hint?: ComponentChildren;
	/** Says what is wrong. Absent or null: nothing is. */
	readonly error?: string | null;
}

interface Wiring {
	readonly id: string;
	readonly "aria-describedby"?: string;
	readonly "aria-invalid"?: boolean;
}

/** Draws any control: it gets the attributes that bind it to its label. */
export function Field({
	label,
	hint,
	error = null,
	children,
}: Around & { readonly children: (wiring: Wiring) => ComponentChildren }) {
	const id = useId();
	const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
	return (
		<div class="field">
			<label class="field-label" for={id}>
				{label}
			</label>
			{children({
				id,
				...(described === "" ? {} : { "aria-describedby": described }),
				...(error ? { "aria-invalid": true } : {}),
			})}
			{hint && (
				<div class="field-hint" id={`${id}-hint`}>
					{hint}
				</div>
			)}
			{error && (
				<div class="field-error" id={`${id}-error`} role="alert">
					{error}
				</div>
			)}
		</div>
	);
}

/** The types of inputs differ by these. */
const TYPES = {
	text: { type: "text" },
	password: { type: "password" },
	number: { type: "number" },
	date: { type: "date" },
	"datetime-local": { type: "datetime-local" },
	url: { type: "url" },
	search: { type: "search" },
} as const;

interface TextFieldProps extends Around {
	readonly value: string;
	readonly onInput: (value: string) => void;
	/** Absent: text. */
	readonly type?: keyof typeof TYPES;
	readonly placeholder?: string;
	readonly required?: boolean;
	readonly autoFocus?: boolean;
	/** What the browser may fill in. Absent: nothing. */
	readonly autoComplete?: string;
	readonly min?: number | string;
	readonly max?: number | string;
	readonly step?: number | "any";
	readonly inputMode?: "numeric" | "decimal" | "url";
	readonly disabled?: boolean;
	/** For names and addresses, which a phone would begin with a capital. */
	readonly autoCapitalize?: "none";
	readonly maxLength?: number;
	/** The id of a `datalist`. */
	readonly list?: string;
	readonly onKeyDown?: (event: KeyboardEvent) => void;
}

export function TextField({
	label,
	hint,
	error = null,
	onInput,
	type = "text",
	autoComplete = "off",
	...rest
}: TextFieldProps) {
	return (
		<Field label={label} hint={hint} error={error}>
			{(wiring) => (
				<input
					class="input"
					{...TYPES[type]}
					autoComplete={autoComplete}
					spellcheck={false}
					onInput={({ currentTarget }) => onInput(currentTarget.value)}
					{...rest}
					{...wiring}
				/>
			)}
		</Field>
	);
}

interface SelectProps<Value extends string> extends Around {
	readonly value: Value;
	readonly options: readonly { readonly value: Value; readonly name: string }[];
	readonly onChoose: (value: Value) => void;
}

export function SelectField<Value extends string>({
	label,
	hint,
	error = null,
	value,
	options,
	onChoose,
}: SelectProps<Value>) {
	return (
		<Field label={label} hint={hint} error={error}>
			{(wiring) => (
				<select
					class="input"
					{...wiring}
					value={value}
					onChange={({ currentTarget }) => {
						const chosen = options.find((option) => option.value === currentTarget.value);
						if (chosen !== undefined) onChoose(chosen.value);
					}}
				>
					{options.map((option) => (
						<option key={option.value} value={option.value}>
							{option.name}
						</option>
					))}
				</select>
			)}
		</Field>
	);
}
