/** The view of usage: what was made, what it cost, and what is left. */

import { useState } from "preact/hooks";
import { LimitBars } from "../keys/limit-bars.tsx";
import { IconButton } from "../parts/button.tsx";
import { SelectField } from "../parts/field.tsx";
import { Problem } from "../parts/problem.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import { type Session, session } from "../session/session.ts";
import { formatBytes, formatNumber, formatUsd } from "../words.ts";
import { togetherOf } from "./compare.ts";
import { MonthAsCsv } from "./csv.tsx";
import { beginsAt, longDay } from "./dates.ts";
import { Accounts, formatPercent, KeysUsed, Models } from "./groups.tsx";
import { loadAccounts, loadReport, type UsageReport } from "./load.ts";
import { DayPlot } from "./plot/day-plot.tsx";
import { SPANS, type Span } from "./span.ts";
import { Table } from "./table.tsx";
import "../parts/page.css";
import "./usage.css";
import { words } from "./words.ts";

/** Of the choice of accounts: no account has this name. */
const ALL = "";

export function Usage() {
	const signedIn = session.value;
	return signedIn === null ? null : <UsageOf key={signedIn.secret} session={signedIn} />;
}

function UsageOf({ session: { api, isOwner, key } }: { readonly session: Session }) {
	const [span, setSpan] = useState<Span>(30);
	const [account, setAccount] = useState(ALL);
	const chosen = account === ALL ? null : account;
	const report = useLoaded(
		(signal) => loadReport(api, { span, account: chosen, isOwner }, Date.now(), signal),
		[api, span, account],
	);
	const w = words();

	return (
		<div class="page usage" aria-busy={report.isLoading}>
			<header class="usage-head">
				<h1>{w.title}</h1>
				{isOwner && <ChooseAccount api={api} account={account} onChoose={setAccount} />}
				<Segmented
					label={w.span}
					value={String(span)}
					options={SPANS.map((days) => ({ value: String(days), name: w.days(days) }))}
					onChoose={(value) => setSpan(SPANS.find((days) => String(days) === value) ?? 30)}
				/>
				<IconButton icon="refresh" name={w.refresh} onClick={report.reload} />
			</header>
			{report.failure !== null && <Problem failure={report.failure} onRetry={report.reload} />}
			{report.value === null && report.isLoading && (
				<p class="empty" role="status">
					{w.loading}
				</p>
			)}
			{report.value !== null && <Report report={report.value} />}
			{report.value !== null && <MonthAsCsv api={api} account={isOwner ? (chosen ?? key.account) : null} />}
		</div>
	);
}

interface ChooseAccountProps extends Pick<Session, "api"> {
	readonly account: string;
	readonly onChoose: (account: string) => void;
}

function ChooseAccount({ api, account, onChoose }: ChooseAccountProps) {
	const accounts = useLoaded((signal) => loadAccounts(api, signal), [api]);
	const w = words();
	const names = accounts.value ?? [];
	return (
		<div class="usage-account">
			<SelectField
				label={w.account}
				value={account}
				options={[{ value: ALL, name: w.allAccounts }, ...names.map((name) => ({ value: name, name }))]}
				onChoose={onChoose}
			/>
		</div>
	);
}

function Report({ report }: { readonly report: UsageReport }) {
	const { sums, left } = report;
	const w = words();
	const hasLimits = left.some(({ of }) => of === "key");
	return (
		<>
			{sums.total.jobs === 0 ? <Empty /> : <Figures report={report} />}
			{hasLimits && (
				<section class="card">
					<h2>{w.left}</h2>
					<LimitBars left={left} />
				</section>
			)}
		</>
	);
}

function Empty() {
	const w = words();
	return (
		<div class="empty">
			<h2>{w.empty}</h2>
			<p>{w.emptyHint}</p>
			<a class="button button-primary" href="#/">
				{w.make}
			</a>
		</div>
	);
}

function Figures({ report }: { readonly report: UsageReport }) {
	const { sums, isWhole } = report;
	const w = words();
	return (
		<>
			<Totals report={report} />
			<Plots report={report} />
			{!isWhole && <p class="field-hint">{w.notWhole}</p>}
			<Models report={report} />
			<KeysUsed report={report} />
			{sums.accounts.length > 1 && <Accounts report={report} />}
		</>
	);
}

function Totals({ report: { sums, models } }: { readonly report: UsageReport }) {
	const { total } = sums;
	const { jobs, succeeded, successRate, bytes } = togetherOf(models);
	const w = words();
	const tiles: readonly (readonly [name: string, value: string, hint?: string])[] = [
		[w.jobs, formatNumber(total.jobs)],
		[w.pictures, formatNumber(total.pictures)],
		[w.spent, formatUsd(total.usd)],
		[
			w.success,
			successRate === null ? "–" : formatPercent(successRate),
			successRate === null ? w.noJobsYet : w.successHint(formatNumber(succeeded), formatNumber(jobs)),
		],
		[w.storage, formatBytes(bytes), w.storageHint],
	];
	return (
		<dl class="usage-tiles">
			{tiles.map(([name, value, hint]) => (
				<div key={name}>
					<dt>{name}</dt>
					<dd>{value}</dd>
					{hint !== undefined && <dd class="field-hint">{hint}</dd>}
				</div>
			))}
		</dl>
	);
}

function Plots({ report: { sums } }: { readonly report: UsageReport }) {
	const { days, total } = sums;
	const w = words();
	const starts = days.map(({ day }) => day);
	const begins = beginsAt(starts.at(-1) ?? 0);
	return (
		<section class="card">
			<div class="usage-plots">
				<DayPlot
					title={w.jobsByDay}
					days={starts}
					values={days.map(({ jobs }) => jobs)}
					isWhole
					write={(jobs) => w.countJobs(jobs, formatNumber(jobs))}
					writeShort={formatNumber}
					total={total.jobs}
				/>
				<DayPlot
					title={w.spendByDay}
					days={starts}
					values={days.map(({ usd }) => usd)}
					isWhole={false}
					write={formatUsd}
					writeShort={formatUsd}
					total={total.usd}
				/>
			</div>
			<p class="field-hint">{begins === null ? w.utcSame : w.utc(begins)}</p>
			<details class="usage-numbers">
				<summary>{w.numbers}</summary>
				<Table
					caption={w.numbers}
					columns={[
						{ title: w.day, cell: ({ day }) => longDay(day) },
						{ title: w.jobs, isNumber: true, cell: ({ jobs }) => formatNumber(jobs) },
						{ title: w.pictures, isNumber: true, cell: ({ pictures }) => formatNumber(pictures) },
						{ title: w.spent, isNumber: true, cell: ({ usd }) => formatUsd(usd) },
					]}
					rows={days.toReversed()}
					keyOf={({ day }) => day}
				/>
			</details>
		</section>
	);
}
