/** The mask editor: a page of its own over the console. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { Confirm, Dialog } from "../parts/dialog.tsx";
import { showOver } from "../parts/over.tsx";
import type { Bits } from "./bits.ts";
import { firstBrush, resized } from "./brush.ts";
import { type Command, commandOf } from "./keys.ts";
import { readMask, readShown } from "./load.ts";
import { Painter } from "./painter.ts";
import { encodeMask } from "./png.ts";
import { createRows } from "./raster.ts";
import { STAGE_MARGIN, Stage } from "./stage.tsx";
import type { Size, Tool } from "./steps.ts";
import { Foot, Toolbar } from "./toolbar.tsx";
import { fitted, zoomed } from "./view.ts";
import { words } from "./words.ts";
import "./mask.css";

export interface Edited {
	readonly name: string;
	readonly picture: Blob;
	readonly size: Size;
}

const ZOOM_STEP = 1.5;

/** Opens the editor. Returns the mask that holds when it is closed; null if nothing is painted. */
export function editMask(edited: Edited, mask: Blob | null): Promise<Blob | null> {
	return new Promise((resolve) => {
		function end(png: Blob | null): void {
			showOver(null);
			resolve(png);
		}
		showOver(<Editor edited={edited} mask={mask} onEnd={end} />);
	});
}

/** A picture that is ready to be painted on. */
interface Loaded {
	/** Of the picture. */
	readonly url: string;
	/** The mask of before. */
	readonly base: Bits | null;
	readonly painter: Painter;
}

interface EditorProps {
	readonly edited: Edited;
	readonly mask: Blob | null;
	readonly onEnd: (mask: Blob | null) => void;
}

function Editor({ edited, mask, onEnd }: EditorProps) {
	const w = words();
	const [loaded, setLoaded] = useState<Loaded | "broken" | null>(null);
	const [isAsking, ask] = useState(false);

	useEffect(() => {
		const url = URL.createObjectURL(edited.picture);
		let isGone = false;
		async function load(): Promise<void> {
			try {
				const base = mask === null ? null : await readMask(mask, edited.size);
				await readShown(url);
				if (!isGone) setLoaded({ url, base, painter: new Painter(edited.size, base) });
			} catch {
				setLoaded("broken");
			}
		}
		void load();
		return () => {
			isGone = true;
			URL.revokeObjectURL(url);
		};
	}, []);

	const desk = loaded === "broken" ? null : loaded;

	function close(): void {
		if (desk?.painter.isChanged.value) ask(true);
		else onEnd(mask);
	}

	return (
		<Dialog title={w.title} class="mask" onClose={close}>
			{desk === null ? (
				<p class="empty" role="status">
					{loaded === null ? w.opening : w.broken}
				</p>
			) : (
				<Desk edited={edited} mask={mask} loaded={desk} isAsking={isAsking} onClose={close} onEnd={onEnd} />
			)}
			{isAsking && (
				<Confirm title={w.leave} action={w.discard} onConfirm={() => onEnd(mask)} onClose={() => ask(false)}>
					{w.leaveText}
				</Confirm>
			)}
		</Dialog>
	);
}

interface DeskProps extends EditorProps {
	readonly loaded: Loaded;
	readonly isAsking: boolean;
	readonly onClose: () => void;
}

function Desk({ edited, mask, loaded, isAsking, onClose, onEnd }: DeskProps) {
	const { name, size } = edited;
	const { url, base, painter } = loaded;
	const w = words();
	const [tool, setTool] = useState<Tool>("brush");
	const [brush, setBrush] = useState(() => firstBrush(size));
	const [isApplying, setApplying] = useState(false);
	const [said, say] = useState("");
	const [hint, setHint] = useState<string | null>(null);
	const view = useSignal({ scale: 1, x: 0, y: 0 });
	const stage = useSignal<Size>({ width: 1, height: 1 });
	const giveUp = useRef(new AbortController());

	useEffect(() => () => giveUp.current.abort(), []);

	async function apply(): Promise<void> {
		if (painter.isHeld) return;
		painter.end();
		if (!painter.isChanged.value && base !== null) {
			onEnd(mask);
			return;
		}
		painter.isHeld = true;
		setApplying(true);
		const png = await encodeMask(size, createRows(base, painter.steps.value.done), giveUp.current.signal);
		if (giveUp.current.signal.aborted) return;
		painter.isHeld = false;
		setApplying(false);
		// Who clears a mask wants none. Who has painted nothing may not have seen how.
		if (png === null && base === null) setHint(w.nothing);
		else onEnd(png);
	}

	function zoom(factor: number): void {
		const { width, height } = stage.value;
		view.value = zoomed(view.value, factor, { x: width / 2, y: height / 2 }, { size, stage: stage.value });
	}

	function command(one: Command | "invert" | "clear"): void {
		if (one === "brush" || one === "eraser") setTool(one);
		else if (one === "larger") setBrush(resized(brush, 1, size));
		else if (one === "smaller") setBrush(resized(brush, -1, size));
		else if (one === "zoomIn") zoom(ZOOM_STEP);
		else if (one === "zoomOut") zoom(1 / ZOOM_STEP);
		else if (one === "fit") view.value = fitted(size, stage.value, STAGE_MARGIN);
		else {
			if (one === "undo") painter.undo();
			else if (one === "redo") painter.redo();
			else painter.apply({ kind: one });
			say(w.did[one]);
		}
		setHint(null);
	}

	function press(event: KeyboardEvent): void {
		if (isAsking) return;
		if (event.key === "Escape") {
			// A browser closes a dialog by a second Escape, whatever the page says.
			event.preventDefault();
			if (painter.isPainting) painter.abandon();
			else onClose();
			return;
		}
		const wanted = commandOf({ key: event.key, isHeld: event.ctrlKey || event.metaKey, shiftKey: event.shiftKey });
		if (wanted === null || event.altKey) return;
		event.preventDefault();
		command(wanted);
	}

	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: the keys of the whole editor
		<div class="mask-desk" onKeyDown={press}>
			<p id="mask-how" class="visually-hidden">
				{w.how}
			</p>
			<Stage
				name={name}
				url={url}
				size={size}
				painter={painter}
				view={view}
				stage={stage}
				tool={tool}
				brush={brush}
				onApply={() => void apply()}
				say={say}
			/>
			<Toolbar painter={painter} size={size} tool={tool} brush={brush} onBrush={setBrush} onCommand={command} />
			<Foot
				note={painter.isFull.value ? w.full : (hint ?? w.hint)}
				isApplying={isApplying}
				onCancel={onClose}
				onApply={() => void apply()}
			/>
			<p class="visually-hidden" role="status">
				{said}
			</p>
		</div>
	);
}
