import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { aPrompt, ask as askGateway, eventually, submitsOf } from "../../test/support/workerd/gateway.ts";
import { logOf } from "../../test/support/workerd/job-of.ts";
import { observed } from "../../test/support/workerd/observed.ts";
import { handle } from "../router.ts";

type Api = "images" | "chat" | "responses";

const APIS: Readonly<Record<Api, { readonly path: string; readonly field: string; body(said: string): object }>> = {
	images: { path: "/v1/images/generations", field: "prompt", body: (prompt) => ({ prompt }) },
	chat: {
		path: "/v1/chat/completions",
		field: "messages",
		body: (content) => ({ messages: [{ role: "user", content }] }),
	},
	responses: { path: "/v1/responses", field: "input", body: (input) => ({ input }) },
};
const EACH: readonly Api[] = ["images", "chat", "responses"];
const CONVERSATIONS: readonly Api[] = ["chat", "responses"];
const TITLE = "Please generate a concise, 5-word-or-less title for the conversation, in these words:";
const MAX_PROMPT_CHARS = 32_000;

interface Sent {
	readonly text?: string;
	readonly headers?: Record<string, string>;
}

/** Sends a body, and records each use of an object or of R2. */
async function send(api: Api, body: object, { text = JSON.stringify(body), headers = {} }: Sent = {}) {
	const used: string[] = [];
	const seen = {
		...env,
		JOB: observed(env.JOB, (method) => used.push(`JOB.${method}`)),
		ACCOUNT: observed(env.ACCOUNT, (method) => used.push(`ACCOUNT.${method}`)),
		IMAGES: observed(env.IMAGES, (method) => used.push(`IMAGES.${method}`)),
	};
	const request = new Request(`https://gateway.test${APIS[api].path}`, {
		method: "POST",
		body: text,
		headers: { authorization: "Bearer test-key-of-owner", ...headers },
	});
	const ctx = createExecutionContext();
	const response = await handle(request, seen, ctx);
	return { response, used, left: () => waitOnExecutionContext(ctx) };
}

function ask(api: Api, said: string, more: object = {}, headers: Record<string, string> = {}) {
	return send(api, { ...APIS[api].body(said), ...more }, { headers });
}

function jobOf(response: Response): string {
	return response.headers.get("x-job-id") ?? "";
}

