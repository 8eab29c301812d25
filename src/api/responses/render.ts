import type { Response, ResponseOutputItem, ResponseStreamEvent } from "openai/resources/responses/responses";
import { type JobError, toErrorBody } from "../../errors.ts";
import type { Frame, Linked, Renderer } from "../answer/frames.ts";
import { addToView, type ResponseIdentity, toBody, toItem, toWholeBody, type View } from "./response.ts";

/** The stream of the Responses API. */

/** The stream of a Response, one event at a time. What a client resumes by is the number of frames an event has: it is frozen. */
export function renderResponse(id: string): Renderer {
	let view: View | null = null;
	return (event) => {
		const before = view;
		view = addToView(before, event);
		if (view === null || view === before) return [];
		if (before === null) {
			const response = toBody(id, view);
			return [toFrame({ type: "response.created", response }), toFrame({ type: "response.queued", response })];
		}
		return [...openingFrames(id, before, view), ...framesOf(id, view, event)];
	};
}

/** The items that are new: the first ones open the work itself. */
function openingFrames(id: string, before: View, view: View): Frame[] {
	if (view.slots.length === before.slots.length) return [];
	const started = { ...toBody(id, before), status: "in_progress" as const };
	return [
		...(before.slots.length === 0 ? [toFrame({ type: "response.in_progress", response: started })] : []),
		...view.slots.slice(before.slots.length).flatMap((_, place) => {
			const output_index = before.slots.length + place;
			const item = toItem(id, view.summary, "generating", output_index);
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

function framesOf(id: string, view: View, event: Linked): Frame[] {
	switch (event.type) {
		case "image": {
			const output_index = event.index;
			const item = toItem(id, view.summary, event, output_index);
			return [
				toFrame({ type: "response.image_generation_call.completed", item_id: item.id, output_index }),
				toFrame({ type: "response.output_item.done", output_index, item }),
			];
		}
		case "image_lost": {
			const item = toItem(id, view.summary, "lost", event.index);
			return [toFrame({ type: "response.output_item.done", output_index: event.index, item })];
		}
		case "succeeded":
			return [toFrame({ type: "response.completed", response: toBody(id, view) })];
		// OpenAI's clients know no event of their own for `cancelled`; of those that they know only this one makes all of them stop.
		case "failed":
		case "cancelled":
			return [toFrame({ type: "response.failed", response: toBody(id, view) })];
		default:
			return [];
	}
}

/** An event as OpenAI's types have it, but for pictures, whose bytes are only referred to, and for what is said in wider words. */
type Rendered<E> = E extends { response: Response }
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

function toMessageItem(id: string, text: string) {
	return {
		...toMessage(id, "completed"),
		content: [toTextPart(text)],
	};
}

function toMessage(id: string, status: "in_progress" | "completed") {
	return {
		type: "message",
		id: id.replace(/^resp_/, "msg_"),
		role: "assistant",
		status,
		content: [],
	} satisfies ResponseOutputItem;
}

function toTextPart(text: string) {
	return { type: "output_text" as const, text, annotations: [] };
}

/** A Response that is only text: an answer for which no picture is made. */
export function toTextResponse(identity: Omit<ResponseIdentity, "status">, text: string) {
	return {
		...toWholeBody({ ...identity, status: "completed" }),
		completed_at: identity.createdSeconds,
		output_text: text,
		tools: [],
		output: [toMessageItem(identity.id, text)],
	};
}

/** As `toTextResponse`, streamed. */
export function toTextResponseFrames(identity: Omit<ResponseIdentity, "status">, text: string): Frame[] {
	const response = { ...toWholeBody({ ...identity, status: "in_progress" }), tools: [], output: [] };
	const added = toMessage(identity.id, "in_progress");
	const done = toMessageItem(identity.id, text);
	const place = { item_id: done.id, output_index: 0, content_index: 0 };
	const events: readonly Rendered<ResponseStreamEvent>[] = [
		{ type: "response.created", response },
		{ type: "response.in_progress", response },
		{ type: "response.output_item.added", output_index: 0, item: added },
		{ type: "response.content_part.added", ...place, part: toTextPart("") },
		{ type: "response.output_text.delta", ...place, delta: text, logprobs: [] },
		{ type: "response.output_text.done", ...place, text, logprobs: [] },
		{ type: "response.content_part.done", ...place, part: toTextPart(text) },
		{ type: "response.output_item.done", output_index: 0, item: done },
		{ type: "response.completed", response: toTextResponse(identity, text) },
	];
	return events.map((data, sequence_number) => ({ event: data.type, data: { ...data, sequence_number } }));
}
