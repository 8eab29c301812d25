/** Two pictures to compare: one over the other with a border to move, or beside each other. Both zoom as one. */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { toPath } from "../../api/client.ts";
import { jobs } from "../../jobs/store.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Segmented } from "../../parts/segmented.tsx";
import { go } from "../../router.ts";
import { compareAddress, leave, returnTo } from "../over.ts";
import type { Place } from "./address.ts";
import { Shell } from "./shell.tsx";
import { sizeOf, ZoomBar } from "./stage.tsx";
import { type Found, usePicture } from "./use-picture.ts";
import { words } from "./words.ts";
import { fitIn, percentOf, type Size, type View } from "./zoom.ts";
import { createZooming, type WindowPoint } from "./zooming.ts";

const UNKNOWN: Size = { width: 1024, height: 1024 };
const BORDER_STEP = 2;
const PERCENT = 100;

type Mode = "slider" | "beside";

export function CompareView({ left, right }: { readonly left: Place; readonly right: Place }) {
	const w = words();
	const mode = useSignal<Mode>("slider");
	/** In percent of the frame, from its left edge. */
	const border = useSignal(PERCENT / 2);
	const frame = useRef<HTMLDivElement>(null);
	const pair = useRef<HTMLDivElement>(null);
	const space = useSignal<Size>({ width: 1, height: 1 });
	const [a, b] = [usePicture(left), usePicture(right)];
	const larger = useSignal(UNKNOWN);
	larger.value = largerOf(a, b);
	/** The pictures are shown as large as each other, so that the same place of both is seen. */
	const box = useComputed(() => fitIn(larger.value, space.value));
	const zooming = useMemo(
		() =>
			createZooming(
				() => larger.peek(),
				(point) => frameAt(pair.current, point),
			),
		[],
	);
	useLayoutEffect(() => {
		const element = frame.current;
		if (element === null) return;
		const measure = () => {
			space.value = { width: element.clientWidth, height: element.clientHeight };
		};
		const resized = new ResizeObserver(measure);
		resized.observe(element);
		measure();
		return () => resized.disconnect();
	}, []);
	const clip = (inset: string) => (mode.value === "slider" ? `inset(${inset})` : "none");
	const close = () => void leave();
	useEffect(() => {
		returnTo.value = left.job;
	}, [left.job]);

	function onKey({ key }: KeyboardEvent): boolean {
		if (zooming.key(key)) return true;
		const by = { ArrowLeft: -BORDER_STEP, ArrowRight: BORDER_STEP }[key];
		if (by === undefined || mode.value !== "slider") return false;
		border.value = Math.min(PERCENT, Math.max(0, border.value + by));
		return true;
	}

	return (
		<Shell label={w.compareTitle} onClose={close} onKey={onKey}>
			<div class="view-main view-compare">
				<IconButton icon="x" name={w.close} class="view-close" onClick={close} />
				<div ref={pair} class={`view-pair view-pair-${mode.value}`} {...zooming.handlers}>
					<div ref={frame} class="view-stage" style={{ clipPath: clip(`0 ${PERCENT - border.value}% 0 0`) }}>
						<Layer key={keyOf(left)} found={a} name={w.left_} view={zooming.view} box={box} />
					</div>
					<div class="view-stage" style={{ clipPath: clip(`0 0 0 ${border.value}%`) }}>
						<Layer key={keyOf(right)} found={b} name={w.right_} view={zooming.view} box={box} />
					</div>
					{mode.value === "slider" && <div class="view-border" style={{ left: `${border.value}%` }} />}
				</div>
				{mode.value === "slider" && (
					<input
						type="range"
						class="view-slider"
						aria-label={w.border}
						min={0}
						max={PERCENT}
						value={border.value}
						onInput={({ currentTarget }) => {
							border.value = currentTarget.valueAsNumber;
						}}
					/>
				)}
				<div class="view-compare-bar">
					<Segmented<Mode>
						label={w.mode}
						value={mode.value}
						options={[
							{ value: "slider", name: w.slider },
							{ value: "beside", name: w.sideBySide },
						]}
						onChoose={(chosen) => {
							mode.value = chosen;
							zooming.reset();
						}}
					/>
					<Choice of={left} name={w.leftPicture} onChoose={(chosen) => show(chosen, right)} />
					<IconButton icon="swap" name={w.swap} onClick={() => show(right, left)} />
					<Choice of={right} name={w.rightPicture} onChoose={(chosen) => show(left, chosen)} />
				</div>
				<ZoomBar zooming={zooming} percent={percentOf(zooming.view.value, larger.value, space.value)} />
			</div>
		</Shell>
	);
}

/** Returns the frame of the picture at a point; of the left one if none is given. */
function frameAt(pair: HTMLElement | null, point?: WindowPoint): DOMRect {
	const [left = new DOMRect(), right = left] = [...(pair?.children ?? [])].map((one) => one.getBoundingClientRect());
	return point !== undefined && point.clientX >= left.right ? right : left;
}

function show(left: Place, right: Place): void {
	go(compareAddress(left, right), { replace: true });
}

interface ChoiceProps {
	readonly of: Place;
	readonly name: string;
	readonly onChoose: (place: Place) => void;
}

/** Chooses another picture of the same job. */
function Choice({ of: { job, index }, name, onChoose }: ChoiceProps) {
	const w = words();
	const images = jobs.entry(job).value?.job?.images ?? [];
	if (images.length < 2) return null;
	return (
		<select
			class="input view-choice"
			aria-label={name}
			value={index}
			onChange={({ currentTarget }) => onChoose({ job, index: Number(currentTarget.value) })}
		>
			{images.map((one) => (
				<option key={one.index} value={one.index}>
					{w.numbered(one.index + 1, images.length)}
				</option>
			))}
		</select>
	);
}

function keyOf({ job, index }: Place): string {
	return `${job}/${index}`;
}

function largerOf({ picture: a }: Found, { picture: b }: Found): Size {
	const [one, other] = [a === null ? UNKNOWN : sizeOf(a), b === null ? UNKNOWN : sizeOf(b)];
	return one.width * one.height >= other.width * other.height ? one : other;
}

interface LayerProps {
	readonly found: Found;
	readonly name: string;
	readonly view: { readonly value: View };
	readonly box: { readonly value: Size };
}

function Layer({ found: { picture, prompt, said, retry }, name, view, box }: LayerProps) {
	const w = words();
	const real = picture === null ? UNKNOWN : sizeOf(picture);
	const { width, height } = real;
	const style = useComputed(() => {
		const fitted = fitIn({ width, height }, box.value, Number.POSITIVE_INFINITY);
		const { scale, x, y } = view.value;
		return `width: ${fitted.width}px; height: ${fitted.height}px; translate: ${x}px ${y}px; scale: ${scale};`;
	});
	if (picture === null)
		return (
			<div class="view-said empty" role="status">
				<p>{said}</p>
				{retry !== null && (
					// The frame would take the press for a drag.
					<Button icon="refresh" onPointerDown={(event) => event.stopPropagation()} onClick={retry}>
						{w.retry}
					</Button>
				)}
			</div>
		);
	return (
		<img
			class="view-image view-image-there"
			style={style}
			src={toPath(picture.url)}
			alt={`${name}: ${prompt}`}
			draggable={false}
		/>
	);
}
