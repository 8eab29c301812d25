/** Zooms and moves a picture within its frame. A view is what a CSS transform says, from the centre of the frame. */

export interface View {
	/** 1 shows the picture whole. */
	readonly scale: number;
	/** How far the picture's centre is from the frame's. Pixels. */
	readonly x: number;
	readonly y: number;
}

export interface Size {
	readonly width: number;
	readonly height: number;
}

export interface Point {
	readonly x: number;
	readonly y: number;
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };

/** Each pixel of the picture may be shown as so many of the screen's. */
const MAX_PIXEL_SCALE = 8;
/** So far at least, also for a picture that is larger than the screen shows. */
const MIN_MAX_SCALE = 4;
/** One step of a key or a button. */
export const ZOOM_STEP = 1.5;

/** Returns the size of a picture that is shown whole in a frame. @param most how often a pixel may be as wide: by default it is shown no larger than it is */
export function fitIn(picture: Size, frame: Size, most = 1): Size {
	const scale = Math.min(most, frame.width / picture.width, frame.height / picture.height);
	return { width: picture.width * scale, height: picture.height * scale };
}

/** Returns the scale at which one pixel of the picture is one of the screen's. */
export function realScale(picture: Size, frame: Size): number {
	return picture.width / fitIn(picture, frame).width;
}

/** Returns how large each pixel of the picture is shown, in percent of one of the page's; null if the picture is shown whole. */
export function percentOf({ scale }: View, picture: Size, frame: Size): number | null {
	return scale <= 1 ? null : Math.round((scale / realScale(picture, frame)) * 100);
}

/** Zooms by a factor about a point, which stays where it is. @param at From the centre of the frame */
export function zoomAbout(view: View, factor: number, at: Point, picture: Size, frame: Size): View {
	const most = Math.max(MIN_MAX_SCALE, realScale(picture, frame) * MAX_PIXEL_SCALE);
	const scale = Math.min(most, Math.max(1, view.scale * factor));
	const ratio = scale / view.scale;
	return bound({ scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio }, picture, frame);
}

export function moveBy(view: View, dx: number, dy: number, picture: Size, frame: Size): View {
	return bound({ ...view, x: view.x + dx, y: view.y + dy }, picture, frame);
}

/** Shows the real pixels about a point, or the whole picture again. */
export function toggleZoom(view: View, at: Point, picture: Size, frame: Size): View {
	if (view.scale > 1) return WHOLE;
	return zoomAbout(view, Math.max(2, realScale(picture, frame)), at, picture, frame);
}

/** Follows two fingers: the points under them stay under them. @param before Where they were, from the centre of the frame */
export function pinch(
	view: View,
	before: readonly [Point, Point],
	after: readonly [Point, Point],
	picture: Size,
	frame: Size,
): View {
	const factor = distance(after) / Math.max(1, distance(before));
	const [from, to] = [middle(before), middle(after)];
	const zoomed = zoomAbout(view, factor, from, picture, frame);
	return moveBy(zoomed, to.x - from.x, to.y - from.y, picture, frame);
}

function distance([a, b]: readonly [Point, Point]): number {
	return Math.hypot(a.x - b.x, a.y - b.y);
}

function middle([a, b]: readonly [Point, Point]): Point {
	return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** Keeps the picture over the frame: no edge of it comes further in than it must. */
function bound({ scale, x, y }: View, picture: Size, frame: Size): View {
	const shown = fitIn(picture, frame);
	const room = (length: number, space: number) => Math.max(0, (length * scale - space) / 2);
	const [wide, high] = [room(shown.width, frame.width), room(shown.height, frame.height)];
	return { scale, x: clamp(x, wide), y: clamp(y, high) };
}

function clamp(value: number, most: number): number {
	// Never −0, which would be another view than 0.
	return Math.min(most, Math.max(-most, value)) + 0;
}
