/** A scrape of /metrics, read by a parser of Prometheus' format. */
import parse from "parse-prometheus-text-format";
import { describe, expect, inject, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { ACCESS_KEY } from "../support/node/gateway.ts";
import { aPrompt, SHORT } from "../support/node/simulator.ts";

const gateway = inject("gateway");

function ask(path: string, init: RequestInit = {}) {
	return fetch(`${gateway.url}${path}`, { ...init, headers: { authorization: `Bearer ${ACCESS_KEY}` } });
}

/** Reads a metric: its value by its labels' values, joined. */
async function scrape(name: string): Promise<Readonly<Record<string, number>>> {
	const response = await ask("/metrics");
	expect([response.status, response.headers.get("content-type")]).toEqual([
		200,
		"text/plain; version=0.0.4; charset=utf-8",
	]);
	const family = parse(await response.text()).find((one) => one.name === `darkroom_${name}`);
	return Object.fromEntries(
		(family?.metrics ?? []).map(({ labels = {}, value }) => [Object.values(labels).join(" "), Number(value)]),
	);
}

describe("GET /metrics", () => {
	it("counts jobs by account, model and outcome, with their pictures and costs", async () => {
		const draw = async (words: string, n: number) =>
			ask("/v1/images/generations", {
				method: "POST",
				body: JSON.stringify({ model: "flux-schnell", prompt: aPrompt(words), n, response_format: "url" }),
			});
		const before = await scrape("jobs_total");
		expect((await draw(SHORT, 2)).status).toBe(200);
		expect((await draw("sim:content-policy", 1)).status).toBe(400);
		const [succeeded, failed] = ["owner flux-schnell succeeded", "owner flux-schnell failed"];
		// What was counted is kept for ten seconds.
		const jobs = await eventually(
			() => scrape("jobs_total"),
			(counts) => (counts[succeeded] ?? 0) > (before[succeeded] ?? 0) && (counts[failed] ?? 0) > (before[failed] ?? 0),
		);
		expect(jobs[succeeded]).toBeGreaterThanOrEqual(1);
		expect((await scrape("pictures_total"))[succeeded]).toBeGreaterThanOrEqual(2);
		expect((await scrape("cost_usd_total"))[succeeded]).toBeGreaterThanOrEqual(0.006);
		expect((await scrape("job_seconds_total"))[succeeded]).toBeGreaterThan(0);
		expect(await scrape("build_info")).toEqual({ "0.1.0": 1 });
		expect(await scrape("accounts_unread")).toEqual({ "": 0 });
		expect(Object.keys(await scrape("open_jobs"))).toContain("owner");
	}, 60_000);

	it("tells which code runs", async () => {
		expect(await (await ask("/version")).json()).toMatchObject({ version: "0.1.0" });
	});
});
