/** Selects cards by mouse, keys and fingers, then deletes them or downloads them as one ZIP. */

import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { freshHolder, goTo, openConsole, seedGallery } from "./support/console.ts";
import { cards, middleOf, promptsOf, touch } from "./support/gallery.ts";
import { axe, fitsWidth } from "./support/look.ts";
import { askGateway, jobsOf, makeJob } from "./support/made.ts";
import { readZip } from "./support/zip.ts";

const MODEL = { model: "flux-schnell" };
const SOON = { timeout: 20_000 };

// The first gallery of all takes its time.
beforeAll(async () => {
	await seedGallery(1);
}, 120_000);

function selected(page: Page) {
	return page.getByRole("toolbar", { name: "Selection" }).getByRole("status");
}

/** Opens a gallery of so many jobs, and shows those that have pictures. */
async function openGallery(count: number, opening: Parameters<typeof openConsole>[0] = {}) {
	const holder = await seedGallery(count);
	const opened = await openConsole({ key: holder.key, path: "/?state=succeeded", ...opening });
	await cards(opened.page).first().waitFor();
	return { ...opened, holder };
}

describe("selecting", () => {
	it("adds one by Ctrl, and all between by Shift", async () => {
		const { page } = await openGallery(14);
		await cards(page)
			.nth(0)
			.click({ modifiers: ["ControlOrMeta"] });
		await expect.poll(() => selected(page).textContent(), SOON).toBe("1 selected");
		await cards(page)
			.nth(3)
			.click({ modifiers: ["Shift"] });
		await expect.poll(() => selected(page).textContent(), SOON).toBe("4 selected");
		await cards(page)
			.nth(1)
			.click({ modifiers: ["ControlOrMeta"] });
		await expect.poll(() => selected(page).textContent(), SOON).toBe("3 selected");
		// While cards are selected, a press selects instead of opening.
		await cards(page).nth(4).getByRole("link").first().click();
		await expect.poll(() => selected(page).textContent(), SOON).toBe("4 selected");
		// Beside the picture, too.
		await cards(page).nth(5).locator(".watch-chips").click();
		await expect.poll(() => selected(page).textContent(), SOON).toBe("5 selected");
		expect(await axe(page)).toEqual([]);
		await page.getByRole("button", { name: "Clear the selection" }).click();
		await page.getByRole("searchbox").waitFor();
	});

	it("is cleared by Escape from the bar, too", async () => {
		const { page } = await openGallery(6);
		await cards(page).first().getByRole("link").first().focus();
		await page.keyboard.press("Space");
		await page.getByRole("button", { name: "Select all" }).focus();
		await page.keyboard.press("Escape");
		await page.getByRole("searchbox").waitFor();
	});

	it("takes what is under a rubber band", async () => {
		const { page } = await openGallery(12);
		const boxes = await cards(page).evaluateAll((articles) =>
			articles.slice(0, 3).map((article) => article.getBoundingClientRect().toJSON()),
		);
		const [first, , third] = boxes;
		// Between the columns, where no card is.
		await page.mouse.move(first.right + 6, first.top + 60);
		await page.mouse.down();
		await page.mouse.move(third.left - 20, first.top + 70, { steps: 4 });
		await page.mouse.move(third.left + 20, first.top + 90, { steps: 4 });
		await expect.poll(() => selected(page).textContent(), SOON).toBe("2 selected");
		await page.mouse.move(third.left - 20, first.top + 90, { steps: 4 });
		await expect.poll(() => selected(page).textContent(), SOON).toBe("1 selected");
		await page.mouse.up();
		expect(await selected(page).textContent()).toBe("1 selected");
		// A band within a card takes it, and the click at its end does not take it out.
		const chips = await cards(page).nth(1).locator(".watch-chips").boundingBox();
		if (chips === null) throw new Error("the card is not seen");
		await page.mouse.move(chips.x + 2, chips.y + 2);
		await page.mouse.down();
		await page.mouse.move(chips.x + 40, chips.y + 12, { steps: 4 });
		await page.mouse.up();
		await expect.poll(() => cards(page).nth(1).locator("~ .look-mark").count(), SOON).toBe(1);
	});

	it("works by keys alone", async () => {
		const { page } = await openGallery(14);
		const prompts = await promptsOf(page);
		await cards(page).first().getByRole("link").first().focus();
		const focused = () => page.evaluate(() => document.activeElement?.closest("article")?.getAttribute("aria-label"));
		await page.keyboard.press("Space");
		await expect.poll(() => selected(page).textContent(), SOON).toBe("1 selected");
		await page.keyboard.press("ArrowRight");
		await expect.poll(focused, SOON).toBe(prompts[1]);
		await page.keyboard.press("Shift+ArrowRight");
		await expect.poll(() => selected(page).textContent(), SOON).toBe("3 selected");
		await page.keyboard.press("Escape");
		await page.getByRole("searchbox").waitFor();
		await page.keyboard.press("End");
		await expect.poll(focused, SOON).toBe(prompts.at(-1));
		await page.keyboard.press("ControlOrMeta+a");
		await expect.poll(() => selected(page).textContent(), SOON).toBe(`${prompts.length} selected`);
		// The card that is deleted leaves the focus to the nearest.
		await page.keyboard.press("Escape");
		await page.keyboard.press("Space");
		await page.keyboard.press("Delete");
		await page.getByRole("dialog", { name: "Delete this job?" }).getByRole("button", { name: "Delete" }).press("Enter");
		await page.getByText("Deleted.").waitFor();
		await expect.poll(focused, SOON).toBe(prompts.at(-2));
	});

	it("begins with a long press of a finger, and goes on with what it sweeps over", async () => {
		const { page } = await openGallery(8, { viewport: "phone", touch: true });
		const from = await middleOf(cards(page).nth(0));
		const to = await middleOf(cards(page).nth(1));
		await touch(page, [[from], [to], []], 600);
		await expect.poll(() => selected(page).textContent(), SOON).toBe("2 selected");
		// The press that selected opens nothing.
		expect(page.url()).not.toContain("/job/");
		await cards(page).nth(1).getByRole("link").first().tap();
		await expect.poll(() => selected(page).textContent(), SOON).toBe("1 selected");
		expect(await axe(page)).toEqual([]);
		expect(await fitsWidth(page)).toBe(true);
	});
});

