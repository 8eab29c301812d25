/** Survivors of the room models. */
import { FOR_THE_TYPE, type Groups, NO_WORDS, SAVES_WORK } from "./reasons.ts";

export const MODELS: Groups = {
	"src/models/catalogue/parts.ts": [
		[
			"The catalogue's rows are held to fal's schemas and to their bodies by tests outside of the room.",
			'"medium" → ""',
			'"auto" → ""',
			"false → true",
		],
		[FOR_THE_TYPE, "more === undefined → false"],
	],
	"src/models/size.ts": [
		[
			FOR_THE_TYPE,
			'!("width" in value) || !("height" in value) → !("width" in value) && !("height" in value)',
			'!("width" in value) || !("height" in value) → false',
			"value === undefined → false",
		],
		[FOR_THE_TYPE, '"" → "Stryker was here!" ×5', '[] → ["Stryker was here"] ×2'],
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
	"src/models/schema.ts": [
		[
			FOR_THE_TYPE,
			"false → true",
			"inputs.get(field)?.required → inputs.get(field).required",
			"inputs.get(prompt)?.shape → inputs.get(prompt).shape",
			"prompt === null → false",
			"high === undefined → false",
			"low === undefined → false",
			"low === undefined || high === undefined → low === undefined && high === undefined",
		],
		[NO_WORDS, '[] → ["Stryker was here"] ×2', '"" → "Stryker was here!"'],
	],
	"src/models/schema-document.ts": [
		[FOR_THE_TYPE, "found === null → false"],
		["Nothing is not at least 1.", "count !== null → true"],
		[NO_WORDS, '"" → "Stryker was here!" ×2', '[] → ["Stryker was here"] ×3'],
		[
			SAVES_WORK,
			"list.slice(0, SCHEMA_BOUNDS.words) → list",
			"reading.budget.steps < 0 → false",
			"reading.budget.steps < 0 → reading.budget.steps <= 0",
		],
	],
	"src/models/schema-size.ts": [
		[FOR_THE_TYPE, "property !== undefined → true", "parseSize(word)?.kind → parseSize(word).kind"],
	],
	"src/models/fit-size.ts": [
		[FOR_THE_TYPE, "{ width: max, height: max } → {}", 'own.kind === "auto" → false', '"auto" → ""'],
	],
	"src/models/fal-input.ts": [
		[
			FOR_THE_TYPE,
			"max !== undefined → true",
			"dialect.field !== undefined → true",
			'typeof value === "string" → true',
			"field !== null → true",
			'"field" in dialect && dialect.field !== undefined → true',
			'"field" in dialect && dialect.field !== undefined → "field" in dialect || dialect.field !== undefined',
		],
		[NO_WORDS, '[] → ["Stryker was here"] ×3'],
	],
	"src/models/estimate.ts": [
		[FOR_THE_TYPE, '"" → "Stryker was here!" ×2', "price?.tiers[0]?.usd → price?.tiers[0].usd"],
		["Empty pieces are left out.", "/[\\s,]+/ → /[\\s,]/"],
	],
	"src/models/published-price.ts": [
		[
			"There is one tier.",
			"tiers.every(({ more }) => more === undefined) → tiers.some(({ more }) => more === undefined)",
		],
	],
	"src/models/forbidden-fields.ts": [[FOR_THE_TYPE, 'typeof value !== "object" → false']],
	"src/models/names.ts": [
		[NO_WORDS, '[] → ["Stryker was here"] ×3'],
		[FOR_THE_TYPE, "resolveModel(name)?.id → resolveModel(name).id"],
		[SAVES_WORK, "whole.length > MAX_ID_CHARS → false", "rest > mostDistance(wanted) → false"],
		[
			"The letter before such a part stays, and no name has one that ends the part.",
			"/^[a-z0-9@~][\\w.-]*[/:]/i → /[a-z0-9@~][\\w.-]*[/:]/i",
		],
		["No name of that length is near to a known one.", "whole.length > MAX_ID_CHARS → whole.length >= MAX_ID_CHARS"],
	],
	"src/models/list.ts": [
		[NO_WORDS, '[] → ["Stryker was here"] ×3'],
		[FOR_THE_TYPE, "editor?.id → editor.id"],
		["No model that edits for another takes a mask today.", '"mask" → ""'],
	],
	"src/models/request.ts": [[NO_WORDS, '[] → ["Stryker was here"]']],
	"src/models/resolution.ts": [[NO_WORDS, '"" → "Stryker was here!"', '[] → ["Stryker was here"]']],
	"src/models/inputs.ts": [
		[NO_WORDS, '[] → ["Stryker was here"]'],
		["It is read once, and before a mutant is put in.", '" " → "" ×2'],
	],
	"src/models/drawer.ts": [
		[FOR_THE_TYPE, "found === undefined → false", "images?.max → images.max", "model.editedBy === undefined → false"],
	],
	"src/models/attachments.ts": [
		[
			"Pictures for a model without a field for them are refused before.",
			"images !== undefined → true",
			"mask !== undefined → true",
		],
	],
	"src/models/price.ts": [
		[FOR_THE_TYPE, "tier === undefined → false", 'typeof input.resolution === "string" → true'],
		[NO_WORDS, '[] → ["Stryker was here"]'],
	],
	"src/models/chat-models.ts": [[NO_WORDS, '"" → "Stryker was here!"']],
};
