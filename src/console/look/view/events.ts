/** Reads the whole log of a job. */

import { createParser } from "eventsource-parser";
import type { Api } from "../../api/client.ts";
import type { JobEvent } from "../../api/types.ts";

/** Returns null if it cannot be had. A job that has ended has its log closed, so the answer ends. */
export async function loadEvents(api: Api, id: string, signal: AbortSignal): Promise<readonly JobEvent[] | null> {
	const opened = await api.open(`/v1/jobs/${id}/events`, { signal });
	if (!opened.ok) return null;
	try {
		return parseEvents(await opened.value.text());
	} catch {
		return null;
	}
}

/** Reads server-sent events. What is no event of a job is left out. */
export function parseEvents(text: string): readonly JobEvent[] {
	const events: JobEvent[] = [];
	const parser = createParser({
		onEvent: ({ data }) => {
			if (data.startsWith("{")) events.push(JSON.parse(data));
		},
	});
	parser.feed(text);
	return events;
}
