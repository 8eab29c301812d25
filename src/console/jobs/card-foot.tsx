/** The foot of a card: its prompt, its chips, and the menu. */

import { toPath } from "../api/client.ts";
import { Menu, type MenuEntry } from "../parts/menu.tsx";
import { formatSeconds, formatUsd } from "../words.ts";
import { type CardActions, cardActions } from "./actions.ts";
import type { Chip } from "./differences.ts";
import { type Entry, isWhole } from "./entry.ts";
import type { Card } from "./fold.ts";
import { jobs } from "./store.ts";
import { words } from "./words.ts";

interface FootProps {
	readonly card: Card;
	readonly entry: Entry;
}

export function Foot({ card, entry }: FootProps) {
	const w = words();
	const entries = menuOf(card, entry, cardActions.value, w);
	return (
		<footer class="watch-foot">
			<p class="watch-prompt" title={card.prompt}>
				{card.prompt}
			</p>
			<div class="watch-chips">
				{card.chips.map((chip) => (
					<ChipView key={chip.of} chip={chip} />
				))}
				{card.phase === "done" && <span class="chip">{formatSeconds(card.elapsedSeconds)}</span>}
				{card.phase === "done" && card.cost !== null && <span class="chip">{formatUsd(card.cost.usd)}</span>}
			</div>
			{entries.length > 0 && <Menu class="watch-menu" name={`${w.actions}: ${card.prompt}`} entries={entries} />}
		</footer>
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
	{ job }: Entry,
	actions: CardActions | null,
	w: ReturnType<typeof words>,
): readonly MenuEntry[] {
	if (phase === "refused") return [{ name: w.dismiss, icon: "trash", isDanger: true, onChoose: () => jobs.remove(id) }];
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
