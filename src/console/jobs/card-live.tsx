/** What a card says while its job goes on: phase, time, bar, log, and a way to stop it. */

import { useState } from "preact/hooks";
import { Button } from "../parts/button.tsx";
import { toast } from "../parts/toast.tsx";
import { formatSeconds } from "../words.ts";
import type { Card } from "./fold.ts";
import { jobs } from "./store.ts";
import { words } from "./words.ts";

interface LiveProps {
	readonly card: Card;
	/** Seconds. */
	readonly usual: number | null;
	/** Then there is less room: what is there is what people look at. */
	readonly isOverPictures: boolean;
}

export function Live({ card, usual, isOverPictures }: LiveProps) {
	const w = words();
	const [shown, setShown] = useState<"state" | "log" | "cancel">("state");
	const { elapsedSeconds, logs, cancelling, id } = card;
	const isAsking = shown === "cancel" && cancelling !== null;
	async function cancel(): Promise<void> {
		setShown("state");
		const cancelled = await jobs.cancel(id);
		if (!cancelled.ok) toast(w.cancelFailed);
	}
	return (
		<div class={`watch-live ${isOverPictures ? "watch-over" : ""}`}>
			{shown === "log" && <Log lines={logs} />}
			{isAsking && <p class="watch-ask">{w[CANCEL_WORDS[cancelling]]}</p>}
			<div class="watch-state" hidden={shown === "log" || isAsking}>
				<span class="watch-phase" role="status">
					{phaseText(card, w)}
				</span>
				<span class="watch-time">
					{formatSeconds(Math.floor(elapsedSeconds))}
					{usual !== null && <span class="muted"> · {w.usually(formatSeconds(Math.round(usual)))}</span>}
				</span>
				{cancelling === "free" && <span class="watch-saves muted">{w.cancelFree}</span>}
			</div>
			<div class="watch-buttons">
				{isAsking ? (
					<>
						<Button onClick={cancel} look="danger">
							{w.cancelAnyway}
						</Button>
						<Button onClick={() => setShown("state")}>{w.goOn}</Button>
					</>
				) : (
					<>
						{cancelling !== null && (
							<Button
								title={w[CANCEL_WORDS[cancelling]]}
								onClick={() => (cancelling === "free" ? cancel() : setShown("cancel"))}
							>
								{w.cancel}
							</Button>
						)}
						{(logs.length > 0 || shown === "log") && (
							<Button
								look="quiet"
								aria-expanded={shown === "log"}
								onClick={() => setShown(shown === "log" ? "state" : "log")}
							>
								{w.log}
							</Button>
						)}
					</>
				)}
			</div>
			<Bar value={card.bar} />
		</div>
	);
}

const CANCEL_WORDS = { free: "cancelFree", paid: "cancelPaid", unknown: "cancelUnknown" } as const;

function Log({ lines }: { readonly lines: readonly string[] }) {
	const w = words();
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
		<pre class="watch-log" tabIndex={0} role="log" aria-live="off" aria-label={w.log}>
			{lines.length === 0 ? w.noLog : lines.join("\n")}
		</pre>
	);
}

/** Without a value it says only that something goes on. */
function Bar({ value }: { readonly value: number | null }) {
	const percent = value === null ? {} : { "aria-valuenow": Math.round(value * 100) };
	return (
		<div
			class={`watch-bar ${value === null ? "watch-bar-vague" : ""}`}
			role="progressbar"
			aria-label={words().progress}
			aria-valuemin={0}
			aria-valuemax={100}
			{...percent}
		>
			<div style={value === null ? {} : { scale: `${value} 1` }} />
		</div>
	);
}

function phaseText({ phase, position, percent, retryInSeconds }: Card, w: ReturnType<typeof words>): string {
	switch (phase) {
		case "queued":
			if (position === null) return w.queued;
			return position === 0 ? w.next : w.ahead(position);
		case "resubmitting":
			return retryInSeconds === null || retryInSeconds === 0 ? w.resubmitting : w.resubmittingIn(retryInSeconds);
		case "running":
			return percent === null ? w.running : w.runningAt(percent);
		default:
			return w[phase];
	}
}
