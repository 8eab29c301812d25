/** Renders logs as chat streams, and reads the frames as a client does. */

import { type Frame, numbered } from "../../src/api/answer/frames.ts";
import { renderChat } from "../../src/api/chat/render.ts";
import type { LinkedEvent } from "../../src/core/linked.ts";

export const CHAT_ID = "chatcmpl-1";

/** A chunk, as far as tests look at it. */
export interface Chunk {
	readonly sequence_number: number;
	readonly model: string;
	readonly choices: readonly {
		readonly delta: { readonly role?: string; readonly content?: string; readonly reasoning_content?: string };
		readonly finish_reason: string | null;
	}[];
	readonly usage?: object;
	readonly error?: object;
}

export function renderChatLog(log: readonly LinkedEvent[], startingAfter = -1): readonly Frame[] {
	return log.flatMap(numbered(renderChat(CHAT_ID), startingAfter));
}

/** Reads the chunks off the wire, without `[DONE]`. */
export function readChunks(frames: readonly Frame[]): readonly Chunk[] {
	return frames.filter(({ data }) => data !== "[DONE]").map(({ data }) => JSON.parse(JSON.stringify(data)));
}

export function contentOf(frames: readonly Frame[]): string {
	return readChunks(frames)
		.map(({ choices }) => choices?.[0]?.delta.content ?? "")
		.join("");
}
