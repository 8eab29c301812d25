/** Reads a body as the flow of `src/api/create.ts` does, up to the request that a job keeps. */

import { ChatBody, readChat } from "../../src/api/chat/body.ts";
import { ImagesBody, readImages } from "../../src/api/images/body.ts";
import type { Asked } from "../../src/api/request/asked.ts";
import { readBroughtAlong } from "../../src/api/request/brought-along.ts";
import { parseBody, readObject } from "../../src/api/request/fields.ts";
import { readImageFields } from "../../src/api/request/image-fields.ts";
import { toImageRequest } from "../../src/api/request/image-request.ts";
import { ResponsesBody, readResponse } from "../../src/api/responses/body.ts";
import type { RequestError } from "../../src/errors.ts";
import type { JsonObject } from "../../src/json-value.ts";
import type { ImageRequest } from "../../src/models/request.ts";
import { answerHiddenRequest } from "../../src/prompt/hidden-requests.ts";
import { ok, type Result } from "../../src/result.ts";

export type Api = "images" | "chat" | "responses";

export const APIS: readonly Api[] = ["images", "chat", "responses"];

const CATALOGUE = { offered: { kind: "all" }, defaultModel: "imagen4-preview" } as const;

/** Returns a body that says these words. */
export function bodyOf(api: Api, said: string, more: object = {}): object {
	switch (api) {
		case "images":
			return { prompt: said, ...more };
		case "chat":
			return { messages: [{ role: "user", content: said }], ...more };
		case "responses":
			return { input: said, ...more };
	}
}

/** @returns The request, or the text that answers a hidden one */
export function readRequest(api: Api, body: unknown): Result<ImageRequest | string, RequestError> {
	const sent = readObject(body);
	if (!sent.ok) return sent;
	const asked = readAsked(api, sent.value);
	if (!asked.ok) return asked;
	const text = answerHiddenRequest(asked.value.messages);
	if (text !== null) return ok(text);
	const brought = readBroughtAlong(sent.value);
	if (!brought.ok) return brought;
	const fields = readImageFields(asked.value, sent.value);
	return fields.ok ? toImageRequest(fields.value, CATALOGUE, brought.value.attached) : fields;
}

function readAsked(api: Api, body: JsonObject): Result<Asked, RequestError> {
	switch (api) {
		case "images": {
			const parsed = parseBody(ImagesBody, body);
			return parsed.ok ? ok(readImages(parsed.value, CATALOGUE)) : parsed;
		}
		case "chat": {
			const parsed = parseBody(ChatBody, body);
			return parsed.ok ? ok(readChat(parsed.value, CATALOGUE)) : parsed;
		}
		case "responses": {
			const parsed = parseBody(ResponsesBody, body);
			return parsed.ok ? ok(readResponse(parsed.value, CATALOGUE)) : parsed;
		}
	}
}
