import { describe, expect, it } from "vitest";
import { aPrompt, ask, chunksOf, contentOf, streamChat } from "../../../test/support/workerd/gateway.ts";
import { advance } from "../../../test/support/workerd/job-of.ts";

async function aStreamedJob(words: string) {
	const prompt = aPrompt(words);
	const response = await streamChat(prompt);
	return { prompt, response, job: response.headers.get("x-job-id") ?? "" };
}

describe("getChat", () => {
	it("answers with the whole completion that a stream had", async () => {
		const { response, job } = await aStreamedJob("sim:quick");
		const content = contentOf(await Array.fromAsync(chunksOf(response)));
		const again = await ask(`/v1/chat/completions/chatcmpl-${job}`);
		expect([again.status, again.headers.get("x-job-id")]).toEqual([200, job]);
		expect(await again.json()).toMatchObject({ id: `chatcmpl-${job}`, choices: [{ message: { content } }] });
	});

	it.each(["true", "TRUE", "1", ""])("streams only for stream=true, not for %j", async (stream) => {
		const { response, job } = await aStreamedJob("sim:quick");
		await Array.fromAsync(chunksOf(response));
		const again = await ask(`/v1/chat/completions/${job}?stream=${stream}`);
		const type = again.headers.get("content-type") ?? "";
		expect(type.startsWith("text/event-stream")).toBe(stream === "true");
		await again.body?.cancel();
	});

	it("resumes a stream after any of its frames, to the byte", async () => {
		const { response, job } = await aStreamedJob("sim:quick");
		const whole = await response.text();
		const frames = whole.split("\n\n").slice(0, -1);
		for (const after of [-1, 0, 2, frames.length]) {
			const rest = await ask(`/v1/chat/completions/chatcmpl-${job}?stream=true&starting_after=${after}`);
			const expected = frames.filter((frame, index) => index > after || frame === "data: [DONE]");
			expect(await rest.text()).toBe(expected.map((frame) => `${frame}\n\n`).join(""));
		}
	});

	it("waits for the end of a job that goes on, as the first request did", async () => {
		const { response, job, prompt } = await aStreamedJob("sim:hold");
		const waiting = ask(`/v1/chat/completions/${job}`);
		await advance(prompt, "COMPLETED");
		const completion = await (await waiting).json<{ choices: { message: { content: string } }[] }>();
		expect(completion.choices[0]?.message.content).toContain("![Generated Image](");
		await response.body?.cancel();
	});

	it("refuses a wrong frame number, and a job that no chat made", async () => {
		const { response, job } = await aStreamedJob("sim:quick");
		await Array.fromAsync(chunksOf(response));
		const wrong = await ask(`/v1/chat/completions/${job}?stream=true&starting_after=x`);
		expect([wrong.status, await wrong.json()]).toMatchObject([400, { error: { param: "starting_after" } }]);
		const drawn = await ask("/v1/images/generations", { json: { prompt: aPrompt("sim:quick") } });
		await drawn.body?.cancel();
		const other = await ask(`/v1/chat/completions/${drawn.headers.get("x-job-id")}`);
		expect([other.status, await other.json()]).toMatchObject([
			404,
			{ error: { message: "This completion does not exist." } },
		]);
	});
});
