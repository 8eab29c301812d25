/** Words what is wrong with a body as fal's models do, which are checked by Pydantic. */

/** One entry of fal's `{"detail": […]}`. `input` echoes the value that was sent, as fal does. */
export type Problem = {
	loc: Place[];
	msg: string;
	type: string;
	url: string;
	ctx?: Record<string, unknown>;
	input?: unknown;
};

/** A field's name, or a place in a list. */
export type Place = string | number;

export function problem(
	place: readonly Place[],
	type: string,
	msg: string,
	more: Pick<Problem, "ctx" | "input"> = {},
): Problem {
	return { loc: ["body", ...place], msg, type, ...more, url: `https://errors.pydantic.dev/2.11/v/${type}` };
}

export function missing(place: readonly Place[], input: unknown): Problem {
	return problem(place, "missing", "Field required", { input });
}

export function notOneOf(place: readonly Place[], words: readonly (string | number)[], input: unknown): Problem {
	const quoted = words.map((word) => (typeof word === "string" ? `'${word}'` : String(word)));
	const expected = quoted.length > 1 ? `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}` : quoted.join("");
	return problem(place, "literal_error", `Input should be ${expected}`, { ctx: { expected }, input });
}

/** Says that a value has another type than `type`, as in `int_type`. */
export function wrongType(place: readonly Place[], type: string, words: string, input: unknown): Problem {
	return problem(place, type, `Input should be a valid ${words}`, { input });
}

export function belowMin(place: readonly Place[], min: number, input: unknown): Problem {
	const msg = `Input should be greater than or equal to ${min}`;
	return problem(place, "greater_than_equal", msg, { ctx: { ge: min }, input });
}

export function aboveMax(place: readonly Place[], max: number, input: unknown): Problem {
	return problem(place, "less_than_equal", `Input should be less than or equal to ${max}`, { ctx: { le: max }, input });
}

export function valueError(place: readonly Place[], words: string, input: unknown): Problem {
	return problem(place, "value_error", `Value error, ${words}`, { ctx: { error: {} }, input });
}
