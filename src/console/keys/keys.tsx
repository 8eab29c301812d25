/** The view of keys, for the owner: accounts, their keys, and what is left at fal. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Api } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";
import type { AccessKey, AccessKeyList, AccountList } from "../api/types.ts";
import { Button } from "../parts/button.tsx";
import { SelectField } from "../parts/field.tsx";
import { Problem } from "../parts/problem.tsx";
import { toast } from "../parts/toast.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import { type Session, session } from "../session/session.ts";
import { Accounts } from "./accounts.tsx";
import { Balance } from "./balance.tsx";
import { KeyCard } from "./key-card.tsx";
import { KeyForm } from "./key-form.tsx";
import "../parts/page.css";
import "./keys.css";
import { Secret } from "./secret.tsx";
import { words } from "./words.ts";

/** Each key that is shown is asked for what is left of it. */
const KEYS_OF_PAGE = "12";
const ACCOUNTS_LISTED = "1000";

export function Keys() {
	const signedIn = session.value;
	return signedIn === null ? null : <KeysOf key={signedIn.secret} session={signedIn} />;
}

function KeysOf({ session: { api, key } }: { readonly session: Session }) {
	const owner = key.account;
	const [account, setAccount] = useState(owner);
	const [edited, setEdited] = useState<AccessKey | "new" | null>(null);
	const [secret, setSecret] = useState<string | null>(null);
	const accounts = useLoaded(
		(signal) => api.ask<AccountList>(`/v1/accounts?limit=${ACCOUNTS_LISTED}`, { signal }),
		[api],
	);
	const list = useKeys(api, account);
	const heading = useRef<HTMLHeadingElement>(null);
	const w = words();
	const listed = accounts.value?.data ?? [];
	const names = listed.map(({ name }) => name);

	// The parts below the keys would move when they come.
	const wasListed = useRef(false);
	wasListed.current ||= !list.isLoading;
	return (
		<div class="page">
			<header class="keys-head">
				<div>
					<h1>{w.title}</h1>
					<p class="muted">{w.lead}</p>
				</div>
				<Button look="primary" icon="plus" onClick={() => setEdited("new")}>
					{w.newKey}
				</Button>
			</header>
			{accounts.failure !== null && <Problem failure={accounts.failure} onRetry={accounts.reload} />}
			<section class="keys-list" aria-busy={list.isLoading}>
				<header class="keys-card-head">
					<h2 ref={heading} tabIndex={-1}>
						{w.keysOf(account)}
					</h2>
					<div class="keys-choose">
						<SelectField
							label={w.account}
							value={account}
							options={[...new Set([account, ...names])].toSorted().map((name) => ({ value: name, name }))}
							onChoose={setAccount}
						/>
					</div>
				</header>
				{list.failure !== null && <Problem failure={list.failure} onRetry={list.reload} />}
				{list.keys.length === 0 && list.isLoading && <p role="status">{w.loading}</p>}
				{list.keys.length === 0 && !list.isLoading && list.failure === null && (
					<div class="empty">
						<h3>{w.none}</h3>
						<p>{w.noneHint}</p>
					</div>
				)}
				<ul class="keys-cards">
					{list.keys.map((one) => (
						<KeyCard
							key={one.id}
							api={api}
							accessKey={one}
							onEdit={() => setEdited(one)}
							onChanged={list.replace}
							onRemoved={() => {
								list.remove(one.id);
								heading.current?.focus();
							}}
							onSecret={setSecret}
						/>
					))}
				</ul>
				{list.hasMore && (
					<Button aria-disabled={list.isLoading} onClick={list.more}>
						{list.isLoading ? w.loading : w.more}
					</Button>
				)}
			</section>
			{wasListed.current && (
				<>
					<Balance api={api} />
					<Accounts
						api={api}
						accounts={listed}
						owner={owner}
						onShow={(name) => {
							setAccount(name);
							heading.current?.focus();
						}}
						onErased={(name) => {
							accounts.reload();
							if (account === name) setAccount(owner);
							list.reload();
						}}
					/>
				</>
			)}
			{edited !== null && (
				<KeyForm
					api={api}
					account={account}
					accounts={names}
					accessKey={edited === "new" ? null : edited}
					onClose={() => setEdited(null)}
					onIssued={({ key: shown, ...issued }) => {
						setEdited(null);
						setSecret(shown);
						if (issued.account === account) list.add(issued);
						else setAccount(issued.account);
						accounts.reload();
					}}
					onChanged={(changed) => {
						setEdited(null);
						list.replace(changed);
						toast(w.changedNow(changed.name || changed.redacted_value));
					}}
				/>
			)}
			{secret !== null && <Secret secret={secret} onSaved={() => setSecret(null)} />}
		</div>
	);
}

interface Listed {
	readonly keys: readonly AccessKey[];
	readonly hasMore: boolean;
	readonly isLoading: boolean;
	readonly failure: Failure | null;
}

const NOTHING: Listed = { keys: [], hasMore: false, isLoading: true, failure: null };

/** The keys of an account, the newest first, page by page. */
function useKeys(api: Api, account: string) {
	const [listed, setListed] = useState<Listed>(NOTHING);
	const [count, setCount] = useState(0);
	const shown = useRef(account);

	async function load(before: readonly AccessKey[], signal?: AbortSignal): Promise<void> {
		const last = before.at(-1);
		const query = new URLSearchParams({
			account,
			limit: KEYS_OF_PAGE,
			...(last === undefined ? {} : { after: last.id }),
		});
		const asked = await api.ask<AccessKeyList>(`/v1/keys?${query}`, signal === undefined ? {} : { signal });
		// The account may have been changed meanwhile.
		if (signal?.aborted || shown.current !== account) return;
		setListed((now) =>
			asked.ok
				? { keys: [...before, ...asked.value.data], hasMore: asked.value.has_more, isLoading: false, failure: null }
				: { ...now, isLoading: false, failure: asked.error },
		);
	}

	useEffect(() => {
		shown.current = account;
		const controller = new AbortController();
		setListed(NOTHING);
		void load([], controller.signal);
		return () => controller.abort();
	}, [api, account, count]);

	const change = (to: (keys: readonly AccessKey[]) => readonly AccessKey[]) =>
		setListed((now) => ({ ...now, keys: to(now.keys) }));
	return {
		...listed,
		add: (key: AccessKey) => change((keys) => [key, ...keys]),
		replace: (key: AccessKey) => change((keys) => keys.map((one) => (one.id === key.id ? key : one))),
		remove: (id: string) => change((keys) => keys.filter((one) => one.id !== id)),
		reload: () => setCount((before) => before + 1),
		more: () => {
			if (listed.isLoading) return;
			setListed((now) => ({ ...now, isLoading: true }));
			void load(listed.keys);
		},
	};
}
