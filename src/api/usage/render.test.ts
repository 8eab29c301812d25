import { expect, it } from "vitest";
import { type Sum, toCostsPage, toImagesPage } from "./render.ts";

const SUM: Sum = {
	bucket: 1,
	apiKey: "key_bob-0123456789AB",
	model: "flux-2",
	size: "1024x1024",
	source: "edit",
	project: "bob",
	jobs: 2,
	pictures: 3,
	cost: 1_250_000,
};
/** No usage is told apart. */
const TOTAL: Sum = { ...SUM, bucket: 2, apiKey: null, model: null, size: null, source: null, project: null };
const BUCKETS = [
	{ number: 0, start: 10, end: 60 },
	{ number: 1, start: 60, end: 120 },
	{ number: 2, start: 120, end: 130 },
];
const SUMS = { page: { buckets: BUCKETS, next: 130 }, sums: [SUM, TOTAL, { ...TOTAL, jobs: 1, pictures: 0 }] };

it("the pictures of each bucket are shown as OpenAI shows them", () => {
	const total = {
		object: "organization.usage.images.result",
		images: 3,
		num_model_requests: 2,
		size: null,
		source: null,
		project_id: null,
		user_id: null,
		api_key_id: null,
		model: null,
	};
	expect(toImagesPage(SUMS)).toEqual({
		object: "page",
		data: [
			{ object: "bucket", start_time: 10, end_time: 60, results: [] },
			{
				object: "bucket",
				start_time: 60,
				end_time: 120,
				results: [
					{
						...total,
						size: "1024x1024",
						source: "image.edit",
						project_id: "bob",
						api_key_id: "key_bob-0123456789AB",
						model: "flux-2",
					},
				],
			},
			{
				object: "bucket",
				start_time: 120,
				end_time: 130,
				results: [total, { ...total, images: 0, num_model_requests: 1 }],
			},
		],
		has_more: true,
		next_page: "page_130",
	});
});

it("the costs of each bucket are shown in dollars, and pictures are counted by their model alone", () => {
	const total = {
		object: "organization.costs.result",
		amount: { value: 1.25, currency: "usd" },
		line_item: null,
		project_id: null,
		user_id: null,
		api_key_id: null,
		quantity: null,
		quantity_unit: null,
	};
	const sums = { page: { buckets: BUCKETS.slice(1), next: null }, sums: [SUM, TOTAL] };
	expect(toCostsPage(sums)).toEqual({
		object: "page",
		data: [
			{
				object: "bucket",
				start_time: 60,
				end_time: 120,
				results: [
					{
						...total,
						line_item: "flux-2",
						project_id: "bob",
						api_key_id: "key_bob-0123456789AB",
						quantity: 3,
						quantity_unit: "images",
					},
				],
			},
			{ object: "bucket", start_time: 120, end_time: 130, results: [total] },
		],
		has_more: false,
		next_page: null,
	});
});
