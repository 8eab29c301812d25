/** The form by which a key is made or changed. What is wrong is said beside its field, also what the gateway finds wrong. */

import { useRef, useState } from "preact/hooks";
import type { Api } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";
import type { AccessKey, ModelList, NewAccessKey } from "../api/types.ts";
import { choosable } from "../make/models.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { SelectField, TextField } from "../parts/field.tsx";
import { explainFailure } from "../parts/problem.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import { words as partWords } from "../parts/words.ts";
import {
	changesOf,
	DURATIONS,
	emptyForm,
	type KeyForm as Form,
	type KeyField,
	mayMend,
	readForm,
	toForm,
} from "./form.ts";
import { Amount, Count, FurtherBudgets } from "./limit-fields.tsx";
import { fromLocalTime, toLocalTime } from "./local-time.ts";
import { ModelChoice } from "./model-choice.tsx";
import { blamedField } from "./param.ts";
import { words } from "./words.ts";

interface KeyFormProps {
	readonly api: Api;
	/** The account of a new key, at first. */
	readonly account: string;
	/** Names that there are. */
	readonly accounts: readonly string[];
	/** The key to change; null for a new one. */
	readonly accessKey: AccessKey | null;
	readonly onClose: () => void;
	readonly onIssued: (key: NewAccessKey) => void;
	readonly onChanged: (key: AccessKey) => void;
}

/** What is wrong: with a field, or with the whole if the form has no such field. */
interface Problem {
	readonly field: KeyField | null;
	/** Of the further budgets. */
	readonly row: number | null;
	readonly text: string;
}

