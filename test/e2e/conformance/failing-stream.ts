/** Reads a stream of the AI SDK that ends in a failure. */
import { type LanguageModel, streamText } from "ai";

/** Streams a prompt, and returns the text that a user sees and the errors that the SDK reports. */
export async function readFailingStream(model: LanguageModel, prompt: string) {
	const errors: unknown[] = [];
	const result = streamText({
		model,
		prompt,
		onError: ({ error }) => {
			errors.push(error);
		},
	});
	let text = "";
	for await (const part of result.fullStream) if (part.type === "text-delta") text += part.text;
	return { text, errors };
}
