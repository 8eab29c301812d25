/**
 * NextChat: Microsoft's event source with the callbacks that NextChat gives it.
 * The rules are those of `streamWithThink` in its `app/utils/chat.ts` and `parseSSE` in `app/client/platforms/openai.ts`, at 706a18b.
 */
import { EventStreamContentType, fetchEventSource } from "@microsoft/fetch-event-source";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startCuttingProxy } from "../../support/node/cutting-proxy.ts";
import { ACCESS_KEY } from "../../support/node/gateway.ts";
import { startRuntimes } from "../../support/node/runtime.ts";
import { aPrompt, SHORT, submitsOf } from "../../support/node/simulator.ts";
import { picturesIn } from "./pictures.ts";

let gateway: Awaited<ReturnType<typeof startRuntimes>>;
beforeAll(async () => {
	// The package is for browsers, and asks these of them.
	vi.stubGlobal("window", globalThis);
	vi.stubGlobal("document", new EventTarget());
	gateway = await startRuntimes();
});
afterAll(() => {
	vi.unstubAllGlobals();
	return gateway.stop();
});

interface Shown {
	/** The answer that the chat shows, with the reasoning as a quotation above it. */
	readonly text: string;
	readonly faults: readonly string[];
	readonly error: unknown;
}

/** Sends what NextChat sends, and shows the stream as NextChat does. */
async function chat(prompt: string, { key = ACCESS_KEY, url = gateway.url } = {}): Promise<Shown> {
	let text = "";
	let isThinking = false;
	let isOver = false;
	const faults: string[] = [];
	const body = {
		messages: [{ role: "user", content: prompt }],
		stream: true,
		model: "darkroom",
		temperature: 0.5,
		presence_penalty: 0,
		frequency_penalty: 0,
		top_p: 1,
	};
	const error: unknown = await fetchEventSource(`${url}/v1/chat/completions`, {
		method: "POST",
		body: JSON.stringify(body),
		headers: { "Content-Type": "application/json", Accept: "application/json", Authorization: `Bearer ${key}` },
		fetch,
		async onopen(response) {
			if (response.status === 200 && response.headers.get("content-type")?.startsWith(EventStreamContentType)) return;
			text = JSON.stringify(await response.clone().json(), null, 2);
			isOver = true;
		},
		onmessage({ data }) {
			if (data === "[DONE]" || isOver) {
				isOver = true;
				return;
			}
			if (data.trim() === "") return;
			try {
				const delta = JSON.parse(data).choices?.[0]?.delta ?? {};
				const { reasoning_content: reasoning = "", content = "" } = delta;
				if (reasoning !== "") {
					text += isThinking ? reasoning.replaceAll("\n\n", "\n\n> ") : `${text === "" ? "" : "\n"}> ${reasoning}`;
					isThinking = true;
				} else if (content !== "") {
					text += isThinking ? `\n\n${content}` : content;
					isThinking = false;
				}
			} catch {
				faults.push(data);
			}
		},
		onerror(thrown) {
			throw thrown;
		},
		openWhenHidden: true,
	}).catch((thrown: unknown) => thrown);
	return { text, faults, error };
}

it("shows the progress as a quotation, and then one picture", async () => {
	const prompt = aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=300");
	const { text, ...rest } = await chat(prompt);
	expect(rest).toEqual({ faults: [], error: undefined });
	expect(text).toMatch(/^> .+\n\nGenerated image with prompt: "[^\n]+\n\n!\[[^\n]+$/s);
	expect(picturesIn(text)).toHaveLength(1);
	expect(await submitsOf(gateway, prompt)).toHaveLength(1);
});

it("shows why a job failed", async () => {
	const { text, faults } = await chat(aPrompt("sim:content-policy"));
	expect(text).toContain("content policy");
	expect(faults).toEqual([]);
});

it("shows why a wrong key is refused", async () => {
	expect((await chat("a fox", { key: "sk-wrong" })).text).toContain("invalid_api_key");
});

it("joins the job when the user sends the message again after a break", async () => {
	const proxy = await startCuttingProxy(gateway.url);
	try {
		const prompt = aPrompt("sim:queue=0 sim:queue-ms=50 sim:run-ms=1500");
		const broken = chat(prompt, { url: proxy.url });
		await eventually(
			() => submitsOf(gateway, prompt),
			({ length }) => length === 1,
		);
		proxy.cut();
		expect((await broken).error).toBeInstanceOf(Error);
		expect(picturesIn((await chat(prompt)).text)).toHaveLength(1);
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	} finally {
		proxy.stop();
	}
});

it("draws once for a message and the title that is asked for behind it", async () => {
	const prompt = aPrompt(SHORT);
	const { text } = await chat(prompt);
	const title = `Please generate a four to five word title summarizing our conversation without any lead-in, punctuation, quotation marks, periods, symbols, bold text, or additional text. Remove enclosing quotation marks.`;
	const response = await fetch(`${gateway.url}/v1/chat/completions`, {
		method: "POST",
		headers: { authorization: `Bearer ${ACCESS_KEY}` },
		body: JSON.stringify({
			model: "darkroom",
			messages: [
				{ role: "user", content: prompt },
				{ role: "assistant", content: text },
				{ role: "user", content: title },
			],
		}),
	});
	const { choices } = (await response.json()) as { choices: { message: { content: string } }[] };
	expect(picturesIn(choices[0]?.message.content ?? "")).toEqual([]);
	expect(choices[0]?.message.content).toMatch(/^a fox/i);
	expect(await submitsOf(gateway, prompt)).toHaveLength(1);
});
