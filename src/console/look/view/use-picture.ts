/** Finds a picture whose job the page may not have, and says why there is none. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Picture } from "../../api/types.ts";
import { jobs } from "../../jobs/store.ts";
import type { Place } from "./address.ts";
import { words } from "./words.ts";

export interface Found {
	readonly picture: Picture | null;
	/** Empty while it is not known. */
	readonly prompt: string;
	/** Stands in the place of the picture. */
	readonly said: string;
	/** Null unless the job could not be loaded. */
	readonly retry: (() => void) | null;
}

/** Loads the job if the page does not have it. */
export function usePicture({ job: id, index }: Place): Found {
	const failed = useSignal<string | null>(null);
	const job = jobs.entry(id).value?.job ?? null;
	const isGone = jobs.removed.value.has(id);

	async function load(): Promise<void> {
		failed.value = null;
		await jobs.load(id);
		if (jobs.entry(id).peek() === undefined) failed.value = id;
	}
	useEffect(() => {
		if (jobs.entry(id).peek() === undefined && !isGone) void load();
	}, [id]);

	const isFailed = failed.value === id && job === null && !isGone;
	return {
		picture: job?.images.find((one) => one.index === index) ?? null,
		prompt: job?.request.prompt ?? "",
		said: saying(),
		retry: isFailed ? () => void load() : null,
	};

	function saying(): string {
		const w = words();
		if (isGone) return w.gone;
		if (isFailed) return w.notLoaded;
		if (job === null || job.ended_at === null) return w.loading;
		return job.images_pending > 0 ? w.late : w.noPicture;
	}
}
