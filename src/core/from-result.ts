/** Decides what a result means to a job, and an answer that is none. */
import type { JobError } from "../errors.ts";
import {
	endOfCancellation,
	failed,
	failedAtFal,
	fetchResultEffect,
	NOTHING,
	type SlotDecision,
	storeEffect,
	withEvents,
} from "./decision.ts";
import type { SlotEventBody, Upstream } from "./events.ts";
import type { FalResult, ResultRetry } from "./fal-answers.ts";
import type { Input } from "./inputs.ts";
import { MAX_RESULT_TRIES, RESULT_RETRY_MS } from "./schedule.ts";
import {
	cancellationOf,
	type Ended,
	type JobDetails,
	mayStillCost,
	type Slot,
	upstreamOf,
	upstreamWithoutUrls,
} from "./slot.ts";

export function onResult(
	state: Slot,
	{ requestId, result, probed = false }: Input & { type: "result" },
	now: number,
): SlotDecision {
	const upstream = upstreamOf(state);
	if (upstream !== null && upstream.requestId !== requestId) return NOTHING;
	if (state.phase === "storing") return NOTHING;
	if (state.job.deleting) return onUnwantedResult(state, requestId, result);
	if (state.phase === "ended") return onLateResult(state, requestId, result);
	const { job } = state;
	const known = upstream ?? upstreamWithoutUrls(requestId);
	// A webhook may tell of the request before the submit's answer does.
	const learnt = upstream === null ? [submittedAs(requestId)] : [];
	if (result === null) return withEvents(learnt, { effects: [fetchResultEffect({ upstream: known, job })] });
	switch (result.kind) {
		case "outputs":
			return generated(job, requestId, result, upstream);
		case "failure": {
			const cancelling = cancellationOf(state);
			// The result was fetched before and explained nothing, so another GET would explain nothing, too.
			const wasAsked = state.phase === "fetching" && state.tries > 0;
			if (result.unexplained && !cancelling && !wasAsked) {
				const isAsked = state.phase === "fetching" && state.error !== null;
				return isAsked ? NOTHING : withEvents(learnt, failedAtFal({ job, upstream: known }, result.error));
			}
			const end: SlotDecision = cancelling
				? { events: [...unaskedFailure(state, result.error), endOfCancellation(cancelling.why)] }
				: failed(result.error);
			// fal had the request, so it may have cost: the log keeps its id, even if the submit's answer never came.
			return withEvents([...learnt, ...keptAddresses(job, requestId, result)], end);
		}
		case "too_early":
			// A cancellation may have come in between, and ends the job soon.
			if (cancellationOf(state) !== null) return NOTHING;
			return onNoResult(state, { status: null, retryFor: "an_hour", ...toldBy(result) }, probed, now);
		case "unavailable": {
			const { status = null, retryFor = "an_hour" } = result;
			return onNoResult(state, { status, retryFor, ...toldBy(result) }, probed, now);
		}
	}
}

/** An answer that is no result, and that does not end the job. */
interface NoResult {
	readonly status: number | null;
	readonly retryFor: ResultRetry;
	readonly error?: JobError;
}

function toldBy({ error }: Pick<NoResult, "error">): Pick<NoResult, "error"> {
	return error === undefined ? {} : { error };
}

/** Asks again within a bound of tries and time. What fal had said of a failure ends the job instead. */
function onNoResult(state: Slot, { status, retryFor, error }: NoResult, probed: boolean, now: number): SlotDecision {
	const unavailable: SlotEventBody = { type: "result_unavailable", status, retryFor };
	if (state.phase === "queued" || state.phase === "running") {
		return probed ? NOTHING : { events: [{ type: "completed" }, unavailable] };
	}
	if (state.phase !== "fetching") return NOTHING;
	if (state.error !== null) return failed(state.error);
	const since = retryFor === "minutes" ? (state.silentSince ?? now) : state.since;
	const isOver = state.tries + 1 >= MAX_RESULT_TRIES || now - since >= RESULT_RETRY_MS[retryFor];
	return isOver ? failed(resultLost(error)) : { events: [unavailable] };
}

/** Once a job: a webhook may come more often. */
function keptAddresses(
	job: JobDetails,
	requestId: string,
	{ addresses = [] }: FalResult & { kind: "failure" },
): readonly SlotEventBody[] {
	return addresses.length === 0 || job.addressesKept ? [] : [{ type: "addresses_kept", requestId, addresses }];
}

