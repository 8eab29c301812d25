/** Shows what a job was drawn from, and the steps before it: each edit leads to the picture that it edits. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { toPath } from "../../api/client.ts";
import type { Job, ListedJob } from "../../api/types.ts";
import { isWhole } from "../../jobs/entry.ts";
import { jobs } from "../../jobs/store.ts";
import { pictureAddress, showInstead } from "../over.ts";
import type { Place } from "./address.ts";
import { Section } from "./details.tsx";
import { SmallPicture } from "./small-picture.tsx";
import { words } from "./words.ts";

/** So many steps are walked back. */
const MAX_STEPS = 12;

export function Origin({ job }: { readonly job: Job | ListedJob }) {
	const w = words();
	const inputs = isWhole(job) ? job.inputs : [];
	if (job.derived_from === null && inputs.length === 0) return null;
	return (
		<>
			{job.derived_from !== null && (
				<Section title={w.chain}>
					<Chain key={job.id} from={job.derived_from} />
				</Section>
			)}
			{inputs.length > 0 && (
				<Section title={w.madeFrom}>
					<ul class="view-strip">
						{inputs.map(({ role, url }, place) => (
							<li key={`${place}-${url}`}>
								<figure>
									<Input url={url} name={w.roles[role]} />
									<figcaption>{w.roles[role]}</figcaption>
								</figure>
							</li>
						))}
					</ul>
				</Section>
			)}
		</>
	);
}

/** A link of the client's is on another host, which the page asks for nothing. */
function Input({ url, name }: { readonly url: string | null; readonly name: string }) {
	const w = words();
	if (url === null) return <span class="view-unknown">{w.unknownInput}</span>;
	const { pathname } = new URL(url, location.href);
	if (!/^\/(?:images|inputs)\//.test(pathname))
		return (
			<a class="view-unknown" href={url} target="_blank" rel="noreferrer">
				{w.unknownInput}
			</a>
		);
	return (
		<a href={toPath(url)} target="_blank" rel="noreferrer" aria-label={name}>
			<img src={toPath(url)} alt="" loading="lazy" />
		</a>
	);
}

/** The pictures before this one, from the newest to the first. */
function Chain({ from }: { readonly from: Place }) {
	const w = words();
	const steps = useSignal<readonly Place[]>([from]);
	useEffect(() => {
		let isOver = false;
		async function walkBack(): Promise<void> {
			let step: Place | null = from;
			while (step !== null && !isOver && steps.peek().length < MAX_STEPS) {
				step = await stepBefore(step);
				if (step === null || isOver || steps.peek().some((one) => isSame(one, step))) return;
				steps.value = [...steps.peek(), step];
			}
		}
		void walkBack();
		return () => {
			isOver = true;
		};
	}, []);
	return (
		<ol class="view-strip">
			{steps.value.map(({ job, index }, place) => (
				<li key={`${job}/${index}`}>
					<Step job={job} index={index} name={place === 0 ? w.editOf : w.step(place + 1)} />
				</li>
			))}
		</ol>
	);
}

/** Returns null for a picture that was made from words, and if its job is gone. */
async function stepBefore({ job }: Place): Promise<Place | null> {
	if (jobs.entry(job).peek() === undefined) await jobs.load(job);
	return jobs.entry(job).peek()?.job?.derived_from ?? null;
}

function isSame(a: Place, b: Place | null): boolean {
	return a.job === b?.job && a.index === b.index;
}

function Step({ job, index, name }: Place & { readonly name: string }) {
	const w = words();
	const known = jobs.entry(job).value?.job;
	const picture = known?.images.find((one) => one.index === index);
	if (jobs.removed.value.has(job)) return <span class="view-unknown">{w.gone}</span>;
	const prompt = known?.request.prompt ?? "";
	return (
		<a
			href={`#${pictureAddress(job, index)}`}
			title={prompt}
			aria-label={`${name}: ${prompt}`}
			onClick={(event) => {
				event.preventDefault();
				showInstead(job, index);
			}}
		>
			{picture === undefined ? <span class="view-unknown">{w.loading}</span> : <SmallPicture picture={picture} />}
		</a>
	);
}
