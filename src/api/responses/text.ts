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

export function toTextResponse(identity: Omit<ResponseIdentity, "status">, text: string) {
	return {
		...toWholeBody({ ...identity, status: "completed" }),
		completed_at: identity.createdSeconds,
		output_text: text,
		tools: [],
		output: [toMessageItem(identity.id, text)],
	};
}

/** Renders the same as `toTextResponse` as a stream. */
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

export const responsesText: TextFormat = {
	toBody: (identity, text) => toTextResponse(toTextIdentity(identity), text),
	toFrames: (identity, text) => toTextResponseFrames(toTextIdentity(identity), text),
};

function toTextIdentity({ requestId, createdSeconds, rendering }: TextIdentity): Omit<ResponseIdentity, "status"> {
	return { id: toResponseId(requestId), createdSeconds, model: rendering.model, echoed: rendering };
}
