/** Paints on the veil that is seen: as large as what is shown, whatever the picture's size. The steps are kept, so that the mask can be drawn exactly. */

import { computed, signal } from "@preact/signals";
import type { Bits } from "./bits.ts";
import {
	extended,
	isFull,
	NO_STEPS,
	type Point,
	redo,
	type Size,
	type Step,
	type Stroke,
	type Tool,
	undo,
	withStep,
} from "./steps.ts";

/** Red with pale stripes, so that it is seen on a red picture too. The style sheet makes it transparent. */
const RED = "rgb(230 30 50)";
const STRIPE = "rgb(255 190 195)";
/** Of a stripe's tile, a side. */
const TILE_PIXELS = 16;
const OPAQUE = 255;

export class Painter {
	/** The mask of before. */
	readonly base: Bits | null;
	readonly steps = signal(NO_STEPS);
	/** True if something has been done that would be lost. */
	readonly isChanged = computed(() => this.steps.value.done.length > 0);
	/** True if no step can be added any more. */
	readonly isFull = computed(() => isFull(this.steps.value));
	/** True while the mask is drawn at its own size: what was painted then would be lost. */
	isHeld = false;
	readonly #size: Size;
	#context: CanvasRenderingContext2D | null = null;
	#paint: CanvasPattern | string = RED;
	/** The mask of before, as large as what is shown. */
	#shownBase: ImageData | null = null;
	#stroke: Stroke | null = null;

	constructor(size: Size, base: Bits | null) {
		this.#size = size;
		this.base = base;
	}

	/** Shows the mask on a canvas from now on. */
	showOn(canvas: HTMLCanvasElement): void {
		this.#context = canvas.getContext("2d");
		if (this.#context === null) return;
		this.#paint = stripes(this.#context, this.#size.width / canvas.width);
		this.#shownBase =
			this.base && toShown(this.base, this.#size, this.#context.createImageData(canvas.width, canvas.height));
		this.#drawAll();
	}

	begin(tool: Tool, radius: number, at: Point): void {
		this.end();
		if (this.isHeld || this.isFull.value) return;
		this.#stroke = { kind: "stroke", tool, radius, points: [] };
		this.extend([at]);
	}

	extend(places: readonly Point[]): void {
		if (this.#stroke === null) return;
		const before = this.#stroke.points.length;
		this.#stroke = extended(this.#stroke, places);
		this.#drawStroke(this.#stroke, before);
	}

	/** Makes the stroke a step. */
	end(): void {
		const stroke = this.#stroke;
		this.#stroke = null;
		if (stroke !== null) this.steps.value = withStep(this.steps.value, stroke);
	}

	/** Forgets the stroke. */
	abandon(): void {
		if (this.#stroke === null) return;
		this.#stroke = null;
		this.#drawAll();
	}

	get isPainting(): boolean {
		return this.#stroke !== null;
	}

	/** Inverts or clears all. */
	apply(step: Step): void {
		this.end();
		if (this.isHeld || this.isFull.value) return;
		this.steps.value = withStep(this.steps.value, step);
		this.#drawStep(step);
	}

	undo(): void {
		this.end();
		this.#turnTo(undo(this.steps.value));
	}

	redo(): void {
		this.end();
		this.#turnTo(redo(this.steps.value));
	}

	#turnTo(steps: typeof this.steps.value): void {
		if (this.isHeld) return;
		this.steps.value = steps;
		this.#drawAll();
	}

	#drawAll(): void {
		const context = this.#context;
		if (context === null) return;
		const { width, height } = context.canvas;
		context.resetTransform();
		context.clearRect(0, 0, width, height);
		context.scale(width / this.#size.width, height / this.#size.height);
		if (this.#shownBase !== null) {
			context.putImageData(this.#shownBase, 0, 0);
			// Where the mask of before paints, in its colours.
			context.globalCompositeOperation = "source-in";
			this.#fill(context);
		}
		for (const step of this.steps.value.done) this.#drawStep(step);
	}

	#fill(context: CanvasRenderingContext2D): void {
		context.fillStyle = this.#paint;
		context.fillRect(0, 0, this.#size.width, this.#size.height);
	}

	#drawStep(step: Step): void {
		const context = this.#context;
		if (context === null) return;
		if (step.kind === "stroke") {
			this.#drawStroke(step, 0);
			return;
		}
		// What is drawn stays where nothing was.
		context.globalCompositeOperation = step.kind === "invert" ? "source-out" : "destination-out";
		this.#fill(context);
	}

	/** @param from the first point that is new */
	#drawStroke({ tool, radius, points }: Stroke, from: number): void {
		const context = this.#context;
		const [first] = points;
		if (context === null || first === undefined || from >= points.length) return;
		context.globalCompositeOperation = tool === "brush" ? "source-over" : "destination-out";
		context.fillStyle = this.#paint;
		context.strokeStyle = this.#paint;
		context.lineWidth = radius * 2;
		context.lineCap = "round";
		context.lineJoin = "round";
		context.beginPath();
		if (from === 0) {
			context.arc(first.x, first.y, radius, 0, 2 * Math.PI);
			context.fill();
			context.beginPath();
		}
		const before = points[from - 1] ?? first;
		context.moveTo(before.x, before.y);
		for (const point of points.slice(from)) context.lineTo(point.x, point.y);
		context.stroke();
	}
}

/** Fills an image: opaque where the mask paints. */
function toShown(base: Bits, size: Size, image: ImageData): ImageData {
	const { width, height, data } = image;
	const row = new Uint8Array(size.width);
	for (let y = 0; y < height; y += 1) {
		base.read(Math.floor(((y + 0.5) * size.height) / height), row);
		for (let x = 0; x < width; x += 1)
			if (row[Math.floor(((x + 0.5) * size.width) / width)] === 1) data[(y * width + x) * 4 + 3] = OPAQUE;
	}
	return image;
}

/** @param scale pixels of the picture in one of the canvas */
function stripes(context: CanvasRenderingContext2D, scale: number): CanvasPattern | string {
	const tile = new OffscreenCanvas(TILE_PIXELS, TILE_PIXELS);
	const drawn = tile.getContext("2d");
	if (drawn === null) return RED;
	drawn.fillStyle = RED;
	drawn.fillRect(0, 0, TILE_PIXELS, TILE_PIXELS);
	drawn.strokeStyle = STRIPE;
	drawn.lineWidth = 1.5;
	// The corners belong to the stripes of the tiles beside.
	for (const shift of [-TILE_PIXELS, 0, TILE_PIXELS]) {
		drawn.moveTo(shift - 1, TILE_PIXELS + 1);
		drawn.lineTo(shift + TILE_PIXELS + 1, -1);
	}
	drawn.stroke();
	const pattern = context.createPattern(tile, "repeat");
	pattern?.setTransform(new DOMMatrix().scale(scale));
	return pattern ?? RED;
}
