/** Says what questions cost before they are asked. */
import type { Question } from "./question.ts";
import { MODEL, PICTURE_PRICE } from "./target.ts";

export function costOf(questions: readonly Pick<Question, "costs">[]): string {
	const costs = new Set(questions.flatMap(({ costs }) => costs));
	const price = `about $${PICTURE_PRICE}`;
	const second = `a second one (${price}) is cancelled at once, and costs only if the cancel comes too late`;
	if (costs.has("picture")) {
		const first = `It costs one small picture of ${MODEL}, ${price}`;
		return costs.has("cancelled picture") ? `${first}; ${second}.` : `${first}.`;
	}
	if (costs.has("cancelled picture"))
		return `It submits a picture of ${MODEL} (${price}) that is cancelled at once, and costs only if the cancel comes too late.`;
	return "It costs nothing.";
}
