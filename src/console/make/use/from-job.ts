/** Reads the settings of an earlier job, to ask for them again. */

import type { Job, Model } from "../../api/types.ts";
import type { Choices } from "../draft.ts";

/** @param model that draws; null if its row is not known */
export function choicesOf({ request, asked }: Job, model: Model | null, seed: number | null): Choices {
	const hasLevels = model !== null && Object.values(model.operations).some((one) => (one?.resolutions.length ?? 0) > 0);
	const isAtLevel = asked.quality === "high" && (hasLevels || request.resolution !== null);
	return {
		size: asked.size === "auto" ? null : asked.size,
		resolution: isAtLevel ? (request.resolution ?? "2K") : null,
		n: request.n,
		quality: isAtLevel || asked.quality === "auto" ? null : asked.quality,
		outputFormat: asked.output_format,
		background: request.background,
		seed,
		negativePrompt: request.negative_prompt,
		inputFidelity: request.input_fidelity,
		fal: Object.keys(request.fal).length === 0 ? null : JSON.stringify(request.fal, null, 2),
	};
}

/** Returns the seed with which the same pictures come again; null if nobody knows it. */
export function seedOf({ request }: Job): number | null {
	return request.seed_sent ?? request.seed;
}
