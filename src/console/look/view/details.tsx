/** All that is known of a job, beside its picture: on a phone, a sheet that is drawn up. */

import type { ComponentChildren } from "preact";
import type { Job, ListedJob, Picture } from "../../api/types.ts";
import { type Entry, isWhole } from "../../jobs/entry.ts";
import { explained } from "../../jobs/failure-words.ts";
import { Button } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { formatTime } from "../../words.ts";
import { pictureAddress, showInstead } from "../over.ts";
import { Actions } from "./actions.tsx";
import { Cost } from "./cost.tsx";
import { Origin } from "./origin.tsx";
import { type Row, rowsOf } from "./rows.ts";
import { SmallPicture } from "./small-picture.tsx";
import { TimesAndEvents } from "./times.tsx";
import { words } from "./words.ts";

const SHOWN_ID_CHARS = 16;

interface DetailsProps {
	readonly entry: Entry;
	readonly job: Job | ListedJob;
	readonly picture: Picture | null;
	readonly isOpen: boolean;
	readonly onToggle: () => void;
	readonly onDelete: () => void;
}

function Why({ error }: { readonly error: NonNullable<Job["error"]> }) {
	const { text, language } = explained(error);
	return <span lang={language}>{text}</span>;
}

export function Details({ entry, job, picture, isOpen, onToggle, onDelete }: DetailsProps) {
	const w = words();
	return (
		<aside class="view-details" aria-label={w.details}>
			<Button
				class="view-handle"
				look="quiet"
				icon={isOpen ? "chevron-down" : "arrow-up"}
				aria-expanded={isOpen}
				onClick={onToggle}
			>
				{isOpen ? w.hideDetails : w.details}
			</Button>
			<div class="view-prompt">
				<h2 class="visually-hidden">{w.prompt}</h2>
				<p>{job.request.prompt}</p>
				<CopyButton text={job.request.prompt} name={w.prompt} />
			</div>
			{job.error !== null && (
				<p class="view-error">
					<strong>{job.status === "cancelled" ? w.cancelled : w.failed}</strong> <Why error={job.error} />
				</p>
			)}
			{job.images_missing.map(({ index, error }) => (
				<p key={index} class="view-error">
					<strong>{w.missing(index + 1)}</strong> <Why error={error} />
				</p>
			))}
			{picture?.nsfw && <p class="view-error">{w.nsfw}</p>}
			<Actions job={job} picture={picture} onDelete={onDelete} />
			<Pictures job={job} shown={picture} />
			<Origin job={job} />
			<Section title={w.askedAndUsed}>
				<AskedAndUsed rows={rowsOf(job, picture)} />
				{isWhole(job) && Object.keys(job.request.fal).length > 0 && (
					<details>
						<summary>{w.fal}</summary>
						<pre class="view-raw">{JSON.stringify(job.request.fal, null, 2)}</pre>
					</details>
				)}
			</Section>
			<Section title={w.cost}>
				<Cost cost={job.cost} isEnded={job.ended_at !== null} />
			</Section>
			<Section title={w.times}>
				<TimesAndEvents entry={entry} job={job} />
			</Section>
			<Section title={w.ids}>
				<Identifiers job={job} />
			</Section>
		</aside>
	);
}

export function Section({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
	return (
		<section class="view-section">
			<h3>{title}</h3>
			{children}
		</section>
	);
}

/** The pictures of a job that made several. */
function Pictures({ job, shown }: { readonly job: Job | ListedJob; readonly shown: Picture | null }) {
	const w = words();
	if (job.images.length < 2) return null;
	return (
		<ul class="view-strip" aria-label={w.pictures}>
			{job.images.map((picture) => {
				const { index } = picture;
				return (
					<li key={index}>
						<a
							href={`#${pictureAddress(job.id, index)}`}
							aria-label={w.pictureOf(index + 1, job.images.length)}
							{...(index === shown?.index ? { "aria-current": "true" } : {})}
							onClick={(event) => {
								event.preventDefault();
								showInstead(job.id, index);
							}}
						>
							<SmallPicture picture={picture} />
						</a>
					</li>
				);
			})}
		</ul>
	);
}

function AskedAndUsed({ rows }: { readonly rows: readonly Row[] }) {
	const w = words();
	return (
		<table class="view-table">
			<thead>
				<tr>
					<td />
					<th scope="col">{w.asked}</th>
					<th scope="col">{w.used}</th>
				</tr>
			</thead>
			<tbody>
				{rows.map(({ of, asked, used, isDifferent, toCome }) => (
					<tr key={of} class={isDifferent ? "view-different" : ""}>
						<th scope="row">{w.fields[of]}</th>
						<td>
							{asked?.replace(/(\d)x(\d)/, "$1×$2") ?? (
								<span class="muted">{of === "seed" ? w.randomSeed : w.left}</span>
							)}
						</td>
						<td>
							{used ?? <span class="muted">–</span>}
							{toCome !== undefined && <span class="muted">{w.toCome(toCome)}</span>}
							{isDifferent && <span class="visually-hidden"> ({w.isDifferent})</span>}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

function Identifiers({ job }: { readonly job: Job | ListedJob }) {
	const w = words();
	const key = "key" in job ? job.key : null;
	return (
		<dl class="view-list">
			<Named name={w.job}>
				<CopyButton text={job.id} name={w.job} label={`${job.id.slice(0, SHOWN_ID_CHARS)}…`} />
			</Named>
			<Named name={w.api}>{w.madeBy[job.api]}</Named>
			{key !== null && <Named name={w.key}>{key}</Named>}
			<Named name={w.expires}>{formatTime(job.expires_at)}</Named>
			{isWhole(job) &&
				job.fal_requests.flatMap(({ endpoint, request_id }) =>
					request_id === null ? (
						[]
					) : (
						<Named key={request_id} name={w.falRequest}>
							<code>
								{endpoint} {request_id}
							</code>
						</Named>
					),
				)}
		</dl>
	);
}

export function Named({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}
