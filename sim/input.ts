/** Validates the body of a submit as the model does when it runs, and reads what to draw from it. */
import { err, ok, type Result } from "../src/result.ts";
import { checkValue } from "./check-value.ts";
import type { Endpoint, Field } from "./endpoints.ts";
import { type Fields, isRecord } from "./json.ts";
import { missing, type Problem, problem } from "./problem.ts";
import { type Size, sizeOf } from "./sizes.ts";

/** A valid input, with the model's defaults. */
export type ImageInput = { prompt: string; size: Size; count: number; seed: number };

/** Fields that hold what to draw, the usual one first. */
const PROMPTS = ["prompt", "instruction", "text_input", "text"];

/** Returns the words to draw of any body; empty if it has none. */
export function promptOf(body: unknown): string {
	const texts = isRecord(body) ? PROMPTS.map((name) => body[name]) : [];
	return texts.find((text) => typeof text === "string") ?? "";
}

/** Parses a body. `defaultSeed` is used if the body has no seed. */
export function readInput(endpoint: Endpoint, body: unknown, defaultSeed: number): Result<ImageInput, Problem[]> {
	if (!isRecord(body)) {
		const msg = "Input should be a valid dictionary or object to extract fields from";
		return err([problem([], "model_attributes_type", msg, { input: body })]);
	}
	const problems = [
		...[...endpoint.fields].flatMap(([name, field]) => checkField(endpoint.id, name, field, body)),
		...Object.keys(body)
			.filter((name) => !endpoint.fields.has(name))
			.map((name) => problem([name], "extra_forbidden", "Extra inputs are not permitted", { input: body[name] })),
	];
	if (problems.length > 0) return err(problems);
	const { num_images: count, seed } = body;
	return ok({
		prompt: promptOf(body),
		size: sizeOf(endpoint, body),
		count: typeof count === "number" ? count : 1,
		seed: typeof seed === "number" ? seed : defaultSeed,
	});
}

function checkField(endpoint: string, name: string, field: Field, body: Fields): readonly Problem[] {
	const value = body[name];
	if (value === undefined || value === null) return field.required ? [missing([name], body)] : [];
	const problems = checkValue(field.type, value, { endpoint, place: [name] });
	if (problems.length > 0) return problems;
	if (name === "prompt" && field.required && String(value).trim() === "") {
		const more = { ctx: { min_length: 1 }, input: value };
		return [problem([name], "string_too_short", "String should have at least 1 character", more)];
	}
	return /_urls?$/.test(name) ? checkAddresses(name, value) : [];
}

/** Nothing is fetched, so only the form of an address can be wrong. */
function checkAddresses(name: string, value: unknown): readonly Problem[] {
	const isList = Array.isArray(value);
	const addresses: readonly unknown[] = isList ? value : [value];
	return addresses.flatMap((address, index) =>
		typeof address !== "string" || /^(?:https?:\/\/|data:)/.test(address)
			? []
			: [
					{
						loc: isList ? ["body", name, index] : ["body", name],
						msg: "Failed to download the file. Please check if the URL is accessible and try again.",
						type: "file_download_error",
						url: "https://docs.fal.ai/errors#file_download_error",
						input: address,
					},
				],
	);
}
