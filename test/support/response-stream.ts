/** Renders logs as the streams of Responses, and reads the events as a client does. */

import { type Frame, numbered, type PictureBytes } from "../../src/api/answer/frames.ts";
import { renderResponse } from "../../src/api/responses/render.ts";
import { toResponseId } from "../../src/api/responses/response.ts";
import type { LinkedEvent } from "../../src/core/linked.ts";
import { rendering, start } from "./logs.ts";

export const RESPONSE_ID = toResponseId("1");

/** An event of the stream, as far as tests look at it. */
export interface StreamEvent {
	readonly type: string;
	readonly sequence_number: number;
	readonly output_index?: number;
	readonly item_id?: string;
	readonly item?: Item;
	readonly response?: { readonly status: string; readonly output: readonly Item[]; readonly error: object | null };
}

export interface Item {
	readonly id: string;
	readonly status: string;
	readonly result: PictureBytes | null;
}

/** Starts a job of the Responses API. */
export function startResponse(overrides: Parameters<typeof start>[0] = {}) {
	return start({ rendering: rendering({ api: "responses", responseFormat: "both" }), ...overrides });
}

export function renderResponseLog(log: readonly LinkedEvent[], startingAfter = -1): readonly Frame[] {
	return log.flatMap(numbered(renderResponse(RESPONSE_ID), startingAfter));
}

export function eventsOf(log: readonly LinkedEvent[]): readonly StreamEvent[] {
	return renderResponseLog(log).map(({ data }) => data as unknown as StreamEvent);
}
