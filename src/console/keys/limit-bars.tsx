/** What is taken of each limit, as bars with words. */

import { formatNumber, formatTime, formatUsd } from "../words.ts";
import { isMoney, type Left, levelOf, shareOf } from "./left.ts";
import "./limit-bars.css";
import { words } from "./words.ts";

export function LimitBars({ left }: { readonly left: readonly Left[] }) {
	return (
		<ul class="limit-bars">
			{left.map((one) => (
				<LimitBar key={`${one.limit} ${one.window} ${one.value}`} left={one} />
			))}
		</ul>
	);
}

export function LimitBar({ left }: { readonly left: Left }) {
	const w = words();
	const write = isMoney(left) ? formatUsd : (value: number) => formatNumber(value);
	const level = levelOf(left);
	const name = nameOfLimit(left);
	return (
		<li class={`limit-bar is-${level}`}>
			<span class="limit-bar-name">{name}</span>
			<span class="limit-bar-words">
				{`${w.usedOf(write(left.used), write(left.value))} `}
				{level !== "free" && <strong>{w.levels[level]}</strong>}
			</span>
			<span class="limit-bar-track" aria-hidden="true">
				<span style={{ width: `${(shareOf(left) * 100).toFixed(1)}%` }} />
			</span>
			<span class="field-hint">
				{w.leftOf(write(left.remaining))}
				{left.resets_at !== null && left.used > 0 && ` · ${w.resets(formatTime(left.resets_at))}`}
			</span>
		</li>
	);
}

/** As a person calls a limit. */
export function nameOfLimit({ limit, window }: Pick<Left, "limit" | "window">): string {
	const w = words();
	return isMoney({ limit }) ? w.budgetOf(window) : w.counts[limit];
}
