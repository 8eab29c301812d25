/** The tables by model, by key and by account. */

import { formatNumber, formatSeconds, formatUsd } from "../words.ts";
import { rateOf } from "./compare.ts";
import type { UsageReport } from "./load.ts";
import type { GroupSum, KeySum, Sum } from "./sums.ts";
import { type Column, Table, WithBar } from "./table.tsx";
import { words } from "./words.ts";

export function Models({ report }: { readonly report: UsageReport }) {
	const { sums, models } = report;
	const w = words();
	const compared = new Map(models.map((model) => [model.model, model]));
	const slowest = Math.max(...models.map(({ p95_seconds }) => p95_seconds ?? 0));
	const hasTimes = models.some(({ p50_seconds }) => p50_seconds !== null);
	const lacksTimes = models.some(({ succeeded, p50_seconds }) => succeeded > 0 && p50_seconds === null);
	const time = (read: "p50_seconds" | "p95_seconds") => (row: GroupSum) => {
		const seconds = compared.get(row.name)?.[read] ?? null;
		return seconds === null ? "–" : <WithBar share={seconds / slowest}>{formatSeconds(seconds)}</WithBar>;
	};
	const columns: readonly Column<GroupSum>[] = [
		{ title: w.model, cell: ({ name }) => <code>{name}</code> },
		...sumColumns<GroupSum>(sums.total),
		{
			title: w.success,
			isNumber: true,
			cell: ({ name }) => {
				const { jobs = 0, succeeded = 0 } = compared.get(name) ?? {};
				const rate = rateOf(succeeded, jobs);
				return rate === null ? "–" : w.rate(formatPercent(rate), formatNumber(succeeded), formatNumber(jobs));
			},
		},
		...(hasTimes
			? [
					{ title: w.half, isNumber: true as const, cell: time("p50_seconds") },
					{ title: w.most, isNumber: true as const, cell: time("p95_seconds") },
				]
			: []),
	];
	return (
		<section class="card">
			<h2>{w.byModel}</h2>
			<Table caption={w.byModel} columns={columns} rows={sums.models} isCut keyOf={({ name }) => name} />
			<p class="field-hint">{[...(hasTimes ? [w.timesHint] : []), ...(lacksTimes ? [w.timesOfOne] : [])].join(" ")}</p>
		</section>
	);
}

export function KeysUsed({ report: { sums, names } }: { readonly report: UsageReport }) {
	const w = words();
	const columns: readonly Column<KeySum>[] = [
		{
			title: w.key,
			cell: ({ id }) =>
				id === null ? (
					w.configured
				) : (
					<>
						{/* A deleted key has no name any more, and another key of the account tells only the owner its own. */}
						{names.has(id) && (names.get(id) || w.unnamed)}
						<code class="usage-id">{id}</code>
					</>
				),
		},
		...(sums.accounts.length > 1 ? [{ title: w.account, cell: ({ account }: KeySum) => account ?? "–" }] : []),
		...sumColumns<KeySum>(sums.total),
	];
	return (
		<section class="card">
			<h2>{w.byKey}</h2>
			<Table
				caption={w.byKey}
				columns={columns}
				rows={sums.keys}
				isCut
				keyOf={({ id, account }) => id ?? `configured ${account}`}
			/>
		</section>
	);
}

export function Accounts({ report: { sums } }: { readonly report: UsageReport }) {
	const w = words();
	const columns: readonly Column<GroupSum>[] = [
		{ title: w.account, cell: ({ name }) => name },
		...sumColumns<GroupSum>(sums.total),
	];
	return (
		<section class="card">
			<h2>{w.byAccount}</h2>
			<Table caption={w.byAccount} columns={columns} rows={sums.accounts} isCut keyOf={({ name }) => name} />
		</section>
	);
}

function sumColumns<Row extends Sum>(total: Sum): readonly Column<Row>[] {
	const w = words();
	return [
		{
			title: w.jobs,
			isNumber: true,
			cell: ({ jobs }) => <WithBar share={total.jobs === 0 ? 0 : jobs / total.jobs}>{formatNumber(jobs)}</WithBar>,
		},
		{ title: w.pictures, isNumber: true, cell: ({ pictures }) => formatNumber(pictures) },
		{
			title: w.spent,
			isNumber: true,
			cell: ({ usd }) => <WithBar share={total.usd === 0 ? 0 : usd / total.usd}>{formatUsd(usd)}</WithBar>,
		},
	];
}

/** As 97 %. What is not all is never written as 100 %. @param share from 0 to 1 */
export function formatPercent(share: number): string {
	const percent = share * 100;
	return `${formatNumber(percent < 100 ? Math.min(percent, 99.9) : percent, percent > 99 ? 1 : 0)}%`;
}
