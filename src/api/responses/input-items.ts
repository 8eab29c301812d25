/** Renders what a Response was asked with: the words of the user's last message, as they were written, which is all that a job keeps of its input. */

import type { ResponseItemList } from "openai/resources/responses/input-items";
import type { ResponseItem } from "openai/resources/responses/responses";
import type { LinkedEvent } from "../../core/linked.ts";
import { summarize } from "../answer/summary.ts";

/** @param after The id of the last item that the client has */
export function toInputItems(job: string, log: readonly LinkedEvent[], after?: string) {
	const { accepted } = summarize(log);
	const message = {
		id: `msg_${job}`,
		type: "message",
		role: "user",
		status: "completed",
		content: [{ type: "input_text", text: accepted.rendering.written ?? accepted.request.prompt }],
	} satisfies ResponseItem;
	const data = after === message.id ? [] : [message];
	const id = data[0]?.id ?? null;
	return { object: "list", data, first_id: id, last_id: id, has_more: false } satisfies Omit<
		ResponseItemList,
		"first_id" | "last_id"
	> & { first_id: string | null; last_id: string | null };
}
