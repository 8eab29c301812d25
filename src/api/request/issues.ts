/** Reads what a schema found wrong as a fault of ours. */

import * as z from "zod/mini";
import { type Fault, type TypeName, typeOf } from "../../faults.ts";
import { validate } from "../../validate.ts";

export interface Found {
	/** Leads to the fault in the value. */
	readonly path: readonly PropertyKey[];
	readonly fault: Fault;
}

/**
 * Of a union, takes the fault of the branch that came furthest; of branches that came as far, the last one's, which takes most.
 * @param value The value that was parsed
 */
export function toFound(issue: z.core.$ZodIssue | undefined, value: unknown): Found {
	if (issue === undefined) return { path: [], fault: { is: "unusable" } };
	const { path } = issue;
	const got = valueAt(value, path);
	if (issue.code !== "invalid_union") return { path, fault: toFault(issue, got) };
	const branches = issue.errors.flatMap((branch) => branch.slice(0, 1));
	const inner = branches
		.map((first) => toFound(first, got))
		.toReversed()
		.toSorted((a, b) => b.path.length - a.path.length)[0];
	if (inner !== undefined && inner.path.length > 0) return { path: [...path, ...inner.path], fault: inner.fault };
	// The value is of this branch's type.
	const tooBig = branches.find(({ code }) => code === "too_big");
	if (tooBig !== undefined) return { path, fault: toFault(tooBig, got) };
	if (got === undefined) return { path, fault: { is: "missing" } };
	const expected = [...new Set(branches.flatMap(expectedBy))];
	return { path, fault: expected.length === 0 ? { is: "unusable" } : { is: "type", expected, got: typeOf(got) } };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>(
		(inner, part) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, part) : undefined),
		value,
	);
}

function toFault(issue: z.core.$ZodIssue, got: unknown): Fault {
	switch (issue.code) {
		case "invalid_type":
			if (got === undefined) return { is: "missing" };
			return { is: "type", expected: expectedBy(issue), got: typeOf(got) };
		case "invalid_value":
			if (got === undefined) return { is: "missing" };
			return { is: "not_one_of", allowed: issue.values.map(String), got: typeof got === "string" ? got : null };
		case "too_big":
			return { is: "too_long", max: Number(issue.maximum), of: unitOf(issue.origin) };
		case "too_small":
			return { is: "too_short", min: Number(issue.minimum), of: unitOf(issue.origin) };
		case "custom": {
			const stated = validate(Stated, issue.params);
			return stated.success ? stated.data.fault : { is: "unusable" };
		}
		default:
			return { is: "unusable" };
	}
}

/** The parameters of an issue that a check of ours made. */
const Stated = z.object({ fault: z.custom<Fault>((fault) => typeof fault === "object" && fault !== null) });

/** Only texts and lists have bounds of the schema's own: for numbers see `integer`. */
function unitOf(origin: string): "characters" | "items" {
	return origin === "string" ? "characters" : "items";
}

/** The schema's words for types. Every number of a body is a whole one. */
const TYPES: ReadonlyMap<string, TypeName> = new Map([
	["string", "string"],
	["number", "integer"],
	["int", "integer"],
	["boolean", "boolean"],
	["array", "array"],
	["object", "object"],
	["record", "object"],
	["null", "null"],
]);

function expectedBy(issue: z.core.$ZodIssue): readonly TypeName[] {
	const type = issue.code === "invalid_type" ? TYPES.get(issue.expected) : undefined;
	return type === undefined ? [] : [type];
}