/** Reads the words of a text answer, whole or streamed. */
async function wordsOf(response: Response): Promise<string> {
	const text = await response.text();
	const streamed = response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
	if (!streamed) {
		const { choices, output_text } = JSON.parse(text);
		return output_text ?? choices[0].message.content;
	}
	return [...text.matchAll(/^data: (\{.*)$/gm)]
		.map(([, data = ""]) => JSON.parse(data))
		.map(({ choices, delta }) => choices?.[0]?.delta.content ?? delta ?? "")
		.join("");
}

describe.each(EACH)("a refused request of %s", (api) => {
	it.each<readonly [case_: string, code: string, param: string | null, text: string]>([
		["not JSON", "invalid_json", null, "{"],
		["no object", "invalid_json", null, "[]"],
		["without its words", "invalid_value", APIS[api].field, "{}"],
		["with a wrong field", "invalid_value", "seed", JSON.stringify({ ...APIS[api].body("a fox"), seed: "7" })],
	])("is a 400 and wakes no object if its body is %s", async (_, code, param, text) => {
		const { response, used } = await send(api, {}, { text });
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({ error: { code, param } });
		expect(used).toEqual([]);
	});

	it("is a 400 that names the field of a prompt that is too long", async () => {
		const { response, used } = await ask(api, "x".repeat(MAX_PROMPT_CHARS + 1));
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({ error: { code: "invalid_value", param: APIS[api].field } });
		expect(used).toEqual([]);
	});

	it("is a 404 for a model that does not exist, before its headers are read", async () => {
		const { response, used } = await ask(api, "a fox", { model: "imagen4-previw" }, { "idempotency-key": "" });
		expect(response.status).toBe(404);
		expect(await response.json()).toMatchObject({ error: { code: "model_not_found", param: "model" } });
		expect(used).toEqual([]);
	});

	it("is a 400 for an Idempotency-Key that is too long, and wakes no object", async () => {
		const { response, used } = await ask(api, "a fox", {}, { "idempotency-key": "k".repeat(256) });
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({ error: { param: "Idempotency-Key" } });
		expect(used).toEqual([]);
	});
});

describe("a request that brings along what is no picture", () => {
	const LINK = "https://pictures.test/cat.png";
	const parts = (type: string, part: object) => [{ role: "user", content: [{ type, text: "make it blue" }, part] }];

	it.each<readonly [api: Api, body: object, param: string]>([
		["images", { prompt: "make it blue", image: "https://10.0.0.1/cat.png" }, "image"],
		["images", { prompt: "make it blue", image: "a cat" }, "image"],
		["images", { prompt: "make it blue", images: [{ file_id: "file-1" }] }, "images[0].file_id"],
		[
			"chat",
			{ messages: [{ role: "user", content: "make it blue" }], image_urls: ["ftp://a.test/b"] },
			"image_urls[0]",
		],
		[
			"chat",
			{ messages: parts("text", { type: "input_audio", input_audio: { data: "AA", format: "wav" } }) },
			"messages[0].content[1]",
		],
		[
			"responses",
			{ input: parts("input_text", { type: "input_image", file_id: "file-1" }) },
			"input[0].content[1].file_id",
		],
		["responses", { input: "make it blue", conversation: "conv_1" }, "conversation"],
		["responses", { input: "make it blue", tools: [{ type: "image_generation", action: "edit" }] }, "tools[0].action"],
		["images", { prompt: "make it blue", mask: LINK }, "mask"],
	])("is a 400 of %s and wakes no object: %j blames %s", async (api, body, param) => {
		for (const stream of [true, false]) {
			const { response, used } = await send(api, { ...body, stream });
			expect(response.status).toBe(400);
			expect(await response.json()).toMatchObject({ error: { code: "invalid_value", param } });
			expect(used).toEqual([]);
		}
	});

	it("is a 404 if it goes on from a Response that no object of ours can be", async () => {
		const { response, used } = await send("responses", { input: "make it blue", previous_response_id: "resp_none" });
		expect(response.status).toBe(404);
		expect(await response.json()).toMatchObject({
			error: { code: "previous_response_not_found", param: "previous_response_id" },
		});
		expect(used).toEqual([]);
	});

	it("is answered by text all the same if it is a hidden request", async () => {
		const image = { type: "image_url", image_url: { url: LINK } };
		const messages = [{ role: "user", content: [{ type: "text", text: TITLE }, image] }];
		const { response } = await send("chat", { messages });
		expect(await wordsOf(response)).toBe("Image");
	});
});

describe("a Response without an input", () => {
	it.each([{}, { input: null }, { messages: [{ role: "user", content: "a fox" }] }, { prompt: "a fox" }])(
		"is a 400 that names it: %j",
		async (body) => {
			const { response, used } = await send("responses", body);
			expect(response.status).toBe(400);
			expect(await response.json()).toMatchObject({
				error: { param: "input", message: "Missing required parameter: 'input'." },
			});
			expect(used).toEqual([]);
		},
	);

	it.each(["", []])("is answered with help if it is there, and empty: %j", async (input) => {
		const { response } = await send("responses", { input });
		expect(await wordsOf(response)).toContain("Tell me what to draw");
	});
});

describe("a picture without words", () => {
	const image = { type: "image_url", image_url: { url: "https://pictures.test/cat.png" } };
	const messages = (...parts: readonly object[]) => [{ role: "user", content: parts }];

	it.each([
		[messages(image), "Tell me what to change"],
		[messages({ type: "text", text: " " }, image), "Tell me what to change"],
	])("is answered by a question: %j", async (sent, words) => {
		const { response, used } = await send("chat", { messages: sent });
		expect(await wordsOf(response)).toContain(words);
		expect(used).toEqual([]);
	});
});

describe.each(CONVERSATIONS)("a request of %s that asks for no picture", (api) => {
	it.each([true, false])("is answered by text, and wakes no object (stream: %s)", async (stream) => {
		for (const said of [TITLE, `${TITLE} ${"x".repeat(MAX_PROMPT_CHARS)}`]) {
			const { response, used, left } = await ask(api, said, { stream });
			expect([response.status, response.headers.has("x-job-id")]).toEqual([200, false]);
			expect(await wordsOf(response)).toBe("Image");
			await left();
			expect(used).toEqual([]);
			expect(await submitsOf(said)).toBe(0);
		}
	});

	it.each<readonly [said: string, stream: boolean]>([
		["  ", true],
		["?!…", false],
	])("is answered with help if it says nothing: %j (stream: %s)", async (said, stream) => {
		const { response, used, left } = await ask(api, said, { stream });
		expect(response.status).toBe(200);
		expect(await wordsOf(response)).toContain("Tell me what to draw");
		await left();
		expect(used).toEqual([]);
	});

	it.each([true, false])("is answered by a call of the function that it must call (stream: %s)", async (stream) => {
		const set_title = { name: "set_title", parameters: { properties: { title: { type: "string" } } } };
		const tools = [{ type: "function", ...(api === "chat" ? { function: set_title } : set_title) }];
		const { response, used } = await ask(api, "a red fox", { stream, tools, tool_choice: "required" });
		const answer = await response.text();
		expect(answer).toContain('"name":"set_title"');
		expect(answer).toContain(String.raw`{\"title\":\"A red fox\"}`);
		expect(used).toEqual([]);
	});

	it("is answered whatever model and headers it names: they are for pictures", async () => {
		const { response, used } = await ask(
			api,
			TITLE,
			{ model: "imagen4-previw", n: 10, size: "big" },
			{ "idempotency-key": "", prefer: "respond-async" },
		);
		expect(response.status).toBe(200);
		expect(await wordsOf(response)).toBe("Image");
		expect(used).toEqual([]);
	});
});

describe.each(CONVERSATIONS)("a probe of %s", (api) => {
	const LIMITS: readonly string[] = api === "chat" ? ["max_tokens", "max_completion_tokens"] : ["max_output_tokens"];
	const HELP_EN = "Tell me what to draw";
	const HELP_ZH = "请描述想画的内容";

	it.each<readonly [said: string, tokens: number | null, text: string]>([
		["hi", 16, HELP_EN],
		["ping", 5, HELP_EN],
		["test", null, HELP_EN],
		["你好", null, HELP_ZH],
		["测试", 1, HELP_ZH],
		["a red fox in the snow, watercolour", 1, "leaves no room for a picture"],
		["雪地里的一只红色狐狸，水彩画", 16, "放不下图片"],
	])("is answered with text and wakes no object: %j with a limit of %j", async (said, tokens, text) => {
		for (const limit of LIMITS) {
			for (const stream of [true, false]) {
				const { response, used, left } = await ask(api, said, { stream, ...(tokens !== null && { [limit]: tokens }) });
				expect([response.status, response.headers.has("x-job-id")]).toEqual([200, false]);
				expect(await wordsOf(response)).toContain(text);
				await left();
				expect(used).toEqual([]);
			}
		}
	});

	it.each([null, "", "16", 4_096])("is none with a limit of %j: it is drawn", async (limit) => {
		const { response, left } = await ask(
			api,
			aPrompt("sim:hold"),
			{ [LIMITS[0] ?? ""]: limit },
			{ prefer: "respond-async" },
		);
		expect(response.status).toBe(202);
		await response.text();
		await left();
	});
});

it.each(["hi", "测试"])("the Images API draws what a chat takes for a probe: %s", async (prompt) => {
	const { response, left } = await ask("images", prompt, { max_tokens: 1 }, { prefer: "respond-async" });
	expect(response.status).toBe(202);
	await response.text();
	await left();
});

it("the Images API has no conversation, so it draws the words of a hidden request", async () => {
	const prompt = `${TITLE} ${aPrompt("sim:hold")}`;
	const { response } = await ask("images", prompt, {}, { prefer: "respond-async" });
	expect(response.status).toBe(202);
	await eventually(
		() => submitsOf(prompt),
		(submits) => submits === 1,
	);
});

describe.each(EACH)("a request of %s for a picture", (api) => {
	it("is answered whole when its job has ended", async () => {
		const prompt = aPrompt("sim:quick");
		const { response, used, left } = await ask(api, prompt, { model: "imagen4-preview" });
		expect(used.slice(0, 3)).toEqual(["JOB.newUniqueId", "ACCOUNT.getByName", "JOB.idFromString"]);
		expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
		expect(jobOf(response)).toMatch(/^[0-9a-f]{64}$/);
		expect(await response.text()).toContain(`/images/${jobOf(response)}/0.png?exp=`);
		await left();
		expect((await logOf(jobOf(response))).at(-1)).toMatchObject({ type: "succeeded" });
		expect(await submitsOf(prompt)).toBe(1);
	});

	it("is streamed if it asks for a stream", async () => {
		const { response, left } = await ask(api, aPrompt("sim:quick"), { stream: true });
		expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
		expect(await response.text()).toContain(`/images/${jobOf(response)}/0.png?exp=`);
		await left();
	});

	it.each([true, false])("is answered 202 at once if it prefers that (stream: %s)", async (stream) => {
		const prompt = aPrompt("sim:hold");
		const { response } = await ask(api, prompt, { stream }, { prefer: "respond-async" });
		expect(response.status).toBe(202);
		expect(response.headers.get("location")).toBe(`/v1/jobs/job_${jobOf(response)}`);
		expect(response.headers.get("preference-applied")).toBe("respond-async");
		expect(await response.json()).toMatchObject({ id: `job_${jobOf(response)}`, api, status: "queued" });
	});

	it("joins the job of an equal request under its key, and refuses another request under it", async () => {
		const prompt = aPrompt("sim:hold");
		const headers = { prefer: "respond-async", "idempotency-key": prompt };
		const first = await ask(api, prompt, {}, headers);
		const again = await ask(api, prompt, {}, headers);
		expect(jobOf(again.response)).toBe(jobOf(first.response));
		const other = await ask(api, `${prompt}, at night`, {}, headers);
		expect(other.response.status).toBe(422);
		expect(await other.response.json()).toMatchObject({ error: { code: "idempotency_key_reused" } });
		for (const { response } of [first, again]) await response.body?.cancel();
	});
});

describe("the id of a request", () => {
	const idOf = (response: Response) => response.headers.get("x-request-id") ?? "";

	it.each(EACH)("of %s finds the job that it made, or joined, on every route of jobs", async (api) => {
		const prompt = aPrompt("sim:hold");
		const headers = { prefer: "respond-async", "idempotency-key": prompt };
		const ids: string[] = [];
		for (let times = 0; times < 2; times += 1) {
			const { response } = await ask(api, prompt, {}, headers);
			expect(idOf(response)).toMatch(new RegExp(`^req_${jobOf(response)}_[0-9a-f]{8}$`));
			ids.push(idOf(response));
			const found = await askGateway(`/v1/jobs/${idOf(response)}`);
			expect([found.status, await found.json()]).toMatchObject([200, { id: `job_${jobOf(response)}` }]);
			// Looking at a job neither makes nor joins it.
			expect(idOf(found)).toMatch(/^req_[0-9a-f]{32}$/);
		}
		expect(new Set(ids).size).toBe(2);
		const cancelled = await askGateway(`/v1/jobs/${ids[1]}/cancel`, { method: "POST" });
		expect(cancelled.status).toBe(200);
		await cancelled.body?.cancel();
	});

	it("tells another account nothing", async () => {
		const { response } = await ask("images", aPrompt("sim:hold"), {}, { prefer: "respond-async" });
		const headers = { authorization: "Bearer test-key-of-other" };
		const found = await askGateway(`/v1/jobs/${idOf(response)}`, { headers });
		expect(found.status).toBe(404);
		await found.body?.cancel();
	});

	it("names no job if the request made none", async () => {
		const hidden = await ask("chat", TITLE);
		const refused = await ask("images", "a fox", { n: 99 });
		for (const { response } of [hidden, refused]) expect(idOf(response)).toMatch(/^req_[0-9a-f]{32}$/);
	});

	it("names the job if an answer is all that failed", async () => {
		const { error: logError } = console;
		console.error = () => {};
		const JOB = observed(env.JOB, (name) => {
			if (name !== "newUniqueId") throw new Error("the job's object cannot be reached");
		});
		const request = new Request("https://gateway.test/v1/images/generations", {
			method: "POST",
			body: JSON.stringify({ prompt: aPrompt("sim:hold") }),
			headers: { authorization: "Bearer test-key-of-owner" },
		});
		const response = await handle(request, { ...env, JOB }, createExecutionContext());
		console.error = logError;
		expect(response.status).toBe(500);
		expect(idOf(response)).toMatch(/^req_[0-9a-f]{64}_[0-9a-f]{8}$/);
	});
});

describe("a Response in the background", () => {
	it("is answered as it stands, at once", async () => {
		const { response } = await ask("responses", aPrompt("sim:hold"), { background: true });
		expect(response.status).toBe(200);
		expect(await response.json()).toMatchObject({
			id: `resp_${jobOf(response)}`,
			status: "queued",
			background: true,
			output: [],
		});
	});

	it("is a 202 if it prefers that", async () => {
		const { response } = await ask("responses", aPrompt("sim:hold"), { background: true }, { prefer: "respond-async" });
		expect(response.status).toBe(202);
		await response.body?.cancel();
	});
});

describe.each(EACH)("the language of an answer of %s", (api) => {
	it.each<readonly [said: string, accepts: string, language: string]>([
		["雪地里的狐狸", "en-US,en;q=0.9", "zh"],
		["a fox in the snow", "zh-CN,zh;q=0.9", "en"],
		["🦊", "zh-CN,zh;q=0.9", "zh"],
		["🦊", "de", "en"],
	])("is for %j, with %j preferred, %s", async (said, accepts, language) => {
		const { response, left } = await ask(api, said, {}, { "accept-language": accepts, prefer: "respond-async" });
		const [accepted] = await logOf(jobOf(response));
		await response.text();
		await left();
		expect(accepted).toMatchObject({ rendering: { language } });
	});
});

describe.each(EACH)("a refusal of %s", (api) => {
	const { field } = APIS[api];

	it.each<readonly [said: string, more: object, language: string, message: string]>([
		["a fox", { n: "2" }, "zh-CN", "Invalid type for 'n': expected an integer, got a string."],
		["一只狐狸", { n: "2" }, "en", "'n' 的类型不正确：应为整数，收到的是字符串。"],
		["一只狐狸", { model: "no-such-model" }, "en", "模型 'no-such-model' 不存在。"],
		["🦊", { n: 11 }, "zh", "'n' 的值无效：收到 11，最大为 10。"],
		["🦊", { n: 11 }, "en", "Invalid value for 'n': 11, must be at most 10."],
	])("is in the user's language: %j with %j for a reader of %s", async (said, more, accepts, message) => {
		const { response } = await ask(api, said, more, { "accept-language": accepts });
		expect(response.status).toBeGreaterThanOrEqual(400);
		const { error } = await response.json<{ error: { message: string; type: string } }>();
		expect(error.message.startsWith(message)).toBe(true);
		expect(error.type).toBe("invalid_request_error");
	});

	it("is in the language that the client prefers if its words cannot be read", async () => {
		const { response } = await send(api, {}, { text: "{", headers: { "accept-language": "zh-CN" } });
		expect(await response.json()).toMatchObject({ error: { message: "请求体不是有效的 JSON。请发送 JSON 对象。" } });
	});

	it("is in Chinese for Chinese words beside the fault", async () => {
		const words = "雪地里的狐狸".repeat(6_000);
		const { response } = await ask(api, words);
		expect(await response.json()).toMatchObject({
			error: { param: field, message: expect.stringMatching(/最多 32000|32000/) },
		});
	});
});

it("a failed job says why in the language of its user", async () => {
	const said = `雪地里的狐狸 ${crypto.randomUUID()} sim:content-policy`;
	const { response } = await ask("chat", said);
	expect(await response.json()).toMatchObject({
		error: { code: "moderation_blocked", message: "图片被模型的内容政策拦截，请换一个提示词。" },
	});
	const { response: streamed } = await ask("chat", said, { stream: true });
	const text = await streamed.text();
	expect(text).toContain('"content":"图片被模型的内容政策拦截，请换一个提示词。"');
	expect(text).toContain('"choices":[{"delta":{}}]');
});
