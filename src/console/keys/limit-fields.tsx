/** The fields of a key's limits: amounts, counts, and the budgets beside the first one. */

import { Button, IconButton } from "../parts/button.tsx";
import { SelectField, TextField } from "../parts/field.tsx";
import { type BudgetDraft, DURATIONS, MAX_FURTHER_BUDGETS } from "./form.ts";
import { words } from "./words.ts";

interface AmountProps {
	readonly label: string;
	readonly hint?: string;
	readonly value: string;
	readonly error: string | null;
	readonly onChange: (typed: string) => void;
}

export function Amount({ onChange, ...rest }: AmountProps) {
	return <TextField {...rest} inputMode="decimal" onInput={onChange} />;
}

export function Count({ onChange, ...rest }: AmountProps) {
	return <TextField {...rest} inputMode="numeric" onInput={onChange} />;
}

interface FurtherBudgetsProps {
	readonly rows: readonly BudgetDraft[];
	/** What is wrong, and with which row: null for all. */
	readonly problem: { readonly row: number | null; readonly text: string } | null;
	readonly onChange: (rows: readonly BudgetDraft[]) => void;
}

export function FurtherBudgets({ rows, problem, onChange }: FurtherBudgetsProps) {
	const w = words();
	const replace = (at: number, changed: Partial<BudgetDraft>) =>
		onChange(rows.map((row, index) => (index === at ? { ...row, ...changed } : row)));
	return (
		<fieldset class="keys-budgets">
			<legend class="field-label">{w.further}</legend>
			<p class="field-hint">{w.furtherHint}</p>
			{rows.map((row, at) => (
				// Rows have no other name than their place.
				<div class="keys-line" key={at}>
					<Amount
						label={w.furtherBudget(at + 2)}
						value={row.usd}
						error={problem !== null && (problem.row ?? at) === at ? problem.text : null}
						onChange={(usd) => replace(at, { usd })}
					/>
					<SelectField
						label={w.renewed}
						value={row.duration ?? "1mo"}
						options={DURATIONS.map((value) => ({ value, name: w.renewals[value] }))}
						onChoose={(duration) => replace(at, { duration })}
					/>
					<IconButton
						icon="trash"
						name={w.removeBudget(at + 2)}
						onClick={() => onChange(rows.filter((_, index) => index !== at))}
					/>
				</div>
			))}
			{rows.length < MAX_FURTHER_BUDGETS && (
				<Button icon="plus" onClick={() => onChange([...rows, { usd: "", duration: "1d" }])}>
					{w.addBudget}
				</Button>
			)}
		</fieldset>
	);
}
