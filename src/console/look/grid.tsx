/** The grid of cards: only those near the window are in the page, in the order of their age. */

import { batch, effect, type Signal, useSignal, useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { toPath } from "../api/client.ts";
import { geometry, layout } from "./arranged.ts";
import { beginBand, drawnBand } from "./band.ts";
import { type Cell, NO_CELLS, toCells } from "./cells.tsx";
import { checkCard } from "./check.tsx";
import { handleKey } from "./keys.ts";
import { type Span, toGeometry } from "./layout.ts";
import { freshenIfDue, isLoading, loadMore } from "./list.ts";
import { isOver, returnTo } from "./over.ts";
import { isSelecting } from "./selected.ts";
import { pictureOfPath } from "./thumbnails/size.ts";
import { selectByTouch } from "./touch.ts";

/** In pixels; a narrow window gets less. */
const GAP = 12;
const GAP_NARROW = 8;
const NARROW = 640;
/** The height of what a card says under its picture, in the size of the page's text. */
const FOOT_REM = 5.25;
/** Cards come and go when the window has moved by so much. */
const STEP_PX = 128;
/** So many windows are kept where the page scrolls to, and behind. */
const OVERSCAN = 1;
const OVERSCAN_BEHIND = 0.25;
/** At first nothing is kept there, for so long or until somebody scrolls. */
const SETTLE_MS = 400;
/** The next page is asked for so many windows before the end. */
const AHEAD = 3;

const NOWHERE: Span = { top: 0, bottom: 0 };

/** How far the gallery was scrolled when another view took its place. */
let scrolledTo = 0;

export function Grid({ label }: { readonly label: string }) {
	const list = useRef<HTMLUListElement>(null);
	/** The part of the grid that is seen, and the one that has its cards in the page. */
	const seen = useSignal(NOWHERE);
	const near = useSignal(NOWHERE);
	const focused = useSignal<string | null>(null);
	const cells = useRef<ReadonlyMap<string, Cell>>(new Map());
	const wanted = useRef<string | null>(null);
	/** Counts up with the frames while cards are still to be drawn. */
	const turn = useSignal(0);
	const isUpwards = useRef(false);
	/** The first cards had time to be drawn: those beyond the window would keep them and their pictures waiting. */
	const isSettled = useRef(false);

	useLayoutEffect(() => {
		const grid = list.current;
		if (grid === null) return;
		const back = scrolledTo;
		const look = () => {
			const [top, height] = [-grid.getBoundingClientRect().top, innerHeight];
			const around = isSettled.current ? height : 0;
			if (scrollY !== scrolledTo) isUpwards.current = scrollY < scrolledTo;
			const [above, below] = isUpwards.current ? [OVERSCAN, OVERSCAN_BEHIND] : [OVERSCAN_BEHIND, OVERSCAN];
			batch(() => {
				move(seen, toSteps({ top, bottom: top + height }));
				move(near, toSteps({ top: top - around * above, bottom: top + height + around * below }));
			});
			scrolledTo = scrollY;
			if (scrollY < STEP_PX) freshenIfDue();
		};
		const measure = () => {
			const gap = innerWidth < NARROW ? GAP_NARROW : GAP;
			const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
			geometry.value = toGeometry(grid.clientWidth, gap, Math.round(FOOT_REM * rem));
			look();
		};
		const resized = new ResizeObserver(measure);
		resized.observe(grid);
		measure();
		let isGone = false;
		const settle = () => {
			if (isGone) return;
			isSettled.current = true;
			look();
		};
		const stopWaiting = effect(() => {
			if (isSettled.current || layout.value === null || layout.value.placed.length === 0) return;
			setTimeout(settle, SETTLE_MS);
		});
		addEventListener("scroll", settle, { passive: true });
		addEventListener("resize", measure);
		const endTouch = selectByTouch(grid, cardAt);
		// The grid has its height by now.
		if (back > 0) scrollTo({ top: back, behavior: "instant" });
		return () => {
			resized.disconnect();
			isGone = true;
			stopWaiting();
			removeEventListener("scroll", settle);
			removeEventListener("resize", measure);
			endTouch();
		};
	}, []);

	useSignalEffect(() => {
		const { height: end, placed } = layout.value ?? { height: 0, placed: [] };
		const { top, bottom } = near.value;
		// The first pictures come before the next page. A filter may find nothing on the first one.
		const isTime = isSettled.current || placed.length === 0;
		if (isTime && isLoading.value === null && end - bottom < (bottom - top) * AHEAD) loadMore();
	});

	/** Gives the focus to what a card is opened by, once it is in the page. */
	function focusCard(id: string): void {
		wanted.current = id;
		focused.value = id;
		const placed = layout.peek()?.placed.find((card) => card.id === id);
		if (placed !== undefined && cells.current.has(id)) giveFocus();
	}

	function giveFocus(): void {
		const id = wanted.current;
		const cell = id === null ? null : list.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
		if (!cell) return;
		wanted.current = null;
		// The bars over and under the gallery cover none of the card.
		cell.scrollIntoView({ block: "nearest", behavior: "instant" });
		(cell.querySelector<HTMLElement>("a[href], button") ?? cell).focus({ preventScroll: true });
	}

	useLayoutEffect(giveFocus);
	useSignalEffect(() => {
		if (isOver.value || returnTo.value === null) return;
		const id = returnTo.value;
		returnTo.value = null;
		// The dialog gives the focus back first.
		queueMicrotask(() => focusCard(id));
	});

	const arranged = layout.value;
	turn.value;
	const drawn =
		arranged === null
			? NO_CELLS
			: toCells(arranged, { near: near.value, seen: seen.value, focused: focused.value }, cells.current);
	cells.current = drawn.cells;
	useLayoutEffect(() => {
		if (!drawn.isPartial) return;
		const frame = requestAnimationFrame(() => {
			turn.value += 1;
		});
		return () => cancelAnimationFrame(frame);
	});
	return (
		<ul
			ref={list}
			class={`look-grid ${isSelecting.value ? "look-selecting" : ""}`}
			aria-label={label}
			style={{ height: `${arranged?.height ?? 0}px` }}
			onFocusIn={({ target }) => {
				focused.value = cardAt(target);
			}}
			onFocusOut={() => {
				focused.value = null;
			}}
			onKeyDown={(event) => {
				if (event.defaultPrevented || isTyping(event.target)) return;
				if (event.key === " " && !isLink(event.target)) return;
				if (handleKey(event, cardAt(event.target), focusCard)) event.preventDefault();
			}}
			onClickCapture={(event) => {
				const id = cardAt(event.target);
				if (id !== null && checkCard(id, event)) {
					event.preventDefault();
					event.stopPropagation();
				}
			}}
			onPointerDown={(event) => {
				if (event.pointerType !== "mouse" || event.button !== 0 || isControl(event.target)) return;
				// Else the text under the band is selected.
				event.preventDefault();
				beginBand(event, event.currentTarget, cardAt(event.target) !== null);
			}}
			onLoadCapture={({ target }) => {
				// Without one, the picture is shown all the same.
				if (target instanceof HTMLImageElement) offer(target).catch(() => undefined);
			}}
		>
			{[...cells.current.values()].map(({ node }) => node)}
			<Band />
		</ul>
	);
}

/** Of a picture that has no thumbnail, one is made. What makes it is loaded then. */
async function offer(image: HTMLImageElement): Promise<void> {
	const path = toPath(image.currentSrc);
	const picture = pictureOfPath(path);
	if (picture === null) return;
	const { offerThumbnail } = await import("./thumbnails/thumbnails.ts");
	offerThumbnail({ ...picture, path });
}

function Band() {
	const box = drawnBand.value;
	if (box === null) return null;
	const { left, right, top, bottom } = box;
	return (
		<li
			class="look-band"
			aria-hidden="true"
			style={{ translate: `${left}px ${top}px`, width: `${right - left}px`, height: `${bottom - top}px` }}
		/>
	);
}

function move(span: Signal<Span>, next: Span): void {
	const { top, bottom } = span.peek();
	if (next.top !== top || next.bottom !== bottom) span.value = next;
}

function toSteps({ top, bottom }: Span): Span {
	return { top: Math.floor(top / STEP_PX) * STEP_PX, bottom: Math.ceil(bottom / STEP_PX) * STEP_PX };
}

function cardAt(target: EventTarget | null): string | null {
	if (!(target instanceof Element)) return null;
	return target.closest<HTMLElement>(".look-cell")?.dataset.card ?? null;
}

function isTyping(target: EventTarget | null): boolean {
	return target instanceof Element && target.matches("input:not([type=checkbox]), textarea, select");
}

function isLink(target: EventTarget | null): boolean {
	return target instanceof Element && (target.matches("a") || target.matches(".look-cell"));
}

/** What a press of the mouse is for: all else begins a rubber band. */
function isControl(target: EventTarget | null): boolean {
	return target instanceof Element && target.closest("a, button, input, label, summary, img, [popover]") !== null;
}
