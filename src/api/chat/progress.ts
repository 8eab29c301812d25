/** Tells a person what a job does while they wait: short lines, and few. The log's own lines are in the job's events. */

import type { LinkedEvent } from "../../core/linked.ts";
import { percentOf } from "../../core/percent.ts";
import type { Progress } from "../../words/words.ts";
import { editedBy } from "../answer/summary.ts";

/** A run tells of each quarter, and of anything new so long after its last line. */
const QUARTER_PERCENT = 25;
const SPACING_MS = 10_000;

/** Tells a person what a job does: a line for each event that changes what they know, else null. */
export function createProgress(words: Progress): (event: LinkedEvent) => string | null {
	let last: string | null = null;
	let isShown = false;
	const run = createRun(words);
	const isLeading = createLead(run.end);
	return (event) => {
		isShown ||= event.type === "image";
		// Pictures that come one by one are all the progress that a person needs.
		if (!isLeading(event) || isShown) return null;
		const line = lineOf(event, words, run);
		if (line === null || line === last) return null;
		last = line;
		return line;
	};
}

function lineOf(event: LinkedEvent, words: Progress, run: ReturnType<typeof createRun>): string | null {
	switch (event.type) {
		case "accepted": {
			const edited = editedBy(event);
			return edited && words.editing(edited);
		}
		case "refused":
			return words.busy(event.status, Math.ceil((event.retryAt - event.at) / 1000));
		case "rerouted":
			return words.rerouted(event.from, event.to);
		case "answer_lost":
			return words.answerLost;
		case "running":
			return run.line(event);
		case "submitted":
		case "queued":
			run.end();
			return words.queued(event.position);
		case "generated":
			return words.storing(event.outputs.length);
		case "cancelling":
			return event.why === "deadline" ? words.givingUp : words.cancelling;
		default:
			return null;
	}
}

/**
 * Says if an event is of interest beside those of other requests to fal. Of these the one that runs first is followed, and another one when it
 * has ended: ten places in the queue, and ten runs, are noise.
 */
function createLead(onEnd: () => void): (event: LinkedEvent) => boolean {
	let leader: number | null = null;
	return ({ type, slot = 0 }) => {
		if (type === "running") leader ??= slot;
		if (type === "slot_ended" && slot === leader) {
			leader = null;
			onEnd();
		}
		return (type !== "running" && type !== "queued" && type !== "submitted") || slot === (leader ?? 0);
	};
}

/** Follows one run of the model. It may go back to the queue and begin again. */
function createRun(words: Progress) {
	let since: number | null = null;
	let toldAt = 0;
	let told = 0;
	return {
		end: () => {
			since = null;
		},
		line: ({ at, logs }: Extract<LinkedEvent, { type: "running" }>): string | null => {
			if (since === null) {
				[since, toldAt, told] = [at, at, 0];
				return words.generating;
			}
			const percent = percentOf(logs);
			const isLater = at - toldAt >= SPACING_MS;
			const isFurther = percent !== null && percent > told && percent < 100;
			const isNextQuarter = isFurther && Math.floor(percent / QUARTER_PERCENT) > Math.floor(told / QUARTER_PERCENT);
			if (!isNextQuarter && !isLater) return null;
			toldAt = at;
			if (!isFurther) return words.generatingSeconds(Math.round((at - since) / 1000));
			told = percent;
			return words.generatingPercent(percent);
		},
	};
}
