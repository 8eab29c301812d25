/** A key: what it may do, how much of that is taken, and what can be done with it. */

import { useState } from "preact/hooks";
import type { Api } from "../api/client.ts";
import type { AccessKey, JobList, NewAccessKey, ShownAccessKey } from "../api/types.ts";
import { Button } from "../parts/button.tsx";
import { Confirm, Dialog } from "../parts/dialog.tsx";
import { SelectField } from "../parts/field.tsx";
import { Menu } from "../parts/menu.tsx";
import { explainFailure, Problem } from "../parts/problem.tsx";
import { toast } from "../parts/toast.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import { words as partWords } from "../parts/words.ts";
import { formatNumber, formatTime, formatUsd } from "../words.ts";
import { LimitBars } from "./limit-bars.tsx";
import { type KeyStatus, statusOf } from "./status.ts";
import { words } from "./words.ts";

const CHIPS: Readonly<Record<KeyStatus, string>> = {
	active: "chip-good",
	blocked: "chip-bad",
	expired: "chip-bad",
	expiring: "chip-warn",
	rotating: "chip-warn",
};

interface KeyCardProps {
	readonly api: Api;
	readonly accessKey: AccessKey;
	readonly onEdit: () => void;
	readonly onChanged: (key: AccessKey) => void;
	readonly onRemoved: () => void;
	readonly onSecret: (secret: string) => void;
}

export function KeyCard({ api, accessKey: key, onEdit, onChanged, onRemoved, onSecret }: KeyCardProps) {
	const [asked, setAsked] = useState<"remove" | "rotate" | null>(null);
	const w = words();
	const name = key.name || key.redacted_value;
	const path = `/v1/keys/${encodeURIComponent(key.id)}`;
	const now = Date.now() / 1000;
	const status = statusOf(key, now);

	async function setBlocked(blocked: boolean): Promise<void> {
		const changed = await api.ask<AccessKey>(path, { method: "PATCH", body: { blocked } });
		if (!changed.ok) return toast(explainFailure(changed.error));
		toast(blocked ? w.blockedNow(name) : w.unblockedNow(name));
		onChanged(changed.value);
	}

	async function remove(): Promise<void> {
		const removed = await api.ask(path, { method: "DELETE" });
		if (!removed.ok) return toast(explainFailure(removed.error));
		toast(w.removedNow(name));
		onRemoved();
	}

	return (
		<li class="card" aria-label={name}>
			<header class="keys-key-head">
				<div class="keys-key-names">
					<h3>{key.name || w.unnamed}</h3>
					<span class={`chip ${CHIPS[status]}`}>{w.statuses[status]}</span>
					<code class="muted">{key.redacted_value}</code>
				</div>
				<div class="keys-actions">
					<Button icon="pencil" aria-label={w.editNamed(name)} onClick={onEdit}>
						{w.edit}
					</Button>
					<Menu
						name={w.actions(name)}
						entries={[
							key.blocked
								? { name: w.unblock, icon: "check", onChoose: () => void setBlocked(false) }
								: { name: w.block, icon: "x", onChoose: () => void setBlocked(true) },
							{ name: w.rotate, icon: "refresh", onChoose: () => setAsked("rotate") },
							{ name: w.remove, icon: "trash", isDanger: true, onChoose: () => setAsked("remove") },
						]}
					/>
				</div>
			</header>
			<p class="keys-key-facts">
				{limitsOf(key).join(" · ")}
				<span class="muted"> · {timesOf(key, now).join(" · ")}</span> <LastUse api={api} accessKey={key} />
			</p>
			<Taken api={api} accessKey={key} />
			{asked === "remove" && (
				<Confirm
					title={w.removeTitle(name)}
					action={w.remove}
					onConfirm={() => void remove()}
					onClose={() => setAsked(null)}
				>
					<p>{w.removeText}</p>
				</Confirm>
			)}
			{asked === "rotate" && (
				<Rotate
					api={api}
					path={path}
					name={name}
					onClose={() => setAsked(null)}
					onRotated={({ key: secret, ...rotated }) => {
						setAsked(null);
						onChanged(rotated);
						onSecret(secret);
					}}
				/>
			)}
		</li>
	);
}

