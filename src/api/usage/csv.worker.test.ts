import { describe, expect, it } from "vitest";
import { ask } from "../../../test/support/workerd/gateway.ts";
import { askBy, book, issueKey } from "../../../test/support/workerd/usage.ts";

const CSV = "/v1/usage.csv?month=2025-11";
const HEAD =
	"time,job,account,api_key_id,model,endpoint,source,size,status,charge,usd,basis,asked,pictures,bytes,started,ended";

async function linesOf(response: Response): Promise<readonly string[]> {
	expect(response.status).toBe(200);
	const lines = (await response.text()).split("\r\n");
	expect([lines[0], lines.at(-1)]).toEqual([HEAD, ""]);
	return lines.slice(1, -1);
}

describe("GET /v1/usage.csv", () => {
	it("has a line for each job of the month, the earliest first", async () => {
		const { account, id, key } = await issueKey();
		const at = Date.UTC(2025, 10, 1);
		const [second, first] = await book(account, [
			{ at: at + 60_000, cost: 123_456, source: "edit", size: "1024x1024", pictures: 2, bytes: 7 },
			{ at, apiKey: id, status: "failed", charge: "free", cost: 0, pictures: 0, bytes: 0, startedAt: null },
			{ at: at - 1 },
			{ at: Date.UTC(2025, 11, 1) },
		]);
		const response = await askBy(key, CSV);
		expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
		expect(response.headers.get("content-disposition")).toBe('attachment; filename="usage-2025-11.csv"');
		const model = "imagen4-preview,fal-ai/imagen4/preview";
		expect(await linesOf(response)).toEqual([
			`2025-11-01T00:00:00.000Z,job_${first},${account},key_${account}-${id},${model},image.generation,16:9,failed,free,0.000000,estimated,1,0,0,,2025-11-01T00:00:01.000Z`,
			`2025-11-01T00:01:00.000Z,job_${second},${account},,${model},image.edit,1024x1024,succeeded,paid,0.123456,estimated,1,2,7,2025-11-01T00:01:00.000Z,2025-11-01T00:01:01.000Z`,
		]);
		expect(await linesOf(await ask(`${CSV}&account=${account}`))).toHaveLength(2);
	});

	it("goes on over many pages, also where jobs came at one moment", async () => {
		const { account, key } = await issueKey();
		const at = Date.UTC(2025, 10, 15);
		const ids = await book(
			account,
			Array.from({ length: 2_500 }, (_, index) => ({ at: at + (index < 2_100 ? 0 : index) })),
		);
		const found = (await linesOf(await askBy(key, CSV))).map((line) => line.split(",")[1]);
		expect(new Set(found)).toEqual(new Set(ids.map((id) => `job_${id}`)));
		expect(found).toHaveLength(2_500);
	});

	it("has no line where there was no job, and none for HEAD", async () => {
		const { key } = await issueKey();
		expect(await linesOf(await askBy(key, CSV))).toEqual([]);
		const head = await askBy(key, CSV, { method: "HEAD" });
		expect([head.status, head.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
	});

	it.each([
		["/v1/usage.csv", 400],
		["/v1/usage.csv?month=2025-13", 400],
		["/v1/usage.csv?month=november", 400],
		[`${CSV}&account=owner`, 403],
	])("refuses %s", async (path, status) => {
		const { key } = await issueKey();
		expect((await askBy(key, path)).status).toBe(status);
	});
});
