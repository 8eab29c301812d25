/** Validates the body of a submit as the model does when it runs, and reads what to draw from it. */
import { err, ok, type Result } from "../src/result.ts";
import { IMAGE_SIZE_PRESETS, type Model, type Size } from "./models.ts";

/** One entry of fal's `{"detail": […]}`. `input` echoes the value that was sent, as fal does. */
export type Problem = {
	loc: (string | number)[];
	msg: string;
	type: string;
	url: string;
	ctx?: Record<string, unknown>;
	input?: unknown;
};

/** A valid input, with the model's defaults. */
export type ImageInput = { prompt: string; size: Size; count: number; seed: number };

export type Fields = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Words a problem as the model's own validation does. */
export function problem(
	field: (string | number)[],
	type: string,
	msg: string,
	more: Pick<Problem, "ctx" | "input"> = {},
): Problem {
	return { loc: ["body", ...field], msg, type, ...more, url: `https://errors.pydantic.dev/2.11/v/${type}` };
}

function orList(values: readonly string[]): string {
	const quoted = values.map((value) => `'${value}'`);
	return quoted.length > 1 ? `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}` : quoted.join("");
}

function notOneOf(field: string, values: readonly string[], input: unknown): Problem {
	const expected = orList(values);
	return problem([field], "literal_error", `Input should be ${expected}`, { ctx: { expected }, input });
}

/** Parses a body. Unknown fields pass, as they do at fal. `defaultSeed` is used if the body has no seed. */
export function readInput(model: Model, body: unknown, defaultSeed: number): Result<ImageInput, Problem[]> {
	if (!isRecord(body)) {
		const type = "model_attributes_type";
		const msg = "Input should be a valid dictionary or object to extract fields from";
		return err([problem([], type, msg, { input: body })]);
	}
	const problems: Problem[] = [];
	const prompt = readPrompt(body, problems);
	const count = readCount(model, body, problems);
	const seed = readSeed(body, defaultSeed, problems);
	const size = readSize(model, body, problems);
	const format = body.output_format;
	if (format !== undefined && format !== null && !model.formats.some((allowed) => allowed === format)) {
		problems.push(notOneOf("output_format", model.formats, format));
	}
	checkPictures(model, body, problems);
	return problems.length > 0 ? err(problems) : ok({ prompt, size, count, seed });
}

function readPrompt(body: Fields, problems: Problem[]): string {
	const { prompt } = body;
	if (prompt === undefined) problems.push(problem(["prompt"], "missing", "Field required", { input: body }));
	else if (typeof prompt !== "string") {
		problems.push(problem(["prompt"], "string_type", "Input should be a valid string", { input: prompt }));
	} else if (prompt.trim() === "") {
		const more = { ctx: { min_length: 1 }, input: prompt };
		problems.push(problem(["prompt"], "string_too_short", "String should have at least 1 character", more));
	} else return prompt;
	return "";
}

function readCount({ maxImages }: Model, { num_images: count }: Fields, problems: Problem[]): number {
	if (maxImages === 0 || count === undefined || count === null) return 1;
	if (typeof count !== "number" || !Number.isInteger(count)) {
		problems.push(problem(["num_images"], "int_type", "Input should be a valid integer", { input: count }));
	} else if (count < 1) {
		const msg = "Input should be greater than or equal to 1";
		problems.push(problem(["num_images"], "greater_than_equal", msg, { ctx: { ge: 1 }, input: count }));
	} else if (count > maxImages) {
		const msg = `Input should be less than or equal to ${maxImages}`;
		problems.push(problem(["num_images"], "less_than_equal", msg, { ctx: { le: maxImages }, input: count }));
	} else return count;
	return 1;
}

function readSeed({ seed }: Fields, defaultSeed: number, problems: Problem[]): number {
	if (seed === undefined || seed === null) return defaultSeed;
	if (typeof seed === "number" && Number.isInteger(seed)) return seed;
	problems.push(problem(["seed"], "int_type", "Input should be a valid integer", { input: seed }));
	return defaultSeed;
}

const SQUARE: Size = [1024, 1024];

/** Factor of each resolution for the sides of a one-megapixel picture. */
const RESOLUTION_SCALE: Readonly<Record<string, number>> = { "0.5K": 0.5, "1K": 1, "2K": 2, "4K": 4 };

