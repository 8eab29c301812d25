import { expect, it } from "vitest";
import { aPrompt, streamChat } from "../../../test/support/workerd/gateway.ts";

it("keeps a silent stream alive with a comment after 15 s, which has no number and no id", {
	timeout: 30_000,
}, async () => {
	const startedAt = Date.now();
	const response = await streamChat(aPrompt("sim:never-starts"));
	let text = "";
	for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
		text += piece;
		if (text.includes(": keepalive\n\n")) break;
	}
	expect(Date.now() - startedAt).toBeGreaterThanOrEqual(15_000);
	expect(text).not.toMatch(/^(id|retry):/m);
});
