/** Looks at everything that was made: ten thousand jobs, their filters, and the way back. */

import type { Page } from "playwright-core";
import { beforeAll, describe, expect, inject, it } from "vitest";
import type { Holder } from "../support/node/seeded-box.ts";
import { freshHolder, goTo, openConsole, seedGallery } from "./support/console.ts";
import { cards, promptsOf, scrollDown } from "./support/gallery.ts";
import { axe, fitsWidth } from "./support/look.ts";
import { type Listed, makeJob } from "./support/made.ts";

const { url } = inject("gateway");
const JOBS = 10_000;
const SOON = { timeout: 20_000 };
let big: Holder;
beforeAll(async () => {
	big = await seedGallery(JOBS);
}, 120_000);

/** The number that a seeded prompt ends with. */
function numberOf(prompt: string): number {
	return Number(/\((\d+)\)$/.exec(prompt)?.[1]);
}

async function shownNumbers(page: Page): Promise<readonly number[]> {
	return (await promptsOf(page)).map(numberOf);
}

describe("ten thousand jobs", () => {
	it("begin with the newest, and only those near the window are in the page", async () => {
		const { page } = await openConsole({ key: big.key });
		await cards(page).first().locator("img").waitFor();
		const numbers = await shownNumbers(page);
		expect(numbers[0]).toBe(JOBS);
		expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
		expect(numbers.length).toBeLessThan(50);
	});

	it("go on while somebody scrolls, nothing twice and nothing left out", async () => {
		const { page } = await openConsole({ key: big.key, viewport: "phone", touch: true });
		const seen = new Set<number>();
		await cards(page).first().waitFor();
		for (let step = 0; step < 60 && !seen.has(JOBS - 200); step += 1) {
			const numbers = await shownNumbers(page);
			expect(new Set(numbers).size).toBe(numbers.length);
			for (const number of numbers) seen.add(number);
			expect(await cards(page).count()).toBeLessThan(60);
			await scrollDown(page);
		}
		const reached = Math.min(...seen);
		expect(reached).toBeLessThanOrEqual(JOBS - 200);
		expect(seen.size).toBe(JOBS - reached + 1);
		expect(await fitsWidth(page)).toBe(true);
	});

	it("are asked for once, beside the key, whatever the address", async () => {
		const { page } = await openConsole({ key: big.key, signedIn: false });
		const asked: string[] = [];
		page.on("request", (request) => {
			const { pathname, search } = new URL(request.url());
			if (pathname === "/v1/key" || (pathname === "/v1/jobs" && !search.includes("cursor")))
				asked.push(pathname + search);
		});
		for (const [hash, paths] of [
			[`#key=${big.key}`, ["/v1/key", "/v1/jobs?limit=50"]],
			["#/?state=failed", ["/v1/key", "/v1/jobs?limit=50&status=failed"]],
			["", ["/v1/key", "/v1/jobs?limit=50"]],
		] as const) {
			// From another page, so that it is loaded anew.
			await page.goto("about:blank");
			asked.length = 0;
			await page.goto(`${url}/${hash}`);
			await cards(page).first().waitFor();
			expect(asked).toEqual(paths);
		}
	});

	it("load kilobytes of pictures for the first screen of a phone", async () => {
		const { page } = await openConsole({ key: big.key, viewport: "phone", touch: true, signedIn: false });
		let bytes = 0;
		page.on("response", (response) => {
			if (new URL(response.url()).pathname.startsWith("/images/"))
				bytes += Number(response.headers()["content-length"]);
		});
		// From another page, so that it is loaded anew.
		await page.goto("about:blank");
		await page.goto(`${url}/#key=${big.key}`);
		await cards(page).first().locator("img.watch-there").waitFor();
		await page.waitForLoadState("networkidle");
		expect(bytes).toBeGreaterThan(0);
		expect(bytes).toBeLessThan(1_000_000);
	});

	it("are searched by words of the prompt, in the address, so that it can be shared and survives a reload", async () => {
		const { page } = await openConsole({ key: big.key });
		await page.getByRole("searchbox", { name: "Search the prompts" }).fill("(1234)");
		await page.waitForURL(/#\/\?q=/);
		await expect.poll(() => shownNumbers(page), SOON).toEqual([1234]);
		await page.getByText("That is the only job.").waitFor();
		await page.reload();
		await expect.poll(() => shownNumbers(page), SOON).toEqual([1234]);
		expect(await page.getByRole("searchbox").inputValue()).toBe("(1234)");
	});

	it("are filtered by state, model and time, and all of them come back", async () => {
		const { page } = await openConsole({ key: big.key });
		await page.getByRole("combobox", { name: "State" }).selectOption({ label: "Failed" });
		await expect
			.poll(async () => (await promptsOf(page)).every((prompt) => prompt.startsWith("A red bicycle")), SOON)
			.toBe(true);
		await page.getByRole("combobox", { name: "State" }).selectOption({ label: "All" });
		await page.getByRole("combobox", { name: "Model" }).focus();
		await page.getByRole("combobox", { name: "Model" }).selectOption("seedream-4");
		await expect
			.poll(async () => (await promptsOf(page)).every((prompt) => prompt.startsWith("老街夜雨")), SOON)
			.toBe(true);
		await page.getByRole("combobox", { name: "Time" }).selectOption({ label: "24 hours" });
		await expect.poll(async () => Math.min(...(await shownNumbers(page))), SOON).toBeGreaterThan(JOBS * 0.9);
		expect(page.url()).toContain("#/?model=seedream-4&time=day");
		await page.getByRole("button", { name: "Show all" }).click();
		await expect.poll(async () => (await shownNumbers(page))[0], SOON).toBe(JOBS);
		expect(page.url()).toMatch(/#\/$/);
	});

	it("say that nothing matches, and clear the filter", async () => {
		const { page } = await openConsole({ key: big.key, path: "/?q=no+such+words&state=failed" });
		await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
		expect(await axe(page)).toEqual([]);
		await page.locator(".empty").getByRole("button", { name: "Show all" }).click();
		await expect.poll(async () => (await shownNumbers(page))[0], SOON).toBe(JOBS);
	});

	it("are where they were when somebody comes back from another view", async () => {
		const { page } = await openConsole({ key: big.key });
		await cards(page).first().waitFor();
		for (let step = 0; step < 4; step += 1) await scrollDown(page);
		const before = await page.evaluate(() => scrollY);
		await goTo(page, "/usage");
		await cards(page).first().waitFor({ state: "detached" });
		await page.goBack();
		await expect.poll(() => page.evaluate(() => scrollY), SOON).toBe(before);
		await cards(page).first().waitFor();
	});
});

it("says of a picture that is still fetched what its place waits for", async () => {
	const holder = await freshHolder();
	const made = { prompt: "three jars", model: "flux-schnell", n: 3 };
	const job = await makeJob(holder.key, "/v1/images/generations/async", made);
	const { page, context } = await openConsole({ key: holder.key, signedIn: false });
	// As the gateway answers while a file does not come.
	await context.route(/\/v1\/jobs(?:\?|\/\w+$)/, async (route) => {
		const response = await route.fetch();
		const late = (one: Listed) => ({ ...one, images: one.images.slice(0, 2), images_pending: 1 });
		const answer: Listed | { readonly data: readonly Listed[] } = await response.json();
		const json = "data" in answer ? { ...answer, data: answer.data.map(late) } : late(answer);
		await route.fulfill({ response, json });
	});
	await page.goto("about:blank");
	await page.goto(`${url}/#key=${holder.key}`);
	await cards(page).first().getByText("Still being fetched").waitFor();
	await goTo(page, `/job/${job.id}/2`);
	await page.getByText("This picture is still being fetched").waitFor();
	await page.getByRole("row", { name: "Pictures 3 2, 1 still being fetched" }).waitFor();
	await context.unrouteAll({ behavior: "ignoreErrors" });
});

describe("an empty gallery", () => {
	it("invites to type", async () => {
		const { page } = await openConsole({ viewport: "phone", language: "zh" });
		await page.getByRole("heading", { name: "还没有作品" }).waitFor();
		expect(await axe(page)).toEqual([]);
	});
});

it("is whole again when the list comes that could not be loaded at first", async () => {
	const holder = await seedGallery(3);
	const { page, context } = await openConsole({ key: holder.key, path: "/usage", allowed: [/ERR_FAILED/] });
	await page.clock.install();
	await context.route(/\/v1\/jobs\?/, (route) => route.abort());
	await page.reload();
	await goTo(page, "/");
	const failed = page.getByText("The list could not be loaded.");
	await failed.waitFor();
	await context.unrouteAll();
	await page.clock.fastForward(31_000);
	await cards(page).nth(2).waitFor();
	expect(await failed.count()).toBe(0);
});

it.each([
	["when the page comes to the front", 10_000, true],
	["a while later, in a page that stays in front", 31_000, false],
])("shows a job of another device %s", async (_, laterMs, isFocused) => {
	const holder = await seedGallery(3);
	const { page } = await openConsole({ key: holder.key });
	await page.clock.install();
	await page.reload();
	await cards(page).nth(2).waitFor();
	const made = await fetch(`${url}/v1/images/generations/async`, {
		method: "POST",
		headers: { authorization: `Bearer ${holder.key}` },
		body: JSON.stringify({ prompt: "from the phone sim:quick", model: "flux-schnell" }),
	});
	expect(made.status).toBe(202);
	await page.clock.fastForward(laterMs);
	if (isFocused) await page.evaluate(() => dispatchEvent(new Event("focus")));
	await expect.poll(async () => (await promptsOf(page))[0], SOON).toBe("from the phone sim:quick");
	expect(await cards(page).count()).toBe(4);
});
