/** The stage of the mask editor: the picture under its veil, painted on by mouse, pen, fingers and keys. */

import type { Signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { led } from "./brush.ts";
import { type Deed, NO_GESTURE, turn } from "./gesture.ts";
import { veilSize } from "./load.ts";
import type { Painter } from "./painter.ts";
import type { Point, Size, Tool } from "./steps.ts";
import { fitted, panned, pinched, restaged, revealing, toPicture, type View, zoomed } from "./view.ts";
import { words } from "./words.ts";

export const STAGE_MARGIN = 16;
/** How much of a turn of the wheel doubles the picture. */
const WHEEL_PIXELS = 500;
/** A pinch on a touch pad comes as a wheel whose turns are small. */
const PAD_PIXELS = 70;
/** A pen's other end, among the buttons that are down. */
const ERASER_BUTTON = 32;

interface StageProps {
	readonly name: string;
	/** Of the picture. */
	readonly url: string;
	readonly size: Size;
	readonly painter: Painter;
	readonly view: Signal<View>;
	readonly stage: Signal<Size>;
	readonly tool: Tool;
	readonly brush: number;
	readonly onApply: () => void;
	readonly say: (text: string) => void;
}

export function Stage({ name, url, size, painter, view, stage, tool, brush, onApply, say }: StageProps) {
	const w = words();
	const element = useRef<HTMLDivElement>(null);
	const veil = useRef<HTMLCanvasElement>(null);
	const gesture = useRef(NO_GESTURE);
	const isSpaceDown = useRef(false);
	/** Where the pointer hovers, in pixels of the stage. */
	const [hover, setHover] = useState<Point | null>(null);
	/** Where the keys are, in pixels of the picture. */
	const [cursor, setCursor] = useState<Point | null>(null);
	const bounds = () => ({ size, stage: stage.value });

	useLayoutEffect(() => {
		if (veil.current !== null) painter.showOn(veil.current);
		element.current?.focus();
	}, [painter]);

	useLayoutEffect(() => {
		const { current } = element;
		if (current === null) return;
		const sizeNow = () => ({ width: current.clientWidth, height: current.clientHeight });
		stage.value = sizeNow();
		view.value = fitted(size, stage.value, STAGE_MARGIN);
		const observer = new ResizeObserver(() => {
			const before = stage.value;
			stage.value = sizeNow();
			view.value = restaged(view.value, size, before, stage.value, STAGE_MARGIN);
		});
		observer.observe(current);
		return () => observer.disconnect();
	}, []);

	useEffect(() => {
		const { current } = element;
		function turnWheel(event: WheelEvent): void {
			event.preventDefault();
			const lines = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 16;
			const factor = 2 ** ((-event.deltaY * lines) / (event.ctrlKey ? PAD_PIXELS : WHEEL_PIXELS));
			view.value = zoomed(view.value, factor, placeOf(event), bounds());
		}
		// Only a listener that is not passive keeps the page from zooming.
		current?.addEventListener("wheel", turnWheel, { passive: false });
		return () => current?.removeEventListener("wheel", turnWheel);
	}, []);

	function placeOf({ clientX, clientY }: MouseEvent): Point {
		const { left, top } = element.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
		return { x: clientX - left, y: clientY - top };
	}

	function act(deed: Deed, used: Tool): void {
		if (deed.do === "begin") painter.begin(used, brush / 2, toPicture(view.value, deed.at));
		if (deed.do === "extend") painter.extend(deed.places.map((place) => toPicture(view.value, place)));
		if (deed.do === "end") painter.end();
		if (deed.do === "abandon") painter.abandon();
		if (deed.do === "pan") view.value = panned(view.value, deed.by, bounds());
		if (deed.do === "pinch") view.value = pinched(view.value, deed.from, deed.to, bounds());
	}

	function follow(event: PointerEvent, is: "down" | "move" | "up" | "cancel"): void {
		const { pointerId: id, pointerType, button, buttons, timeStamp: ms } = event;
		if (is === "down" && button !== 0 && button !== 1 && !(buttons & ERASER_BUTTON)) return;
		const at = placeOf(event);
		const kind = pointerType === "touch" || pointerType === "pen" ? pointerType : "mouse";
		if (is === "down") element.current?.setPointerCapture(id);
		if (is === "down" || is === "move") {
			setCursor(null);
			setHover(kind === "touch" && gesture.current.is !== "paint" ? null : at);
		}
		if (kind === "touch" && (is === "up" || is === "cancel")) setHover(null);
		const moves = button === 1 || isSpaceDown.current;
		const after = turn(
			gesture.current,
			is === "down"
				? { is, pointer: { id, kind, at }, moves, ms }
				: is === "move"
					? { is, id, places: placesOf(event) }
					: { is, id },
		);
		gesture.current = after.gesture;
		for (const deed of after.deeds) act(deed, buttons & ERASER_BUTTON ? "eraser" : tool);
	}

	/** A fast pointer was at more places than the page was told of. */
	function placesOf(event: PointerEvent): readonly Point[] {
		const all = event.getCoalescedEvents?.() ?? [];
		return (all.length > 0 ? all : [event]).map(placeOf);
	}

	function press(event: KeyboardEvent): void {
		if (event.key === "Enter") {
			event.preventDefault();
			onApply();
		} else if (event.key === " ") {
			event.preventDefault();
			if (event.repeat) return;
			if (hover === null) paintAtCursor();
			else isSpaceDown.current = true;
		} else if (!event.ctrlKey && !event.metaKey) {
			const from = cursor ?? middle();
			const to = led(from, event.key, brush, event.shiftKey, size);
			if (to === null) return;
			event.preventDefault();
			setHover(null);
			setCursor(to);
			painter.extend([to]);
			view.value = revealing(view.value, to, stage.value, 2 * STAGE_MARGIN);
			say(w.at(Math.round(to.x), Math.round(to.y)));
		}
	}

	function paintAtCursor(): void {
		const at = cursor ?? middle();
		setCursor(at);
		painter.begin(tool, brush / 2, at);
	}

	function release(event: KeyboardEvent): void {
		if (event.key !== " ") return;
		isSpaceDown.current = false;
		if (!painter.isPainting || gesture.current.is === "paint") return;
		painter.end();
		say(w.did[tool]);
	}

	function middle(): Point {
		return { x: Math.round(size.width / 2), y: Math.round(size.height / 2) };
	}

	const { width, height } = veilSize(size);
	const { scale, x, y } = view.value;
	const ring = cursor === null ? hover : { x: cursor.x * scale + x, y: cursor.y * scale + y };
	return (
		// The keys paint here, as the pointers do: a screen reader hands them over.
		<div
			ref={element}
			class="mask-stage"
			role="application"
			// biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys
			tabIndex={0}
			aria-label={w.stage(name)}
			aria-describedby="mask-how"
			onPointerDown={(event) => follow(event, "down")}
			onPointerMove={(event) => follow(event, "move")}
			onPointerUp={(event) => follow(event, "up")}
			onPointerCancel={(event) => follow(event, "cancel")}
			onPointerLeave={() => setHover(null)}
			onContextMenu={(event) => event.preventDefault()}
			onKeyDown={press}
			onKeyUp={release}
			onBlur={() => {
				isSpaceDown.current = false;
				painter.end();
			}}
		>
			<div
				class="mask-sheet"
				style={{
					width: `${size.width}px`,
					height: `${size.height}px`,
					transform: `translate(${x}px, ${y}px) scale(${scale})`,
				}}
			>
				<img src={url} alt="" decoding="async" draggable={false} />
				<canvas ref={veil} class="mask-veil" width={width} height={height} />
			</div>
			{ring !== null && (
				<span
					class={`mask-ring ${cursor === null ? "" : "mask-cursor"}`}
					style={{ translate: `${ring.x}px ${ring.y}px`, "--ring": `${brush * scale}px` }}
				/>
			)}
		</div>
	);
}
