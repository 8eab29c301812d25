/** Reads the types of a model's inputs, as fal's TypeScript client words them: `ImageSize | "square_hd" | "square"`. */

export type FieldType =
	| { kind: "integer"; min?: number; max?: number }
	| { kind: "number" }
	| { kind: "boolean" }
	| { kind: "text" }
	| { kind: "words"; words: readonly (string | number)[] }
	| { kind: "list"; of: FieldType }
	/** An object of its own type. Only the fields of `ImageSize` are known. */
	| { kind: "object"; name: string }
	| { kind: "union"; of: readonly FieldType[] }
	| { kind: "anything" };

const ANYTHING: FieldType = { kind: "anything" };

/** Inputs that are whole numbers: fal's client knows only `number`. */
const WHOLE = /^(?:seed|num_\w+|\w+_steps|steps_num|max_images|series_amount|width|height|number_of_\w+|index)$/;

/** Reads the type of the input `name`. Of a text that was cut, what stands in front of the cut counts, and any text passes beside it. */
export function readType(name: string, type: string): FieldType {
	return toUnion(splitUnion(type).map((part) => readPart(name, part)));
}

/** Splits at the bars that stand outside of quotes and brackets. */
function splitUnion(type: string): string[] {
	const parts = [""];
	let depth = 0;
	let quoted = false;
	for (const char of type) {
		if (char === '"') quoted = !quoted;
		if (!quoted && char === "<") depth += 1;
		if (!quoted && char === ">") depth -= 1;
		if (char === "|" && !quoted && depth === 0) parts.push("");
		else parts.push(parts.pop() + char);
	}
	return parts.map((part) => part.trim()).filter((part) => part !== "");
}

function readPart(name: string, part: string): FieldType {
	const [, word] = /^"([^"]*)"$/.exec(part) ?? [];
	if (word !== undefined) return { kind: "words", words: [word] };
	if (/^-?\d+$/.test(part)) return { kind: "words", words: [Number(part)] };
	if (part.startsWith("Array<")) {
		const isWhole = part.endsWith(">");
		const inner = readType(name, part.slice("Array<".length, isWhole ? -1 : undefined));
		return { kind: "list", of: inner };
	}
	switch (part) {
		case "number":
			return WHOLE.test(name) ? { kind: "integer" } : { kind: "number" };
		case "string":
			return { kind: "text" };
		case "boolean":
			return { kind: "boolean" };
		case "unknown":
			return ANYTHING;
		default:
			return /^\w+$/.test(part) ? { kind: "object", name: part } : { kind: "text" };
	}
}

/** Joins the words of a union, and leaves out what stands in it twice. */
function toUnion(parts: readonly FieldType[]): FieldType {
	const words = parts.flatMap((part) => (part.kind === "words" ? part.words : []));
	const others = parts.filter(
		(part, index) => part.kind !== "words" && parts.findIndex(({ kind }) => kind === part.kind) === index,
	);
	const all: readonly FieldType[] = [...others, ...(words.length > 0 ? [{ kind: "words", words } as const] : [])];
	const [only = ANYTHING, ...more] = all;
	return more.length === 0 ? only : { kind: "union", of: all };
}