function readSize(model: Model, body: Fields, problems: Problem[]): Size {
	const { size } = model;
	switch (size.kind) {
		case "aspect_ratio": {
			const resolution = body.resolution ?? "1K";
			if (size.resolutions.length > 0 && !size.resolutions.some((allowed) => allowed === resolution)) {
				problems.push(notOneOf("resolution", size.resolutions, resolution));
			}
			const scale = size.resolutions.length > 0 ? (RESOLUTION_SCALE[String(resolution)] ?? 1) : 1;
			const [width, height] = readRatio(size, body.aspect_ratio, problems);
			return [width * scale, height * scale];
		}
		case "image_size":
			return readImageSize(size, body.image_size ?? size.fallback, problems);
		case "text": {
			const text = body.image_size ?? "1024x1024";
			if (!size.sizes.some((allowed) => allowed === text)) problems.push(notOneOf("image_size", size.sizes, text));
			const [, width, height] = /^(\d+)x(\d+)$/.exec(String(text)) ?? [];
			return width && height ? [Number(width), Number(height)] : SQUARE;
		}
	}
}

function readRatio(size: Extract<Model["size"], { kind: "aspect_ratio" }>, value: unknown, problems: Problem[]): Size {
	if (value === undefined || value === null || (size.auto && value === "auto")) return SQUARE;
	const found = typeof value === "string" && Object.hasOwn(size.ratios, value) ? size.ratios[value] : undefined;
	if (found) return found;
	const allowed = size.auto ? ["auto", ...Object.keys(size.ratios)] : Object.keys(size.ratios);
	problems.push(notOneOf("aspect_ratio", allowed, value));
	return SQUARE;
}

function readImageSize(
	{ min, max, auto }: Extract<Model["size"], { kind: "image_size" }>,
	imageSize: unknown,
	problems: Problem[],
): Size {
	if (auto && imageSize === "auto") return SQUARE;
	if (typeof imageSize === "string") {
		const found = Object.hasOwn(IMAGE_SIZE_PRESETS, imageSize) ? IMAGE_SIZE_PRESETS[imageSize] : undefined;
		if (!found) problems.push(notOneOf("image_size", Object.keys(IMAGE_SIZE_PRESETS), imageSize));
		return found ?? SQUARE;
	}
	if (!isRecord(imageSize)) {
		const msg = "Input should be a valid dictionary or object to extract fields from";
		problems.push(problem(["image_size"], "model_attributes_type", msg, { input: imageSize }));
		return SQUARE;
	}
	const side = (name: "width" | "height"): number => {
		const value = imageSize[name];
		const field = ["image_size", "ImageSize", name];
		if (typeof value !== "number" || !Number.isInteger(value)) {
			problems.push(problem(field, "int_type", "Input should be a valid integer", { input: value ?? null }));
		} else if (value < min) {
			const more = { ctx: { ge: min }, input: value };
			problems.push(problem(field, "greater_than_equal", `Input should be greater than or equal to ${min}`, more));
		} else if (value > max) {
			const more = { ctx: { le: max }, input: value };
			problems.push(problem(field, "less_than_equal", `Input should be less than or equal to ${max}`, more));
		} else return value;
		return 1024;
	};
	return [side("width"), side("height")];
}

function checkPictures({ input: field }: Model, body: Fields, problems: Problem[]): void {
	if (!field) return;
	const value = body[field];
	if (value === undefined || value === null) {
		problems.push(problem([field], "missing", "Field required", { input: body }));
		return;
	}
	const urls = field === "image_urls" ? value : [value];
	if (!Array.isArray(urls)) {
		problems.push(problem([field], "list_type", "Input should be a valid list", { input: value }));
		return;
	}
	urls.forEach((url: unknown, index) => {
		if (typeof url === "string" && /^(https?:\/\/|data:image\/)/.test(url)) return;
		problems.push({
			loc: field === "image_urls" ? ["body", field, index] : ["body", field],
			msg: "Failed to download the file. Please check if the URL is accessible and try again.",
			type: "file_download_error",
			url: "https://docs.fal.ai/errors#file_download_error",
			input: url,
		});
	});
}
