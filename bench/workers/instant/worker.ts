/** An upstream for proxies. It reads the body of a chat, and answers at once, always with the same completion. */

const COMPLETION = {
	id: "chatcmpl-instant",
	object: "chat.completion",
	created: 1_795_380_000,
	model: "instant",
	choices: [{ index: 0, message: { role: "assistant", content: "A fox." }, finish_reason: "stop", logprobs: null }],
	usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
};

export default {
	fetch: async (request) => {
		await request.json();
		return Response.json(COMPLETION);
	},
} satisfies ExportedHandler;