describe("selecting all", () => {
	/** Opens a gallery that has more jobs than are loaded, and selects those. */
	async function selectLoaded() {
		const opened = await openGallery(260, { path: "/" });
		const { page } = opened;
		await cards(page).first().getByRole("link").first().focus();
		// Some more are loaded ahead of the window.
		const selectAll = async () => {
			await page.keyboard.press("ControlOrMeta+a");
			return selected(page).textContent();
		};
		await expect.poll(selectAll, { ...SOON, interval: 500 }).toMatch(/^All \d+ loaded are selected$/);
		return opened;
	}

	it("says that only those are selected that are loaded, and loads and selects the rest on wish", async () => {
		const { page } = await selectLoaded();
		await page.getByRole("button", { name: "Load and select the rest" }).click();
		await expect.poll(() => selected(page).textContent(), SOON).toBe("260 selected");
		expect(await page.getByRole("button", { name: "Select all" }).count()).toBe(0);
		await page.getByRole("button", { name: "Delete" }).click();
		await page.getByRole("dialog", { name: "Delete 260 jobs?" }).waitFor();
	});

	it("is stopped on wish, and keeps what is selected by then", async () => {
		const { page, context } = await selectLoaded();
		// The next page is never answered.
		await context.route(/\/v1\/jobs\?.*cursor=/, () => undefined);
		await page.getByRole("button", { name: "Load and select the rest" }).click();
		await expect.poll(() => selected(page).textContent(), SOON).toMatch(/^\d+ selected, loading more$/);
		expect(await axe(page)).toEqual([]);
		const count = Number.parseInt((await selected(page).textContent()) ?? "", 10);
		await page.getByRole("button", { name: "Stop" }).click();
		await expect.poll(() => selected(page).textContent(), SOON).toBe(`All ${count} loaded are selected`);
		expect(count).toBeLessThan(260);
	});
});

describe("deleting", () => {
	it("is stopped on wish, and leaves the others selected", async () => {
		const { page, context, holder } = await openGallery(14);
		const before = await jobsOf(holder.key);
		// The fifth deletion is never answered.
		let count = 0;
		await context.route(/\/v1\/jobs\/job_/, (route) => {
			if (route.request().method() !== "DELETE") return route.continue();
			count += 1;
			return count === 5 ? undefined : route.continue();
		});
		await cards(page).first().getByRole("link").first().focus();
		await page.keyboard.press("ControlOrMeta+a");
		await page.getByRole("button", { name: "Delete" }).click();
		await page
			.getByRole("dialog", { name: `Delete ${before.length} jobs?` })
			.getByRole("button", { name: "Delete" })
			.click();
		await expect.poll(() => selected(page).textContent(), SOON).toBe(`Deleted 4 of ${before.length}`);
		await page.getByRole("button", { name: "Stop" }).click();
		await context.unrouteAll({ behavior: "ignoreErrors" });
		expect((await jobsOf(holder.key)).length).toBeGreaterThan(0);
	});

	it("asks once, says what goes, and deletes it for good", async () => {
		const { page, holder } = await openGallery(8);
		const prompts = await promptsOf(page);
		const [first, second] = await jobsOf(holder.key);
		const pictures = (first?.images.length ?? 0) + (second?.images.length ?? 0);
		await cards(page)
			.nth(0)
			.click({ modifiers: ["ControlOrMeta"] });
		await cards(page)
			.nth(1)
			.click({ modifiers: ["ControlOrMeta"] });
		await page.getByRole("button", { name: "Delete" }).click();
		const question = page.getByRole("dialog", { name: "Delete 2 jobs?" });
		expect(await question.textContent()).toContain(`They go for good, with ${pictures} pictures.`);
		await question.getByRole("button", { name: "Cancel" }).click();
		expect(await promptsOf(page)).toEqual(prompts);
		await page.getByRole("button", { name: "Delete" }).click();
		await question.getByRole("button", { name: "Delete" }).click();
		await expect.poll(() => promptsOf(page), SOON).toEqual(prompts.slice(2));
		await page.getByText("Deleted 2 jobs.").waitFor();
		expect((await jobsOf(holder.key)).map(({ request }) => request.prompt)).toEqual(prompts.slice(2));
	});
});

