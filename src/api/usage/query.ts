/** Reads the queries of usage reports, with their lists as clients write them. */

import * as z from "zod/mini";
import { ACCOUNT_NAME } from "../../account/key-form.ts";
import type { Fault } from "../../faults.ts";
import { faulty, parseQuery, wholeNumber } from "../request/fields.ts";
import { readCursor } from "./buckets.ts";

const MAX_LISTED = 100;
const MAX_LISTED_CHARS = 20_000;
/** The last second of the year 9999. */
const MAX_TIME = 253_402_300_799;

/** A parameter that may be given many times. Its values come joined, as `joinLists` leaves them. */
function list(faultOf: (value: string) => Fault | null = () => null, values?: readonly string[]) {
	const ofAll = (text: string): Fault | null => {
		const all = split(text);
		if (all.length > MAX_LISTED) return { is: "too_long", max: MAX_LISTED, of: "items" };
		return all.map(faultOf).find((fault) => fault !== null) ?? null;
	};
	const schema = z.pipe(z.string().check(z.maxLength(MAX_LISTED_CHARS), faulty(ofAll)), z.transform(split));
	const item = values === undefined ? { type: "string" as const } : { type: "string" as const, enum: [...values] };
	z.globalRegistry.add(schema, { override: { type: "array", items: item, maxItems: MAX_LISTED } });
	return schema;
}

function oneOf(allowed: readonly string[]) {
	return list((got) => (allowed.includes(got) ? null : { is: "not_one_of", allowed, got }), allowed);
}

function split(text: string): readonly string[] {
	return text.split(",").filter((part) => part !== "");
}

const page = z.string().check(faulty((text) => (readCursor(text) === null ? { is: "unusable" } : null)));

const common = {
	start_time: wholeNumber(0, MAX_TIME),
	end_time: z.optional(wholeNumber(0, MAX_TIME)),
	page: z.optional(page),
	api_key_ids: z.optional(list()),
	project_ids: z.optional(list((name) => (ACCOUNT_NAME.test(name) ? null : { is: "account_name" }))),
};

/** The most buckets of a page, by their width. */
export const MAX_BUCKETS = { "1m": 1_440, "1h": 168, "1d": 31 } as const;
const MAX_COST_DAYS = 180;

export const ImagesQuery = z.object({
	...common,
	bucket_width: z.optional(z.enum(["1m", "1h", "1d"])),
	limit: z.optional(wholeNumber(1, MAX_BUCKETS["1m"])),
	group_by: z.optional(oneOf(["project_id", "user_id", "api_key_id", "model", "size", "source"])),
	models: z.optional(list()),
	sizes: z.optional(list()),
	sources: z.optional(oneOf(["image.generation", "image.edit", "image.variation"])),
	user_ids: z.optional(list()),
});

export const CostsQuery = z.object({
	...common,
	bucket_width: z.optional(z.enum(["1d"])),
	limit: z.optional(wholeNumber(1, MAX_COST_DAYS)),
	group_by: z.optional(oneOf(["project_id", "user_id", "line_item", "api_key_id"])),
	line_items: z.optional(list()),
});

/** Parses a query whose lists are written as `a=1&a=2`, as `a[]=1&a[]=2`, as OpenAI's package does, or as `a=1,2`. */
export function parseLists<T extends z.ZodMiniObject>(schema: T, url: string) {
	return parseQuery(schema, joinLists(url));
}

function joinLists(url: string): string {
	const joined = new URL(url);
	const query = joined.searchParams;
	for (const name of [
		"group_by",
		"models",
		"sizes",
		"sources",
		"api_key_ids",
		"project_ids",
		"line_items",
		"user_ids",
	]) {
		const values = [...query.getAll(name), ...query.getAll(`${name}[]`)];
		if (values.length > 0) query.set(name, values.join(","));
	}
	return joined.href;
}
