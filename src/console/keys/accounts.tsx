/** The accounts of the gateway, and how one is erased. */

import { useEffect, useState } from "preact/hooks";
import type { Api } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";
import type { AccountList, ErasedAccount } from "../api/types.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { TextField } from "../parts/field.tsx";
import { Problem } from "../parts/problem.tsx";
import { toast } from "../parts/toast.tsx";
import { words as partWords } from "../parts/words.ts";
import { Table } from "../usage/table.tsx";
import { formatNumber, formatTime } from "../words.ts";
import { words } from "./words.ts";

export type Account = AccountList["data"][number];

interface AccountsProps {
	readonly api: Api;
	readonly accounts: readonly Account[];
	/** The account that administers. */
	readonly owner: string;
	readonly onShow: (account: string) => void;
	readonly onErased: (account: string) => void;
}

export function Accounts({ api, accounts, owner, onShow, onErased }: AccountsProps) {
	const [erasing, setErasing] = useState<Account | null>(null);
	const w = words();
	return (
		<section class="card">
			<h2>{w.accounts}</h2>
			<Table
				caption={w.accounts}
				rows={accounts}
				isCut
				keyOf={({ name }) => name}
				columns={[
					{ title: w.accountName, cell: ({ name }) => name },
					{ title: w.since, cell: ({ created_at }) => (created_at === null ? "–" : formatTime(created_at)) },
					{ title: w.configured, cell: ({ has_access_key }) => (has_access_key ? w.yes : w.no) },
					{
						title: w.accountActions,
						isAction: true,
						cell: (account) => (
							<span class="keys-actions">
								<Button look="quiet" aria-label={w.showKeysOf(account.name)} onClick={() => onShow(account.name)}>
									{w.showKeys}
								</Button>
								<Button look="danger" aria-label={w.eraseNamed(account.name)} onClick={() => setErasing(account)}>
									{w.erase}
								</Button>
							</span>
						),
					},
				]}
			/>
			{erasing !== null && (
				<Erase
					api={api}
					account={erasing}
					isOwner={erasing.name === owner}
					onClose={() => setErasing(null)}
					onErased={() => onErased(erasing.name)}
				/>
			)}
		</section>
	);
}

/** It goes on by itself: this asks how far it is. */
const ASK_EVERY_MS = 2_000;

interface EraseProps {
	readonly api: Api;
	readonly account: Account;
	readonly isOwner: boolean;
	readonly onClose: () => void;
	readonly onErased: () => void;
}

function Erase({ api, account, isOwner, onClose, onErased }: EraseProps) {
	const { name } = account;
	const [typed, setTyped] = useState("");
	const [isAsked, setAsked] = useState(false);
	const [left, setLeft] = useState<number | null>(null);
	const [failure, setFailure] = useState<Failure | null>(null);
	const w = words();

	useEffect(() => {
		if (!isAsked) return;
		const controller = new AbortController();
		let timer: ReturnType<typeof setTimeout> | undefined;
		async function ask(): Promise<void> {
			const path = `/v1/accounts/${encodeURIComponent(name)}${isOwner ? `?${new URLSearchParams({ confirm: name })}` : ""}`;
			const asked = await api.ask<ErasedAccount>(path, { method: "DELETE", signal: controller.signal });
			if (controller.signal.aborted) return;
			if (!asked.ok) {
				setFailure(asked.error);
				setAsked(false);
			} else if (asked.value.deleted) {
				toast(w.erased(name));
				onErased();
				onClose();
			} else {
				setLeft(asked.value.jobs_left);
				timer = setTimeout(ask, ASK_EVERY_MS);
			}
		}
		void ask();
		return () => {
			controller.abort();
			clearTimeout(timer);
		};
	}, [isAsked]);

	const isConfirmed = typed.trim() === name;
	return (
		<Dialog title={w.eraseTitle(name)} onClose={onClose}>
			<p>{w.eraseText}</p>
			{isOwner && <p class="keys-warning">{w.eraseOwner}</p>}
			{account.has_access_key && <p class="keys-warning">{w.eraseConfigured}</p>}
			<form
				class="keys-erase"
				onSubmit={(event) => {
					event.preventDefault();
					if (!isConfirmed || isAsked) return;
					setFailure(null);
					setAsked(true);
				}}
			>
				<TextField
					label={w.eraseType(name)}
					value={typed}
					autoCapitalize="none"
					disabled={isAsked}
					onInput={setTyped}
				/>
				{left !== null && <p role="status">{w.erasing(formatNumber(left))}</p>}
				{failure !== null && <Problem failure={failure} />}
				<div class="dialog-foot">
					<Button onClick={onClose}>{isAsked ? partWords().close : partWords().cancel}</Button>
					<Button type="submit" look="danger" disabled={!isConfirmed || isAsked}>
						{w.eraseGo}
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
