/** The composer: words, references and settings of the next job, over the bottom of the gallery. */

import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../parts/button.tsx";
import { formatUsd } from "../words.ts";
import { CHOICES, type Choice } from "./draft.ts";
import { choices, choose, focusAsked, make, model, obstacle, operation, prompt, setPrompt } from "./draft-state.ts";
import { sizeToCome } from "./foretold.ts";
import { ModelPicker } from "./model-picker.tsx";
import { modelsFailure } from "./models-state.ts";
import { Options } from "./options.tsx";
import { failureText, placedError } from "./place-error.ts";
import { quoted } from "./quote-state.ts";
import { AddReferences } from "./references/intake.tsx";
import { References } from "./references/references.tsx";
import { sent } from "./references/store.ts";
import { useRoom } from "./room.ts";
import { useShrinking } from "./shrink.ts";
import { SizePicker } from "./size-picker.tsx";
import { WillBe } from "./will-be.tsx";
import { words } from "./words.ts";
import "./make.css";

/** What makes the picture, as it stands on the keyboard. */
const KEYS = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘ Enter" : "Ctrl+Enter";

export function Composer() {
	const w = words();
	const bar = useRef<HTMLFormElement>(null);
	const id = useId();
	/** What stood against the draft when it was to be sent. It goes with the next change. */
	const [isTried, setTried] = useState(false);
	useEffect(() => setTried(false), [prompt.value, model.value, choices.value, sent.value]);
	useRoom(bar);
	useShrinking(bar);

	const shown = operation.value;
	const isEdit = sent.value.references.length > 0;
	const refused = placedError(quoted.value.failure);
	const tried = isTried && obstacle.value !== null ? w.obstacle(obstacle.value) : null;
	const errors: Partial<Record<Choice, string>> = Object.fromEntries(
		CHOICES.flatMap((choice) => (refused?.place === choice ? [[choice, refused.text]] : [])),
	);
	const unlisted = model.value === null && modelsFailure.value !== null ? failureText(modelsFailure.value) : null;
	const error = tried ?? refused?.text ?? unlisted;

	function send(): void {
		setTried(true);
		if (make(foretoldSize()) !== null) return;
		scrollTo({ top: 0, behavior: isCalm() ? "instant" : "smooth" });
	}

	return (
		<section class="make" aria-label={w.composer}>
			<form
				ref={bar}
				class="make-bar"
				// Enter in one of its fields makes nothing: a picture is paid.
				onSubmit={(event) => event.preventDefault()}
				onKeyDown={(event) => {
					if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
					event.preventDefault();
					// A key that is held down is one press.
					if (!event.repeat) send();
				}}
			>
				<References />
				<Prompt id={id} isEdit={isEdit} isWrong={error !== null && (tried !== null || refused?.place === "prompt")} />
				{/* On a phone two rows, else one. */}
				<div class="make-tools">
					<div class="make-row">
						<AddReferences />
						<ModelPicker error={refused?.place === "model" ? refused.text : null} />
					</div>
					<div class="make-row">
						{shown !== null && (
							<>
								<SizePicker operation={shown} isEdit={isEdit} error={errors.size ?? errors.resolution ?? null} />
								<Count max={model.value?.max_n ?? 1} isWrong={errors.n !== undefined} />
								<Options operation={shown} errors={errors} />
							</>
						)}
						<Button
							class="make-go"
							look="primary"
							icon="sparkles"
							title={KEYS}
							onClick={send}
							disabled={shown === null}
						>
							{w.make}
						</Button>
					</div>
				</div>
				<div class="make-foot" id={`${id}-foot`}>
					{error === null ? <Foretold /> : <Wrong text={error} />}
				</div>
			</form>
		</section>
	);
}

function Prompt({ id, isEdit, isWrong }: { readonly id: string; readonly isEdit: boolean; readonly isWrong: boolean }) {
	const w = words();
	const area = useRef<HTMLTextAreaElement>(null);
	useEffect(() => {
		const { times, isSelected } = focusAsked.value;
		if (times === 0) return;
		area.current?.focus();
		if (isSelected) area.current?.select();
	}, [focusAsked.value]);
	// Grows with its words, up to the bound of the style sheet.
	useLayoutEffect(() => {
		const { current } = area;
		if (current === null || CSS.supports("field-sizing", "content")) return;
		current.style.height = "auto";
		current.style.height = `${current.scrollHeight}px`;
	}, [prompt.value]);
	const isWordless = operation.value?.supported_parameters.includes("prompt") === false;
	return (
		<textarea
			ref={area}
			class="make-prompt"
			rows={1}
			aria-label={w.prompt}
			placeholder={isWordless ? w.placeholderNone : isEdit ? w.placeholderEdit : w.placeholder}
			aria-describedby={`${id}-foot`}
			aria-invalid={isWrong}
			value={prompt.value}
			onInput={({ currentTarget }) => setPrompt(currentTarget.value)}
		/>
	);
}

function Count({ max, isWrong }: { readonly max: number; readonly isWrong: boolean }) {
	const w = words();
	return (
		<select
			class={`button make-count ${isWrong ? "make-wrong" : ""}`}
			aria-label={w.count}
			title={w.count}
			value={choices.value.n}
			onChange={({ currentTarget }) => choose({ n: Number(currentTarget.value) })}
		>
			{Array.from({ length: max }, (_, at) => at + 1).map((n) => (
				<option key={n} value={n}>
					{w.countLabel(n)}
				</option>
			))}
		</select>
	);
}

/** What the job will be and cost. */
function Foretold() {
	const w = words();
	const { quote, isAsking } = quoted.value;
	if (quote === null) return null;
	const { usd, known, n, per_picture_usd: each, limit } = quote;
	return (
		<>
			<span class="make-size">
				<WillBe />
			</span>
			{limit !== null && (
				<span class="make-limit" role="status">
					{limit.message}
				</span>
			)}
			<span class={`make-cost ${isAsking ? "make-asking" : ""}`} aria-busy={isAsking}>
				{n > 1 && known && <span class="muted">{w.costOf(n, formatUsd(each))} = </span>}
				{known ? w.cost(formatUsd(usd)) : w.costAtMost(formatUsd(usd))}
			</span>
		</>
	);
}

function Wrong({ text }: { readonly text: string }) {
	return (
		<span class="field-error" role="alert">
			{text}
		</span>
	);
}

/** As the newest quote says it. It may be of the words of a moment ago, but not of another model. */
function foretoldSize(): string | null {
	const { quote } = quoted.peek();
	return quote === null || quote.model !== model.peek()?.canonical_slug ? null : sizeToCome(quote);
}

function isCalm(): boolean {
	return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
