/** A card with its first picture and its prompt. */

import { toPath } from "../api/client.ts";
import { jobs } from "../jobs/store.ts";
import { filterSuffix } from "./list.ts";

export function JobCard({ id }: { readonly id: string }) {
	const job = jobs.entry(id).value?.job;
	const [image] = job?.images ?? [];
	return (
		<article class="look-plain">
			<a href={`#/job/${id}/0${filterSuffix.value}`}>
				{image && <img src={toPath(image.thumbnail_url ?? image.url)} alt="" />}
				<span>{job?.request.prompt}</span>
			</a>
		</article>
	);
}