describe("a ZIP", () => {
	it("has the pictures that are selected, and names those that cannot be fetched", async () => {
		const holder = await freshHolder();
		const prompts = ["a plain cup", "two plates", "一只茶壶"];
		for (const prompt of prompts) await makeJob(holder.key, "/v1/images/generations/async", { ...MODEL, prompt, n: 2 });
		const { page, context } = await openConsole({ key: holder.key, allowed: [/404/] });
		await cards(page).nth(2).waitFor();
		// A picture that the browser has itself is not gone.
		const session = await context.newCDPSession(page);
		await session.send("Network.enable");
		await session.send("Network.setCacheDisabled", { cacheDisabled: true });
		// As in a browser that cannot write to the disk piece by piece. Nobody can press in the dialog of the other ones.
		await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
		const [gone, ...left] = await jobsOf(holder.key);
		await askGateway(holder.key, `/v1/jobs/${gone?.id}`, { method: "DELETE" });
		await cards(page)
			.first()
			.click({ modifiers: ["ControlOrMeta"] });
		await page.getByRole("button", { name: "Select all" }).click();
		const downloading = page.waitForEvent("download");
		await page.getByRole("button", { name: "ZIP" }).click();
		const download = await downloading;
		expect(download.suggestedFilename()).toMatch(/^darkroom-\d{4}-\d\d-\d\d\.zip$/);
		const files = readZip(await readFile(await download.path()));
		expect([...files.keys()].map((name) => name.replace(/^\d{4}-\d\d-\d\d_\d{6}_/, ""))).toEqual([
			"two-plates_1.png",
			"two-plates_2.png",
			"a-plain-cup_1.png",
			"a-plain-cup_2.png",
		]);
		const originals = left.flatMap(({ images }) => images).map(async ({ url }) => (await fetch(url)).arrayBuffer());
		for (const [place, original] of (await Promise.all(originals)).entries())
			expect([...files.values()][place]?.equals(Buffer.from(original))).toBe(true);
		const lost = page.getByRole("dialog", { name: "2 pictures could not be fetched" });
		await lost.waitFor();
		expect(await lost.getByRole("listitem").allTextContents()).toEqual([
			expect.stringMatching(/_一只茶壶_1\.png$/),
			expect.stringMatching(/_一只茶壶_2\.png$/),
		]);
	});

	it("goes on without the selection and in another view, and is given up on wish", async () => {
		const holder = await freshHolder();
		await makeJob(holder.key, "/v1/images/generations/async", { ...MODEL, prompt: "a jar" });
		const { page, context } = await openConsole({ key: holder.key });
		await cards(page)
			.first()
			.click({ modifiers: ["ControlOrMeta"] });
		// The original is never answered.
		await context.route(/\/images\/.*\.png/, () => undefined);
		await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
		await page.getByRole("button", { name: "ZIP" }).click();
		const progress = page.getByRole("progressbar", { name: "ZIP" });
		await progress.waitFor();
		await page.keyboard.press("Escape");
		await page.getByRole("searchbox").waitFor();
		await progress.waitFor();
		expect(await axe(page)).toEqual([]);
		await goTo(page, "/usage");
		await progress.waitFor({ state: "detached" });
		await goTo(page, "/");
		await cards(page)
			.first()
			.click({ modifiers: ["ControlOrMeta"] });
		await progress.waitFor();
		await page.getByRole("button", { name: "Cancel" }).click();
		await page.getByRole("button", { name: "ZIP" }).waitFor();
		expect(await selected(page).textContent()).toBe("1 selected");
	});
});
