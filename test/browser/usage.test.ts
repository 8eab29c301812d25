/** The view of usage: what was made is drawn, and can be read in each way. */

import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, inject, it } from "vitest";
import type { Holder } from "../support/node/seeded-box.ts";
import { makeOf } from "./support/api.ts";
import { freshHolder, openConsole } from "./support/console.ts";
import { axe, fitsWidth, screenshot } from "./support/look.ts";

const { accessKey, url } = inject("gateway");
let holder: Holder;
beforeAll(async () => {
	holder = await freshHolder();
	// $0.003 a megapixel, and $0.08 a picture. The job that the model refused is kept, as fal may have charged for it.
	expect(await makeOf(holder.key, "flux-schnell")).toBe(200);
	expect(await makeOf(holder.key, "flux-schnell")).toBe(200);
	expect(await makeOf(holder.key, "flux-schnell", { words: "sim:content-policy" })).toBe(400);
	expect(await makeOf(holder.key, "nano-banana-2", { n: 2 })).toBe(200);
});

/** The cells of a row of a table, by the row's name. */
async function cellsOf(page: Page, table: string, row: string | RegExp): Promise<readonly string[]> {
	const found = page
		.getByRole("table", { name: table })
		.getByRole("row")
		.filter({
			has: page.getByRole("rowheader", { name: row }),
		});
	return found.getByRole("cell").allTextContents();
}

async function openUsage(more: Parameters<typeof openConsole>[0] = {}) {
	const opened = await openConsole({ key: holder.key, path: "/usage", ...more });
	await opened.page.getByRole("heading", { level: 1, name: /Usage|用量/ }).waitFor();
	return opened;
}

