/** Lists an account's jobs from the rows of the account. Only a job whose row does not have its end is asked itself. */

import * as z from "zod/mini";
import type { ListFilter, ListPage, ListRow } from "../../account/list-store.ts";
import type { Context } from "../../context.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { orRefuse } from "../../http/refusal.ts";
import { readLog } from "../../job/log.ts";
import { isKeyId, KEY_ID_EXAMPLE, parseKeyId, toPublicKeyId } from "../../key-id.ts";
import { createLinks } from "../../media/links.ts";
import { resolveModel } from "../../models/names.ts";
import { callAccount } from "../../stub.ts";
import { faulty, parseQuery, text, wholeNumber } from "../request/fields.ts";
import { AccountQuery, forAccount } from "../request/for-account.ts";
import { type Entry, isNamed, toEntry } from "./entry.ts";
import { JOB_STATUSES, toJob } from "./render.ts";

const LIST_DEFAULT = 20;
const LIST_MAX = 100;
const MAX_NAME_CHARS = 200;
/** Twelve digits of seconds last beyond the year 33000. */
const MAX_SECONDS = 999_999_999_999;
/** Each word is looked for in up to 5,000 prompts. */
const MAX_TEXT_CHARS = 100;

/** No row has this key. */
const NO_KEY = "";

export const ListQuery = z.object({
	limit: z.optional(wholeNumber(1, LIST_MAX)),
	cursor: z.optional(wholeNumber(0, Number.MAX_SAFE_INTEGER)),
	status: z.optional(statuses()),
	model: z.optional(words(MAX_NAME_CHARS)),
	key: z.optional(keyId()),
	after: z.optional(wholeNumber(0, MAX_SECONDS)),
	before: z.optional(wholeNumber(0, MAX_SECONDS)),
	q: z.optional(words(MAX_TEXT_CHARS)),
	...AccountQuery.shape,
});

/** A text that is not empty. */
function words(maxChars: number) {
	return text(maxChars).check(z.minLength(1));
}

/** The id of an issued key, with its account or without. */
function keyId() {
	return words(MAX_NAME_CHARS).check(
		faulty((value) => (isKeyId(value) ? null : { is: "unlike", example: KEY_ID_EXAMPLE })),
	);
}

/** One status, or several with commas between them. */
function statuses() {
	const known: readonly string[] = JOB_STATUSES;
	const listed = z.pipe(
		z.string().check(
			faulty((value) => {
				const got = value.split(",").find((status) => !known.includes(status));
				return got === undefined ? null : { is: "not_one_of", allowed: known, got };
			}),
		),
		z.transform((value) => value.split(",")),
	);
	z.globalRegistry.add(listed, {
		override: { type: "string" },
		description: `One or several with commas between them: ${known.join(", ")}.`,
	});
	return listed;
}

/** Lists the newest jobs first. A page may be short: `has_more` says whether to go on. */
export async function listJobs({ url }: Request, asker: Context): Promise<Response> {
	const query = orRefuse(parseQuery(ListQuery, url));
	const context = forAccount(asker, query.account);
	const filter = toFilter(query, context.caller.account);
	const { limit = LIST_DEFAULT, cursor = null } = query;
	const page = await callAccount<ListPage>(context.env, context.caller.account, async (account) =>
		account.page(cursor, limit, filter),
	);
	const rows = await Promise.all(page.rows.map(async (row) => ({ n: row.n, entry: await show(row, filter, context) })));
	const named = rows.flatMap(({ n, entry }) => (entry === null ? [] : [{ n, entry }]));
	const shown = named.slice(0, limit);
	// Jobs that were asked in case the filter names them may have made the page longer than it should be.
	const [hasMore, next] = named.length > limit ? [true, shown.at(-1)?.n ?? null] : [page.hasMore, page.next];
	const data = shown.map(({ entry }) => entry);
	return jsonResponse({ object: "list", data, has_more: hasMore, next_cursor: next });
}

function toFilter({ status, model, key, after, before, q }: z.output<typeof ListQuery>, account: string): ListFilter {
	return {
		statuses: status ?? null,
		model: model === undefined ? null : (resolveModel(model)?.id ?? model),
		key: key === undefined ? null : ownKeyOf(key, account),
		since: toMilliseconds(after),
		before: toMilliseconds(before),
		text: q ?? null,
	};
}

/** The key of another account made no job of this one. */
function ownKeyOf(key: string, account: string): string {
	const named = parseKeyId(key, account);
	return named?.account === account ? named.id : NO_KEY;
}

function toMilliseconds(seconds: number | undefined): number | null {
	return seconds === undefined ? null : seconds * 1000;
}

/** Of rows that were written before there were these fields. */
const MISSING = { expected_size: null } as const satisfies Partial<Entry>;

/** Returns null for a job that is deleted, was never started, or is not named by the filter. */
async function show(row: ListRow, filter: ListFilter, context: Context) {
	const key = toPublicKeyId({ account: context.caller.account, id: row.apiKey });
	if (row.entry !== null) {
		const entry: Entry = JSON.parse(row.entry);
		return { ...MISSING, ...entry, images: await withLinks(row.id, entry, context), key };
	}
	// An ended job that is asked tells its account the end again, so the next page need not ask it.
	const log = await readLog(context, row.id);
	const entry = log === null ? null : toEntry(toJob(row.id, log));
	return entry !== null && isNamed(entry, filter) ? { ...entry, key } : null;
}

/** Gives the pictures of a row, and their thumbnails, their links. */
function withLinks(job: string, { images, expires_at }: Entry, { config, origin }: Context): Promise<Entry["images"]> {
	const links = createLinks(config);
	const expiresAt = expires_at === null ? 0 : expires_at * 1000;
	const toLink = async (file: string) => `${origin}${await links.sign("images", { job, file }, expiresAt)}`;
	return Promise.all(
		images.map(async ({ url, thumbnail_url, ...image }) => ({
			...image,
			url: await toLink(url),
			...(thumbnail_url === undefined ? {} : { thumbnail_url: await toLink(thumbnail_url) }),
		})),
	);
}
