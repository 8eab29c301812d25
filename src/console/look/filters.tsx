/** The filters over the gallery. On a phone, all but the search are behind a button. */

import { useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { IconButton } from "../parts/button.tsx";
import { Icon } from "../parts/icons.tsx";
import { type Choice, keyChoices, loadChoices, modelChoices } from "./choices.ts";
import { boundText, type Filter, isFiltered, NO_FILTER, parseDate, RECENT, STATES, type Time } from "./filter.ts";
import { filter, setFilter } from "./list.ts";
import { words } from "./words.ts";

/** A search begins when nothing is typed for so long. */
const DEBOUNCE_MS = 250;
const MAX_TYPED_CHARS = 100;

export function Filters() {
	const isOpen = useSignal(false);
	const w = words();
	const { state, model, key, time } = filter.value;
	const count = [state, model, key, time].filter((part) => part !== null).length;
	return (
		<search class="look-filters" aria-label={w.filters}>
			<Search />
			<button
				type="button"
				class="button look-more"
				aria-expanded={isOpen.value}
				aria-controls="look-choices"
				onClick={() => {
					isOpen.value = !isOpen.value;
					loadChoices();
				}}
			>
				<Icon name="filter" size={18} />
				{w.filters}
				{count > 0 && <span class="look-count">{count}</span>}
			</button>
			<div id="look-choices" class={`look-choices ${isOpen.value ? "look-choices-open" : ""}`}>
				<Choose
					label={w.state}
					value={state ?? ""}
					options={[["", w.states.all], ...STATES.map((one) => [one, w.states[one]] as const)]}
					onChoose={(chosen) => change({ state: STATES.find((one) => one === chosen) ?? null })}
				/>
				<Choose
					label={w.model}
					value={model ?? ""}
					options={[["", w.anyModel], ...toOptions(modelChoices.value, model)]}
					onChoose={(chosen) => change({ model: chosen || null })}
				/>
				{(keyChoices.value.length > 0 || key !== null) && (
					<Choose
						label={w.key}
						value={key ?? ""}
						options={[["", w.anyKey], ...toOptions(keyChoices.value, key)]}
						onChoose={(chosen) => change({ key: chosen || null })}
					/>
				)}
				<TimeChoice time={time} />
				{isFiltered(filter.value) && (
					<button type="button" class="button button-quiet" onClick={() => setFilter(NO_FILTER)}>
						{w.clear}
					</button>
				)}
			</div>
		</search>
	);
}

function change(part: Partial<Filter>): void {
	setFilter({ ...filter.value, ...part });
}

/** What is chosen stays a choice, also before the others are loaded. */
function toOptions(choices: readonly Choice[], chosen: string | null): readonly (readonly [string, string])[] {
	const known = choices.map(({ id, name }) => [id, name] as const);
	return chosen === null || choices.some(({ id }) => id === chosen) ? known : [[chosen, chosen], ...known];
}

function Search() {
	const w = words();
	const typed = useSignal(filter.peek().text);
	const timer = useRef(0);
	// Another filter, from the address or the button that clears it.
	useSignalEffect(() => {
		const { text } = filter.value;
		if (boundText(typed.peek()) !== text) typed.value = text;
	});

	function search(text: string, delay: number): void {
		typed.value = text;
		clearTimeout(timer.current);
		timer.current = setTimeout(() => change({ text: boundText(text) }), delay);
	}

	return (
		<div class="look-search">
			<Icon name="search" size={18} />
			<input
				type="search"
				class="input"
				aria-label={w.search}
				placeholder={w.search}
				maxLength={MAX_TYPED_CHARS}
				value={typed.value}
				onInput={({ currentTarget }) => search(currentTarget.value, DEBOUNCE_MS)}
				onKeyDown={({ key, currentTarget }) => {
					if (key === "Enter") search(currentTarget.value, 0);
				}}
			/>
			{typed.value !== "" && <IconButton icon="x" name={w.clearSearch} onClick={() => search("", 0)} />}
		</div>
	);
}

interface ChooseProps {
	readonly label: string;
	readonly value: string;
	readonly options: readonly (readonly [value: string, name: string])[];
	readonly onChoose: (value: string) => void;
}

function Choose({ label, value, options, onChoose }: ChooseProps) {
	return (
		<select
			class={`input look-choose ${value === "" ? "" : "look-chosen"}`}
			aria-label={label}
			value={value}
			onFocus={loadChoices}
			onPointerEnter={loadChoices}
			onChange={({ currentTarget }) => onChoose(currentTarget.value)}
		>
			{options.map(([id, name]) => (
				<option key={id} value={id}>
					{name}
				</option>
			))}
		</select>
	);
}

const DATES = "dates";

function TimeChoice({ time }: { readonly time: Time | null }) {
	const w = words();
	const isByDate = useSignal(false);
	const dates = typeof time === "object" ? time : null;
	const value = dates !== null || isByDate.value ? DATES : (time ?? "");
	return (
		<>
			<Choose
				label={w.time}
				value={typeof value === "string" ? value : DATES}
				options={[["", w.times.all], ...RECENT.map((one) => [one, w.times[one]] as const), [DATES, w.times.dates]]}
				onChoose={(chosen) => {
					isByDate.value = chosen === DATES;
					if (chosen !== DATES) change({ time: RECENT.find((one) => one === chosen) ?? null });
				}}
			/>
			{value === DATES && (
				<div class="look-dates">
					<DateField
						label={w.from}
						value={dates?.from ?? null}
						onChoose={(from) => changeDates(from, dates?.to ?? null)}
					/>
					<span aria-hidden="true">–</span>
					<DateField label={w.to} value={dates?.to ?? null} onChoose={(to) => changeDates(dates?.from ?? null, to)} />
				</div>
			)}
		</>
	);
}

function changeDates(from: string | null, to: string | null): void {
	change({ time: from === null && to === null ? null : { from, to } });
}

interface DateFieldProps {
	readonly label: string;
	readonly value: string | null;
	readonly onChoose: (date: string | null) => void;
}

function DateField({ label, value, onChoose }: DateFieldProps) {
	return (
		<input
			type="date"
			class="input"
			aria-label={label}
			title={label}
			value={value ?? ""}
			onChange={({ currentTarget }) => onChoose(parseDate(currentTarget.value))}
		/>
	);
}
