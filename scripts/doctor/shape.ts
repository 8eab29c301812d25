/** Reduces an answer to facts that two sides can be compared by: each field and its kind, and few values. */
import type { Facts, Reduction, Sample } from "./question.ts";

/** A longer list of an answer is cut: its first entries show its form. */
const MAX_ENTRIES = 20;
const MAX_DEPTH = 8;
/** An answer with more fields is compared by these. */
const MAX_FIELDS = 200;
/** Longer texts are cut after they were scrubbed. */
const MAX_LITERAL_CHARS = 120;

export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns true if the path is one of the fields, or lies below one. */
export function isBelow(path: string, fields: readonly string[] = []): boolean {
	return fields.some((field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`));
}

const ADDRESS = /^(https?:\/\/|data:)/;
/** Times as fal writes them: ISO 8601. */
const TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})?$/;

/** Names the kind of a value. */
export function kindOf(value: unknown): string {
	if (value === null) return "null";
	if (Array.isArray(value)) return "list";
	if (typeof value === "string") return ADDRESS.test(value) ? "address" : TIME.test(value) ? "time" : "text";
	return typeof value;
}

/** Clips a text, so that a report stays readable. */
export function clip(text: string, chars = MAX_LITERAL_CHARS): string {
	return text.length <= chars ? text : `${text.slice(0, chars - 1)}…`;
}

/** Replaces what must not be shown. */
export type Scrub = (text: string) => string;

/** Scrubs before the text is quoted or cut, since a half of a secret would not be found any more. */
function literalOf(value: unknown, scrub: Scrub): string {
	return typeof value === "string" ? JSON.stringify(clip(scrub(value))) : String(value);
}

/** Lists the fields of a JSON value by their paths. Entries of a list share one path. */
export function shapeOf(value: unknown, reduce: Pick<Reduction, "literal" | "ignore">, scrub: Scrub): Facts {
	const kinds = new Map<string, Set<string>>();
	const visit = (path: string, field: unknown, depth: number): void => {
		if (isBelow(path, reduce.ignore) || (kinds.size >= MAX_FIELDS && !kinds.has(path))) return;
		const isLiteral = isBelow(path, reduce.literal) && typeof field !== "object";
		const kind = isLiteral ? literalOf(field, scrub) : kindOf(field);
		kinds.set(path, (kinds.get(path) ?? new Set()).add(kind));
		if (depth >= MAX_DEPTH) return;
		if (Array.isArray(field)) {
			for (const entry of field.slice(0, MAX_ENTRIES)) visit(`${path}[]`, entry, depth + 1);
		} else if (isRecord(field)) {
			for (const [name, inner] of Object.entries(field))
				visit(path === "" ? name : `${path}.${name}`, inner, depth + 1);
		}
	};
	visit("", value, 0);
	return Object.fromEntries(
		[...kinds].map(([path, values]) => [
			path === "" ? "body" : `body.${scrub(path)}`,
			[...values].toSorted().join(" | "),
		]),
	);
}

/** Returns the facts of one sample. A sample without an answer has only the facts that it brings. */
export function factsOf({ answer, facts = {} }: Sample, reduce: Reduction, scrub: Scrub): Facts {
	const scrubbed = Object.fromEntries(Object.entries(facts).map(([name, value]) => [scrub(name), clip(scrub(value))]));
	if (!answer.ok) return scrubbed;
	const { status, body } = answer.value;
	const json = parseJson(body);
	const shape =
		reduce.body === "nothing" ? {} : json === undefined ? { body: "no JSON" } : shapeOf(json, reduce, scrub);
	return { status: String(status), ...shape, ...scrubbed };
}

/** The facts of all samples of one case. */
export interface Case {
	readonly name: string;
	readonly facts: Facts;
}

/** Joins the samples of each case. A fact that only some of them have is also `missing`. */
export function casesOf(samples: readonly Sample[], reduce: Reduction, scrub: Scrub): readonly Case[] {
	const byName = Map.groupBy(samples, (sample) => sample.case);
	return [...byName].map(([name, group]) => {
		const all = group.map((sample) => factsOf(sample, reduce, scrub));
		const names = new Set(all.flatMap((facts) => Object.keys(facts)));
		const joined = [...names].map((fact) => {
			const values = new Set(all.flatMap((facts) => (facts[fact] ?? MISSING).split(" | ")));
			return [fact, [...values].toSorted().join(" | ")] as const;
		});
		return { name: scrub(name), facts: Object.fromEntries(joined) };
	});
}

export const MISSING = "missing";
