/** Builds the Response object from a job's log, at any time of the job. */

import type {
	Response,
	ResponseCreateParams,
	ResponseError,
	ResponseOutputItem,
	ResponseStatus,
} from "openai/resources/responses/responses";
import { type Echoed, type Rendering, versionOf } from "../../core/events.ts";
import type { LinkedEvent, LinkedImage } from "../../core/linked.ts";
import { type JobError, toErrorBody } from "../../errors.ts";
import { inLanguage } from "../../words/job-errors.ts";
import { PictureBytes } from "../answer/frames.ts";
import { formatOf } from "../answer/made.ts";
import { addToSummary, editedBy, promptOf, type Summary } from "../answer/summary.ts";

export function toResponseId(job: string): string {
	return `resp_${job}`;
}

/** One picture's item. Its place is the picture's index, so it is known before the picture is made. */
export type Output = "generating" | "lost" | "unmade" | LinkedImage;

export interface ResponseState {
	readonly summary: Summary;
	/** Empty until fal is seen at work. */
	readonly outputs: readonly Output[];
	readonly endedSeconds: number | null;
}

export function addToState(state: ResponseState | null, event: LinkedEvent): ResponseState | null {
	// A log may go on after its end, with late pictures. A Response stays as it ended.
	if (state !== null && state.endedSeconds !== null) return state;
	const summary = addToSummary(state?.summary ?? null, event);
	if (summary === null) return null;
	return {
		summary,
		outputs: addToOutputs(state?.outputs ?? [], event, summary),
		endedSeconds: summary.outcome === "running" ? null : Math.floor(event.at / 1000),
	};
}

function addToOutputs(outputs: readonly Output[], event: LinkedEvent, { split, accepted }: Summary): readonly Output[] {
	// Several requests end in any order, and items open in that of their places: all at once.
	const all = split === null ? null : accepted.request.n;
	switch (event.type) {
		case "running":
			return widen(outputs, all ?? 1);
		case "generated":
			return widen(outputs, all ?? event.outputs.length);
		case "slot_ended":
			return event.missing.reduce(withUnmade, event.missing.length === 0 ? outputs : widen(outputs, all ?? 0));
		case "image":
			return widen(outputs, event.index + 1).with(event.index, event);
		case "image_lost":
			return widen(outputs, event.index + 1).with(event.index, "lost");
		default:
			return outputs;
	}
}

function withUnmade(outputs: readonly Output[], index: number): readonly Output[] {
	return outputs[index] === "generating" ? outputs.with(index, "unmade") : outputs;
}

function widen(outputs: readonly Output[], length: number): readonly Output[] {
	return outputs.length >= length
		? outputs
		: [...outputs, ...Array<Output>(length - outputs.length).fill("generating")];
}

/** Builds the whole Response, as the log stands. */
export function toResponse(id: string, log: readonly LinkedEvent[]) {
	const state = log.reduce(addToState, null);
	if (state === null) throw new Error("a log begins with `accepted`");
	return toBody(id, state);
}

type ImageItem = ResponseOutputItem.ImageGenerationCall;

/** Builds a picture's item. It says what was really used and made, as far as that is known. */
export function toItem(id: string, summary: Summary, output: Output, index: number) {
	const { accepted, used } = summary;
	const picture = typeof output === "string" ? null : output;
	const failure = failureOf(summary, output, index);
	const { width, height } = picture ?? { width: null, height: null };
	return {
		...({
			type: "image_generation_call",
			id: `ig_${id.replace(/^resp_/, "")}_${index}`,
			status: picture !== null ? "completed" : failure !== null ? "failed" : "generating",
			action: editedBy(accepted) === null ? "generate" : "edit",
			background: accepted.request.background ?? "auto",
			output_format: (picture && formatOf(picture)) ?? used.outputFormat,
			revised_prompt: versionOf(accepted.rendering) < 2 ? accepted.request.prompt : promptOf(summary, index),
			size: width === null || height === null ? used.size : `${width}x${height}`,
		} satisfies Omit<ImageItem, "result" | "quality">),
		quality: used.quality,
		...(failure === null
			? {}
			: { error: toErrorBody(inLanguage(failure, accepted.rendering.language)).error satisfies ImageItem["error"] }),
		...(picture === null ? {} : { url: picture.url, nsfw: picture.nsfw }),
		// Comes last, since it is long.
		result: picture === null ? null : new PictureBytes(picture),
	};
}

function failureOf({ outcome, error, split }: Summary, output: Output, index: number): JobError | null {
	const unmade = split?.unmade.get(index) ?? null;
	if (output === "lost") return LOST;
	if (output === "unmade") return unmade;
	return output === "generating" && outcome !== "running" ? (unmade ?? error ?? LATE) : null;
}

const LOST: JobError = { code: "storing_failed", message: "This picture could not be fetched from fal." };
const LATE: JobError = {
	code: "storing_failed",
	message: "This picture could not be fetched from fal yet. If it comes late, GET /v1/jobs/{id} shows it.",
};

function statusOf({ summary: { outcome }, outputs }: ResponseState): ResponseStatus {
	if (outcome === "succeeded") return "completed";
	if (outcome !== "running") return outcome;
	return outputs.length === 0 ? "queued" : "in_progress";
}

export function toBody(id: string, state: ResponseState) {
	const { summary, outputs, endedSeconds } = state;
	const { accepted, used } = summary;
	const status = statusOf(state);
	return {
		...toWholeBody({
			id,
			createdSeconds: summary.createdSeconds,
			model: summary.model,
			status,
			echoed: accepted.rendering,
		}),
		background: accepted.rendering.background ?? false,
		completed_at: status === "completed" ? endedSeconds : null,
		error: summary.error === null ? null : toResponseError(summary.error),
		tools: [
			{
				type: "image_generation" as const,
				size: used.size,
				quality: used.quality,
				output_format: used.outputFormat,
				n: accepted.request.n,
			},
		],
		output: outputs.map((output, index) => toItem(id, summary, output, index)),
	};
}

/** Keeps our codes, which are more than OpenAI's and the same in all APIs. */
function toResponseError(error: JobError) {
	const { code, message, type, param } = toErrorBody(error).error;
	return { code, message, type, param } satisfies Omit<ResponseError, "code"> & { code: string | null };
}

export interface ResponseIdentity {
	readonly id: string;
	readonly createdSeconds: number;
	readonly model: string;
	readonly status: ResponseStatus;
	readonly echoed: Echoed & Pick<Rendering, "previousResponse">;
}

/** Fills in the fields of OpenAI's type that only mean something to a language model. */
export function toWholeBody({ id, createdSeconds, model, status, echoed }: ResponseIdentity) {
	return {
		id,
		object: "response",
		created_at: createdSeconds,
		status,
		background: false,
		completed_at: null,
		error: null,
		incomplete_details: null,
		instructions: null,
		max_output_tokens: null,
		metadata: echoed.metadata ?? {},
		model,
		output_text: "",
		parallel_tool_calls: false,
		previous_response_id: echoed.previousResponse ?? null,
		store: echoed.store ?? true,
		access_programs: null,
		temperature: null,
		text: { format: { type: "text" } },
		tool_choice: "auto",
		top_p: null,
		truncation: "disabled",
		usage: {
			input_tokens: 0,
			input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
			output_tokens: 0,
			output_tokens_details: { reasoning_tokens: 0 },
			total_tokens: 0,
		},
	} satisfies Omit<Response, "output" | "tools"> & Pick<ResponseCreateParams, "store">;
}
