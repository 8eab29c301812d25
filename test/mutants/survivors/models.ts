/** Survivors of the room models. */
import { FOR_THE_TYPE, type Groups } from "./reasons.ts";

export const MODELS: Groups = {
	"src/models/size.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!"', '[] → ["Stryker was here"]'],
		[
			"A side of nothing makes the shape endlessly long, which is refused, too.",
			"width < 1 || height < 1 → width < 1 && height < 1",
			"width < 1 → false",
			"height < 1 → false",
		],
		["Equal sides are the same in either order.", "Number(first) > Number(second) → Number(first) >= Number(second)"],
		[
			"No two shapes of whole sides lie exactly that far apart.",
			"shapeDistance(a, b) < SAME_SHAPE_DISTANCE → shapeDistance(a, b) <= SAME_SHAPE_DISTANCE",
			"distance < SAME_SHAPE_DISTANCE → distance <= SAME_SHAPE_DISTANCE",
		],
	],
};
