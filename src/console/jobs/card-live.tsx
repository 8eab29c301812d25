/** What a card says while its job goes on: phase, time, bar, log, and a way to stop it. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
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
	const [shown, setShown] = useState<"state" | "log" | "cancel">("state");
	const { logs, cancelling, id } = card;
	const isAsking = shown === "cancel" && cancelling !== null;
	const buttons = useRef<HTMLDivElement>(null);
	/** The button that was pressed is gone: the focus goes to what is in its place. */
	function show(next: typeof shown): void {
		setShown(next);
		requestAnimationFrame(() => buttons.current?.querySelector("button")?.focus());
	}
	async function cancel(): Promise<void> {
		setShown("state");
		const cancelled = await jobs.cancel(id);
		if (!cancelled.ok) toast(words().cancelFailed);
	}
	const w = words();
	return (
		<div class={`watch-live ${isOverPictures ? "watch-over" : ""}`}>
			{shown === "log" && <Log lines={logs} />}
			{isAsking && (
				<p class="watch-ask" role="alert">
					{w[CANCEL_WORDS[cancelling]]}
				</p>
			)}
			<State card={card} usual={usual} isHidden={shown === "log" || isAsking} />
			<div class="watch-buttons" ref={buttons}>
				{isAsking && (
					<>
						<Button onClick={() => show("state")}>{w.goOn}</Button>
						<Button onClick={cancel} look="danger">
							{w.cancelAnyway}
						</Button>
					</>
				)}
				{!isAsking && cancelling !== null && (
					<Button
						title={w[CANCEL_WORDS[cancelling]]}
						onClick={() => (cancelling === "free" ? cancel() : show("cancel"))}
					>
						{w.cancel}
					</Button>
				)}
				{!isAsking && (logs.length > 0 || shown === "log") && (
					<Button
						look="quiet"
						aria-expanded={shown === "log"}
						onClick={() => setShown(shown === "log" ? "state" : "log")}
					>
						{w.log}
					</Button>
				)}
			</div>
			<Bar value={card.bar} />
		</div>
	);
}

interface StateProps {
	readonly card: Card;
	readonly usual: number | null;
	readonly isHidden: boolean;
}

/** What mostly takes less says nothing: "usually 0 s". */
const SHORTEST_USUAL = 1;

/** A screen reader says the phase when it changes, and no number that counts. */
function State({ card, usual, isHidden }: StateProps) {
	const w = words();
	const { elapsedSeconds, retryInSeconds, percent, cancelling } = card;
	return (
		<div class="watch-state" hidden={isHidden}>
			<span class="watch-phase">
				<span role="status">{phaseText(card, w)}</span>
				{percent !== null && <span class="watch-percent"> {w.percent(percent)}</span>}
			</span>
			<span class="watch-time">
				{formatSeconds(Math.floor(elapsedSeconds))}
				{retryInSeconds !== null && retryInSeconds > 0 && <span class="muted"> · {w.againIn(retryInSeconds)}</span>}
				{retryInSeconds === null && usual !== null && usual >= SHORTEST_USUAL && (
					<span class="muted"> · {w.usually(formatSeconds(Math.round(usual)))}</span>
				)}
			</span>
			{cancelling === "free" && <span class="watch-saves muted">{w.cancelFree}</span>}
		</div>
	);
}

const CANCEL_WORDS = { free: "cancelFree", paid: "cancelPaid", unknown: "cancelUnknown" } as const;

function Log({ lines }: { readonly lines: readonly string[] }) {
	const w = words();
	const log = useRef<HTMLPreElement>(null);
	// The newest line is the last one.
	useLayoutEffect(() => log.current?.scrollTo({ top: log.current.scrollHeight }), [lines]);
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
		<pre ref={log} class="watch-log" tabIndex={0} role="log" aria-live="off" aria-label={w.log}>
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

function phaseText({ phase, position, retryInSeconds }: Card, w: ReturnType<typeof words>): string {
	if (phase === "sending" && jobs.online.value === "offline") return w.unsent;
	if (phase === "queued" && position !== null) return position === 0 ? w.next : w.ahead(position);
	if (phase === "resubmitting" && retryInSeconds !== null) return w.busy;
	return w[phase];
}