interface OfKey {
	readonly api: Api;
	readonly accessKey: AccessKey;
}

/** Asked anew after each change of the key. */
function Taken({ api, accessKey }: OfKey) {
	const shown = useLoaded(
		(signal) => api.ask<ShownAccessKey>(`/v1/keys/${encodeURIComponent(accessKey.id)}`, { signal }),
		[api, accessKey],
	);
	if (shown.failure !== null) return <Problem failure={shown.failure} onRetry={shown.reload} />;
	const left = shown.value?.left.filter(({ of }) => of === "key") ?? [];
	return left.length === 0 ? null : <LimitBars left={left} />;
}

/** The newest job of the key tells when it was used: no other record is kept of that. Jobs expire, so none is not never. */
function LastUse({ api, accessKey: { id, account } }: OfKey) {
	const jobs = useLoaded(
		(signal) => api.ask<JobList>(`/v1/jobs?${new URLSearchParams({ account, key: id, limit: "1" })}`, { signal }),
		[api, id],
	);
	const w = words();
	if (jobs.value === null) return null;
	const [newest] = jobs.value.data;
	return <span class="muted">· {newest === undefined ? w.neverUsed : w.lastUsed(formatTime(newest.created_at))}</span>;
}

function limitsOf(key: AccessKey): readonly string[] {
	const w = words();
	const { models } = key;
	const limits = [
		...(key.max_budget === null ? [] : [w.per(formatUsd(key.max_budget), key.budget_duration)]),
		...key.budget_limits.map(({ max_budget, budget_duration }) => w.per(formatUsd(max_budget), budget_duration)),
		...(key.images_per_day === null ? [] : [w.imagesPerDay(formatNumber(key.images_per_day))]),
		...(key.rpm_limit === null ? [] : [w.rpm(formatNumber(key.rpm_limit))]),
		...(key.max_parallel_requests === null ? [] : [w.parallel(formatNumber(key.max_parallel_requests))]),
	];
	const allowed = models === null ? w.allModels : w.onlyModels(models.length, models[0] ?? "");
	return [...(limits.length === 0 ? [w.noLimits] : limits), allowed];
}

function timesOf({ created_at, expires_at, grace_until }: AccessKey, now: number): readonly string[] {
	const w = words();
	return [
		w.created(formatTime(created_at)),
		...(expires_at === null ? [] : [(expires_at <= now ? w.expiredAt : w.expires)(formatTime(expires_at))]),
		...(grace_until === null ? [] : [w.graceUntil(formatTime(grace_until))]),
	];
}

const GRACES = ["none", "1h", "24h", "48h", "7d", "30d"] as const;
type Grace = (typeof GRACES)[number];

interface RotateProps {
	readonly api: Api;
	readonly path: string;
	readonly name: string;
	readonly onClose: () => void;
	readonly onRotated: (key: NewAccessKey) => void;
}

function Rotate({ api, path, name, onClose, onRotated }: RotateProps) {
	const [grace, setGrace] = useState<Grace>("48h");
	const [isBusy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string | null>(null);
	const w = words();

	async function rotate(): Promise<void> {
		setBusy(true);
		const body = grace === "none" ? {} : { grace_period: grace };
		const rotated = await api.ask<NewAccessKey>(`${path}/rotate`, { method: "POST", body });
		setBusy(false);
		if (rotated.ok) onRotated(rotated.value);
		else setProblem(explainFailure(rotated.error));
	}

	return (
		<Dialog title={w.rotateTitle(name)} onClose={onClose}>
			<p>{w.rotateText}</p>
			<SelectField
				label={w.grace}
				value={grace}
				options={GRACES.map((value) => ({ value, name: w.graces[value] }))}
				onChoose={setGrace}
				error={problem}
			/>
			<div class="dialog-foot">
				<Button onClick={onClose}>{partWords().cancel}</Button>
				<Button look="primary" aria-disabled={isBusy} onClick={() => !isBusy && void rotate()}>
					{w.rotate}
				</Button>
			</div>
		</Dialog>
	);
}
