/** The card of a job in any state. It fills the box that it is given, so that nothing shifts. */

import type { ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Foot } from "./card-foot.tsx";
import { Live } from "./card-live.tsx";
import { LossView } from "./card-loss.tsx";
import { Places } from "./card-places.tsx";
import { keepTime, now } from "./clock.ts";
import { type Entry, isGoingOn } from "./entry.ts";
import { toCard } from "./fold.ts";
import { jobs } from "./store.ts";
import "./card.css";

interface JobCardProps {
	/** Of a job, or of a request of this page that has none yet. */
	readonly id: string;
	/** Stands behind the addresses of the large view. */
	readonly suffix: ReadonlySignal<string>;
}

export function JobCard({ id, suffix }: JobCardProps) {
	useEffect(() => jobs.see(id), [id]);
	const entry = jobs.entry(id).value;
	return entry === undefined ? <article class="watch-card" /> : <Drawn entry={entry} suffix={suffix} />;
}

function Drawn({ entry, suffix }: Pick<JobCardProps, "suffix"> & { readonly entry: Entry }) {
	const isLive = isGoingOn(entry);
	useEffect(() => (isLive ? keepTime() : undefined), [isLive]);
	// An ended job is not drawn anew each second.
	const usual = isLive ? usualOf(entry) : null;
	const card = toCard(entry, isLive ? now.value : 0, usual);
	const hasPictures = card.places.some(({ kind }) => kind === "picture");
	const isLost = card.loss !== null && !hasPictures;
	return (
		<article
			class={`watch-card watch-${card.phase}`}
			aria-label={card.prompt}
			data-events={entry.events.length}
			data-repeated={entry.repeated}
			data-cuts={entry.cuts}
		>
			<div class={`watch-frame ${card.isLive || isLost ? "watch-said" : ""}`}>
				<Places card={card} job={entry.job} suffix={suffix} isFollowed={entry.events.length > 0} />
				{card.isLive && <Live card={card} usual={usual} isOverPictures={hasPictures} />}
				{isLost && card.loss !== null && <LossView card={card} loss={card.loss} entry={entry} />}
			</div>
			<Foot card={card} entry={entry} suffix={suffix} />
		</article>
	);
}

function usualOf({ job, sending }: Entry): number | null {
	return jobs.usual.value.get(job?.model ?? sending?.draft.model ?? "") ?? null;
}
