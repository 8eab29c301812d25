import { describe, expect, it } from "vitest";
import { CostsQuery, ImagesQuery, parseLists } from "./query.ts";

function images(query: string) {
	return parseLists(ImagesQuery, `https://gateway.test/v1/organization/usage/images?start_time=0&${query}`);
}

function costs(query: string) {
	return parseLists(CostsQuery, `https://gateway.test/v1/organization/costs?start_time=0&${query}`);
}

/** Expects a list to be read as it stands, and with a parameter for each of its values. */
function expectRead(read: (query: string) => unknown, query: string): void {
	const [name = "", values = ""] = query.split("=");
	const repeated = values.split(",").map((value) => `${name}[]=${value}`);
	for (const written of [query, repeated.join("&")])
		expect(read(written)).toEqual({ ok: true, value: { start_time: 0, [name]: values.split(",") } });
}

function numbered(count: number): string {
	return Array.from({ length: count }, (_, at) => at).join(",");
}

describe("a list of a query", () => {
	it.each(["models=a,b", "models=a&models=b", "models[]=a&models[]=b", "models=a&models%5B%5D=b", "models=,a,,b,"])(
		"may be written as %s",
		(query) => expect(images(query)).toEqual({ ok: true, value: { start_time: 0, models: ["a", "b"] } }),
	);

	it.each([
		"group_by=project_id,user_id,api_key_id,model,size,source",
		"models=a,b",
		"sizes=1024x1024,16:9",
		"sources=image.generation,image.edit,image.variation",
		"api_key_ids=key_a,key_b",
		"project_ids=bob,ann",
		"user_ids=a,b",
	])("of the usage is read: %s", (query) => {
		expectRead(images, query);
	});

	it.each(["group_by=project_id,user_id,line_item,api_key_id", "line_items=a,b", "api_key_ids=a", "project_ids=bob"])(
		"of the costs is read: %s",
		(query) => {
			expectRead(costs, query);
		},
	);

	it("has at most a hundred values", () => {
		expect(images(`models=${numbered(100)}`).ok).toBe(true);
		expect(images(`models=${numbered(101)}`)).toEqual({
			ok: false,
			error: { kind: "invalid_value", param: "models", fault: { is: "too_long", max: 100, of: "items" } },
		});
	});

	it.each([
		["group_by", "model,colour", ["project_id", "user_id", "api_key_id", "model", "size", "source"], "colour"],
		["sources", "image.edit,video", ["image.generation", "image.edit", "image.variation"], "video"],
	])("has only what %s may be", (param, values, allowed, got) => {
		expect(images(`${param}=${values}`)).toEqual({
			ok: false,
			error: { kind: "invalid_value", param, fault: { is: "not_one_of", allowed, got } },
		});
	});

	it("has only names of accounts, if it is one of those", () => {
		expect(images("project_ids=bob,a%20b")).toEqual({
			ok: false,
			error: { kind: "invalid_value", param: "project_ids", fault: { is: "account_name" } },
		});
	});
});

describe("the other parameters of a usage report", () => {
	it.each([
		["page=page_60&end_time=86400", { page: "page_60", end_time: 86_400 }],
		["bucket_width=1m&limit=1440", { bucket_width: "1m", limit: 1_440 }],
		["bucket_width=1h", { bucket_width: "1h" }],
		["bucket_width=1d", { bucket_width: "1d" }],
	])("are read: %s", (query, read) => {
		expect(images(query)).toEqual({ ok: true, value: { start_time: 0, ...read } });
	});

	it.each([
		["images", "page=60", "page"],
		["images", "limit=1441", "limit"],
		["images", "limit=0", "limit"],
		["images", "bucket_width=1w", "bucket_width"],
		["images", "end_time=253402300800", "end_time"],
		["costs", "limit=181", "limit"],
		["costs", "bucket_width=1h", "bucket_width"],
	])("of %s are refused: %s", (report, query, param) => {
		expect((report === "images" ? images : costs)(query)).toMatchObject({ ok: false, error: { param } });
	});

	it("blames a page that is no cursor", () => {
		expect(images("page=60")).toEqual({
			ok: false,
			error: { kind: "invalid_value", param: "page", fault: { is: "unusable" } },
		});
		expect(costs("bucket_width=1d&limit=180&page=page_60").ok).toBe(true);
	});
});
