/** All questions, in the order in which they are asked: first those that cost nothing. */
import { FREE_PLATFORM_QUESTIONS, PAID_PLATFORM_QUESTIONS } from "./platform-questions.ts";
import type { Question } from "./question.ts";
import { QUEUE_QUESTIONS } from "./queue-questions.ts";
import { REFUSAL_QUESTIONS } from "./refusal-questions.ts";

export const QUESTIONS: readonly Question[] = [
	...FREE_PLATFORM_QUESTIONS,
	...REFUSAL_QUESTIONS,
	...QUEUE_QUESTIONS,
	...PAID_PLATFORM_QUESTIONS,
];
