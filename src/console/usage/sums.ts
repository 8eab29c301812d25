/** Adds up a report: by day, by model, by key and by account. */

import type { Bucket, CostsResult, ImagesResult } from "./answers.ts";
import { DAY_SECONDS } from "./span.ts";

export interface Sum {
	readonly jobs: number;
	readonly pictures: number;
	readonly usd: number;
}

export interface DaySum extends Sum {
	/** Its beginning in UTC. Unix seconds. */
	readonly day: number;
}

/** What a model, a key or an account came to. */
export interface GroupSum extends Sum {
	readonly name: string;
}

/** Jobs of a key. */
export interface KeySum extends Sum {
	/** Null for the keys of `WORKER_ACCESS_KEY`, which are not told apart. */
	readonly id: string | null;
	/** Null if accounts are not told apart. */
	readonly account: string | null;
}

export interface Sums {
	readonly total: Sum;
	readonly days: readonly DaySum[];
	/** Those that cost most are first, in each list. */
	readonly models: readonly GroupSum[];
	readonly keys: readonly KeySum[];
	readonly accounts: readonly GroupSum[];
}

interface Part {
	readonly day: number;
	readonly model: string;
	readonly key: string | null;
	readonly account: string | null;
	readonly jobs: number;
	readonly pictures: number;
	/** Millionths of a dollar, so that sums are exact. */
	readonly cost: number;
}

const MILLION = 1_000_000;

/** @param days The days to show, as `daysOf` names them: those without a job are there, too */
export function sumUp(
	images: readonly Bucket<ImagesResult>[],
	costs: readonly Bucket<CostsResult>[],
	days: readonly number[],
): Sums {
	const parts = [...images.flatMap(partsOfImages), ...costs.flatMap(partsOfCosts)];
	const byDay = Map.groupBy(parts, ({ day }) => day);
	const groupsBy = (read: (part: Part) => string | null): readonly GroupSum[] =>
		sorted(
			[...Map.groupBy(parts, read)].flatMap(([name, group]) => (name === null ? [] : [{ name, ...sumOf(group) }])),
			({ name }) => name,
		);
	return {
		total: sumOf(parts),
		days: days.map((day) => ({ day, ...sumOf(byDay.get(day) ?? []) })),
		models: groupsBy(({ model }) => model),
		keys: keysOf(parts),
		accounts: groupsBy(({ account }) => account),
	};
}

function partsOfImages({ start_time, results }: Bucket<ImagesResult>): readonly Part[] {
	return results.map(({ images, num_model_requests, model, api_key_id, project_id }) => ({
		day: dayOf(start_time),
		model: model ?? "",
		key: api_key_id,
		account: project_id,
		jobs: num_model_requests,
		pictures: images,
		cost: 0,
	}));
}

function partsOfCosts({ start_time, results }: Bucket<CostsResult>): readonly Part[] {
	return results.map(({ amount, line_item, api_key_id, project_id }) => ({
		day: dayOf(start_time),
		model: line_item ?? "",
		key: api_key_id,
		account: project_id,
		jobs: 0,
		pictures: 0,
		cost: Math.round(amount.value * MILLION),
	}));
}

function dayOf(seconds: number): number {
	return Math.floor(seconds / DAY_SECONDS) * DAY_SECONDS;
}

function keysOf(parts: readonly Part[]): readonly KeySum[] {
	const byKey = Map.groupBy(parts, ({ key, account }) => key ?? `configured of ${account}`);
	const keys = [...byKey.values()].flatMap((group) => {
		const [first] = group;
		return first === undefined ? [] : [{ id: first.key, account: first.account, ...sumOf(group) }];
	});
	return sorted(keys, ({ id, account }) => `${id ?? ""} ${account ?? ""}`);
}

function sumOf(parts: readonly Part[]): Sum {
	let [jobs, pictures, cost] = [0, 0, 0];
	for (const part of parts) {
		jobs += part.jobs;
		pictures += part.pictures;
		cost += part.cost;
	}
	return { jobs, pictures, usd: cost / MILLION };
}

function sorted<T extends Sum>(sums: readonly T[], nameOf: (sum: T) => string): readonly T[] {
	return sums.toSorted((a, b) => b.usd - a.usd || b.jobs - a.jobs || (nameOf(a) < nameOf(b) ? -1 : 1));
}
