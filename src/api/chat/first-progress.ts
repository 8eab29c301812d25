/** The progress of jobs whose answers have version 1: each log line of the model is shown. Kept as it is, for streams that are resumed. */

import type { LinkedEvent } from "../../core/linked.ts";

/** Tells a person what a job does: a line for each event that changes what they know, else null. */
export function createFirstProgress(): (event: LinkedEvent) => string | null {
	let startedAt = 0;
	let logs: readonly string[] = [];
	let running = false;
	const elapsed = (at: number) => `${((at - startedAt) / 1000).toFixed(1)} s`;

	return (event) => {
		switch (event.type) {
			case "accepted":
				startedAt = event.at;
				return null;
			case "refused":
				return `fal is busy${event.status === null ? "" : ` (${event.status})`}; trying again in ${Math.ceil((event.retryAt - event.at) / 1000)} s…`;
			case "rerouted":
				return `fal no longer offers ${event.from}; going on with ${event.to}.`;
			case "answer_lost":
				return "The connection to fal was lost while it took the request; waiting for its word…";
			case "submitted":
			case "queued":
				running = false;
				return `In fal's queue${placeOf(event.position)} (${elapsed(event.at)})…`;
			case "running": {
				const fresh = newLines(logs, event.logs);
				logs = event.logs;
				const lines = running ? fresh : [`Generating (${elapsed(event.at)})…`, ...fresh];
				running = true;
				return lines.length === 0 ? null : lines.join("\n");
			}
			case "generated":
				return `Generated after ${elapsed(event.at)}; fetching ${event.outputs.length === 1 ? "the picture" : `${event.outputs.length} pictures`}…`;
			case "cancelling":
				return event.why === "deadline" ? "This takes too long; giving up…" : "Cancelling…";
			default:
				return null;
		}
	};
}

function placeOf(position: number | null): string {
	if (position === null) return "";
	return position === 0 ? ", next in line" : ` at position ${position}`;
}

/** Returns the lines that are new. fal's logs are a moving window: the new one begins with a tail of the old one. */
function newLines(before: readonly string[], after: readonly string[]): readonly string[] {
	for (let start = 0; start < before.length; start += 1) {
		const tail = before.slice(start);
		if (tail.every((line, index) => line === after[index])) return after.slice(tail.length);
	}
	return after;
}
