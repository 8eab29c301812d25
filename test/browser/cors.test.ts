/** Calls the gateway from a page of another origin, in a browser that asks for leave first. */

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { pngOf } from "../support/forms.ts";
import { openBrowser } from "../support/node/browser.ts";
import { aPrompt } from "../support/node/simulator.ts";

const gateway = inject("gateway");
let browser: Browser;
let page: Page;
beforeAll(async () => {
	browser = await openBrowser();
	page = await browser.newPage();
	// The simulator has an origin of its own.
	await page.goto(`${gateway.simUrl}/sim/calls`);
}, 60_000);
afterAll(() => browser?.close());

interface Seen {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
}

/** Fetches in the page, and returns what its scripts may see. */
function inPage(method: string, path: string, body?: string | Uint8Array, key = gateway.accessKey): Promise<Seen> {
	return page.evaluate(
		async ([url, init, bytes]) => {
			const response = await fetch(url, { ...init, ...(bytes === null ? {} : { body: new Uint8Array(bytes) }) });
			return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
		},
		[
			`${gateway.url}${path}`,
			{ method, headers: { authorization: `Bearer ${key}`, "x-stainless-retry-count": "0" } },
			body === undefined ? null : [...(typeof body === "string" ? new TextEncoder().encode(body) : body)],
		] as const,
	);
}

async function issued(fields: object): Promise<{ id: string; key: string }> {
	return JSON.parse((await inPage("POST", "/v1/keys", JSON.stringify(fields))).text);
}

describe("a page of another origin", () => {
	it("makes a picture, reads its cost and its rate, and brings its thumbnail", async () => {
		const { key } = await issued({ rpm_limit: 9 });
		const body = JSON.stringify({ prompt: aPrompt("sim:quick"), model: "imagen4-preview" });
		const made = await inPage("POST", "/v1/images/generations", body, key);
		expect(made.status).toBe(200);
		expect(made.headers).toMatchObject({
			"x-darkroom-cost": expect.stringMatching(/^0\.\d+$/),
			"x-ratelimit-limit-requests": "9",
			"x-ratelimit-remaining-requests": "8",
			"x-request-id": expect.stringMatching(/^req_/),
		});
		const path = `/v1/jobs/${made.headers["x-job-id"]}/images/0/thumbnail`;
		expect((await inPage("PUT", path, pngOf(8, 8), key)).status).toBe(201);
		const got = await inPage("GET", path, undefined, key);
		expect([got.status, got.headers["content-length"], got.headers.etag]).toEqual([200, "200", expect.any(String)]);
		expect((await inPage("HEAD", path, undefined, key)).status).toBe(200);
	});

	it("changes and revokes a key", async () => {
		const { id } = await issued({ name: "of a page" });
		expect((await inPage("PATCH", `/v1/keys/${id}`, '{"name":"another"}')).status).toBe(200);
		expect((await inPage("DELETE", `/v1/keys/${id}`)).status).toBe(200);
	});

	it("reads an error, and the name of a file", async () => {
		const refused = await inPage("GET", "/v1/models", undefined, "sk-wrong");
		expect([refused.status, JSON.parse(refused.text).error.code]).toEqual([401, "invalid_api_key"]);
		const { headers } = await inPage("GET", "/v1/usage.csv?month=2026-11");
		expect(headers["content-disposition"]).toBe('attachment; filename="usage-2026-11.csv"');
	});
});
