/** Chooses a model from those that the key may use, or any other of fal's by its id. */

import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Model } from "../../api/types.ts";
import { Button } from "../../parts/button.tsx";
import { Icon } from "../../parts/icons.tsx";
import { chooseModel, model as chosen, recent } from "../draft-state.ts";
import { isRetired, mayBeFalId, priceRange, recentFirst, searched } from "../models.ts";
import { loadModels, lookUp, models, modelsFailure, today } from "../models-state.ts";
import { referenceLimits } from "../operation.ts";
import { failureText } from "../place-error.ts";
import { words as wordsOfBar } from "../words.ts";
import { words } from "./words.ts";

export function ModelPanel({ error, onDone }: { readonly error: string | null; readonly onDone: () => void }) {
	const w = words();
	const id = useId();
	const [text, setText] = useState("");
	const [at, setAt] = useState<number | null>(null);
	const [state, setState] = useState<"idle" | "asking" | string>("idle");
	const found = searched(recentFirst(models.value, recent.value), text);
	const recentCount = text === "" ? recent.value.filter((name) => found.some((model) => model.id === name)).length : 0;
	const typed = text.trim();
	const offersId = mayBeFalId(typed) && !found.some((model) => model.id === typed);
	const first = text === "" ? found.findIndex((model) => model.id === chosen.value?.id) : 0;
	const active = Math.min(Math.max(0, at ?? first), found.length - 1 + (offersId ? 1 : 0));

	// The chosen one is seen at once.
	useLayoutEffect(() => document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" }), []);

	/** Counts up with all that makes the answer to an earlier question void. */
	const turn = useRef(0);
	function endTurn(): number {
		turn.current += 1;
		return turn.current;
	}
	useEffect(() => () => void endTurn(), []);

	function pick(model: Model): void {
		endTurn();
		chooseModel(model);
		onDone();
	}

	async function ask(): Promise<void> {
		const own = endTurn();
		setState("asking");
		const asked = await lookUp(typed);
		if (turn.current !== own) return;
		setState(asked.ok ? "idle" : failureText(asked.error));
		if (asked.ok) pick(asked.value);
	}

	function press(event: KeyboardEvent): void {
		const count = found.length + (offersId ? 1 : 0);
		const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + 8, PageUp: active - 8 }[event.key];
		if (event.key === "Enter") {
			const model = found[active];
			if (model !== undefined) pick(model);
			else if (typed !== "") void ask();
		} else if (to !== undefined && count > 0) {
			const next = Math.min(count - 1, Math.max(0, to));
			setAt(next);
			document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
		} else return;
		event.preventDefault();
	}

	return (
		<div class="make-models">
			<div class="make-search">
				<Icon name="search" size={18} />
				<input
					class="input"
					type="text"
					data-first
					role="combobox"
					aria-label={w.searchModel}
					aria-expanded="true"
					aria-controls={`${id}-list`}
					aria-activedescendant={`${id}-${active}`}
					autoComplete="off"
					autocapitalize="off"
					spellcheck={false}
					placeholder={w.searchModel}
					value={text}
					onInput={({ currentTarget }) => {
						endTurn();
						setText(currentTarget.value);
						setAt(null);
						setState("idle");
					}}
					onKeyDown={press}
				/>
			</div>
			{error !== null && (
				<p class="field-error" role="alert">
					{error}
				</p>
			)}
			{modelsFailure.value !== null && (
				<p class="field-error" role="alert">
					{w.modelsFailed}{" "}
					<Button icon="refresh" onClick={() => void loadModels()}>
						{w.retry}
					</Button>
				</p>
			)}
			<div class="make-list" id={`${id}-list`} role="listbox" aria-label={wordsOfBar().model} tabIndex={-1}>
				{found.map((model, index) => (
					<ModelOption
						key={model.id}
						id={`${id}-${index}`}
						model={model}
						isActive={index === active}
						isLastRecent={recentCount > 1 && index === recentCount - 1}
						onPick={() => pick(model)}
					/>
				))}
				{offersId && (
					// biome-ignore lint/a11y/useKeyWithClickEvents: the search field has the keys
					<div
						id={`${id}-${found.length}`}
						role="option"
						tabIndex={-1}
						aria-selected={active === found.length}
						class={`make-option ${active === found.length ? "make-active" : ""}`}
						onClick={() => void ask()}
					>
						<span class="make-option-name">{w.useId(typed)}</span>
					</div>
				)}
			</div>
			<p class="field-hint" role="status">
				{state === "asking"
					? w.lookingUp
					: state === "idle" && found.length === 0 && !offersId && models.value.length > 0
						? w.noModel
						: ""}
			</p>
			{state !== "asking" && state !== "idle" && (
				<p class="field-error" role="alert">
					{state}
				</p>
			)}
		</div>
	);
}

interface ModelOptionProps {
	readonly id: string;
	readonly model: Model;
	readonly isActive: boolean;
	/** A line parts it from those that were not chosen lately. */
	readonly isLastRecent: boolean;
	readonly onPick: () => void;
}

function ModelOption({ id, model, isActive, isLastRecent, onPick }: ModelOptionProps) {
	const w = words();
	const isGone = isRetired(model, today);
	const price = priceRange(model);
	const { max } = referenceLimits(model);
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the search field has the keys
		<div
			id={id}
			role="option"
			tabIndex={-1}
			aria-selected={model.id === chosen.value?.id}
			class={`make-option ${isActive ? "make-active" : ""} ${isGone ? "make-gone" : ""} ${isLastRecent ? "make-recent" : ""}`}
			onClick={onPick}
		>
			<span class="make-option-name">
				{model.id}
				{model.id === chosen.value?.id && <Icon name="check" size={16} />}
			</span>
			<span class="make-option-marks">
				{isGone && <span class="chip chip-warn">{w.retired(model.successor)}</span>}
				{max > 0 && (
					<span class="chip">
						<Icon name="image" size={14} />
						{model.operations.generation === null ? w.needsPicture : w.edits}
					</span>
				)}
				<span class="make-option-price">{price === null ? w.unpriced : w.price(price)}</span>
			</span>
		</div>
	);
}