export function KeyForm({ api, account, accounts, accessKey, onClose, onIssued, onChanged }: KeyFormProps) {
	const [form, setForm] = useState<Form>(() =>
		accessKey === null ? emptyForm(account) : toForm(accessKey, toLocalTime),
	);
	const [isAll, setAll] = useState(form.models.length === 0);
	const [problem, setProblem] = useState<Problem | null>(null);
	const [isBusy, setBusy] = useState(false);
	const element = useRef<HTMLFormElement>(null);
	const offered = useLoaded((signal) => api.ask<ModelList>("/v1/models", { signal }), [api]);
	const w = words();
	const set = (changed: Partial<Form>) => {
		setForm((before) => ({ ...before, ...changed }));
		setProblem((before) => (before !== null && mayMend(changed, before.field) ? null : before));
	};
	const errorOf = (...fields: readonly KeyField[]) =>
		problem !== null && problem.field !== null && fields.includes(problem.field) ? problem.text : null;

	/** Shows what is wrong, and goes there. */
	function complain(found: Problem): void {
		setProblem(found);
		setTimeout(() => {
			const form = element.current;
			form?.querySelector("[role='alert']")?.scrollIntoView({ block: "nearest" });
			form?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
		});
	}

	async function submit(): Promise<void> {
		setProblem(null);
		if (!isAll && form.models.length === 0) return complain({ field: "models", row: null, text: w.modelsNone });
		// The value of a time that is typed in part is empty, as if there were none.
		const expires = element.current?.querySelector<HTMLInputElement>("[type='datetime-local']");
		if (expires?.validity.badInput) return complain({ field: "expires_at", row: null, text: w.mistakes.no_time });
		const read = readForm(isAll ? { ...form, models: [] } : form, fromLocalTime);
		if (!read.ok) return complain({ ...read.error, text: w.mistakes[read.error.is] });
		setBusy(true);
		const failure = accessKey === null ? await issue(read.value) : await change(accessKey, read.value);
		setBusy(false);
		if (failure === null) return;
		const blamed = failure.kind === "refused" ? blamedField(failure.param) : null;
		complain({ field: blamed?.field ?? null, row: blamed?.row ?? null, text: explainFailure(failure) });
	}

	async function issue(settings: object): Promise<Failure | null> {
		const body = { account: form.account.trim(), ...settings };
		const issued = await api.ask<NewAccessKey>("/v1/keys", { method: "POST", body });
		if (!issued.ok) return issued.error;
		onIssued(issued.value);
		return null;
	}

	async function change(key: AccessKey, settings: Parameters<typeof changesOf>[1]): Promise<Failure | null> {
		// Through the form, so that a time whose seconds it does not show is no change.
		const before = readForm(toForm(key, toLocalTime), fromLocalTime);
		const body = before.ok ? changesOf(before.value, settings) : settings;
		const path = `/v1/keys/${encodeURIComponent(key.id)}`;
		const changed = await api.ask<AccessKey>(path, { method: "PATCH", body });
		if (!changed.ok) return changed.error;
		onChanged(changed.value);
		return null;
	}

	return (
		<Dialog
			title={accessKey === null ? w.formNew : w.formEdit(accessKey.name || accessKey.redacted_value)}
			onClose={onClose}
			width="640px"
		>
			<form
				ref={element}
				class="keys-form"
				noValidate
				onSubmit={(event) => {
					event.preventDefault();
					if (!isBusy) void submit();
				}}
			>
				<TextField
					label={w.name}
					hint={w.nameHint}
					value={form.name}
					maxLength={100}
					error={errorOf("name")}
					onInput={(name) => set({ name })}
				/>
				{accessKey === null && (
					<>
						<TextField
							label={w.account}
							hint={w.accountHint}
							value={form.account}
							list="keys-accounts"
							autoCapitalize="none"
							error={errorOf("account")}
							onInput={(account) => set({ account })}
						/>
						<datalist id="keys-accounts">
							{accounts.map((name) => (
								<option key={name} value={name} />
							))}
						</datalist>
					</>
				)}
				<ModelChoice
					// A key that may use a model may use it by any name.
					offered={choosable(offered.value?.data ?? [], new Date()).map(({ id }) => id)}
					chosen={form.models}
					isAll={isAll}
					error={errorOf("models")}
					onChange={(chosen) => {
						setAll(chosen.isAll);
						set({ models: chosen.models });
					}}
				/>
				<div class="keys-line">
					<Amount
						label={w.budget}
						hint={w.budgetHint}
						value={form.budget.usd}
						error={errorOf("max_budget", "budget_duration")}
						onChange={(usd) => set({ budget: { ...form.budget, usd } })}
					/>
					<SelectField
						label={w.renewed}
						value={form.budget.duration ?? "never"}
						options={[...DURATIONS, "never" as const].map((value) => ({ value, name: w.renewals[value] }))}
						onChoose={(value) => set({ budget: { ...form.budget, duration: value === "never" ? null : value } })}
					/>
				</div>
				<FurtherBudgets
					rows={form.furtherBudgets}
					problem={problem?.field === "budget_limits" ? problem : null}
					onChange={(furtherBudgets) => set({ furtherBudgets })}
				/>
				<fieldset class="keys-limits">
					<legend class="field-label">{w.limits}</legend>
					<div class="keys-line">
						<Count label={w.rpmField} value={form.rpm} error={errorOf("rpm_limit")} onChange={(rpm) => set({ rpm })} />
						<Count
							label={w.parallelField}
							value={form.parallel}
							error={errorOf("max_parallel_requests")}
							onChange={(parallel) => set({ parallel })}
						/>
						<Count
							label={w.imagesField}
							value={form.imagesPerDay}
							error={errorOf("images_per_day")}
							onChange={(imagesPerDay) => set({ imagesPerDay })}
						/>
					</div>
				</fieldset>
				<TextField
					label={w.expiresField}
					hint={w.expiresHint}
					type="datetime-local"
					value={form.expiresAt}
					error={errorOf("expires_at")}
					onInput={(expiresAt) => set({ expiresAt })}
				/>
				<TextField
					label={w.webhook}
					hint={w.webhookHint}
					inputMode="url"
					autoCapitalize="none"
					placeholder="https://"
					value={form.webhookUrl}
					error={errorOf("webhook_url")}
					onInput={(webhookUrl) => set({ webhookUrl })}
				/>
				{problem !== null && problem.field === null && (
					<p class="keys-warning" role="alert">
						{problem.text}
					</p>
				)}
				<div class="dialog-foot">
					<Button onClick={onClose}>{partWords().cancel}</Button>
					<Button type="submit" look="primary" aria-disabled={isBusy}>
						{isBusy ? w.saving : accessKey === null ? w.issue : w.save}
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
