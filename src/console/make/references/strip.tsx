/** The row of references over the prompt: sorted by dragging or by the arrow keys, with the mask of the first one. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button, IconButton } from "../../parts/button.tsx";
import { chooseModel } from "../draft-state.ts";
import { ADD_ID } from "./intake.tsx";
import { beyond, wayOf } from "./list.ts";
import { maskingModel } from "./masking-model.ts";
import { paintMask } from "./paint-mask.ts";
import type { Reference } from "./reference.ts";
import { useSort } from "./sort.ts";
import {
	arriving,
	clearReferences,
	isFewerByMask,
	limit,
	mask,
	moveReference,
	references,
	removeReference,
	setMask,
	takesMask,
} from "./store.ts";
import { words } from "./words.ts";
import "./strip.css";

/** Of a mask, either side: the API's bound. */
const MAX_MASK_SIDE = 8_192;

export function Strip() {
	const w = words();
	const list = references.value;
	const max = limit.value;
	const left = beyond(list, max);
	const [said, say] = useState("");
	const focused = useRef<string | null>(null);

	function move(id: string, to: number): void {
		const from = list.findIndex((one) => one.id === id);
		const place = Math.max(0, Math.min(list.length - 1, to));
		if (from === place) return;
		moveReference(id, place);
		say(w.moved(list[from]?.name ?? "", place + 1, list.length));
	}

	function remove(one: Reference, at: number): void {
		focused.current = (list[at + 1] ?? list[at - 1])?.id ?? null;
		removeReference(one.id);
		say(w.removed(one.name));
		if (list.length === 1) leave();
	}

	const { row, drag, down, move: follow, up, end } = useSort(list.length, move);

	// A tile that is moved or removed takes the focus along.
	useLayoutEffect(() => {
		const id = focused.current;
		focused.current = null;
		if (id !== null) document.getElementById(tileId(id))?.focus();
	}, [list]);

	function press(event: KeyboardEvent, one: Reference, at: number): void {
		const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: list.length - 1 }[event.key];
		if (event.key === "Escape") end();
		else if (event.key === "Delete" || event.key === "Backspace") remove(one, at);
		else if (to !== undefined) {
			focused.current = one.id;
			move(one.id, to);
		} else return;
		event.preventDefault();
	}

	return (
		<section class="refs" aria-label={w.references}>
			<p id="refs-how" class="visually-hidden">
				{w.howToSort}
			</p>
			<ul class="refs-row" ref={row}>
				{list.map((one, at) => {
					const isDragged = drag?.id === one.id;
					const way = drag === null || isDragged ? 0 : wayOf(at, drag.from, drag.to);
					return (
						<li
							key={one.id}
							class={`refs-tile ${isDragged ? "refs-dragged" : ""} ${left.includes(one) ? "refs-beyond" : ""}`}
							style={{
								"--way": String(way),
								"--distance": `${isDragged ? drag.distance : 0}px`,
							}}
						>
							<button
								id={tileId(one.id)}
								type="button"
								class="refs-picture"
								aria-label={w.place(one.name, at + 1, list.length)}
								aria-describedby="refs-how"
								title={one.source.kind === "link" ? one.source.url : `${one.name} · ${one.width} × ${one.height}`}
								onPointerDown={(event) => down(event, one.id, at)}
								onPointerMove={follow}
								onPointerUp={up}
								onPointerCancel={end}
								onContextMenu={(event) => drag !== null && event.preventDefault()}
								onKeyDown={(event) => press(event, one, at)}
							>
								{one.source.kind === "link" ? (
									<span class="refs-host">{one.name}</span>
								) : (
									<img src={one.preview} alt="" draggable={false} />
								)}
							</button>
							{at === 0 && one.source.kind !== "link" && <MaskButton first={one} />}
							<IconButton class="refs-remove" icon="x" name={w.remove(one.name)} onClick={() => remove(one, at)} />
						</li>
					);
				})}
				{Array.from({ length: arriving.value }, (_, at) => (
					<li key={`arriving-${at}`} class="refs-tile refs-arriving" aria-hidden="true">
						<span class="spinner" />
					</li>
				))}
			</ul>
			<div class="refs-foot">
				<span class={`chip ${left.length > 0 ? "chip-warn" : ""}`}>
					<span aria-hidden="true">{`${list.length}/${max}`}</span>
					<span class="visually-hidden">{w.count(list.length, max)}</span>
				</span>
				<Notes left={left.length} max={max} />
				{list.length > 1 && (
					<Button
						look="quiet"
						class="refs-clear"
						onClick={() => {
							clearReferences();
							leave();
						}}
					>
						{w.clear}
					</Button>
				)}
			</div>
			<p class="visually-hidden" role="status">
				{arriving.value > 0 ? w.reading(arriving.value) : said}
			</p>
		</section>
	);
}

/** The row is gone: the focus goes where pictures come from. */
function leave(): void {
	document.getElementById(ADD_ID)?.focus();
}

function MaskButton({ first }: { readonly first: Reference }) {
	const w = words();
	const isSet = mask.value !== null;
	const isTooLarge = Math.max(first.width, first.height) > MAX_MASK_SIDE;
	const name = isTooLarge ? w.tooLargeForMask : isSet ? w.editMask : w.paintMask;
	return (
		<IconButton
			class={`refs-mask ${isSet ? "refs-masked" : ""}`}
			icon="brush"
			name={name}
			disabled={isTooLarge}
			onClick={() => void paintMask()}
		/>
	);
}

/** What is not as it may seem. */
function Notes({ left, max }: { readonly left: number; readonly max: number }) {
	const w = words();
	return (
		<span class="refs-notes">
			{left > 0 && (
				<span class="refs-warn">{isFewerByMask.value ? w.beyondMasked(left, max) : w.beyond(left, max)}</span>
			)}
			{mask.value !== null && <MaskNote />}
		</span>
	);
}

function MaskNote() {
	const w = words();
	const masking = takesMask.value ? null : maskingModel();
	return (
		<>
			<span class={takesMask.value ? "" : "refs-warn"}>{takesMask.value ? w.hasMask : w.takesNoMask}</span>
			{masking !== null && (
				<button type="button" class="refs-link" onClick={() => chooseModel(masking)}>
					{w.use(masking.id)}
				</button>
			)}
			<button type="button" class="refs-link" onClick={() => setMask(null)}>
				{w.removeMask}
			</button>
		</>
	);
}

function tileId(id: string): string {
	return `refs-${id}`;
}
