/** Holds that the jobs which fill a gallery are like those that were made. */

import { beforeAll, describe, expect, inject, it } from "vitest";
import type { Holder } from "../support/node/seeded-box.ts";
import { seedGallery } from "./support/console.ts";

const { url } = inject("gateway");
let holder: Holder;
beforeAll(async () => {
	holder = await seedGallery(500);
});

interface Listed {
	readonly id: string;
	readonly status: string;
	readonly created_at: number;
	readonly request: { readonly prompt: string };
	readonly images: readonly { readonly url: string; readonly thumbnail_url: string; readonly bytes: number }[];
}

async function ask(path: string, method = "GET"): Promise<Response> {
	return fetch(new URL(path, url), { method, headers: { authorization: `Bearer ${holder.key}` } });
}
async function listed(query: string): Promise<readonly Listed[]> {
	return ((await (await ask(`/v1/jobs?${query}`)).json()) as { data: Listed[] }).data;
}

describe("a seeded gallery", () => {
	it("lists its jobs, newest first, with pictures and thumbnails that load", async () => {
		const jobs = await listed("limit=100");
		expect(jobs).toHaveLength(100);
		expect(jobs[0]?.request.prompt).toMatch(/ \(500\)$/);
		expect(jobs.map(({ created_at }) => created_at)).toEqual(
			jobs.map(({ created_at }) => created_at).toSorted((a, b) => b - a),
		);
		expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set(["succeeded", "failed", "cancelled"]));
		const images = jobs.flatMap((job) => job.images).slice(0, 20);
		for (const image of images) {
			const picture = await (await fetch(image.url)).arrayBuffer();
			expect(picture.byteLength).toBe(image.bytes);
			const thumbnail = await fetch(image.thumbnail_url);
			expect([thumbnail.status, thumbnail.headers.get("content-type")]).toEqual([200, "image/png"]);
			expect((await thumbnail.arrayBuffer()).byteLength).toBeLessThan(60_000);
		}
	});

	it("is filtered by words, status and time", async () => {
		expect(await listed("q=%28123%29")).toHaveLength(1);
		expect((await listed("status=failed")).every(({ status }) => status === "failed")).toBe(true);
		const tenDaysAgo = Math.floor(Date.now() / 1000) - 10 * 86_400;
		expect((await listed(`before=${tenDaysAgo}&limit=1`))[0]?.request.prompt).toMatch(/ \(2[45]\d\)$/);
	});

	it("shows each job with its events, and deletes it for good", async () => {
		const [job] = await listed("status=succeeded&limit=1");
		const shown: Listed = await (await ask(`/v1/jobs/${job?.id}`)).json();
		expect([shown.request.prompt, shown.created_at]).toEqual([job?.request.prompt, job?.created_at]);
		const events = await (await ask(`/v1/jobs/${job?.id}/events`)).text();
		expect(events).toContain("event: succeeded");
		expect((await ask(`/v1/jobs/${job?.id}`, "DELETE")).status).toBe(200);
		expect((await ask(`/v1/jobs/${job?.id}`)).status).toBe(404);
		expect((await listed("status=succeeded&limit=1"))[0]?.id).not.toBe(job?.id);
	});
});
