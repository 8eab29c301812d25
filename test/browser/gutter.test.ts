/** Looks at the room that is kept for a scroll bar: what covers the page covers it, too. */

import { decode } from "fast-png";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "../support/node/browser.ts";
import { freePort, type Gateway, startGateway } from "../support/node/gateway.ts";

const WIDTH = 900;
/** So tall that nothing scrolls. */
const HEIGHT = 1600;
/** The line under the header. */
const LINE_Y = 51;

let browser: Awaited<ReturnType<typeof openBrowser>>;
/** One of its own: with the keys of other tests the page would scroll. */
let gateway: Gateway;
beforeAll(async () => {
	browser = await openBrowser({ hasScrollBars: true });
	gateway = await startGateway(`http://localhost:${await freePort()}`);
});
afterAll(() => Promise.all([browser.close(), gateway.stop()]));

/** Of a colour's parts, which a blur and a veil round. */
const ROUNDED = 2;

/** Compares the colours at a height: in the page, and in the room of the scroll bar. */
async function expectAlike(page: Page, y: number): Promise<void> {
	const { data, width, channels } = decode(await page.screenshot());
	const [inPage = [], beside = []] = [4, WIDTH - 4].map((x) => {
		const at = (y * width + x) * channels;
		return Array.from(data.subarray(at, at + 3));
	});
	const apart = inPage.map((part, at) => Math.abs(part - (beside[at] ?? 0)));
	expect(Math.max(...apart), `${inPage} and ${beside}`).toBeLessThanOrEqual(ROUNDED);
}

it.each(["light", "dark"] as const)("is as the page beside it: %s", async (colorScheme) => {
	const { url, accessKey } = gateway;
	const context = await browser.newContext({
		viewport: { width: WIDTH, height: HEIGHT },
		colorScheme,
		locale: "en-US",
	});
	try {
		const page = await context.newPage();
		await page.goto(`${url}/#key=${encodeURIComponent(accessKey)}`);
		await page.getByRole("link", { name: "Keys" }).click();
		await page.getByRole("button", { name: "New key" }).first().waitFor();
		const room = await page.evaluate(() => innerWidth - document.documentElement.getBoundingClientRect().width);
		expect(room).toBeGreaterThan(8);
		await expectAlike(page, LINE_Y);

		await page.getByRole("button", { name: "New key" }).first().click();
		await page.getByRole("dialog").waitFor();
		await expectAlike(page, HEIGHT - 20);
	} finally {
		await context.close();
	}
});
