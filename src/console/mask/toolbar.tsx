/** The tools of the mask editor. */

import { Button, IconButton } from "../parts/button.tsx";
import type { IconName } from "../parts/icons.tsx";
import { fromSlider, SLIDER_STEPS, toSlider } from "./brush.ts";
import type { Command } from "./keys.ts";
import type { Painter } from "./painter.ts";
import type { Size, Tool } from "./steps.ts";
import { words } from "./words.ts";

interface ToolbarProps {
	readonly painter: Painter;
	readonly size: Size;
	readonly tool: Tool;
	readonly brush: number;
	readonly onBrush: (brush: number) => void;
	readonly onCommand: (command: Command | "invert" | "clear") => void;
}

const TOOLS: readonly Tool[] = ["brush", "eraser"];

export function Toolbar({ painter, size, tool, brush, onBrush, onCommand }: ToolbarProps) {
	const w = words();
	const { done, undone } = painter.steps.value;
	const button = (command: Parameters<typeof onCommand>[0], icon: IconName, name: string, isOff = false) => (
		// Disabled, it would lose the focus, and the keys with it.
		<IconButton icon={icon} name={name} aria-disabled={isOff} onClick={() => !isOff && onCommand(command)} />
	);
	return (
		<div class="mask-tools">
			<div class="mask-group">
				{TOOLS.map((one) => (
					<IconButton key={one} icon={one} name={w[one]} aria-pressed={tool === one} onClick={() => onCommand(one)} />
				))}
			</div>
			<label class="mask-size">
				<span>{w.size}</span>
				<input
					type="range"
					min={0}
					max={SLIDER_STEPS}
					value={toSlider(brush, size)}
					aria-valuetext={w.pixels(brush)}
					onInput={({ currentTarget }) => onBrush(fromSlider(currentTarget.valueAsNumber, size))}
				/>
				<output>{w.pixels(brush)}</output>
			</label>
			<div class="mask-group">
				{button("undo", "undo", w.undo, done.length === 0)}
				{button("redo", "redo", w.redo, undone.length === 0)}
				{button("invert", "contrast", w.invert)}
				{button("clear", "trash", w.clear)}
			</div>
			<div class="mask-group mask-zoom">
				{button("zoomOut", "zoom-out", w.zoomOut)}
				{button("fit", "maximize", w.fit)}
				{button("zoomIn", "zoom-in", w.zoomIn)}
			</div>
		</div>
	);
}

/** The last row: what it means, and the way out. */
export function Foot({
	note,
	isApplying,
	onCancel,
	onApply,
}: {
	readonly note: string;
	readonly isApplying: boolean;
	readonly onCancel: () => void;
	readonly onApply: () => void;
}) {
	const w = words();
	return (
		<div class="mask-foot">
			<p role="status">{note}</p>
			<Button onClick={onCancel}>{w.cancel}</Button>
			<Button look="primary" icon="check" aria-disabled={isApplying} onClick={onApply}>
				{isApplying ? w.applying : w.apply}
			</Button>
		</div>
	);
}
