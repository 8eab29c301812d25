/** What is left at fal, of each account there. */

import type { Api } from "../api/client.ts";
import type { FalBalance } from "../api/types.ts";
import { IconButton } from "../parts/button.tsx";
import { Problem } from "../parts/problem.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import { formatTime, formatUsd, locale } from "../words.ts";
import { words } from "./words.ts";

type FalAccount = FalBalance["accounts"][number];

export function Balance({ api }: { readonly api: Api }) {
	const balance = useLoaded((signal) => api.ask<FalBalance>("/v1/fal/balance", { signal }), [api]);
	const { failure, value } = balance;
	const w = words();
	return (
		<section class="card">
			<header class="keys-card-head">
				<h2>{w.balance}</h2>
				<IconButton icon="refresh" name={w.refresh} onClick={balance.reload} />
			</header>
			{failure !== null && failure.kind === "refused" && failure.code === "fal_admin_key_missing" ? (
				<>
					<p>{w.balanceMissing}</p>
					<p class="field-hint">{w.balanceHow}</p>
				</>
			) : (
				failure !== null && <Problem failure={failure} onRetry={balance.reload} />
			)}
			{failure === null && value === null && <p role="status">{w.loading}</p>}
			{failure === null && value !== null && (
				<ul class="keys-balances">
					{value.accounts.map((account) => (
						<Account key={account.fingerprint} account={account} lowBalance={value.low_balance} />
					))}
				</ul>
			)}
		</section>
	);
}

function Account({ account, lowBalance }: { readonly account: FalAccount; readonly lowBalance: number }) {
	const w = words();
	const { balance, currency, is_low, error } = account;
	return (
		<li>
			<span>{account.username ?? w.falAccount(account.fingerprint)}</span>
			<span class="keys-balance">
				<strong>{balance === null ? w.balanceUnknown : formatAmount(balance, currency)}</strong>
				{is_low === true && <span class="chip chip-warn">{w.balanceLow}</span>}
			</span>
			<span class="field-hint">
				{is_low === true && `${w.balanceLowHint(formatUsd(lowBalance))} `}
				{error === null ? w.balanceRead(formatTime(account.read_at)) : error.message}
			</span>
		</li>
	);
}

/** fal may bill in another currency. */
function formatAmount(amount: number, currency: string | null): string {
	if (currency === null || currency === "USD") return formatUsd(amount);
	return `${amount.toLocaleString(locale(), { maximumFractionDigits: 2 })} ${currency}`;
}
