import OpenAI from "openai";
import { expect, it } from "vitest";
import { startGateway } from "./gateway.ts";
import { aPrompt, submitsOf } from "./watched.ts";

it("an OpenAI client with a time-out of 700 ms and its default retries gets a slow job's picture, submitted once", async () => {
	const gateway = await startGateway();
	try {
		const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.accessKey, timeout: 700 });
		const prompt = aPrompt("sim:queue=0 sim:queue-ms=100 sim:run-ms=1500");
		const { data } = await client.images.generate({ prompt, model: "imagen4-preview", response_format: "url" });
		expect(data?.[0]?.url).toContain("/images/");
		expect(await submitsOf(gateway, prompt)).toHaveLength(1);
	} finally {
		await gateway.stop();
	}
});
