/** What the composer is about to ask for, and its fields in a request. */

import type { JsonObject } from "../../json-value.ts";
import { parseFal } from "./fal-inputs.ts";
import type { Mask, Reference } from "./references/reference.ts";

/** Null leaves a choice to the model. */
export interface Draft {
	readonly prompt: string;
	/** A name of `/v1/models`, or an id of fal's. */
	readonly model: string;
	/** `16:9` or `1024x1024`. */
	readonly size: string | null;
	/** `2K`, of a model that has such levels beside its ratios. */
	readonly resolution: string | null;
	readonly n: number;
	readonly quality: string | null;
	readonly outputFormat: string | null;
	readonly background: string | null;
	readonly seed: number | null;
	/** Names things that must not be drawn. */
	readonly negativePrompt: string | null;
	/** How close an edit stays to its pictures: `low` or `high`. */
	readonly inputFidelity: string | null;
	/** Inputs of the model that have no field of their own: a JSON object, as it is typed. */
	readonly fal: string | null;
	readonly references: readonly Reference[];
	/** Null: nothing of the references is painted alone. */
	readonly mask: Mask | null;
}

/** The choices of the panel with more settings. */
export const MORE_CHOICES = [
	"quality",
	"outputFormat",
	"background",
	"seed",
	"negativePrompt",
	"inputFidelity",
	"fal",
] as const;
/** All that is chosen beside words and pictures. */
export const CHOICES = ["size", "resolution", "n", ...MORE_CHOICES] as const;
export type Choice = (typeof CHOICES)[number];
export type Choices = Pick<Draft, Choice>;

export const NO_CHOICES: Choices = {
	size: null,
	resolution: null,
	n: 1,
	quality: null,
	outputFormat: null,
	background: null,
	seed: null,
	negativePrompt: null,
	inputFidelity: null,
	fal: null,
};

/** The names of the fields in a request, as errors name them too. */
const FIELDS: Readonly<Record<Choice | "prompt" | "model", string>> = {
	prompt: "prompt",
	model: "model",
	size: "size",
	resolution: "resolution",
	n: "n",
	quality: "quality",
	outputFormat: "output_format",
	background: "background",
	seed: "seed",
	negativePrompt: "negative_prompt",
	inputFidelity: "input_fidelity",
	fal: "fal",
};

/** Returns the fields of a request, without its pictures. What is left to the model is left out. */
export function toFields(draft: Draft): Readonly<Record<string, string | number | JsonObject>> {
	const { references: _, mask: __, fal, ...rest } = draft;
	const fields = Object.entries(rest).flatMap(([name, value]) => {
		const field = Object.entries(FIELDS).find(([own]) => own === name)?.[1];
		return field === undefined || value === null || value === "" ? [] : [[field, value] as const];
	});
	const inputs = fal === null ? null : parseFal(fal);
	return { ...Object.fromEntries(fields), ...(inputs !== null && { fal: inputs }) };
}

/** Where an error of the API belongs in the composer. */
export type Place = Choice | "prompt" | "model" | "references" | "mask";

/** Returns the place of the field that an error names, such as `image[1]`; null for one that the composer does not have. */
export function placeOfParam(param: string | null): Place | null {
	if (param === null) return null;
	const name = param.replace(/[.[].*$/s, "");
	if (name === "mask") return "mask";
	if (name === "image" || name === "images") return "references";
	return (["prompt", "model", ...CHOICES] as const).find((place) => FIELDS[place] === name) ?? null;
}

/** Puts the reference that the mask belongs to first, as the API wants it. */
export function orderedReferences({ references, mask }: Pick<Draft, "references" | "mask">): readonly Reference[] {
	const masked = references.find(({ id }) => id === mask?.of);
	return masked === undefined ? references : [masked, ...references.filter((one) => one !== masked)];
}
