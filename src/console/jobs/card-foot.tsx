/** The foot of a card: its prompt, its chips, and the menu. */

import type { ReadonlySignal } from "@preact/signals";
import { toPath } from "../api/client.ts";
import { Menu, type MenuEntry } from "../parts/menu.tsx";
import { formatSeconds, formatUsd } from "../words.ts";
import { type CardActions, cardActions, mend } from "./actions.ts";
import type { Chip } from "./differences.ts";
import { type Entry, isWhole } from "./entry.ts";
import type { Card } from "./fold.ts";
import { jobs } from "./store.ts";
import { words } from "./words.ts";

interface FootProps {
	readonly card: Card;
	readonly entry: Entry;
	readonly suffix: ReadonlySignal<string>;
}

/** A list tells whole seconds: "0 s" says nothing. */
const SHORTEST_S = 1;

export function Foot({ card, entry, suffix }: FootProps) {
	const w = words();
	const entries = menuOf(card, entry, cardActions.value, w);
	return (
		<footer class="watch-foot">
			<Prompt card={card} isJob={entry.job !== null} suffix={suffix} />
			{entries.length > 0 && <Menu class="watch-menu" name={`${w.actions}: ${card.prompt}`} entries={entries} />}
			<div class="watch-chips">
				{card.loss !== null && hasPicture(card) && <span class="chip chip-warn">{w[card.phase]}</span>}
				{card.chips.map((chip) => (
					<ChipView key={chip.of} chip={chip} />
				))}
				{card.phase === "done" && card.elapsedSeconds >= SHORTEST_S && (
					<span class="chip">{formatSeconds(card.elapsedSeconds)}</span>
				)}
				{card.phase === "done" && card.cost !== null && <span class="chip">{formatUsd(card.cost.usd)}</span>}
			</div>
		</footer>
	);
}

/** Then the place above is not free for it. */
function hasPicture({ places }: Card): boolean {
	return places.some(({ kind }) => kind === "picture");
}

/** Leads to all that is known of the job, without a picture too. */
function Prompt({ card, isJob, suffix }: Pick<FootProps, "card" | "suffix"> & { readonly isJob: boolean }) {
	const { id, prompt } = card;
	return isJob ? (
		<a class="watch-prompt" dir="auto" href={`#/job/${id}${suffix.value}`} title={prompt}>
			{prompt}
		</a>
	) : (
		<p class="watch-prompt" dir="auto" title={prompt}>
			{prompt}
		</p>
	);
}

/** Yellow, with words, if the model did otherwise. */
function ChipView({ chip: { of, text, asked } }: { readonly chip: Chip }) {
	const w = words();
	const shown = of === "count" ? w.count(text, asked ?? text) : text;
	if (asked === null)
		return (
			<span class="chip" title={w.chips[of]}>
				{shown}
			</span>
		);
	return (
		<span class="chip chip-warn" title={`${w.chips[of]}: ${shown}${w.otherwise(asked)}`}>
			{shown}
			<span class="visually-hidden">{w.otherwise(asked)}</span>
		</span>
	);
}

function menuOf(
	{ id, places, phase }: Card,
	{ job, sending }: Entry,
	actions: CardActions | null,
	w: ReturnType<typeof words>,
): readonly MenuEntry[] {
	if (phase === "refused" && sending !== null) {
		const { draft } = sending;
		return [
			{ name: w.retry, icon: "refresh", onChoose: () => jobs.retry(id) },
			...(actions === null
				? []
				: [{ name: w.mend, icon: "pencil" as const, onChoose: () => mend(id, draft, actions) }]),
			{ name: w.dismiss, icon: "trash", isDanger: true, onChoose: () => jobs.remove(id) },
		];
	}
	if (job === null || actions === null) return [];
	const picture = places.find((place) => place.kind === "picture")?.picture;
	const ofPicture: readonly MenuEntry[] =
		picture === undefined
			? []
			: [
					{ name: w.edit, icon: "pencil", onChoose: () => actions.edit(job, picture.index) },
					{ name: w.download, icon: "download", onChoose: () => download(toPath(picture.url)) },
				];
	// A row of the list does not say which seed fal got.
	const hasSeed = picture !== undefined && (!isWhole(job) || job.request.seed_sent !== null);
	const ofSeed: readonly MenuEntry[] = !hasSeed
		? []
		: [{ name: w.sameSeed, icon: "refresh", onChoose: () => actions.again(job, { sameSeed: true }) }];
	return [
		...ofPicture,
		{ name: w.again, icon: "refresh", onChoose: () => actions.again(job, { sameSeed: false }) },
		...ofSeed,
		{ name: w.reuse, icon: "settings", onChoose: () => actions.reuse(job) },
		{ name: w.remove, icon: "trash", isDanger: true, onChoose: () => actions.remove(id) },
	];
}

function download(path: string): void {
	const link = document.createElement("a");
	link.href = path;
	link.download = path.replace(/^.*\/images\/([0-9a-f]{8})[0-9a-f]*\/(\d+)(\.\w+).*$/, "darkroom-$1-$2$3");
	link.click();
}
