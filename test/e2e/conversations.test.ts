/** Conversations that edit what they made: OpenAI's own package, and the requests of clients byte for byte in shape. */
import { decode } from "fast-png";
import OpenAI from "openai";
import type { ResponseInputItem } from "openai/resources/responses/responses";
import { describe, expect, it } from "vitest";
import { aChange, digestOf, drawnFrom, EDIT_PATH } from "../support/node/edits.ts";
import { fetchBytes, refusalOf, useGateway } from "../support/node/openai-client.ts";
import { bytesOf, picturesOf } from "../support/node/responses.ts";
import { aPrompt, callsOf, SHORT } from "../support/node/simulator.ts";
import { picturesIn } from "./conformance/pictures.ts";

const MODEL = "nano-banana-2";
const { gateway, client } = useGateway();

type Messages = OpenAI.ChatCompletionMessageParam[];

async function say(messages: Messages, content: OpenAI.ChatCompletionUserMessageParam["content"], more: object = {}) {
	messages.push({ role: "user", content });
	const { choices } = await client.chat.completions.create({ model: MODEL, messages, ...more });
	const text = choices[0]?.message.content ?? "";
	messages.push({ role: "assistant", content: text });
	const bytes = await Promise.all(picturesIn(text).map(fetchBytes));
	return { text, bytes, pictures: bytes.map(digestOf) };
}

