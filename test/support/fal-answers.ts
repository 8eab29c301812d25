/** Bodies of fal's answers, and a short form of what is read of them. */

import type { FalResult, SubmitAnswer } from "../../src/core/fal-answers.ts";

export function json(value: unknown): string {
	return JSON.stringify(value);
}

export const BALANCE = {
	detail: "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.",
};

export function picture(index: number) {
	return { url: `https://v3.fal.media/files/${index}.png` };
}

/** Sums an answer up: its kind, and the code that a client gets for a failure, or how long asking again makes sense. */
export function summaryOf(answer: SubmitAnswer | FalResult): string {
	if (answer.kind === "unavailable") return `${answer.kind} for ${answer.retryFor}`;
	return "error" in answer ? `${answer.kind} ${answer.error.code}` : answer.kind;
}