describe("usage", () => {
	it("adds up what was made, by model and by key", async () => {
		const { page } = await openUsage();
		await page.getByRole("table", { name: "By model" }).waitFor();
		for (const [name, value] of [
			["Jobs", "4"],
			["Pictures", "4"],
			["Spent", "$0.17"],
			["Succeeded", "75%"],
		] as const) {
			const tile = page.locator(".usage-tiles > div").filter({ has: page.getByText(name, { exact: true }) });
			expect([name, await tile.locator("dd").first().textContent()]).toEqual([name, value]);
		}
		expect((await cellsOf(page, "By model", "flux-schnell")).slice(0, 4)).toEqual(["3", "2", "$0.009", "67% (2 of 3)"]);
		expect((await cellsOf(page, "By model", "nano-banana-2")).slice(0, 4)).toEqual([
			"1",
			"2",
			"$0.16",
			"100% (1 of 1)",
		]);
		for (const time of (await cellsOf(page, "By model", "flux-schnell")).slice(4))
			expect(time).toMatch(/^\d+(\.\d)? s$/);
		expect(await cellsOf(page, "By key", holder.id)).toEqual(["4", "4", "$0.17"]);
	});

	it("draws a bar for each day, which the keyboard, a pointer and a screen reader can read", async () => {
		const { page } = await openUsage();
		const plot = page.getByRole("figure").filter({ has: page.getByRole("heading", { name: "Jobs per day" }) });
		const drawing = plot.getByRole("img", {
			name: /^Jobs per day\. Bars for each day from .+ to .+\. 4 jobs in all\. The most is 4 jobs, on /,
		});
		await drawing.waitFor();
		expect(await drawing.locator(".usage-plot-bar").count()).toBe(30);

		const slider = plot.getByRole("slider", { name: /^Jobs per day: choose a day/ });
		await slider.focus();
		expect(await slider.getAttribute("aria-valuetext")).toMatch(/: 4 jobs$/);
		await slider.press("ArrowLeft");
		expect(await slider.getAttribute("aria-valuetext")).toMatch(/: 0 jobs$/);
		expect(await plot.locator("figcaption").textContent()).toMatch(/: 0 jobs$/);
		await slider.press("End");
		expect(await plot.locator("figcaption").textContent()).toMatch(/: 4 jobs$/);
		await slider.blur();
		expect(await plot.locator("figcaption").textContent()).toMatch(/4 jobs in all$/);

		await drawing.locator(".usage-plot-bar").last().hover();
		expect(await plot.locator("figcaption").textContent()).toMatch(/: 4 jobs$/);
	});

	it("keeps the day that a finger chose until something else is touched", async () => {
		const { page } = await openUsage({ viewport: "phone", touch: true });
		const plot = page.getByRole("figure").filter({ has: page.getByRole("heading", { name: "Jobs per day" }) });
		await plot.getByRole("img").tap({ position: { x: 200, y: 60 } });
		await expect.poll(() => plot.locator("figcaption").textContent()).toMatch(/: 0 jobs$/);
		await page.getByRole("heading", { level: 1 }).tap();
		await expect.poll(() => plot.locator("figcaption").textContent()).toMatch(/4 jobs in all$/);
	});

	it("has the numbers of the bars in a table", async () => {
		const { page } = await openUsage();
		await page.locator("summary", { hasText: "Numbers by day" }).click();
		const today = new Date().toLocaleDateString("en", {
			...{ timeZone: "UTC", weekday: "short", year: "numeric", month: "short", day: "numeric" },
		});
		expect(await cellsOf(page, "Numbers by day", today)).toEqual(["4", "4", "$0.17"]);
		expect(await page.getByRole("table", { name: "Numbers by day" }).getByRole("row").count()).toBe(31);
	});

	it("shows other days when they are asked for", async () => {
		const { page } = await openUsage();
		const bars = page.getByRole("img", { name: /^Spend per day/ }).locator(".usage-plot-bar");
		for (const days of [90, 7]) {
			await page.getByRole("radio", { name: `${days} days` }).check();
			await expect.poll(() => bars.count()).toBe(days);
		}
	});

	it("says when a UTC day begins for the person", async () => {
		const { page } = await openUsage({ language: "zh", context: { timezoneId: "Asia/Shanghai" } });
		await page.getByText("日期按 UTC 计算，每天从你当地的 08:00 开始").waitFor();
	});

	it("says what is left of the key's limits", async () => {
		const limited = await freshHolder();
		const body = { max_budget: 0.01, budget_duration: "1d", rpm_limit: 9 };
		const headers = { authorization: `Bearer ${accessKey}` };
		await fetch(`${url}/v1/keys/${limited.id}`, { method: "PATCH", headers, body: JSON.stringify(body) });
		await makeOf(limited.key, "flux-schnell", { n: 3 });
		const { page } = await openUsage({ key: limited.key });
		const budget = page.getByRole("listitem").filter({ hasText: "Budget of the day" });
		await expect.poll(() => budget.textContent()).toContain("$0.009 of $0.01 nearly used up");
		await page.getByRole("listitem").filter({ hasText: "Requests in the last minute" }).getByText("1 of 9").waitFor();
	});

	it("saves a month as a file", async () => {
		const { page } = await openUsage();
		const downloading = page.waitForEvent("download");
		await page.getByRole("button", { name: "Download" }).click();
		const download = await downloading;
		const month = new Date().toISOString().slice(0, 7);
		expect(download.suggestedFilename()).toBe(`darkroom-${month}.csv`);
		const lines = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
		expect(lines[0]).toMatch(/^time,job,account,/);
		expect(lines).toHaveLength(5);
		expect(lines.slice(1).every((line) => line.includes(holder.account))).toBe(true);
	});

	it("says that there is nothing yet, and that the gateway does not answer", async () => {
		const fresh = await freshHolder();
		const { page } = await openUsage({ key: fresh.key, allowed: [/ERR_FAILED/] });
		await page.getByRole("heading", { name: "No job has ended in these days" }).waitFor();
		await page.route(/\/v1\/organization\//, (route) => route.abort());
		await page.getByRole("radio", { name: "7 days" }).check();
		const problem = page.getByRole("alert").filter({ hasText: "The gateway does not answer" });
		await problem.waitFor();
		await page.unroute(/\/v1\/organization\//);
		await problem.getByRole("button", { name: "Try again" }).click();
		await expect.poll(() => problem.count()).toBe(0);
	});

	it("lets the owner choose an account, and shows nobody else the choice", async () => {
		const { page } = await openUsage({ key: accessKey });
		await page.getByRole("combobox", { name: "Account" }).selectOption(holder.account);
		await page.getByRole("table", { name: "By model" }).getByRole("row").nth(2).waitFor();
		await expect.poll(() => cellsOf(page, "By key", holder.id)).toEqual(["4", "4", "$0.17"]);
		const other = await openUsage();
		expect(await other.page.getByRole("combobox", { name: "Account" }).count()).toBe(0);
	});

	it.each([
		["phone", "light", "zh"],
		["phone", "dark", "en"],
		["desk", "dark", "zh"],
		["desk", "light", "en"],
	] as const)("fits and reads well: %s, %s, %s", async (viewport, theme, language) => {
		const { page } = await openUsage({ viewport, theme, language, touch: viewport === "phone" });
		await page.getByRole("table").first().waitFor();
		expect(await axe(page)).toEqual([]);
		expect(await fitsWidth(page)).toBe(true);
		await screenshot(page, `usage-${viewport}-${theme}-${language}`);
	});
});
