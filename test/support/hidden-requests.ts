/** Tests of hidden requests: messages of a chat, and the cases of each client. */

import { describe, expect, it } from "vitest";
import { answerHiddenRequest, type ChatMessage } from "../../src/prompt/hidden-requests.ts";

export function user(text: string): ChatMessage {
	return { role: "user", text };
}

export function system(text: string): ChatMessage {
	return { role: "system", text };
}

export function assistant(text: string): ChatMessage {
	return { role: "assistant", text };
}

/** A person may ask for a picture of the same words. */
export function behindWords({ role, text }: ChatMessage): ChatMessage {
	return { role, text: `Paint these words: ${text.trimStart()}` };
}

export const PICTURE = assistant("![Generated Image](https://gateway.test/images/1/0.png)");

/** A chat in which a fox was drawn. */
export const CHAT: readonly ChatMessage[] = [user("Draw a red fox, 16:9"), PICTURE];

export type HiddenCase = readonly [request: string, messages: readonly ChatMessage[], answer: string];

/** Tests that each request is answered, and that the same words behind others are drawn. */
export function describeHiddenRequests(client: string, cases: readonly HiddenCase[]): void {
	describe(`the hidden requests of ${client}`, () => {
		it.each(cases)("answers %s", (_, messages, answer) => {
			expect(answerHiddenRequest(messages)).toBe(answer);
		});

		it.each(cases)("draws the words of %s behind others", (_, messages) => {
			expect(answerHiddenRequest(messages.map(behindWords))).toBeNull();
		});
	});
}
