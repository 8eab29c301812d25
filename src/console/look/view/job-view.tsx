/** A job in the large view: its picture, and all that is known of it. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Job, ListedJob, Picture } from "../../api/types.ts";
import { JobCard } from "../../jobs/card.tsx";
import { jobs } from "../../jobs/store.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { askToDelete } from "../deleting.ts";
import { filterSuffix, loadMore, shown } from "../list.ts";
import { leave, returnTo, showInstead } from "../over.ts";
import { Details } from "./details.tsx";
import { Shell } from "./shell.tsx";
import { Stage } from "./stage.tsx";
import { walk } from "./walk.ts";
import { words } from "./words.ts";
import type { Zooming } from "./zooming.ts";

/** The list goes on when so few jobs of it are left to walk to. */
const AHEAD = 8;

/** @param index the index of a picture; null for the first one that there is */
export function JobView({ id, index: asked }: { readonly id: string; readonly index: number | null }) {
	const w = words();
	const entry = jobs.entry(id).value;
	const job = entry?.job ?? null;
	const index = asked ?? job?.images[0]?.index ?? 0;
	const failed = useSignal(false);
	const isOpen = useSignal(false);
	const zooming = useRef<Zooming | null>(null);
	const picture = job?.images.find((one) => one.index === index) ?? null;

	async function load(): Promise<void> {
		failed.value = false;
		await jobs.load(id);
		failed.value = jobs.entry(id).peek()?.job === undefined;
	}
	useEffect(() => {
		returnTo.value = id;
		void load();
	}, [id]);

	const next = neighbour(id, index, 1);
	const previous = neighbour(id, index, -1);
	const order = shown.value;
	useEffect(() => {
		if (order.length - order.indexOf(id) < AHEAD) void loadMore();
	}, [id, order]);
	useEffect(() => {
		// The next one is shown at once.
		const link = next === null ? null : pictureAt(next.job, next.index)?.url;
		if (link) new Image().src = new URL(link).pathname + new URL(link).search;
	}, [next?.job, next?.index]);

	function step(by: 1 | -1): void {
		const to = by === 1 ? next : previous;
		if (to !== null) showInstead(to.job, to.index);
	}
	function onKey({ key }: KeyboardEvent): boolean {
		if (zooming.current?.key(key)) return true;
		if (key === "ArrowRight") step(1);
		else if (key === "ArrowLeft") step(-1);
		else if (key === "Delete") remove();
		else if (key === "i") isOpen.value = !isOpen.value;
		else return false;
		return true;
	}
	function close(): void {
		void leave();
	}
	function remove(): void {
		const to = after(id);
		askToDelete([id], () => (to === null ? close() : showInstead(to.job, to.index)));
	}

	return (
		<Shell label={w.view} onClose={close} onKey={onKey}>
			<div class={`view-body ${isOpen.value ? "view-body-open" : ""}`}>
				<div class="view-main">
					<IconButton icon="x" name={w.close} class="view-close" onClick={close} />
					{picture !== null && job !== null ? (
						<Stage
							key={picture.url}
							picture={picture}
							prompt={job.request.prompt}
							swipes={{ onSide: step, onDown: close }}
							onReady={(ready) => {
								zooming.current = ready;
							}}
						/>
					) : (
						<Nothing id={id} job={job} isGone={jobs.removed.value.has(id)} isFailed={failed.value} onRetry={load} />
					)}
					<Arrow name={w.previous} icon="chevron-left" isThere={previous !== null} onClick={() => step(-1)} />
					<Arrow name={w.next} icon="chevron-right" isThere={next !== null} onClick={() => step(1)} />
				</div>
				{entry !== undefined && job !== null && (
					<Details
						key={id}
						entry={entry}
						job={job}
						picture={picture}
						isOpen={isOpen.value}
						onToggle={() => {
							isOpen.value = !isOpen.value;
						}}
						onDelete={remove}
					/>
				)}
			</div>
		</Shell>
	);
}

interface NothingProps {
	readonly id: string;
	readonly job: Job | ListedJob | null;
	readonly isGone: boolean;
	readonly isFailed: boolean;
	readonly onRetry: () => void;
}

/** Says why there is no picture: the card of a job says it best. */
function Nothing({ id, job, isGone, isFailed, onRetry }: NothingProps) {
	const w = words();
	if (isGone)
		return (
			<div class="view-said empty" role="alert">
				<h2>{w.gone}</h2>
				<p>{w.goneHint}</p>
			</div>
		);
	if (isFailed)
		return (
			<div class="view-said empty" role="alert">
				<p>{w.notLoaded}</p>
				<Button icon="refresh" onClick={onRetry}>
					{w.retry}
				</Button>
			</div>
		);
	if (job !== null && job.images.length === 0)
		return (
			<div class="view-card">
				<JobCard id={id} suffix={filterSuffix} />
			</div>
		);
	return (
		<p class="view-said" role="status">
			{job === null ? w.loading : job.images_pending > 0 ? w.late : w.noPicture}
		</p>
	);
}

interface ArrowProps {
	readonly name: string;
	readonly icon: "chevron-left" | "chevron-right";
	readonly isThere: boolean;
	readonly onClick: () => void;
}

/** At an end it stays, so that the focus does, too. */
function Arrow({ name, icon, isThere, onClick }: ArrowProps) {
	return (
		<IconButton
			icon={icon}
			name={name}
			class={`view-arrow view-arrow-${icon === "chevron-left" ? "left" : "right"}`}
			aria-disabled={!isThere}
			onClick={onClick}
		/>
	);
}

function neighbour(job: string, index: number, by: 1 | -1) {
	return walk({ job, index }, by, shown.value, indexesOf);
}

/** The next picture that is not of this job; else the one before. */
function after(id: string) {
	const own = indexesOf(id);
	const at = (index: number | undefined, by: 1 | -1) =>
		walk({ job: id, index: index ?? 0 }, by, shown.peek(), indexesOf);
	return at(own.at(-1), 1) ?? at(own[0], -1);
}

function indexesOf(id: string): readonly number[] {
	return (jobs.entry(id).peek()?.job?.images ?? []).map(({ index }) => index);
}

function pictureAt(id: string, index: number): Picture | undefined {
	return jobs
		.entry(id)
		.peek()
		?.job?.images.find((one) => one.index === index);
}
