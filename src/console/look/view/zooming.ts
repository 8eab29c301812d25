/** Zooms by wheel, double click, keys and two fingers; moves by one; and tells a swipe when the picture is whole. */

import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { moveBy, type Point, pinch, type Size, toggleZoom, type View, WHOLE, ZOOM_STEP, zoomAbout } from "./zoom.ts";

const WHEEL_SPEED = 0.0022;
/** A wheel that counts lines. */
const LINE_PX = 16;
const SWIPE_PX = 56;
const DISMISS_PX = 110;
/** A press that moves less is a tap. */
const TAP_PX = 10;
const DOUBLE_TAP_MS = 300;
/** Some browsers tell a double tap a second time, as a double click. */
const DOUBLE_CLICK_MS = 500;
const KEY_MOVE_PX = 80;

export interface Swipes {
	readonly onSide: (by: 1 | -1) => void;
	readonly onDown: () => void;
}

export interface Zooming {
	readonly view: ReadonlySignal<View>;
	/** How far a swipe has come. */
	readonly swipe: ReadonlySignal<Point>;
	readonly reset: () => void;
	readonly zoom: (factor: number) => void;
	/** Returns true for a key that zooms, or that moves a zoomed picture. */
	readonly key: (key: string) => boolean;
	readonly handlers: {
		readonly onWheel: (event: WheelEvent) => void;
		readonly onDblClick: (event: MouseEvent) => void;
		readonly onPointerDown: (event: PointerEvent) => void;
		readonly onPointerMove: (event: PointerEvent) => void;
		readonly onPointerUp: (event: PointerEvent) => void;
		readonly onPointerCancel: (event: PointerEvent) => void;
	};
}

const STILL: Point = { x: 0, y: 0 };

/** A point of the window. */
export type WindowPoint = Pick<MouseEvent, "clientX" | "clientY">;

/** @param picture its real pixels @param frameAt where it is shown. It may be shown in several frames of one size: then the one at a point @param swipes absent: nothing is swiped */
export function createZooming(
	picture: () => Size,
	frameAt: (point?: WindowPoint) => DOMRect,
	swipes?: Swipes,
): Zooming {
	const view: Signal<View> = signal(WHOLE);
	const swipe: Signal<Point> = signal(STILL);
	const pointers = new Map<number, Point>();
	let began = STILL;
	/** The frame that was pressed first: all fingers count from its centre. */
	let pressed: DOMRect | undefined;
	let lastTap = { at: 0, ...STILL };
	let tappedTwiceAt = Number.NEGATIVE_INFINITY;
	let wasPinched = false;

	function fromCentre(point: WindowPoint, { left, top, width, height } = frameAt(point)): Point {
		return { x: point.clientX - left - width / 2, y: point.clientY - top - height / 2 };
	}

	function toggle(at: Point): void {
		view.value = toggleZoom(view.peek(), at, picture(), frameAt());
	}

	function move(dx: number, dy: number): void {
		view.value = moveBy(view.peek(), dx, dy, picture(), frameAt());
	}

	function zoom(factor: number, at = STILL): void {
		view.value = zoomAbout(view.peek(), factor, at, picture(), frameAt());
	}

	function up(event: PointerEvent, isCancelled: boolean): void {
		if (!pointers.delete(event.pointerId)) return;
		const { x, y } = swipe.peek();
		swipe.value = STILL;
		if (isCancelled || wasPinched || pointers.size > 0) return;
		if (Math.abs(x) > SWIPE_PX && Math.abs(x) > Math.abs(y)) swipes?.onSide(x < 0 ? 1 : -1);
		else if (y > DISMISS_PX && y > Math.abs(x)) swipes?.onDown();
		else if (event.pointerType === "touch") tap(event);
	}

	function tap(event: PointerEvent): void {
		const at = fromCentre(event, pressed);
		if (Math.hypot(at.x - began.x, at.y - began.y) > TAP_PX) return;
		const isDouble =
			event.timeStamp - lastTap.at < DOUBLE_TAP_MS && Math.hypot(at.x - lastTap.x, at.y - lastTap.y) < 40;
		lastTap = { at: isDouble ? 0 : event.timeStamp, ...at };
		if (!isDouble) return;
		tappedTwiceAt = event.timeStamp;
		toggle(at);
	}

	const moves: Readonly<Record<string, readonly [number, number]>> = {
		ArrowLeft: [KEY_MOVE_PX, 0],
		ArrowRight: [-KEY_MOVE_PX, 0],
		ArrowUp: [0, KEY_MOVE_PX],
		ArrowDown: [0, -KEY_MOVE_PX],
	};

	return {
		view,
		swipe,
		reset: () => {
			view.value = WHOLE;
			swipe.value = STILL;
		},
		zoom: (factor) => zoom(factor),
		key: (key) => {
			const by = moves[key];
			if (key === "+" || key === "=") zoom(ZOOM_STEP);
			else if (key === "-") zoom(1 / ZOOM_STEP);
			else if (key === "0") view.value = WHOLE;
			else if (by !== undefined && view.peek().scale > 1) move(...by);
			else return false;
			return true;
		},
		handlers: {
			onWheel: (event) => {
				event.preventDefault();
				const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
				zoom(Math.exp(-event.deltaY * lines * WHEEL_SPEED * (event.ctrlKey ? 4 : 1)), fromCentre(event));
			},
			onDblClick: (event) => {
				if (event.timeStamp - tappedTwiceAt > DOUBLE_CLICK_MS) toggle(fromCentre(event));
			},
			onPointerDown: (event) => {
				if (event.pointerType === "mouse" && event.button !== 0) return;
				if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
				if (pointers.size === 0) pressed = frameAt(event);
				pointers.set(event.pointerId, fromCentre(event, pressed));
				wasPinched = pointers.size > 1;
				if (pointers.size === 1) began = fromCentre(event, pressed);
			},
			onPointerMove: (event) => {
				const before = pointers.get(event.pointerId);
				if (before === undefined) return;
				const after = fromCentre(event, pressed);
				pointers.set(event.pointerId, after);
				const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
				if (other !== undefined) view.value = pinch(view.peek(), [before, other], [after, other], picture(), frameAt());
				else if (view.peek().scale > 1) move(after.x - before.x, after.y - before.y);
				else if (!wasPinched && swipes !== undefined) swipe.value = { x: after.x - began.x, y: after.y - began.y };
			},
			onPointerUp: (event) => up(event, false),
			onPointerCancel: (event) => up(event, true),
		},
	};
}
