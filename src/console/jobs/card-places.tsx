/** The pictures of a card, in their grid: those that are there, and room for those to come. */

import type { ReadonlySignal } from "@preact/signals";
import { useRef, useState } from "preact/hooks";
import type { Job, ListedJob, Picture } from "../api/types.ts";
import { IconButton } from "../parts/button.tsx";
import { Icon, type IconName } from "../parts/icons.tsx";
import { cardActions } from "./actions.ts";
import type { Card, Place } from "./fold.ts";
import { gridOf, type Shape, shapeDistance } from "./shape.ts";
import { useSmall } from "./small.ts";
import { words } from "./words.ts";

/** A picture whose shape differs by less fills its place. */
const COVER_TOLERANCE = 0.03;

interface PlacesProps {
	readonly card: Card;
	readonly job: Job | ListedJob | null;
	readonly suffix: ReadonlySignal<string>;
	/** True if somebody watched it being made: then its pictures fade in. In a gallery that scrolls, that would hold each frame up. */
	readonly isFollowed: boolean;
}

export function Places({ card, job, suffix, isFollowed }: PlacesProps) {
	const { places, shape } = card;
	const { columns, rows, first } = gridOf(shape, places.length);
	return (
		<div
			class={`watch-places ${places.length === 1 ? "watch-places-one" : ""} ${first === 2 ? "watch-places-led" : ""}`}
			style={{ gridTemplateColumns: `repeat(${columns}, 1fr)`, gridTemplateRows: `repeat(${rows}, 1fr)` }}
		>
			{places.map((place) => (
				<PlaceView key={place.index} place={place} card={card} job={job} suffix={suffix} isFollowed={isFollowed} />
			))}
		</div>
	);
}

function PlaceView({ place, card, job, suffix, isFollowed }: PlacesProps & { readonly place: Place }) {
	const w = words();
	switch (place.kind) {
		case "picture":
			return <PictureView card={card} job={job} suffix={suffix} isFollowed={isFollowed} picture={place.picture} />;
		case "pending":
			// A job that goes on says it over all places.
			return card.isLive ? <div class="watch-place" /> : <Without icon="download" text={w.late} />;
		case "missing":
			// The whole card says it if nothing came.
			if (card.loss !== null) return <div class="watch-place" />;
			return <Without icon="image" text={w.missing} why={place.why} />;
	}
}

interface WithoutProps {
	readonly icon: IconName;
	readonly text: string;
	readonly why?: string;
}

/** A place says why it has no picture. */
function Without({ icon, text, why = text }: WithoutProps) {
	return (
		<div class="watch-place watch-missing" title={why}>
			<Icon name={icon} />
			<span>{text}</span>
		</div>
	);
}

function PictureView({ card, job, picture, suffix, isFollowed }: PlacesProps & { readonly picture: Picture }) {
	const w = words();
	const [isThere, setThere] = useState(false);
	/** Most pictures scroll by: their buttons would be half of what is in the page. */
	const [isReached, setReached] = useState(false);
	const reach = () => setReached(true);
	const fades = useRef(isFollowed).current;
	const { src, onError } = useSmall(picture);
	const { places, prompt, id } = card;
	const name = places.length > 1 ? w.pictureOf(prompt, picture.index + 1, places.length) : w.picture(prompt);
	return (
		// Moves count, and no enters: the pointer also enters a card that scrolls by under it.
		<div class="watch-place" onPointerMove={reach} onFocusIn={reach}>
			<a class="watch-open" href={`#/job/${id}/${picture.index}${suffix.value}`} aria-label={w.open(name)}>
				<img
					class={`watch-picture ${isThere ? "watch-there" : ""} ${fades ? "watch-fades" : ""} ${fills(picture, card.shape) ? "watch-fills" : ""}`}
					src={src}
					alt={name}
					decoding="async"
					draggable={false}
					onLoad={() => setThere(true)}
					onError={() => {
						// Its name stands in the place of a picture that does not come at all.
						if (!onError()) setThere(true);
					}}
				/>
			</a>
			{picture.nsfw && <span class="chip chip-warn watch-nsfw">{w.nsfw}</span>}
			{isReached && job !== null && <PictureActions job={job} index={picture.index} />}
		</div>
	);
}

/** For a mouse and for the keyboard. A finger has the menu. */
function PictureActions({ job, index }: { readonly job: Job | ListedJob; readonly index: number }) {
	const w = words();
	const actions = cardActions.value;
	if (actions === null) return null;
	return (
		<div class="watch-actions">
			<IconButton icon="pencil" name={w.edit} onClick={() => actions.edit(job, index)} />
			<IconButton icon="refresh" name={w.again} onClick={() => actions.again(job, { sameSeed: false })} />
		</div>
	);
}

function fills({ width, height }: Picture, shape: Shape): boolean {
	if (width === null || height === null) return false;
	return shapeDistance({ width, height }, shape) < COVER_TOLERANCE;
}
