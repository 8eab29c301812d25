/** A choice of a few, all of which are seen. */

import { useId } from "preact/hooks";

interface SegmentedProps<Value extends string> {
	/** What is chosen. */
	readonly label: string;
	readonly value: Value;
	readonly options: readonly { readonly value: Value; readonly name: string }[];
	readonly onChoose: (value: Value) => void;
}

export function Segmented<Value extends string>({ label, value, options, onChoose }: SegmentedProps<Value>) {
	const name = useId();
	return (
		<fieldset class="segmented">
			<legend class="visually-hidden">{label}</legend>
			{options.map((option) => (
				<label key={option.value}>
					<input type="radio" name={name} checked={option.value === value} onChange={() => onChoose(option.value)} />
					{option.name}
				</label>
			))}
		</fieldset>
	);
}
