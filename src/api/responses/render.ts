/** Renders a job as the stream of a Response. */

import type { Response, ResponseOutputItem, ResponseStreamEvent } from "openai/resources/responses/responses";
import type { LinkedEvent } from "../../core/linked.ts";
import { type JobError, toErrorBody } from "../../errors.ts";
import type { Format } from "../answer/format.ts";
import type { Frame, Renderer } from "../answer/frames.ts";
import { addToState, type ResponseState, toBody, toItem, toResponse, toResponseId } from "./response.ts";

/** Renders a Response's stream, one event at a time. What a client resumes by is the number of frames an event has: it is frozen. */
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

/** The items that are new: the first ones open the work itself. */
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
		case "succeeded":
			return [toFrame({ type: "response.completed", response: toBody(id, state) })];
		// OpenAI's clients know no event of their own for `cancelled`; of those that they know only this one makes all of them stop.
		case "failed":
		case "cancelled":
			return [toFrame({ type: "response.failed", response: toBody(id, state) })];
		default:
			return [];
	}
}

/** An event as OpenAI's types have it, but for pictures, whose bytes are only referred to, and for what is said in wider words. */
export type Rendered<E> = E extends { response: Response }
	? Pick<E, Exclude<keyof E, "sequence_number" | "response">> & { readonly response: object }
	: E extends { item: ResponseOutputItem }
		? Pick<E, Exclude<keyof E, "sequence_number" | "item">> & { readonly item: object }
		: Pick<E, Exclude<keyof E, "sequence_number">>;

function toFrame(data: Rendered<ResponseStreamEvent>): Frame {
	return { event: data.type, data };
}

/** What is said in place of an event that cannot be sent. */
export function toResponsesError(error: JobError): Frame {
	const { code, message, param } = toErrorBody(error).error;
	return toFrame({ type: "error", code, message, param });
}

export const responsesFormat: Format = {
	toId: toResponseId,
	render: renderResponse,
	toBody: toResponse,
	toMissing: toResponsesError,
};
