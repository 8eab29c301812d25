/** The button that says the chosen size, and opens its panel. */

import { parseSize } from "../jobs/shape.ts";
import { choices } from "./draft-state.ts";
import { Drawn } from "./drawn.tsx";
import type { Operation } from "./operation.ts";
import { Popup } from "./popup.tsx";
import { levelOf, optionOf, type Sizes, toTimes } from "./sizes.ts";
import { words } from "./words.ts";

interface SizePickerProps {
	readonly operation: Operation;
	/** A message of the API about the size. */
	readonly error: string | null;
	readonly isEdit: boolean;
}

export function SizePicker({ operation, error, isEdit }: SizePickerProps) {
	const w = words();
	const { sizes, resolutions } = operation;
	if (sizes.kind === "none" && resolutions.length === 0) return null;
	const { size, resolution } = choices.value;
	const shown = [size === null ? null : nameOf(size, sizes), resolution].filter((part) => part !== null).join(" · ");
	return (
		<Popup
			name={w.sizeLabel(shown || w.auto)}
			title={w.size}
			isWrong={error !== null}
			face={
				<>
					<Drawn shape={size === null ? null : parseSize(size)} />
					<span class="make-word">{shown || w.auto}</span>
				</>
			}
		>
			{({ SizePanel }) => <SizePanel operation={operation} error={error} isEdit={isEdit} />}
		</Popup>
	);
}

/** Names pixels that were chosen as a shape and a level by these: the real ones stand under the prompt. */
function nameOf(size: string, sizes: Sizes): string {
	const level = sizes.kind === "pixels" ? levelOf(size, sizes) : null;
	const option = level === null ? null : optionOf(size, sizes);
	return option === null ? toTimes(size) : `${option.size} · ${level}`;
}
