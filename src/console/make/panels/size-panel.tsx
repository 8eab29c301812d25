/** Chooses a size: a shape that is drawn, a level of pixels, or pixels of one's own. */

import { useId, useState } from "preact/hooks";
import { parseSize, type Shape } from "../../jobs/shape.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { Segmented } from "../../parts/segmented.tsx";
import { choices, choose } from "../draft-state.ts";
import { Drawn } from "../drawn.tsx";
import type { Operation } from "../operation.ts";
import {
	atLevel,
	faultOfPixels,
	isInPixels,
	levelOf,
	optionOf,
	type PixelSizes,
	pixelLevels,
	type Sizes,
	shapeOptions,
	toTimes,
} from "../sizes.ts";
import { WillBe } from "../will-be.tsx";
import { words as wordsOfBar } from "../words.ts";
import { words } from "./words.ts";

interface SizePanelProps {
	readonly operation: Operation;
	/** A message of the API about the size. */
	readonly error: string | null;
	readonly isEdit: boolean;
}

export function SizePanel({ operation, error, isEdit }: SizePanelProps) {
	const w = words();
	const { sizes } = operation;
	return (
		<>
			{error !== null && (
				<p class="field-error" role="alert">
					{error}
				</p>
			)}
			{sizes.kind !== "none" && <Shapes sizes={sizes} isEdit={isEdit} />}
			{sizes.kind === "unknown" && <p class="field-hint">{w.unknownSizes}</p>}
			<Levels operation={operation} />
			{sizes.kind === "pixels" && <OwnSize sizes={sizes} />}
			<p class="make-will" aria-live="polite">
				<WillBe />
			</p>
		</>
	);
}

function Shapes({ sizes, isEdit }: { readonly sizes: Sizes; readonly isEdit: boolean }) {
	const w = words();
	const group = useId();
	const { size } = choices.value;
	const level = size !== null && sizes.kind === "pixels" ? levelOf(size, sizes) : null;
	const chosen = size === null ? null : (optionOf(size, sizes)?.size ?? size);
	return (
		<fieldset class="make-shapes">
			<legend class="field-label">{w.shape}</legend>
			<label class="make-shape" title={isEdit ? w.autoEdit : w.autoHint}>
				<input type="radio" name={group} checked={size === null} onChange={() => choose({ size: null })} />
				<Drawn shape={null} />
				<span>{wordsOfBar().auto}</span>
			</label>
			{shapeOptions(sizes).map((option) => (
				<label key={option.size} class="make-shape">
					<input
						type="radio"
						name={group}
						checked={chosen === option.size}
						onChange={() =>
							choose({
								size: sizes.kind === "pixels" && level !== null ? atLevel(option.shape, level, sizes) : option.size,
							})
						}
					/>
					<Drawn shape={option.shape} />
					<span>{toTimes(option.size)}</span>
				</label>
			))}
		</fieldset>
	);
}

/** Levels beside a ratio, or pixels of the chosen shape. */
function Levels({ operation: { sizes, resolutions } }: { readonly operation: Operation }) {
	const w = words();
	const { size, resolution } = choices.value;
	const ofPixels = pixelLevels(sizes);
	const levels = resolutions.length > 0 ? resolutions : ofPixels;
	if (levels.length === 0) return null;
	const chosen = sizes.kind === "pixels" && resolutions.length === 0 ? size && levelOf(size, sizes) : resolution;
	return (
		<div class="make-level">
			<span class="field-label" aria-hidden="true">
				{w.level}
			</span>
			<Segmented
				label={w.level}
				value={chosen ?? ""}
				options={["", ...levels].map((level) => ({ value: level, name: level === "" ? wordsOfBar().auto : level }))}
				onChoose={(level) => {
					// Pixels of one's own say their resolution themselves.
					const own = resolutions.length > 0 && size !== null && isInPixels(size) ? { size: null } : {};
					if (sizes.kind !== "pixels" || resolutions.length > 0) return choose({ resolution: level || null, ...own });
					const shape = (size === null ? null : (optionOf(size, sizes)?.shape ?? parseSize(size))) ?? SQUARE;
					const ratio = optionOf(size ?? "1:1", sizes)?.size ?? null;
					choose({ size: level === "" ? ratio : atLevel(shape, level, sizes) });
				}}
			/>
		</div>
	);
}

const SQUARE: Shape = { width: 1, height: 1 };

function OwnSize({ sizes }: { readonly sizes: PixelSizes }) {
	const w = words();
	const { size } = choices.value;
	const given = size !== null && isInPixels(size) ? parseSize(size) : null;
	const [typed, setTyped] = useState<readonly [width: string, height: string] | null>(null);
	const [width, height] = typed ?? [String(given?.width ?? ""), String(given?.height ?? "")];
	const isEmpty = width === "" && height === "";
	const fault = isEmpty ? null : faultOfPixels({ width: Number(width), height: Number(height) }, sizes);
	const isNew = typed !== null && size !== `${width}x${height}`;

	function use(): void {
		if (isEmpty || fault !== null) return;
		choose({ size: `${Number(width)}x${Number(height)}` });
		setTyped(null);
	}

	return (
		<Field
			label={w.custom}
			hint={w.bounds(sizes.min, sizes.max, sizes.multiple)}
			error={fault === null || !isNew ? null : w.pixelFault(fault)}
		>
			{(wiring) => (
				<div class="make-sides">
					<Side {...wiring} name={w.width} value={width} onInput={(value) => setTyped([value, height])} onEnter={use} />
					<IconButton icon="swap" name={w.swap} onClick={() => setTyped([height, width])} />
					<Side name={w.height} value={height} onInput={(value) => setTyped([width, value])} onEnter={use} />
					<Button onClick={use} disabled={isEmpty || fault !== null || !isNew}>
						{w.useSize}
					</Button>
				</div>
			)}
		</Field>
	);
}

interface SideProps {
	readonly id?: string;
	readonly "aria-describedby"?: string;
	readonly "aria-invalid"?: boolean;
	readonly name: string;
	readonly value: string;
	readonly onInput: (value: string) => void;
	readonly onEnter: () => void;
}

function Side({ name, onInput, onEnter, ...rest }: SideProps) {
	return (
		<input
			{...rest}
			class="input"
			type="text"
			inputMode="numeric"
			autoComplete="off"
			maxLength={5}
			aria-label={name}
			placeholder={name}
			onInput={({ currentTarget }) => onInput(currentTarget.value.replace(/\D/g, ""))}
			onKeyDown={({ key, ctrlKey, metaKey }) => key === "Enter" && !ctrlKey && !metaKey && onEnter()}
		/>
	);
}
