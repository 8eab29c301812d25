/** Checks one value of a body by its type. */
import { firstRow, SIZE_BOUNDS, USUAL_SIDE } from "./bounds.ts";
import type { FieldType } from "./field-type.ts";
import { isRecord } from "./json.ts";
import { aboveMax, belowMin, notOneOf, type Place, type Problem, problem, valueError, wrongType } from "./problem.ts";

/** The place of a value in the body of an endpoint. */
export type At = { endpoint: string; place: readonly Place[] };

export function checkValue(type: FieldType, value: unknown, at: At): readonly Problem[] {
	const { place } = at;
	switch (type.kind) {
		case "anything":
			return [];
		case "integer":
			return checkInteger(type, value, place);
		case "number":
			return typeof value === "number" ? [] : [wrongType(place, "float_type", "number", value)];
		case "boolean":
			return typeof value === "boolean" ? [] : [wrongType(place, "bool_type", "boolean", value)];
		case "text":
			return typeof value === "string" ? [] : [wrongType(place, "string_type", "string", value)];
		case "words":
			return type.words.some((word) => word === value) ? [] : [notOneOf(place, type.words, value)];
		case "list":
			if (!Array.isArray(value)) return [wrongType(place, "list_type", "list", value)];
			return value.flatMap((entry: unknown, index) => checkValue(type.of, entry, { ...at, place: [...place, index] }));
		case "object":
			return checkObject(type.name, value, at);
		case "union":
			return checkUnion(type.of, value, at);
	}
}

function checkInteger(
	{ min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Extract<FieldType, { kind: "integer" }>,
	value: unknown,
	place: readonly Place[],
): readonly Problem[] {
	if (typeof value !== "number" || !Number.isInteger(value)) return [wrongType(place, "int_type", "integer", value)];
	if (value < min) return [belowMin(place, min, value)];
	return value > max ? [aboveMax(place, max, value)] : [];
}

/** Returns no problem if one of the types takes the value; else the problems of the type that is likest. */
function checkUnion(types: readonly FieldType[], value: unknown, at: At): readonly Problem[] {
	const found = types.map((type) => ({ type, problems: checkValue(type, value, at) }));
	if (found.some(({ problems }) => problems.length === 0)) return [];
	const wanted = typeof value === "string" ? "words" : "object";
	return (found.find(({ type }) => type.kind === wanted) ?? found[0])?.problems ?? [];
}

function checkObject(name: string, value: unknown, at: At): readonly Problem[] {
	if (!isRecord(value)) {
		const msg = "Input should be a valid dictionary or object to extract fields from";
		return [problem(at.place, "model_attributes_type", msg, { input: value })];
	}
	return name === "ImageSize" ? checkImageSize(value.width, value.height, at) : [];
}

function checkImageSize(width: unknown, height: unknown, { endpoint, place }: At): readonly Problem[] {
	const { side = USUAL_SIDE, area, multiple = 1, maxElongation } = firstRow(SIZE_BOUNDS, endpoint) ?? {};
	const [min, max] = side;
	const type: FieldType = { kind: "integer", min, max };
	const sides = [
		...checkInteger(type, width ?? null, [...place, "ImageSize", "width"]),
		...checkInteger(type, height ?? null, [...place, "ImageSize", "height"]),
	];
	if (sides.length > 0) return sides;
	const [wide, high] = [Number(width), Number(height)];
	const value = { width, height };
	if (wide % multiple > 0 || high % multiple > 0) {
		return [valueError(place, `width and height must be multiples of ${multiple}`, value)];
	}
	if (area && (wide * high < area[0] || wide * high > area[1])) {
		return [valueError(place, `the picture must have ${area[0]} to ${area[1]} pixels`, value)];
	}
	if (maxElongation && Math.max(wide, high) > Math.min(wide, high) * maxElongation) {
		return [valueError(place, `the picture must not be longer than ${maxElongation}:1`, value)];
	}
	return [];
}
