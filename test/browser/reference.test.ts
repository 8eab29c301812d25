/** Reads the reference page in a browser, and tries a route from it. */

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { openBrowser } from "../support/node/browser.ts";

const gateway = inject("gateway");
let browser: Browser;
let page: Page;
const complaints: string[] = [];
const hosts = new Set<string>();

beforeAll(async () => {
	browser = await openBrowser();
	page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
	page.on("console", (message) => {
		if (message.type() === "error") complaints.push(message.text());
	});
	page.on("pageerror", (error) => complaints.push(error.message));
	page.on("request", (request) => hosts.add(new URL(request.url()).host));
	await page.goto(`${gateway.url}/docs`);
	await page.waitForSelector(".opblock");
}, 60_000);
afterAll(async () => {
	await browser?.close();
});

it("lists every operation of openapi.json", async () => {
	const document = (await (await fetch(`${gateway.url}/openapi.json`)).json()) as { paths: Record<string, object> };
	const described = Object.entries(document.paths).flatMap(([path, methods]) =>
		Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
	);
	const shown = await page.$$eval(".opblock-summary", (rows) =>
		rows.map((row) =>
			[".opblock-summary-method", ".opblock-summary-path"]
				.map((part) => row.querySelector(part)?.textContent?.replaceAll("\u200b", "").trim())
				.join(" "),
		),
	);
	expect(shown.toSorted()).toEqual(described.toSorted());
});

it("tries a route with the reader's key", async () => {
	await page.click(".authorize");
	await page.fill("input[aria-label='auth-bearer-value'], .auth-container input", gateway.accessKey);
	await page.click(".auth-btn-wrapper .authorize");
	await page.click(".btn-done");
	await page.click("#operations-models-getModels .opblock-summary");
	await page.click("#operations-models-getModels .try-out__btn");
	await page.click("#operations-models-getModels .execute");
	await page.waitForSelector("#operations-models-getModels .live-responses-table .response-col_status");
	const answer = await page.textContent("#operations-models-getModels .live-responses-table");
	expect(answer).toContain("imagen4-preview");
});

it("asks no other host, and the page's policy has nothing to object to", () => {
	expect([...hosts]).toEqual([new URL(gateway.url).host]);
	expect(complaints).toEqual([]);
});

it("fits a phone", async () => {
	const phone = await browser.newPage({ viewport: { width: 360, height: 740 } });
	await phone.goto(`${gateway.url}/docs/`);
	await phone.waitForSelector(".opblock");
	const width = await phone.evaluate("document.documentElement.scrollWidth");
	await phone.close();
	expect(width).toBeLessThanOrEqual(360);
});
