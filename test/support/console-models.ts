/** Makes what the console knows of models, with plain values. */

import type { Model } from "../../src/console/api/types.ts";
import type { Operation } from "../../src/console/make/operation.ts";
import type { Reference } from "../../src/console/make/references/reference.ts";

export function makeOperation(over: Partial<Operation> = {}): Operation {
	return {
		supported_parameters: ["prompt", "n", "size", "output_format", "seed"],
		required_parameters: ["prompt"],
		max_images: 0,
		max_prompt_chars: null,
		sizes: { kind: "list", sizes: ["1:1", "16:9", "9:16"] },
		resolutions: [],
		qualities: [],
		output_formats: ["png", "jpeg"],
		backgrounds: [],
		...over,
	};
}

/** It draws from words, and edits up to four pictures without a mask. */
export function makeModel(over: Partial<Model> = {}): Model {
	const id = over.id ?? "a-model";
	return {
		id,
		object: "model",
		created: 0,
		owned_by: "fal-ai",
		permission: [],
		root: id,
		parent: null,
		canonical_slug: id,
		shutdown_date: null,
		successor: null,
		architecture: { input_modalities: ["text", "image"], output_modalities: ["image"] },
		supported_parameters: [],
		edit_model: id,
		max_input_images: 4,
		max_n: 10,
		operations: { generation: makeOperation(), edit: makeOperation({ max_images: 4 }), masked_edit: null },
		prices: [],
		...over,
	};
}

export function makeReference(id: string, over: Partial<Reference> = {}): Reference {
	return {
		id,
		name: id,
		preview: "blob:x",
		width: 640,
		height: 480,
		bytes: 1000,
		source: { kind: "file", blob: new Blob(["x"]) },
		...over,
	};
}
