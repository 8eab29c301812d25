/** Renders a Response that is only text, for a request that asks for no picture. */

import type { ResponseOutputItem, ResponseStreamEvent } from "openai/resources/responses/responses";
import type { TextFormat, TextIdentity } from "../answer/format.ts";
import type { Frame } from "../answer/frames.ts";
import type { Rendered } from "./render.ts";
import { type ResponseIdentity, toResponseId, toWholeBody } from "./response.ts";

function toMessageItem(id: string, text: string) {
	return {
		...toMessage(id, "completed"),
		content: [toTextPart(text)],
	};
}

function toMessage(id: string, status: "in_progress" | "completed") {
	return {
		type: "message",
		id: id.replace("resp_", "msg_"),
		role: "assistant",
		status,
		content: [],
	} satisfies ResponseOutputItem;
}

function toTextPart(text: string) {
	return { type: "output_text" as const, text, annotations: [] };
}

/** @param name The function whose arguments the text is */
function toCallItem(id: string, name: string, text: string) {
	return {
		type: "function_call" as const,
		id: id.replace("resp_", "fc_"),
		call_id: id.replace("resp_", "call_"),
		name,
		arguments: text,
		status: "completed" as const,
	};
}

/** @param call The function whose arguments the text is */
export function toTextResponse(identity: Omit<ResponseIdentity, "status">, text: string, call?: string) {
	return {
		...toWholeBody({ ...identity, status: "completed" }),
		completed_at: identity.createdSeconds,
		output_text: call === undefined ? text : "",
		tools: [],
		output: [call === undefined ? toMessageItem(identity.id, text) : toCallItem(identity.id, call, text)],
	};
}

/** Renders the same as `toTextResponse` as a stream. */
export function toTextResponseFrames(identity: Omit<ResponseIdentity, "status">, text: string, call?: string): Frame[] {
	const response = { ...toWholeBody({ ...identity, status: "in_progress" }), tools: [], output: [] };
	const events: readonly Rendered<ResponseStreamEvent>[] = [
		{ type: "response.created", response },
		{ type: "response.in_progress", response },
		...(call === undefined ? messageEvents(identity.id, text) : callEvents(identity.id, call, text)),
		{ type: "response.completed", response: toTextResponse(identity, text, call) },
	];
	return events.map((data, sequence_number) => ({ event: data.type, data: { ...data, sequence_number } }));
}

function messageEvents(id: string, text: string): Rendered<ResponseStreamEvent>[] {
	const done = toMessageItem(id, text);
	const place = { item_id: done.id, output_index: 0, content_index: 0 };
	return [
		{ type: "response.output_item.added", output_index: 0, item: toMessage(id, "in_progress") },
		{ type: "response.content_part.added", ...place, part: toTextPart("") },
		{ type: "response.output_text.delta", ...place, delta: text, logprobs: [] },
		{ type: "response.output_text.done", ...place, text, logprobs: [] },
		{ type: "response.content_part.done", ...place, part: toTextPart(text) },
		{ type: "response.output_item.done", output_index: 0, item: done },
	];
}

function callEvents(id: string, name: string, text: string): Rendered<ResponseStreamEvent>[] {
	const done = toCallItem(id, name, text);
	const place = { item_id: done.id, output_index: 0 };
	return [
		{ type: "response.output_item.added", output_index: 0, item: { ...done, arguments: "", status: "in_progress" } },
		{ type: "response.function_call_arguments.delta", ...place, delta: text },
		{ type: "response.function_call_arguments.done", ...place, arguments: text },
		{ type: "response.output_item.done", output_index: 0, item: done },
	];
}

export const responsesText: TextFormat = {
	toBody: (identity, text) => toTextResponse(toTextIdentity(identity), text, identity.call),
	toFrames: (identity, text) => toTextResponseFrames(toTextIdentity(identity), text, identity.call),
};

function toTextIdentity({ requestId, createdSeconds, rendering }: TextIdentity): Omit<ResponseIdentity, "status"> {
	return { id: toResponseId(requestId), createdSeconds, model: rendering.model, echoed: rendering };
}
