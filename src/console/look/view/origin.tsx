/** Shows what a job was drawn from, and the steps before it: each edit leads to the picture that it edits. */

import { toPath } from "../../api/client.ts";
import type { Job, ListedJob } from "../../api/types.ts";
import { isWhole } from "../../jobs/entry.ts";
import { jobs } from "../../jobs/store.ts";
import { pictureAddress, showInstead } from "../over.ts";
import type { Place } from "./address.ts";
import { Section } from "./details.tsx";
import { SmallPicture } from "./small-picture.tsx";
import { usePicture } from "./use-picture.ts";
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
						{inputs.map(({ role, url, content_type: type }, place) => (
							<li key={`${place}-${url}`}>
								<figure>
									<Input url={url} isKept={type !== null} name={w.roles[role]} />
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

interface InputProps {
	readonly url: string | null;
	/** False for a link of the client's: it is on another host, which the page asks for nothing. */
	readonly isKept: boolean;
	readonly name: string;
}

function Input({ url, isKept, name }: InputProps) {
	const w = words();
	if (url === null) return <span class="view-unknown">{w.unknownInput}</span>;
	if (!isKept)
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

/** The pictures before this one, from the newest to the first. Each step loads its job, which names the one before. */
function Chain({ from }: { readonly from: Place }) {
	const w = words();
	return (
		<ol class="view-strip">
			{stepsFrom(from).map(({ job, index }, place) => (
				<li key={`${job}/${index}`}>
					<Step job={job} index={index} name={place === 0 ? w.editOf : w.step(place + 1)} />
				</li>
			))}
		</ol>
	);
}

/** Walks back as far as the jobs are known. */
function stepsFrom(from: Place): readonly Place[] {
	const steps: Place[] = [];
	for (let step: Place | null = from; step !== null && steps.length < MAX_STEPS; ) {
		const { job, index }: Place = step;
		if (steps.some((one) => one.job === job && one.index === index)) break;
		steps.push(step);
		step = jobs.entry(job).value?.job?.derived_from ?? null;
	}
	return steps;
}

function Step({ job, index, name }: Place & { readonly name: string }) {
	const w = words();
	const { picture, prompt, said, retry } = usePicture({ job, index });
	if (jobs.removed.value.has(job)) return <span class="view-unknown">{said}</span>;
	if (retry !== null)
		return (
			<button type="button" class="view-unknown" title={said} onClick={retry}>
				{w.retry}
			</button>
		);
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
			{picture === null ? <span class="view-unknown">{said}</span> : <SmallPicture picture={picture} />}
		</a>
	);
}
