/** The grid of cards: only those near the window are in the page, in the order of their age. */

import { computed, effect, useSignal, useSignalEffect } from "@preact/signals";
import type { VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { JobCard } from "../jobs/card.tsx";
import { jobs } from "../jobs/store.ts";
import { geometry, layout } from "./arranged.ts";
import { beginBand, drawnBand } from "./band.ts";
import { CardCheck, checkCard } from "./check.tsx";
import { handleKey } from "./keys.ts";
import { type Layout, type Placed, placesIn, type Span, toGeometry } from "./layout.ts";
import { filterSuffix, freshenIfDue, hasMore, isLoading, loadMore, shown } from "./list.ts";
import { isOver, returnTo } from "./over.ts";
import { isSelecting } from "./selected.ts";
import { offerThumbnail } from "./thumbnails/thumbnails.ts";
import { selectByTouch } from "./touch.ts";

/** In pixels; a narrow window gets less. */
const GAP = 12;
const GAP_NARROW = 8;
const NARROW = 640;
/** The height of what a card says under its picture, in the size of the page's text. */
const FOOT_REM = 5.25;
/** Cards come and go when the window has moved by so much. */
const STEP_PX = 128;
/** So many windows are kept above and below. */
const OVERSCAN = 1;
/** At first nothing is kept there, for so long or until somebody scrolls. */
const SETTLE_MS = 400;
/** The next page is asked for so many windows before the end. */
const AHEAD = 3;

const NOWHERE: Span = { top: 0, bottom: 0 };
const setSize = computed(() => (hasMore.value ? -1 : shown.value.length));

/** How far the gallery was scrolled when another view took its place. */
let scrolledTo = 0;

export function Grid({ label }: { readonly label: string }) {
	const list = useRef<HTMLUListElement>(null);
	/** The part of the grid that has its cards in the page. */
	const near = useSignal(NOWHERE);
	const focused = useSignal<string | null>(null);
	const cells = useRef<ReadonlyMap<string, Cell>>(new Map());
	const wanted = useRef<string | null>(null);
	/** The first cards had time to be drawn: those beyond the window would keep them and their pictures waiting. */
	const isSettled = useRef(false);

	useLayoutEffect(() => {
		const grid = list.current;
		if (grid === null) return;
		const back = scrolledTo;
		const look = () => {
			const [top, height] = [-grid.getBoundingClientRect().top, innerHeight];
			const around = isSettled.current ? height * OVERSCAN : 0;
			const next = toSteps({ top: top - around, bottom: top + height + around });
			if (next.top !== near.peek().top || next.bottom !== near.peek().bottom) near.value = next;
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
		const end = layout.value?.height ?? 0;
		const { top, bottom } = near.value;
		if (isLoading.value === null && end - bottom < (bottom - top) * AHEAD) loadMore();
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
		(cell.querySelector<HTMLElement>("a[href], button") ?? cell).focus();
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
	cells.current = arranged === null ? new Map() : toCells(arranged, near.value, focused.value, cells.current);
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
				beginBand(event, event.currentTarget);
			}}
			onLoadCapture={({ target }) => {
				if (target instanceof HTMLImageElement) offerThumbnail(target);
			}}
		>
			{[...cells.current.values()].map(({ node }) => node)}
			<Band />
		</ul>
	);
}

/** A card in the page. Its node stays the same for as long as its place does, so that it is not drawn again. */
interface Cell {
	readonly placed: Placed;
	readonly place: number;
	readonly node: VNode;
}

/** The card with the focus stays in the page, wherever the window goes. */
function toCells(
	arranged: Layout,
	span: Span,
	focused: string | null,
	earlier: ReadonlyMap<string, Cell>,
): ReadonlyMap<string, Cell> {
	const near = placesIn(arranged, span);
	const kept = focused === null ? -1 : arranged.placed.findIndex(({ id }) => id === focused);
	const places = kept === -1 || near.includes(kept) ? near : [...near, kept].toSorted((a, b) => a - b);
	const cells = new Map<string, Cell>();
	for (const place of places) {
		const placed = arranged.placed[place];
		if (placed === undefined) continue;
		const before = earlier.get(placed.id);
		const isSame = before?.placed === placed && before.place === place;
		cells.set(placed.id, isSame ? before : { placed, place, node: toNode(placed, place) });
	}
	return cells;
}

function toNode({ id, left, top, width, height }: Placed, place: number): VNode {
	return (
		<li
			key={jobs.entry(id).peek()?.key ?? id}
			class="look-cell"
			data-card={id}
			tabIndex={-1}
			aria-posinset={place + 1}
			aria-setsize={setSize}
			style={{ translate: `${left}px ${top}px`, width: `${width}px`, height: `${height}px` }}
		>
			<JobCard id={id} suffix={filterSuffix} />
			<CardCheck id={id} />
		</li>
	);
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