describe("a chat of OpenAI's package", () => {
	it("edits the picture that it made, then the edit, and makes a new one when that is said", async () => {
		const messages: Messages = [];
		const [first, second, third, fourth] = [
			aPrompt(SHORT),
			aChange(),
			aChange("把背景改成海滩"),
			`a new picture of ${aPrompt(SHORT)}`,
		];
		const made = await say(messages, first);
		expect((await drawnFrom(gateway, first)).pictures).toEqual([]);

		const edited = await say(messages, second);
		expect(edited.text).toContain("Edited your last picture");
		expect(await drawnFrom(gateway, second)).toEqual({ path: EDIT_PATH, pictures: made.pictures });

		const editedAgain = await say(messages, third);
		expect(editedAgain.text).toContain("已编辑上一张图片");
		expect(await drawnFrom(gateway, third)).toEqual({ path: EDIT_PATH, pictures: edited.pictures });

		const fresh = await say(messages, fourth);
		expect(fresh.text).toContain("Generated image with prompt");
		expect(await drawnFrom(gateway, fourth)).toMatchObject({ pictures: [] });
	});

	it("edits the pictures of the last message, in their order, and none of the history", async () => {
		const messages: Messages = [];
		const [made, other] = [await say(messages, aPrompt(SHORT)), await say([], aPrompt(SHORT))];
		const prompt = aChange();
		const url = (bytes: Uint8Array | undefined) =>
			`data:image/png;base64,${Buffer.from(bytes ?? []).toString("base64")}`;
		const { text } = await say(messages, [
			{ type: "text", text: prompt },
			{ type: "image_url", image_url: { url: url(other.bytes[0]) } },
			{ type: "image_url", image_url: { url: url(made.bytes[0]) } },
		]);
		expect(text).toContain("Edited 2 attached pictures");
		expect((await drawnFrom(gateway, prompt)).pictures).toEqual([other.pictures[0], made.pictures[0]]);
	});

	it("makes a new picture of `edit` words in a chat that has made none, and 400 if it is said to be an edit", async () => {
		const prompt = aChange();
		await say([], prompt);
		expect((await drawnFrom(gateway, prompt)).pictures).toEqual([]);
		const other = aChange();
		const asked = client.chat.completions.create({
			model: MODEL,
			messages: [{ role: "user", content: other }],
			...{ action: "edit" },
		});
		const error = await refusalOf(OpenAI.BadRequestError, asked);
		expect([error.param, error.code]).toEqual(["action", "invalid_value"]);
		expect(await callsOf(gateway, other)).toEqual([]);
	});

	it("follows `action` against the words", async () => {
		const messages: Messages = [];
		const made = await say(messages, aPrompt(SHORT));
		const [edit, generate] = [aPrompt(SHORT), aChange()];
		await say(messages, edit, { action: "edit" });
		expect((await drawnFrom(gateway, edit)).pictures).toEqual(made.pictures);
		await say(messages, generate, { action: "generate" });
		expect((await drawnFrom(gateway, generate)).pictures).toEqual([]);
	});

	it("makes no picture for a client's hidden request, whatever pictures are in its history", async () => {
		const messages: Messages = [];
		await say(messages, aPrompt(SHORT));
		const task = `### Task:\nSuggest 3-5 follow-up questions. Make it brief.\n### Output:\nJSON format: { "follow_ups": ["Question 1?"] }\n### Chat History:\n<chat_history>\nUSER: make it blue\nASSISTANT: ${messages[1]?.content}\n</chat_history>`;
		const { text } = await say(messages, task);
		expect(JSON.parse(text)).toHaveProperty("follow_ups");
	});

	it("keeps an edit when the job of the picture that it began with is deleted", async () => {
		const messages: Messages = [];
		const made = await say(messages, aPrompt(SHORT));
		const prompt = aChange();
		await say(messages, prompt);
		const [, job] = /\/images\/([0-9a-f]{64})\//.exec(String(messages[1]?.content)) ?? [];
		await client.delete(`/jobs/job_${job}`);
		expect((await drawnFrom(gateway, prompt)).pictures).toEqual(made.pictures);
	});

	it("shows where an edit comes from", async () => {
		const messages: Messages = [];
		const made = await say(messages, aPrompt(SHORT));
		await say(messages, aChange());
		const [from, to] = [1, 3].map((at) => /\/images\/([0-9a-f]{64})\//.exec(String(messages[at]?.content))?.[1]);
		const job = await client.get<{ derived_from: object; inputs: { url: string; role: string }[] }>(`/jobs/job_${to}`);
		expect(job.derived_from).toEqual({ job: `job_${from}`, index: 0 });
		expect(job.inputs).toMatchObject([{ role: "image", content_type: "image/png", width: 128 }]);
		expect(digestOf(await fetchBytes(job.inputs[0]?.url ?? ""))).toEqual(made.pictures[0]);
	});
});

describe("Responses of OpenAI's package", () => {
	const tools = [{ type: "image_generation" as const }];
	const respond = (input: string | ResponseInputItem[], more: object = {}) =>
		client.responses.create({ model: MODEL, input, tools, ...more });

	it("edit by `previous_response_id`: what was made, then the edit, and not a new picture", async () => {
		const [second, third, fourth] = [aChange(), aChange("now at night"), `a new picture of ${aPrompt(SHORT)}`];
		const made = await respond(aPrompt(SHORT));
		const edited = await respond(second, { previous_response_id: made.id });
		expect(edited.previous_response_id).toBe(made.id);
		expect(edited.output[0]).toMatchObject({ type: "image_generation_call", status: "completed", action: "edit" });
		expect((await drawnFrom(gateway, second)).pictures).toEqual([digestOf(bytesOf(picturesOf(made)[0]))]);

		const editedAgain = await respond(third, { previous_response_id: edited.id });
		expect((await drawnFrom(gateway, third)).pictures).toEqual([digestOf(bytesOf(picturesOf(edited)[0]))]);

		const fresh = await respond(fourth, { previous_response_id: editedAgain.id });
		expect(fresh.output[0]).toMatchObject({ action: "generate" });
		expect((await drawnFrom(gateway, fourth)).pictures).toEqual([]);
		const fields = (response: typeof made) => Object.keys(response.output[0] ?? {});
		expect(fields(edited)).toEqual(fields(made));
	});

	it("go on over an answer that was only text", async () => {
		const made = await respond(aPrompt(SHORT));
		const thanks = await respond("thanks", { previous_response_id: made.id });
		expect(thanks.output_text).toContain("Tell me what to draw");
		const prompt = aChange();
		await respond(prompt, { previous_response_id: thanks.id });
		expect((await drawnFrom(gateway, prompt)).pictures).toEqual([digestOf(bytesOf(picturesOf(made)[0]))]);
	});

	it("edit by the item that is put back into the input, by its id or with its bytes", async () => {
		const made = await respond(aPrompt(SHORT));
		const [item] = picturesOf(made);
		const bytes = [digestOf(bytesOf(item))];
		const user = (text: string) => ({ role: "user" as const, content: [{ type: "input_text" as const, text }] });
		const byId = aChange("Now look realistic");
		await respond([user(byId), { type: "image_generation_call", id: item?.id } as ResponseInputItem]);
		expect((await drawnFrom(gateway, byId)).pictures).toEqual(bytes);

		const whole = aChange();
		await respond([user("a fox"), ...(made.output as ResponseInputItem[]), user(whole)]);
		expect((await drawnFrom(gateway, whole)).pictures).toEqual(bytes);

		const foreign = aChange();
		const other = { type: "image_generation_call", id: "ig_68a", status: "completed", result: item?.result };
		await respond([user("a fox"), other as ResponseInputItem, user(foreign)]);
		expect((await drawnFrom(gateway, foreign)).pictures).toEqual(bytes);

		const reference = aChange();
		await respond([user("a fox"), { type: "item_reference", id: item?.id ?? "" }, user(reference)]);
		expect((await drawnFrom(gateway, reference)).pictures).toEqual(bytes);
	});

	it("are 404 for a previous one that is not there, and 400 for an item that is not", async () => {
		const prompt = aChange();
		for (const id of ["resp_1", `resp_${"0".repeat(64)}`]) {
			const error = await refusalOf(OpenAI.NotFoundError, respond(prompt, { previous_response_id: id }));
			expect([error.code, error.param]).toEqual(["previous_response_not_found", "previous_response_id"]);
		}
		const item = { type: "image_generation_call", id: `ig_${"0".repeat(64)}_0` } as ResponseInputItem;
		const error = await refusalOf(OpenAI.BadRequestError, respond([{ role: "user", content: prompt }, item]));
		expect(error.param).toBe("input[1]");
		expect(await callsOf(gateway, prompt)).toEqual([]);
	});
});

describe("the requests of clients", () => {
	const post = async (path: string, body: object) => {
		const headers = { authorization: `Bearer ${gateway.accessKey}`, "content-type": "application/json" };
		const response = await fetch(`${gateway.url}/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
		expect(response.status, await response.clone().text()).toBe(200);
		return response;
	};
	const aPicture = async () => {
		const { bytes: made, pictures } = await say([], aPrompt(SHORT));
		const [bytes = new Uint8Array()] = made;
		return { pictures, dataUrl: `data:image/png;base64,${Buffer.from(bytes).toString("base64")}` };
	};

	it("gpt_image_playground's edit in Responses mode edits the picture that it holds", async () => {
		const { pictures, dataUrl } = await aPicture();
		const prompt = aChange();
		const response = await post("/responses", {
			model: "gpt-5.5",
			input: [
				{
					role: "user",
					content: [
						{
							type: "input_text",
							text: `Use the following text as the complete prompt. Do not rewrite it:\n${prompt}`,
						},
						{ type: "input_image", image_url: dataUrl },
					],
				},
			],
			tools: [
				{
					type: "image_generation",
					action: "edit",
					model: MODEL,
					size: "auto",
					quality: "auto",
					output_format: "png",
					moderation: "auto",
				},
			],
			tool_choice: "required",
		});
		expect(await response.json()).toMatchObject({ output: [{ action: "edit", revised_prompt: prompt }] });
		expect(await drawnFrom(gateway, prompt)).toEqual({ path: EDIT_PATH, pictures });
	});

	it("LobeChat's model with `:image` edits, and has the picture where LobeChat reads it", async () => {
		const { pictures, dataUrl } = await aPicture();
		const prompt = aChange();
		const response = await post("/chat/completions", {
			messages: [
				{
					role: "user",
					content: [
						{ type: "text", text: prompt },
						{ type: "image_url", image_url: { url: dataUrl } },
					],
				},
			],
			model: `${MODEL}:image`,
			stream: false,
		});
		const { choices } = (await response.json()) as {
			choices: { message: { images: { image_url: { url: string } }[] } }[];
		};
		const url = choices[0]?.message.images[0]?.image_url.url ?? "";
		expect(decode(await fetchBytes(url))).toMatchObject({ width: 128 });
		expect((await drawnFrom(gateway, prompt)).pictures).toEqual(pictures);
	});

	it("Open WebUI's history, in which our picture is data of an answer, is edited by a message that means it", async () => {
		const { pictures, dataUrl } = await aPicture();
		const answer = { role: "assistant", content: [{ type: "image_url", image_url: { url: dataUrl } }] };
		const [edit, fresh] = [aChange(), aPrompt(SHORT)];
		const send = (content: string) =>
			post("/chat/completions", {
				model: MODEL,
				messages: [{ role: "user", content: "a fox" }, answer, { role: "user", content }],
			});
		await send(edit);
		expect((await drawnFrom(gateway, edit)).pictures).toEqual(pictures);
		await send(fresh);
		expect((await drawnFrom(gateway, fresh)).pictures).toEqual([]);
	});

	it("LobeChat's and NextChat's histories, with links of another host and of long ago, are edited too", async () => {
		const messages: Messages = [];
		const { pictures } = await say(messages, aPrompt(SHORT));
		const stale = String(messages[1]?.content)
			.replace(gateway.url, "https://old.example")
			.replace(/exp=\d+/, "exp=1");
		const prompt = aChange();
		await say([messages[0] ?? { role: "user", content: "" }, { role: "assistant", content: stale }], prompt);
		expect((await drawnFrom(gateway, prompt)).pictures).toEqual(pictures);
	});
});
