/** Holds every field of a body to what becomes of long data in it, which a scan has taken out before. */

import { describe, expect, it } from "vitest";
import { placeholderOf } from "../../placeholder.ts";
import { ChatBody, readChat } from "../chat/body.ts";
import { ImagesBody } from "../images/body.ts";
import { ResponsesBody, readResponse } from "../responses/body.ts";
import { parseBody } from "./fields.ts";
import { readImageFields } from "./image-fields.ts";

const DATA = placeholderOf(0);
const DEFAULTS = { defaultModel: "imagen4-preview" };
const messages = [{ role: "user", content: "a fox" }];

describe("a field of words", () => {
	it.each<readonly [body: object, param: string]>([
		[{ prompt: `a fox like ![this](${DATA})` }, "prompt"],
		[{ prompt: "a fox", model: DATA }, "model"],
		[{ prompt: "a fox", size: DATA }, "size"],
	])("refuses it: %j blames %s", (body, param) => {
		expect(parseBody(ImagesBody, body)).toMatchObject({
			error: { kind: "invalid_value", param, fault: { is: "long_data" } },
		});
	});

	it("refuses it in metadata, too", () => {
		const parsed = parseBody(ResponsesBody, { input: "a fox", metadata: { picture: DATA } });
		expect(parsed).toMatchObject({ error: { param: "metadata.picture" } });
	});
});

describe("a conversation", () => {
	const history = [
		{
			role: "user",
			content: [
				{ type: "text", text: "a fox" },
				{ type: "image_url", image_url: { url: DATA } },
			],
		},
		{ role: "assistant", content: `![Generated Image](${DATA})` },
	];

	it.each<readonly [said: unknown, isRefused: boolean]>([
		["a hen", false],
		[
			[
				{ type: "text", text: "a hen" },
				{ type: "image_url", image_url: { url: DATA } },
			],
			false,
		],
		[`a hen like ![this](${DATA})`, true],
		[[{ type: "text", text: `${DATA} in blue` }], true],
	])("may hold it, but not in the words that are drawn: %j", (content, isRefused) => {
		const parsed = parseBody(ChatBody, { messages: [...history, { role: "user", content }] });
		if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
		const fields = readImageFields(readChat(parsed.value, DEFAULTS), {});
		expect(fields).toMatchObject(
			isRefused ? { error: { param: "messages", fault: { is: "message_data" } } } : { value: { prompt: "a hen" } },
		);
	});

	it("of a Response may hold it likewise", () => {
		const earlier = { type: "image_generation_call", id: "ig_1", result: DATA };
		const read = (input: unknown) => {
			const parsed = parseBody(ResponsesBody, { input });
			if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
			return readImageFields(readResponse(parsed.value, DEFAULTS), {});
		};
		expect(
			read([...messages, earlier, { role: "user", content: [{ type: "input_text", text: "a hen" }] }]),
		).toMatchObject({
			ok: true,
		});
		expect(read(`a hen like ${DATA}`)).toMatchObject({ error: { param: "input" } });
	});
});
