/** The route that lists a month's jobs as CSV. */

import * as z from "zod/mini";
import type { UsageRow } from "../../account/usage-record.ts";
import type { Context } from "../../context.ts";
import { orRefuse } from "../../http/refusal.ts";
import { toPublicKeyId } from "../../key-id.ts";
import { toUsd } from "../../money.ts";
import { callAccount } from "../../stub.ts";
import { toJobId } from "../jobs/render.ts";
import { parseQuery } from "../request/fields.ts";
import { AccountQuery, forAccount } from "../request/for-account.ts";
import { toCsvLine } from "./csv-line.ts";
import { month } from "./dates.ts";

/** Each is one call of the account's object, and one piece of the answer. */
const ROWS_AT_ONCE = 1_000;

export const CsvQuery = z.object({ ...AccountQuery.shape, month: month() });

type Column = readonly [name: string, read: (row: UsageRow, account: string) => string | number | null];

const COLUMNS: readonly Column[] = [
	["time", ({ at }) => toTime(at)],
	["job", ({ id }) => toJobId(id)],
	["account", (_, account) => account],
	["api_key_id", ({ apiKey }, account) => toPublicKeyId({ account, id: apiKey })],
	["model", ({ model }) => model],
	["endpoint", ({ endpoint }) => endpoint],
	["source", ({ source }) => `image.${source}`],
	["size", ({ size }) => size],
	["status", ({ status }) => status],
	["charge", ({ charge }) => charge],
	["usd", ({ cost }) => toUsd(cost).toFixed(6)],
	["basis", ({ basis }) => basis],
	["asked", ({ asked }) => asked],
	["pictures", ({ pictures }) => pictures],
	["bytes", ({ bytes }) => bytes],
	["started", ({ startedAt }) => (startedAt === null ? null : toTime(startedAt))],
	["ended", ({ endedAt }) => toTime(endedAt)],
];

/** Streams a row for each job that was admitted in the month and has ended, the earliest first. */
export function getUsageCsv(request: Request, asker: Context): Response {
	const { month: range, context } = readAsked(request, asker);
	const rows = readRows(context, range.start, range.end);
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		pull: async (controller) => {
			const { value, done } = await rows.next();
			if (done === true) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
	});
	return new Response(body, { headers: headersOf(request) });
}

/** Answers with the headers alone. */
export function headUsageCsv(request: Request, asker: Context): Response {
	readAsked(request, asker);
	return new Response(null, { headers: headersOf(request) });
}

function readAsked({ url }: Request, asker: Context) {
	const { account, month: range } = orRefuse(parseQuery(CsvQuery, url));
	return { month: range, context: forAccount(asker, account) };
}

function headersOf({ url }: Request): Readonly<Record<string, string>> {
	return {
		"content-type": "text/csv; charset=utf-8",
		"content-disposition": `attachment; filename="usage-${new URL(url).searchParams.get("month")}.csv"`,
		"cache-control": "no-store",
		"x-content-type-options": "nosniff",
	};
}

/** Yields the head, and then the lines of each page of rows. */
async function* readRows({ env, caller: { account } }: Context, from: number, until: number): AsyncGenerator<string> {
	yield toCsvLine(COLUMNS.map(([name]) => name));
	let after: UsageRow | null = null;
	do {
		const query = { from, until, after: after === null ? null : { at: after.at, id: after.id }, limit: ROWS_AT_ONCE };
		const rows: readonly UsageRow[] = await callAccount(env, account, async (object) => object.listUsage(query));
		if (rows.length > 0) yield rows.map((row) => toCsvLine(COLUMNS.map(([, read]) => read(row, account)))).join("");
		after = rows.length < ROWS_AT_ONCE ? null : (rows.at(-1) ?? null);
	} while (after !== null);
}

function toTime(at: number): string {
	return new Date(at).toISOString();
}
