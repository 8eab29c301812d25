/** Gateways and SDKs in other languages read a stream by rules of their own. The rules are written here again, each with its source. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCESS_KEY } from "../../support/node/gateway.ts";
import { startRuntimes } from "../../support/node/runtime.ts";
import { aPrompt, SHORT } from "../../support/node/simulator.ts";
import { picturesIn } from "./pictures.ts";

let gateway: Awaited<ReturnType<typeof startRuntimes>>;
beforeAll(async () => {
	gateway = await startRuntimes();
});
afterAll(() => gateway.stop());

async function ask(path: string, body: object): Promise<Response> {
	const headers = { authorization: `Bearer ${ACCESS_KEY}`, "content-type": "application/json" };
	return fetch(`${gateway.url}/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

function streamChat(prompt: string, more: object = {}): Promise<Response> {
	const messages = [{ role: "user", content: prompt }];
	return ask("/chat/completions", { model: "darkroom", stream: true, messages, ...more });
}

const WORDS = {
	"a picture": SHORT,
	"a slow picture with log lines": "sim:queue=1 sim:queue-ms=100 sim:run-ms=400 sim:logs=5",
	"a failure": "sim:content-policy",
};

describe("one-api", () => {
	/** A line longer than this ends the stream: the buffer of Go's `bufio.Scanner`. */
	const LONGEST_LINE = 64 * 1024 - 1;

	/** Passes on what `StreamHandler` of one-api passes on (`relay/adaptor/openai/main.go`, at 8df4a26). */
	function passOn(stream: string) {
		const passed: string[] = [];
		let text = "";
		let usage: { readonly total_tokens: number } | undefined;
		let isDone = false;
		for (const line of stream.split(/\r?\n/)) {
			if (Buffer.byteLength(line) > LONGEST_LINE) break;
			if (line.length < 6 || line.slice(0, 6) !== "data: ") continue;
			const data = line.slice(6);
			passed.push(data);
			if (data.startsWith("[DONE]")) {
				isDone = true;
				continue;
			}
			const chunk = JSON.parse(data);
			if ((chunk.choices ?? []).length === 0 && chunk.usage === undefined) {
				passed.pop();
				continue;
			}
			for (const { delta } of chunk.choices) text += delta.content ?? "";
			usage = chunk.usage ?? usage;
		}
		return { passed, text, usage, isDone };
	}

	it.each(Object.entries(WORDS))("passes on all of %s", async (_, words) => {
		const stream = await (await streamChat(aPrompt(words), { stream_options: { include_usage: true } })).text();
		const { text, isDone, usage } = passOn(stream);
		expect(isDone).toBe(true);
		expect(usage).toBeDefined();
		if (words === "sim:content-policy") expect(text).toContain("content policy");
		else expect(picturesIn(text)).toHaveLength(1);
	});

	it("passes on the picture of a prompt of 32,000 characters", async () => {
		const { text, isDone } = passOn(await (await streamChat(aPrompt(SHORT).padEnd(32_000, " 狐狸"))).text());
		expect(isDone).toBe(true);
		expect(picturesIn(text)).toHaveLength(1);
	});
});

describe("openai-python", () => {
	interface Event {
		readonly event: string | null;
		readonly data: string;
	}

	/** Decodes a stream as `SSEDecoder` does: it keeps the last id, and an event needs no data (`src/openai/_streaming.py`, at e43b422). */
	function decode(stream: string): readonly Event[] {
		const events: Event[] = [];
		let [data, event, lastId, retry]: [string[], string | null, string | null, string | null] = [[], null, null, null];
		for (const line of stream.split(/\r\n|\n|\r/)) {
			if (line === "") {
				if (!event && data.length === 0 && !lastId && retry === null) continue;
				events.push({ event, data: data.join("\n") });
				[data, event, retry] = [[], null, null];
				continue;
			}
			const [, name = "", value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
			if (name === "event") event = value;
			if (name === "data") data.push(value);
			if (name === "id") lastId = value;
			if (name === "retry") retry = value;
		}
		return events;
	}

	/** Yields what `Stream.__stream__` yields, and throws what it throws. */
	function read(stream: string): readonly Record<string, unknown>[] {
		const items: Record<string, unknown>[] = [];
		for (const { data } of decode(stream)) {
			if (data.startsWith("[DONE]")) break;
			const item = JSON.parse(data);
			if (item.error) throw new Error(item.error.message);
			items.push(item);
		}
		return items;
	}

	const STREAMS = {
		"/chat/completions": (prompt: string) => streamChat(prompt),
		"/images/generations": (prompt: string) => ask("/images/generations", { prompt, stream: true }),
		"/responses": (input: string) => ask("/responses", { input, stream: true }),
	};

	describe.each(Object.entries(STREAMS))("%s", (path, open) => {
		it.each(["a picture", "a slow picture with log lines"] as const)("reads all of %s", async (what) => {
			const items = read(await (await open(aPrompt(WORDS[what]))).text());
			expect(JSON.stringify(items)).toMatch(/\/images\/|iVBOR/);
		});

		it("throws the reason of a failure", async () => {
			const stream = await (await open(aPrompt("sim:content-policy"))).text();
			// The Responses API says it in an event of its own: no error is thrown, and the response has failed.
			if (path === "/responses") expect(read(stream).at(-1)).toMatchObject({ type: "response.failed" });
			else expect(() => read(stream)).toThrow("content policy");
		});
	});
});
