/** Opens the gateway's address in a browser, as somebody does who has just deployed it. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { openBrowser } from "../support/node/browser.ts";

const gateway = inject("gateway");
let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
}, 60_000);
afterAll(() => browser?.close());

it.each([
	["en-US", "Darkroom works.", "Base URL"],
	["zh-CN", "Darkroom 运行正常。", "接口地址"],
])("shows a browser of %s what to type into a client, without a complaint", async (locale, works, label) => {
	const context = await browser.newContext({ locale, viewport: { width: 390, height: 844 } });
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
	await page.goto(`${gateway.url}/`);
	expect(await page.textContent("p")).toContain(works);
	expect(await page.textContent("dt")).toBe(label);
	expect(await page.textContent("dd code")).toBe(`${gateway.url}/v1`);
	expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
	expect(complaints).toEqual([]);
	await context.close();
});
