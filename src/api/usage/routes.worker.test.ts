import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { ask } from "../../../test/support/workerd/gateway.ts";
import { askBy, book, type Issued, issueKey } from "../../../test/support/workerd/usage.ts";

const DAY = 86_400;
/** 2026-11-01 00:00:00 in UTC. */
const FIRST = 1_793_491_200;
const IMAGES = "/v1/organization/usage/images";
const COSTS = "/v1/organization/costs";

interface Page {
	readonly data: readonly { start_time: number; end_time: number; results: readonly object[] }[];
	readonly has_more: boolean;
	readonly next_page: string | null;
}

let mine: Issued;
beforeEach(async () => {
	mine = await issueKey();
});

async function read(path: string, key = mine.key): Promise<Page> {
	const response = await askBy(key, path);
	expect([path, response.status]).toEqual([path, 200]);
	return response.json();
}

function secondsOf(days: number, seconds = 0): number {
	return (FIRST + days * DAY + seconds) * 1000;
}

const range = (days: number) => `start_time=${FIRST}&end_time=${FIRST + days * DAY}`;

describe("GET /v1/organization/usage/images", () => {
	it("counts pictures and jobs by days, and has empty buckets between them", async () => {
		await book(mine.account, [
			{ at: secondsOf(0), pictures: 2 },
			{ at: secondsOf(0, DAY - 1), pictures: 1 },
			{ at: secondsOf(2), pictures: 0, status: "failed", charge: "free", cost: 0 },
			{ at: secondsOf(3), pictures: 4 },
			{ at: secondsOf(-1), pictures: 8 },
		]);
		const result = {
			object: "organization.usage.images.result",
			size: null,
			source: null,
			project_id: null,
			user_id: null,
			api_key_id: null,
			model: null,
		};
		expect(await read(`${IMAGES}?${range(3)}`)).toEqual({
			object: "page",
			data: [
				{
					object: "bucket",
					start_time: FIRST,
					end_time: FIRST + DAY,
					results: [{ ...result, images: 3, num_model_requests: 2 }],
				},
				{ object: "bucket", start_time: FIRST + DAY, end_time: FIRST + 2 * DAY, results: [] },
				{
					object: "bucket",
					start_time: FIRST + 2 * DAY,
					end_time: FIRST + 3 * DAY,
					results: [{ ...result, images: 0, num_model_requests: 1 }],
				},
			],
			has_more: false,
			next_page: null,
		});
	});

	it("tells keys, models, sizes and sources apart, however the list is written", async () => {
		await book(mine.account, [
			{ at: secondsOf(0), apiKey: mine.id, model: "flux-dev", size: "1:1", pictures: 1 },
			{ at: secondsOf(0), apiKey: mine.id, model: "flux-dev", size: "1:1", pictures: 2 },
			{ at: secondsOf(0), model: "flux-dev", size: "16:9", source: "edit", pictures: 4 },
		]);
		const expected = [
			{ images: 4, num_model_requests: 1, size: "16:9", source: "image.edit", api_key_id: null, model: "flux-dev" },
			{
				images: 3,
				num_model_requests: 2,
				size: "1:1",
				source: "image.generation",
				api_key_id: `key_${mine.account}-${mine.id}`,
				model: "flux-dev",
			},
		];
		const fields = ["api_key_id", "model", "size", "source"];
		for (const groups of [
			fields.map((field) => `group_by[]=${field}`).join("&"),
			fields.map((field) => `group_by=${field}`).join("&"),
			`group_by=${fields.join(",")}`,
		]) {
			const { data } = await read(`${IMAGES}?${range(1)}&${groups}`);
			expect(data[0]?.results, groups).toMatchObject(expected);
		}
	});

	it("counts what the filters leave", async () => {
		await book(mine.account, [
			{ at: secondsOf(0), model: "flux-dev", size: "1:1", pictures: 1 },
			{ at: secondsOf(0), model: "imagen4-preview", size: "1:1", apiKey: mine.id, pictures: 2 },
			{ at: secondsOf(0), model: "imagen4-preview", size: "16:9", source: "edit", pictures: 4 },
		]);
		for (const [filter, images] of [
			["models[]=flux-dev", 1],
			["models=flux-dev&models=imagen4-preview", 7],
			["sizes=1:1", 3],
			["sources=image.edit", 4],
			["sources=image.variation", null],
			[`api_key_ids=key_${mine.account}-${mine.id}`, 2],
			["api_key_ids=nobody", null],
			["user_ids=somebody", null],
			[`project_ids=${mine.account}`, 7],
		] as const) {
			const { data } = await read(`${IMAGES}?${range(1)}&${filter}`);
			expect([filter, data[0]?.results], filter).toEqual([
				filter,
				images === null ? [] : [expect.objectContaining({ images })],
			]);
		}
	});

	it("counts by minutes and by hours", async () => {
		await book(mine.account, [{ at: secondsOf(0, 59) }, { at: secondsOf(0, 60) }, { at: secondsOf(0, 3_600) }]);
		const counts = async (query: string) =>
			(await read(`${IMAGES}?start_time=${FIRST}&end_time=${FIRST + 7_200}&${query}`)).data.map(
				({ results }) => (results as { images: number }[])[0]?.images ?? 0,
			);
		expect(await counts("bucket_width=1h")).toEqual([2, 1]);
		expect(await counts("bucket_width=1m&limit=3")).toEqual([1, 1, 0]);
		expect(await counts("bucket_width=1m")).toHaveLength(60);
	});

	it("comes in pages", async () => {
		await book(mine.account, [{ at: secondsOf(0) }, { at: secondsOf(4) }, { at: secondsOf(8) }]);
		const starts: number[] = [];
		let page: string | null = "";
		let images = 0;
		while (page !== null) {
			const found: Page = await read(`${IMAGES}?${range(10)}&limit=4${page === "" ? "" : `&page=${page}`}`);
			starts.push(...found.data.map(({ start_time: start }) => start));
			for (const { results } of found.data) images += results.length;
			expect(found.has_more).toBe(found.next_page !== null);
			page = found.next_page;
		}
		expect(starts).toEqual(Array.from({ length: 10 }, (_, day) => FIRST + day * DAY));
		expect(images).toBe(3);
	});

	it("has empty buckets for an account without a job", async () => {
		const { data } = await read(`${IMAGES}?${range(3)}`);
		expect(data.map(({ results }) => results)).toEqual([[], [], []]);
	});

	it("sums up all accounts for the owner, and those that are named", async () => {
		const other = await issueKey();
		/** Had a key of `WORKER_ACCESS_KEY`, which is gone. */
		const former = `test-${crypto.randomUUID().slice(0, 8)}`;
		const at = secondsOf(0);
		await book(mine.account, [{ at, pictures: 1, apiKey: mine.id }]);
		await book(other.account, [{ at, pictures: 2, apiKey: other.id }]);
		await book(former, [{ at, pictures: 3 }]);
		await env.ACCOUNT.getByName("@registry").noteActive(former, 1);
		const both = `project_ids[]=${mine.account}&project_ids[]=${other.account}`;
		const ofOwner = async (query: string) =>
			(await (await ask(`${IMAGES}?${range(1)}&${query}`)).json<Page>()).data[0]?.results ?? [];
		expect(await ofOwner(both)).toMatchObject([{ images: 3, num_model_requests: 2, project_id: null }]);
		expect(await ofOwner(`${both}&group_by=project_id,api_key_id`)).toMatchObject([
			{ images: 1, project_id: mine.account, api_key_id: `key_${mine.account}-${mine.id}` },
			{ images: 2, project_id: other.account, api_key_id: `key_${other.account}-${other.id}` },
		]);
		expect(await ofOwner("group_by=project_id")).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ project_id: mine.account, images: 1 }),
				expect.objectContaining({ project_id: other.account, images: 2 }),
				expect.objectContaining({ project_id: former, images: 3 }),
			]),
		);
	});

	it.each<readonly [query: string, status: number, param: string | null]>([
		["", 400, "start_time"],
		["start_time=x", 400, "start_time"],
		["start_time=0&end_time=-1", 400, "end_time"],
		["start_time=0&bucket_width=1w", 400, "bucket_width"],
		["start_time=0&limit=32", 400, "limit"],
		["start_time=0&limit=0", 400, "limit"],
		["start_time=0&bucket_width=1h&limit=169", 400, "limit"],
		["start_time=0&bucket_width=1m&limit=1441", 400, "limit"],
		["start_time=0&group_by=line_item", 400, "group_by"],
		["start_time=0&sources[]=video", 400, "sources"],
		["start_time=0&page=next", 400, "page"],
		["start_time=0&project_ids=@registry", 400, "project_ids"],
		[`start_time=0&models=${"a,".repeat(101)}`, 400, "models"],
		["start_time=0&project_ids=owner", 403, null],
	])("refuses %s", async (query, status, param) => {
		const response = await askBy(mine.key, `${IMAGES}?${query}`);
		const { error } = await response.json<{ error: { param: string | null } }>();
		expect([response.status, error.param]).toEqual([status, param]);
	});
});

