/** Keeps of a draft's choices what a model takes, and says what it does not. */

import type { Model } from "../api/types.ts";
import { CHOICES, type Choice, type Choices } from "./draft.ts";
import type { Operation } from "./operation.ts";
import { isInPixels, sizeWithin } from "./sizes.ts";

export interface Fitted {
	readonly choices: Choices;
	/** What the model does not have, and so was let go. */
	readonly dropped: readonly Choice[];
}

/** Returns what can be asked of an endpoint. @param maxN the most pictures of a request to the model */
export function fitChoices(choices: Choices, operation: Operation, maxN: number): Fitted {
	const { sizes, resolutions, qualities, output_formats, backgrounds, supported_parameters } = operation;
	const size = choices.size === null ? null : sizeWithin(choices.size, sizes);
	const fitted: Choices = {
		size,
		// Pixels say their own resolution.
		resolution: size !== null && isInPixels(size) ? null : among(choices.resolution, resolutions),
		n: Math.min(choices.n, maxN),
		quality: among(choices.quality, qualities),
		outputFormat: among(choices.outputFormat, output_formats),
		background: among(choices.background, backgrounds),
		seed: supported_parameters.includes("seed") ? choices.seed : null,
		negativePrompt: supported_parameters.includes("negative_prompt") ? choices.negativePrompt : null,
		inputFidelity: supported_parameters.includes("input_fidelity") ? choices.inputFidelity : null,
		// The gateway knows which inputs an endpoint has.
		fal: choices.fal,
	};
	return { choices: fitted, dropped: CHOICES.filter((name) => isDropped(choices[name], fitted[name])) };
}

/** Returns the choices without those that none of a model's endpoints takes: what one of them takes comes back with it. */
export function keepChoices(
	choices: Choices,
	{ operations, max_n: maxN }: Pick<Model, "operations" | "max_n">,
): Choices {
	const fitted = Object.values(operations).flatMap((one) => (one === null ? [] : [fitChoices(choices, one, maxN)]));
	const isLost = (name: Choice) => fitted.every(({ dropped }) => dropped.includes(name));
	const lost = CHOICES.filter((name) => name !== "n" && isLost(name)).map((name) => [name, null]);
	return { ...choices, ...Object.fromEntries(lost), n: Math.min(choices.n, maxN) };
}

/** A size of the same shape under another name is kept. */
function isDropped(before: string | number | null, after: string | number | null): boolean {
	return before !== null && (after === null || (typeof after === "number" && after !== before));
}

function among(word: string | null, words: readonly string[]): string | null {
	return word !== null && words.includes(word) ? word : null;
}
