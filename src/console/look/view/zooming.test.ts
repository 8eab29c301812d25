import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WHOLE } from "./zoom.ts";
import { createZooming } from "./zooming.ts";

const PICTURE = { width: 2000, height: 1600 };
/** Beside each other in the window. */
const [LEFT, RIGHT] = [makeFrame(0), makeFrame(1000)];

function makeFrame(left: number) {
	return { left, right: left + 1000, top: 0, width: 1000, height: 800 } as DOMRect;
}

function makeZooming() {
	return createZooming(
		() => PICTURE,
		(point) => ((point?.clientX ?? 0) < LEFT.right ? LEFT : RIGHT),
	);
}

beforeEach(() => {
	// Those of a browser.
	vi.stubGlobal("Element", class {});
	vi.stubGlobal("WheelEvent", { DOM_DELTA_LINE: 1 });
});
afterEach(() => {
	vi.unstubAllGlobals();
});

type Handlers = ReturnType<typeof makeZooming>["handlers"];

function wheel({ onWheel }: Handlers, clientX: number, clientY: number): void {
	onWheel({ clientX, clientY, deltaY: -400, deltaMode: 0, ctrlKey: false, preventDefault: () => {} } as WheelEvent);
}

function press({ onPointerDown, onPointerUp }: Handlers, timeStamp: number): void {
	const event = { pointerId: 1, pointerType: "touch", clientX: 600, clientY: 300, currentTarget: null, timeStamp };
	onPointerDown(event as PointerEvent);
	onPointerUp(event as PointerEvent);
}

function doubleClick({ onDblClick }: Handlers, timeStamp: number): void {
	onDblClick({ clientX: 600, clientY: 300, timeStamp } as MouseEvent);
}

describe("two frames beside each other", () => {
	it("are zoomed about the same place of both, whichever the pointer is over", () => {
		const [left, right] = [makeZooming(), makeZooming()];
		wheel(left.handlers, 600, 300);
		wheel(right.handlers, 1600, 300);
		expect(left.view.value.scale).toBeGreaterThan(2);
		expect(right.view.value).toEqual(left.view.value);
	});

	it("are moved by a drag from one to the other, as far as the pointer moves", () => {
		const { view, zoom, handlers } = makeZooming();
		zoom(2);
		const at = (clientX: number) =>
			({ pointerId: 1, pointerType: "mouse", button: 0, clientX, clientY: 400, currentTarget: null }) as PointerEvent;
		handlers.onPointerDown(at(1100));
		handlers.onPointerMove(at(900));
		expect(view.value).toEqual({ scale: 2, x: -200, y: 0 });
	});
});

describe("a double tap", () => {
	it("zooms once if the browser tells it as a double click, too", () => {
		const { view, handlers } = makeZooming();
		press(handlers, 1_000);
		press(handlers, 1_200);
		doubleClick(handlers, 1_210);
		expect(view.value.scale).toBe(2);
		press(handlers, 3_000);
		press(handlers, 3_200);
		expect(view.value).toEqual(WHOLE);
	});

	it("does not keep a mouse from zooming later", () => {
		const { view, handlers } = makeZooming();
		press(handlers, 1_000);
		press(handlers, 1_200);
		doubleClick(handlers, 2_000);
		expect(view.value).toEqual(WHOLE);
	});
});