describe("GET /v1/organization/costs", () => {
	it("tells what was spent, also where nobody can tell if fal charged", async () => {
		await book(mine.account, [
			{ at: secondsOf(0), cost: 40_001, pictures: 1 },
			{ at: secondsOf(0), cost: 30_000, charge: "kept", status: "cancelled", pictures: 0 },
		]);
		expect((await read(`${COSTS}?${range(1)}`)).data[0]?.results).toEqual([
			{
				object: "organization.costs.result",
				amount: { value: 0.070001, currency: "usd" },
				line_item: null,
				project_id: null,
				user_id: null,
				api_key_id: null,
				quantity: null,
				quantity_unit: null,
			},
		]);
	});

	it("has a line item for each model", async () => {
		await book(mine.account, [
			{ at: secondsOf(0), cost: 10_000, pictures: 1, model: "flux-dev" },
			{ at: secondsOf(0), cost: 20_000, pictures: 2, model: "imagen4-preview" },
		]);
		const flux = { line_item: "flux-dev", quantity: 1, quantity_unit: "images", amount: { value: 0.01 } };
		const imagen = { line_item: "imagen4-preview", quantity: 2, quantity_unit: "images", amount: { value: 0.02 } };
		expect((await read(`${COSTS}?${range(1)}&group_by=line_item`)).data[0]?.results).toMatchObject([flux, imagen]);
		const only = `${COSTS}?${range(1)}&group_by=line_item&line_items=flux-dev`;
		expect((await read(only)).data[0]?.results).toMatchObject([flux]);
	});

	it.each(["bucket_width=1h", "limit=181", "group_by=model"])("refuses %s", async (query) => {
		expect((await askBy(mine.key, `${COSTS}?start_time=0&${query}`)).status).toBe(400);
	});
});
