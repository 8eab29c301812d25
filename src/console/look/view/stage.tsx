/** One picture as large as the window lets it be, to zoom and to move. */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { toPath } from "../../api/client.ts";
import type { Picture } from "../../api/types.ts";
import { IconButton } from "../../parts/button.tsx";
import { words } from "./words.ts";
import { fitIn, percentOf, type Size, ZOOM_STEP } from "./zoom.ts";
import { createZooming, type Swipes, type Zooming } from "./zooming.ts";

/** Before a picture is loaded that nobody has measured. */
const UNKNOWN: Size = { width: 1024, height: 1024 };

export function sizeOf({ width, height }: Picture): Size {
	return width === null || height === null ? UNKNOWN : { width, height };
}

interface StageProps {
	readonly picture: Picture;
	readonly prompt: string;
	readonly swipes: Swipes;
	/** Gets what the keys zoom with. */
	readonly onReady: (zooming: Zooming) => void;
}

/** Give it the picture's link as its key: another picture begins whole. */
export function Stage({ picture, prompt, swipes, onReady }: StageProps) {
	const w = words();
	const frame = useRef<HTMLDivElement>(null);
	const space = useSignal<Size>({ width: 1, height: 1 });
	const real = useSignal(sizeOf(picture));
	const state = useSignal<"loading" | "loaded" | "broken">("loading");
	const latest = useRef(swipes);
	latest.current = swipes;
	const zooming = useMemo(
		() =>
			createZooming(
				() => real.peek(),
				() => frame.current?.getBoundingClientRect() ?? new DOMRect(),
				{ onSide: (by) => latest.current.onSide(by), onDown: () => latest.current.onDown() },
			),
		[],
	);
	useEffect(() => onReady(zooming), [zooming]);
	useLayoutEffect(() => {
		const element = frame.current;
		if (element === null) return;
		const measure = () => {
			space.value = { width: element.clientWidth, height: element.clientHeight };
			zooming.reset();
		};
		const resized = new ResizeObserver(measure);
		resized.observe(element);
		measure();
		return () => resized.disconnect();
	}, []);
	const style = useComputed(() => {
		const { width, height } = fitIn(real.value, space.value);
		const { scale, x, y } = zooming.view.value;
		const swipe = zooming.swipe.value;
		return `width: ${width}px; height: ${height}px; translate: ${x + swipe.x}px ${y + Math.max(0, swipe.y)}px; scale: ${scale};`;
	});
	const isZoomed = zooming.view.value.scale > 1;
	return (
		<>
			<div ref={frame} class={`view-stage ${isZoomed ? "view-stage-zoomed" : ""}`} {...zooming.handlers}>
				{picture.thumbnail_url !== undefined && state.value === "loading" && (
					<img class="view-image" style={style} src={toPath(picture.thumbnail_url)} alt="" draggable={false} />
				)}
				<img
					class={`view-image ${state.value === "loaded" ? "view-image-there" : ""}`}
					style={style}
					src={toPath(picture.url)}
					alt={prompt}
					draggable={false}
					onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
						state.value = "loaded";
						if (picture.width === null && width > 0) real.value = { width, height };
					}}
					onError={() => {
						state.value = "broken";
					}}
				/>
				{state.value === "broken" && (
					<p class="view-said" role="alert">
						{w.brokenPicture}
					</p>
				)}
			</div>
			<ZoomBar zooming={zooming} percent={percentOf(zooming.view.value, real.value, space.value)} />
		</>
	);
}

interface ZoomBarProps {
	readonly zooming: Zooming;
	/** Of the real pixels; null while the picture is shown whole. */
	readonly percent: number | null;
}

export function ZoomBar({ zooming, percent }: ZoomBarProps) {
	const w = words();
	const { scale } = zooming.view.value;
	const shown = percent === null ? w.fit : w.zoomed(percent);
	return (
		<div class="view-zoom">
			{/* Disabled, it would lose the focus, and the keys with it. At its end it does nothing. */}
			<IconButton
				icon="zoom-out"
				name={w.zoomOut}
				aria-disabled={scale <= 1}
				onClick={() => zooming.zoom(1 / ZOOM_STEP)}
			/>
			<button
				type="button"
				class="button button-quiet"
				title={w.zoomReset}
				aria-label={`${shown}: ${w.zoomReset}`}
				onClick={zooming.reset}
			>
				{shown}
			</button>
			<IconButton icon="zoom-in" name={w.zoomIn} onClick={() => zooming.zoom(ZOOM_STEP)} />
		</div>
	);
}
