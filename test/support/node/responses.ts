/** Reads pictures and events out of the Responses API's answers. */
import type { Response, ResponseStreamEvent } from "openai/resources/responses/responses";

/** An item of the output, with the fields that OpenAI's items do not have. */
export interface Picture {
	readonly id: string;
	readonly status: string;
	readonly result: string | null;
	readonly url: string;
	readonly size: string;
	readonly quality: string;
	readonly output_format: string;
	readonly revised_prompt: string;
}

export function picturesOf({ output }: Pick<Response, "output">): readonly Picture[] {
	return output.flatMap((item) => (item.type === "image_generation_call" ? [item as unknown as Picture] : []));
}

export function bytesOf(picture: Picture | undefined): Uint8Array {
	return new Uint8Array(Buffer.from(picture?.result ?? "", "base64"));
}

/** Reads a stream to its end. */
export async function collectEvents(
	stream: AsyncIterable<ResponseStreamEvent>,
): Promise<readonly ResponseStreamEvent[]> {
	const events: ResponseStreamEvent[] = [];
	for await (const event of stream) events.push(event);
	return events;
}

export function numbersOf(events: readonly ResponseStreamEvent[]) {
	return events.map((event) => ("sequence_number" in event ? event.sequence_number : null));
}

/** Returns the Response of the last event. Throws if that is not the end of a stream. */
export function endOf(events: readonly ResponseStreamEvent[]): Response {
	const last = events.at(-1);
	if (last?.type !== "response.completed" && last?.type !== "response.failed")
		throw new Error(`ended with ${last?.type}`);
	return last.response;
}

/** Types of the events of one picture, in OpenAI's order. */
export const EVENT_TYPES = [
	"response.created",
	"response.queued",
	"response.in_progress",
	"response.output_item.added",
	"response.image_generation_call.in_progress",
	"response.image_generation_call.generating",
	"response.image_generation_call.completed",
	"response.output_item.done",
	"response.completed",
];
