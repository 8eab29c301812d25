/** Saves the jobs of a month as a file. */

import { useState } from "preact/hooks";
import type { Api } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";
import { Button } from "../parts/button.tsx";
import { SelectField } from "../parts/field.tsx";
import { explainFailure } from "../parts/problem.tsx";
import { saveFile } from "../parts/save-file.ts";
import { monthName } from "./dates.ts";
import { monthsUpTo } from "./span.ts";
import { words } from "./words.ts";

const MONTHS_OFFERED = 24;

interface CsvProps {
	readonly api: Api;
	/** Null: the key's own. */
	readonly account: string | null;
}

export function MonthAsCsv({ api, account }: CsvProps) {
	const months = monthsUpTo(Date.now(), MONTHS_OFFERED);
	const [month, setMonth] = useState(months[0] ?? "");
	const [isBusy, setBusy] = useState(false);
	const [failure, setFailure] = useState<Failure | null>(null);
	const w = words();

	async function download(): Promise<void> {
		setBusy(true);
		setFailure(null);
		const query = new URLSearchParams({ month, ...(account === null ? {} : { account }) });
		const opened = await api.open(`/v1/usage.csv?${query}`);
		const file = opened.ok ? await opened.value.blob().catch(() => null) : null;
		setBusy(false);
		if (!opened.ok) setFailure(opened.error);
		else if (file === null) setFailure({ kind: "unreachable" });
		// The key goes with the request, so a plain link would not do.
		else saveFile(file, `darkroom-${account === null ? "" : `${account}-`}${month}.csv`);
	}

	return (
		<section class="card">
			<h2>
				{w.csv} {account !== null && <span class="muted">{w.csvOfAccount(account)}</span>}
			</h2>
			<div class="usage-csv">
				<SelectField
					label={w.month}
					value={month}
					options={months.map((value) => ({ value, name: monthName(value) }))}
					onChoose={setMonth}
					error={failure === null ? null : explainFailure(failure)}
				/>
				<Button icon="download" aria-disabled={isBusy} onClick={() => !isBusy && void download()}>
					{isBusy ? w.downloading : w.download}
				</Button>
			</div>
		</section>
	);
}
