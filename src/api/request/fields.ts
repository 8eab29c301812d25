import * as z from "zod/mini";
import english from "zod/v4/locales/en.js";
import type { RequestError } from "../../errors.ts";
import type { Json, JsonObject } from "../../models/request.ts";

/** Body fields as OpenAI's clients and gateways really send them: null and empty text mean absent. */

z.config(english());

function presence(value: unknown): unknown {
	return value === null || value === "" ? undefined : value;
}

/** An optional field. */
export function absentable<T extends z.ZodMiniType>(schema: T) {
	return z.optional(z.pipe(z.transform(presence), z.optional(schema)));
}

/** Half a surrogate pair would break clients that read it back. */
export function text(maxChars: number) {
	return z.string().check(
		z.maxLength(maxChars),
		z.overwrite((value) => value.toWellFormed()),
	);
}
export function integer(min: number, max: number) {
	return z.int().check(z.minimum(min), z.maximum(max));
}

export const jsonObject = z.pipe(
	z.record(z.string(), z.unknown()),
	z.transform((value): JsonObject => value as Record<string, Json>),
);

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: RequestError };

/** A body against its schema; the first thing that is wrong names its field as `messages[1].content[0].text`. */
export function parseBody<T extends z.ZodMiniType>(schema: T, body: unknown): Parsed<z.output<T>> {
	if (typeof body !== "object" || body === null || Array.isArray(body)) {
		return { ok: false, error: { kind: "invalid_json", message: "The body must be a JSON object." } };
	}
	const parsed = z.safeParse(schema, body);
	if (parsed.success) return { ok: true, value: parsed.data };
	const issue = deepest(parsed.error.issues[0]);
	return { ok: false, error: { kind: "invalid_value", param: toParam(issue.path), message: issue.message } };
}

interface Issue {
	readonly path: readonly PropertyKey[];
	readonly message: string;
}

/** Of a union, the branch that came furthest knows best what is wrong. */
function deepest(issue: z.core.$ZodIssue | undefined): Issue {
	if (issue === undefined) return { path: [], message: "Invalid body." };
	if (issue.code !== "invalid_union") return issue;
	const inner = issue.errors
		.flatMap((branch) => branch.slice(0, 1))
		.map((first) => deepest(first))
		.toSorted((a, b) => b.path.length - a.path.length)[0];
	if (inner === undefined || inner.path.length === 0) return issue;
	return { path: [...issue.path, ...inner.path], message: inner.message };
}

function toParam(path: readonly PropertyKey[]): string | null {
	if (path.length === 0) return null;
	return path
		.map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${String(part)}`))
		.join("");
}
