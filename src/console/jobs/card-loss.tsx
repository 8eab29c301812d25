/** What a card says of a job that failed: why, what became of the money, and what can be done. */

import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icons.tsx";
import { formatUsd } from "../words.ts";
import { cardActions, mend } from "./actions.ts";
import type { Entry } from "./entry.ts";
import { addedBy, reasonOf } from "./failure-words.ts";
import type { Card, Loss } from "./fold.ts";
import { jobs } from "./store.ts";
import { words } from "./words.ts";

interface LossProps {
	readonly card: Card;
	readonly loss: Loss;
	readonly entry: Entry;
}

export function LossView({ card, loss, entry }: LossProps) {
	const w = words();
	const isCancelled = card.phase === "cancelled";
	const told = isCancelled ? null : addedBy(loss);
	return (
		<div class="watch-loss">
			<Icon name={isCancelled ? "x" : "circle-alert"} />
			<strong>{isCancelled ? w.cancelled : reasonOf(loss.code)}</strong>
			{told !== null && (
				<p class="watch-why" lang={told.language} title={told.text}>
					{told.text}
				</p>
			)}
			<Charge card={card} loss={loss} />
			<Ways card={card} entry={entry} />
		</div>
	);
}

/** Says nothing while the gateway has not said it. */
function Charge({ card, loss }: Omit<LossProps, "entry">) {
	const w = words();
	const { money } = loss;
	if (card.phase === "refused") return <span class="chip">{money === "free" ? w.free : w.neverTwice}</span>;
	if (card.cost === null) return null;
	const usd = formatUsd(card.cost.usd);
	const text = { paid: w.paid(usd), free: w.free, kept: w.kept(usd), unknown: w.unknownMoney }[money];
	return <span class={`chip ${money === "free" ? "chip-good" : "chip-warn"}`}>{text}</span>;
}

function Ways({ card, entry }: Omit<LossProps, "loss">) {
	const w = words();
	const actions = cardActions.value;
	const { job, sending } = entry;
	if (card.phase === "refused" && sending !== null)
		return (
			<div class="watch-buttons">
				<Button onClick={() => jobs.retry(card.id)}>{w.retry}</Button>
				{actions !== null && <Button onClick={() => mend(card.id, sending.draft, actions)}>{w.change}</Button>}
			</div>
		);
	if (job === null || actions === null) return null;
	return (
		<div class="watch-buttons">
			<Button onClick={() => actions.again(job, { sameSeed: false })}>{w.retry}</Button>
			<Button onClick={() => actions.reuse(job)}>{w.change}</Button>
		</div>
	);
}
