/** Renders a job as the stream of a Response. */

import type { Response, ResponseOutputItem, ResponseStreamEvent } from "openai/resources/responses/responses";
import { versionOf } from "../../core/events.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { type JobError, toErrorBody } from "../../errors.ts";
import type { Format } from "../answer/format.ts";
import type { Frame, Renderer } from "../answer/frames.ts";
import { addToState, type ResponseState, toBody, toItem, toResponse, toResponseId } from "./response.ts";

/** Renders the stream, one event at a time. Clients resume by counting frames, so the number of frames of an event never changes. */
export function renderResponse(id: string): Renderer {
	let state: ResponseState | null = null;
	return (event) => {
		const before = state;
		state = addToState(before, event);
		if (state === null || state === before) return [];
		if (before === null) {
			const response = toBody(id, state);
			return [toFrame({ type: "response.created", response }), toFrame({ type: "response.queued", response })];
		}
		return [...openingFrames(id, before, state), ...framesOf(id, state, event)];
	};
}

/** Opens the items that are new. The first of them open the work itself. */
function openingFrames(id: string, before: ResponseState, state: ResponseState): Frame[] {
	if (state.outputs.length === before.outputs.length) return [];
	const started = { ...toBody(id, before), status: "in_progress" as const };
	return [
		...(before.outputs.length === 0 ? [toFrame({ type: "response.in_progress", response: started })] : []),
		...state.outputs.slice(before.outputs.length).flatMap((_, place) => {
			const output_index = before.outputs.length + place;
			const item = toItem(id, state.summary, "generating", output_index);
			const call = { item_id: item.id, output_index };
			return [
				toFrame({
					type: "response.output_item.added",
					output_index,
					item: { ...item, status: "in_progress" as const },
				}),
				toFrame({ type: "response.image_generation_call.in_progress", ...call }),
				toFrame({ type: "response.image_generation_call.generating", ...call }),
			];
		}),
	];
}

function framesOf(id: string, state: ResponseState, event: LinkedEvent): Frame[] {
	switch (event.type) {
		case "image": {
			const output_index = event.index;
			const item = toItem(id, state.summary, event, output_index);
			return [
				toFrame({ type: "response.image_generation_call.completed", item_id: item.id, output_index }),
				toFrame({ type: "response.output_item.done", output_index, item }),
			];
		}
		case "image_lost": {
			const item = toItem(id, state.summary, "lost", event.index);
			return [toFrame({ type: "response.output_item.done", output_index: event.index, item })];
		}
		case "slot_ended":
			return event.missing
				.filter((index) => state.outputs[index] === "unmade")
				.map((output_index) => {
					const item = toItem(id, state.summary, "unmade", output_index);
					return toFrame({ type: "response.output_item.done", output_index, item });
				});
		case "succeeded":
			return [...lateFrames(id, state), toFrame({ type: "response.completed", response: toBody(id, state) })];
		// OpenAI has no event for `cancelled`. Of its events only this one makes every client stop.
		case "failed":
		case "cancelled":
			return [toFailed(id, state)];
		default:
			return [];
	}
}

/** gpt_image_playground reads the reason of the event itself. */
function toFailed(id: string, state: ResponseState): Frame {
	const response = toBody(id, state);
	const type = "response.failed";
	const isFirst = versionOf(state.summary.accepted.rendering) < 2;
	return { event: type, data: { type, response, ...(isFirst ? {} : { message: response.error?.message }) } };
}

/** Closes the items of pictures that come late, or never. */
function lateFrames(id: string, { outputs, summary }: ResponseState): Frame[] {
	return outputs.flatMap((output, output_index) => {
		if (output !== "generating") return [];
		const item = toItem(id, summary, output, output_index);
		return [toFrame({ type: "response.output_item.done", output_index, item })];
	});
}

/** Types an event as OpenAI does, but for its Response or item: pictures' bytes are references in them, and some words are wider. */
export type Rendered<E> = E extends { response: Response }
	? Pick<E, Exclude<keyof E, "sequence_number" | "response">> & { readonly response: object }
	: E extends { item: ResponseOutputItem }
		? Pick<E, Exclude<keyof E, "sequence_number" | "item">> & { readonly item: object }
		: Pick<E, Exclude<keyof E, "sequence_number">>;

function toFrame(data: Rendered<ResponseStreamEvent>): Frame {
	return { event: data.type, data };
}

/** Renders the event that takes the place of one that cannot be sent. */
function toResponsesError(error: JobError): Frame {
	const { code, message, param } = toErrorBody(error).error;
	return toFrame({ type: "error", code, message, param });
}

export const responsesFormat: Format = {
	toId: toResponseId,
	render: renderResponse,
	toBody: toResponse,
	toMissing: toResponsesError,
};