/** A deleted job ends with its result, and drops it. That fal was done decides what it costs. */
function onUnwantedResult(state: Slot, requestId: string, result: FalResult | null): SlotDecision {
	const over = result === null || result.kind === "outputs" || result.kind === "failure";
	if (!over) return NOTHING;
	if (state.phase === "ended")
		return mayStillCost(state) ? { events: [lateEnd(state.job, requestId, result)] } : NOTHING;
	const learnt = upstreamOf(state) === null ? [submittedAs(requestId)] : [];
	const done: readonly SlotEventBody[] =
		result?.kind === "failure" ? unaskedFailure(state, result.error) : [{ type: "completed" }];
	return { events: [...learnt, ...done, endOfCancellation("client")] };
}

/** fal drew what it was asked to stop: the pictures are dropped, and they cost. Without the result these are as many as were asked for. */
function lateEnd({ count }: JobDetails, requestId: string, result: FalResult | null): SlotEventBody {
	if (result?.kind === "failure") return { type: "late_failure", requestId, error: result.error };
	const { outputs, billableUnits = null } = result?.kind === "outputs" ? result : { outputs: Array(count).fill(null) };
	const metered = billableUnits === null ? {} : { billableUnits };
	return { type: "generated", requestId, outputs: outputs.map(() => ({ url: null, nsfw: false })), ...metered };
}

/** A failure of a request that fal was not asked to cancel yet, since nobody knew that fal has it: it is the request's own. */
function unaskedFailure(state: Slot, error: JobError): readonly SlotEventBody[] {
	return upstreamOf(state) === null ? [{ type: "completed", error }] : [];
}

/** True for a slot that has ended without a result: one may still come, and is paid. */
export function awaitsLateResult(state: Slot): boolean {
	return state.phase === "ended" && state.transfer === null && !state.job.deleting;
}

/** The slot stays ended, but pictures that come late are paid, so they are kept. */
function onLateResult(
	{ job, upstream, transfer, failedLate }: Ended,
	requestId: string,
	result: FalResult | null,
): SlotDecision {
	if (transfer !== null) return NOTHING;
	if (result === null) {
		return { effects: [fetchResultEffect({ upstream: upstream ?? upstreamWithoutUrls(requestId), job })] };
	}
	if (result.kind === "failure") {
		const { error } = result;
		const isNew = upstream === null && failedLate !== true;
		const learnt: readonly SlotEventBody[] = isNew ? [{ type: "late_failure", requestId, error }] : [];
		return { events: [...learnt, ...keptAddresses(job, requestId, result)] };
	}
	return result.kind === "outputs" ? generated(job, requestId, result, upstream) : NOTHING;
}

/** A webhook told of the request before the submit's answer did. */
function submittedAs(requestId: string): SlotEventBody {
	return { type: "submitted", ...upstreamWithoutUrls(requestId), position: null };
}

/** A `data:` URI stays out of the log: it is read from fal's result when the picture is stored. */
function generated(
	job: JobDetails,
	requestId: string,
	{ outputs, prompt, billableUnits }: FalResult & { kind: "outputs" },
	upstream: Upstream | null,
): SlotDecision {
	// Of more than was asked of it, a slot keeps none: the indexes behind its own are another's.
	const own = job.count < job.request.n ? outputs.slice(0, job.count) : outputs;
	const kept = own.map(({ url, nsfw }) => ({ url: url.startsWith("data:") ? null : url, nsfw }));
	const from = upstream ?? upstreamWithoutUrls(requestId);
	const revised = prompt === undefined || sameWords(prompt, job.request.prompt) ? {} : { revisedPrompt: prompt };
	const metered = billableUnits === undefined ? {} : { billableUnits };
	return {
		events: [{ type: "generated", requestId, outputs: kept, ...revised, ...metered }],
		effects: kept.map(({ url }, place) => storeEffect(job, from, job.first + place, url)),
	};
}

/** Most models echo the prompt that was sent, some of them with other blanks, or cut. */
function sameWords(echo: string, sent: string): boolean {
	return inOneLine(sent).startsWith(inOneLine(echo));
}

function inOneLine(text: string): string {
	return text.replace(/\s+/g, " ").trim();
}

/** @param said fal's last answer, if there was one */
function resultLost(said: JobError | undefined): JobError {
	const message = "fal finished, but its result could not be fetched.";
	return { code: "upstream_failed", message: said === undefined ? message : `${message} ${said.message}` };
}
