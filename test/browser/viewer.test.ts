/** Looks at one picture large: by keys, by mouse and by fingers. */

import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { composerOf } from "./support/composer.ts";
import { freshHolder, goTo, openConsole, seedGallery } from "./support/console.ts";
import { cardOf, cards, middleOf, touch } from "./support/gallery.ts";
import { makeElsewhere, moveAtFal } from "./support/jobs.ts";
import { axe, fitsWidth, settled } from "./support/look.ts";
import { askGateway, jobsOf, type Listed, makeJob } from "./support/made.ts";

const SUCCEEDED = "/?state=succeeded";
const SOON = { timeout: 20_000 };

// The first gallery of all takes its time.
beforeAll(async () => {
	await seedGallery(1);
}, 120_000);

/** How large a pixel of the picture is on the screen. */
function percentShown(within: Page | Locator): Promise<string> {
	return within
		.locator(".view-image-there")
		.evaluate(
			(image: HTMLImageElement) => `${Math.round((image.getBoundingClientRect().width / image.naturalWidth) * 100)}%`,
		);
}

describe("the large view", () => {
	it("works by keys alone, and gives the focus back to the card", async () => {
		const holder = await seedGallery(8);
		const [newest, next] = await jobsOf(holder.key);
		const { page } = await openConsole({ key: holder.key, path: SUCCEEDED });
		await cards(page).first().getByRole("link").first().focus();
		await page.keyboard.press("Enter");
		const view = page.getByRole("dialog", { name: "Picture" });
		await view.locator(".view-image-there").waitFor();
		const zoomed = view.getByRole("button", { name: "Show the whole picture" });
		expect(await zoomed.textContent()).toBe("Fit");
		await page.keyboard.press("+");
		await expect.poll(() => zoomed.textContent(), SOON).toBe(await percentShown(view));
		// A zoomed picture is moved.
		await page.keyboard.press("ArrowRight");
		expect(page.url()).toMatch(new RegExp(`/${newest?.id}/0`));
		// At its end, the button keeps the focus, and with it the keys.
		await view.getByRole("button", { name: "Zoom out" }).press("Enter");
		await expect.poll(() => zoomed.textContent(), SOON).toBe("Fit");
		for (const { index } of newest?.images.slice(1) ?? []) {
			await page.keyboard.press("ArrowRight");
			await expect.poll(() => page.url(), SOON).toMatch(new RegExp(`/${newest?.id}/${index}\\?state=succeeded$`));
		}
		await page.keyboard.press("ArrowRight");
		await expect.poll(() => page.url(), SOON).toMatch(new RegExp(`/job/${next?.id}/0\\?state=succeeded$`));
		await page.keyboard.press("Escape");
		await view.waitFor({ state: "detached" });
		expect(page.url()).toMatch(/#\/\?state=succeeded$/);
		await expect
			.poll(() => page.evaluate(() => document.activeElement?.closest("article")?.getAttribute("aria-label")), SOON)
			.toBe(next?.request.prompt);
	});

	it("goes back to the picture that was seen last, also by the browser's own button", async () => {
		const holder = await seedGallery(60);
		const order = await jobsOf(holder.key);
		const { page } = await openConsole({ key: holder.key, path: SUCCEEDED, viewport: "phone", touch: true });
		await cards(page).first().getByRole("link").first().tap();
		const view = page.getByRole("dialog", { name: "Picture" });
		await view.locator(".view-image-there").waitFor();
		const last = order[12];
		while (!page.url().includes(`/job/${last?.id}/`)) await page.keyboard.press("ArrowRight");
		await page.goBack();
		await view.waitFor({ state: "detached" });
		await expect
			.poll(() => page.evaluate(() => document.activeElement?.closest("article")?.getAttribute("aria-label")), SOON)
			.toBe(last?.request.prompt);
		const seen = await cardOf(page, last?.request.prompt ?? "").boundingBox();
		expect(seen?.y).toBeGreaterThan(0);
		expect((seen?.y ?? 0) + (seen?.height ?? 0)).toBeLessThan(740);
	});

	it("says what was asked, what was used, what it cost, and how the time went", async () => {
		const holder = await freshHolder();
		const job = await makeJob(holder.key, "/v1/images/generations/async", {
			prompt: "a lighthouse",
			model: "imagen4-preview",
			size: "16:9",
			seed: 7,
		});
		const { page } = await openConsole({ key: holder.key, path: `/job/${job.id}/0` });
		const details = page.getByRole("complementary", { name: "Details" });
		await details.getByRole("row", { name: "Size 16:9 1408×768" }).waitFor();
		await details.getByRole("row", { name: /^Model imagen4-preview imagen4-preview/ }).waitFor();
		await details.getByRole("row", { name: "Seed 7 7" }).waitFor();
		await details.getByText(/^(?:About )?\$0\.\d+, /).waitFor();
		await details.getByRole("img", { name: /^How the time went: Waiting .* s, Generating .* s/ }).waitFor();
		await details.getByText(/^All events \(\d+\)$/).click();
		await details.getByText("accepted", { exact: true }).waitFor();
		expect(await axe(page)).toEqual([]);
		// A page that began here has nothing to go back to, but the gallery.
		await page.getByRole("button", { name: "Close" }).click();
		await cards(page).first().waitFor();
		expect(page.url()).toMatch(/#\/$/);
	});

	it("is swiped to the next picture and away, and zoomed by two fingers", async () => {
		const holder = await seedGallery(8);
		const [first, second] = await jobsOf(holder.key);
		const { page } = await openConsole({ key: holder.key, path: SUCCEEDED, viewport: "phone", touch: true });
		await cards(page).first().getByRole("link").first().tap();
		const picture = page.locator(".view-image-there");
		await picture.waitFor();
		const [x, y] = await middleOf(picture);
		await touch(page, [
			[
				[x - 20, y],
				[x + 20, y],
			],
			[
				[x - 60, y],
				[x + 60, y],
			],
			[],
		]);
		const zoomed = page.getByRole("button", { name: "Show the whole picture" });
		await expect.poll(() => zoomed.textContent(), SOON).toBe(await percentShown(page));
		await zoomed.tap();
		const swipe = () => touch(page, [[[x + 80, y]], [[x, y]], [[x - 80, y]], []]);
		for (const { index } of first?.images.slice(1) ?? []) {
			await swipe();
			await expect.poll(() => page.url(), SOON).toMatch(new RegExp(`/${first?.id}/${index}\\?state=succeeded$`));
		}
		await swipe();
		await expect.poll(() => page.url(), SOON).toContain(`/job/${second?.id}/0`);
		// Until then, what is seen moves.
		await picture.waitFor();
		await page
			.getByRole("complementary", { name: "Details" })
			.getByText(second?.request.prompt ?? "")
			.first()
			.waitFor();
		await settled(page);
		// A busy machine is slow between the ends of a tap, and then it is a long press.
		await page.getByRole("button", { name: "Details" }).click();
		await page.getByRole("heading", { name: "Asked and used" }).waitFor();
		expect(await axe(page)).toEqual([]);
		expect(await fitsWidth(page)).toBe(true);
		await page.getByRole("button", { name: "Hide the details" }).click();
		await picture.waitFor();
		await touch(page, [[[x, y]], [[x, y + 90]], [[x, y + 180]], []]);
		await expect.poll(() => page.url(), SOON).toMatch(/#\/\?state=succeeded$/);
	});

	it("copies a link and Markdown", async () => {
		const holder = await seedGallery(2);
		const [job] = await jobsOf(holder.key);
		const { page } = await openConsole({
			key: holder.key,
			path: `/job/${job?.id}/0`,
			context: { permissions: ["clipboard-read", "clipboard-write"] },
		});
		const copied = () => page.evaluate(() => navigator.clipboard.readText());
		await page.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: "Copy as Markdown" }).click();
		await page.getByText("Copied").first().waitFor();
		expect(await copied()).toMatch(/^!\[.*\]\(<http.*\/images\/.*>\)$/);
		await page.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: "Copy the link" }).click();
		await expect.poll(copied, SOON).toBe(job?.images[0]?.url);
		expect((await fetch(await copied())).status).toBe(200);
	});

	it("opens the original in a tab of its own, in the middle of a dark page", async () => {
		const holder = await seedGallery(2);
		const [job] = await jobsOf(holder.key);
		const { page, context } = await openConsole({ key: holder.key, path: `/job/${job?.id}/0` });
		await page.getByRole("button", { name: "More actions" }).click();
		const opening = context.waitForEvent("page");
		await page.getByRole("menuitem", { name: "Open the original" }).click();
		const tab = await opening;
		await tab.locator("img").waitFor();
		const [ground, left, right] = await tab.locator("img").evaluate((image) => {
			const box = image.getBoundingClientRect();
			return [getComputedStyle(document.body).backgroundColor, box.left, innerWidth - box.right];
		});
		expect(ground).toBe("rgb(14, 14, 14)");
		expect(left).toBe(right);
	});

	it("deletes a job, and goes on with the next", async () => {
		const holder = await seedGallery(3);
		const [first, second] = await jobsOf(holder.key);
		const { page } = await openConsole({ key: holder.key, path: `/job/${first?.id}/0` });
		await page.getByRole("complementary", { name: "Details" }).waitFor();
		await page.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: "Delete" }).click();
		await page.getByRole("dialog", { name: "Delete this job?" }).getByRole("button", { name: "Delete" }).click();
		await expect.poll(() => page.url(), SOON).toContain(`/job/${second?.id}/0`);
		await eventually(
			() => jobsOf(holder.key),
			(jobs) => jobs.every(({ id }) => id !== first?.id),
		);
	});

	it("takes a picture for the next edit, and goes to the prompt", async () => {
		const holder = await freshHolder();
		const job = await makeJob(holder.key, "/v1/images/generations/async", {
			prompt: "a kettle",
			model: "nano-banana-2",
		});
		const { page } = await openConsole({ key: holder.key, path: `/job/${job.id}/0` });
		await page.getByRole("button", { name: "Edit", exact: true }).click();
		await page.getByRole("dialog", { name: "Picture" }).waitFor({ state: "detached" });
		await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), SOON).toBe("TEXTAREA");
		await expect
			.poll(() => page.getByRole("region", { name: "Reference pictures" }).getByRole("listitem").count(), SOON)
			.toBe(1);
	});

	it("is zoomed by the wheel and by a double click, and moved by the mouse", async () => {
		const holder = await freshHolder();
		const job = await makeJob(holder.key, "/v1/images/generations/async", { prompt: "a jug", model: "flux-schnell" });
		const { page } = await openConsole({ key: holder.key, path: `/job/${job.id}/0` });
		const picture = page.locator(".view-image-there");
		await picture.waitFor();
		const view = () =>
			picture.evaluate(({ style: { scale, translate } }: HTMLElement) => [
				Number(scale),
				...translate.split(" ").map((length) => Math.floor(Number.parseFloat(length))),
			]);
		const [x, y] = await middleOf(picture);
		await page.mouse.dblclick(x, y);
		await expect.poll(view, SOON).toEqual([2, 0]);
		await page.mouse.move(x, y);
		await page.mouse.down();
		await page.mouse.move(x + 40, y + 20, { steps: 3 });
		await page.mouse.up();
		await expect.poll(view, SOON).toEqual([2, 40, 20]);
		await page.mouse.dblclick(x, y);
		await expect.poll(view, SOON).toEqual([1, 0]);
		await page.mouse.wheel(0, -400);
		await expect.poll(async () => (await view())[0], SOON).toBeGreaterThan(2);
	});

	it("opens the mask editor over a picture, to edit a part of it", async () => {
		const holder = await freshHolder();
		const fields = { prompt: "a bowl", model: "gpt-image-2", quality: "low" };
		const job = await makeJob(holder.key, "/v1/images/generations/async", fields);
		const { page } = await openConsole({ key: holder.key, path: `/job/${job.id}/0` });
		await page.getByRole("button", { name: "Edit a part" }).click();
		await page.getByRole("application").waitFor();
		await page.keyboard.press("Escape");
		await page.getByRole("application").waitFor({ state: "detached" });
		expect(await page.getByRole("region", { name: "Reference pictures" }).getByRole("listitem").count()).toBe(1);
	});

	it("shows a job that still runs, and its picture when it has come", async () => {
		const holder = await freshHolder();
		const { id, prompt } = await makeElsewhere(holder.key, "a slow kettle sim:hold");
		const { page } = await openConsole({ key: holder.key, path: `/job/${id}` });
		const view = page.getByRole("dialog", { name: "Picture" });
		await view.getByRole("article", { name: prompt }).getByRole("button", { name: "Cancel" }).waitFor();
		await moveAtFal(prompt, "finish");
		await view.locator(".view-image-there").waitFor();
		await view.getByRole("img", { name: /^How the time went/ }).waitFor();
	});

	it("gives way to the composer if a card in it gives its settings back", async () => {
		const { key } = await freshHolder();
		const { id, prompt } = await makeElsewhere(key, "a broken kettle sim:refused-422");
		const { page } = await openConsole({ key, path: `/job/${id}` });
		const view = page.getByRole("dialog", { name: "Picture" });
		await view.getByRole("button", { name: "Change" }).click();
		await view.waitFor({ state: "detached" });
		await expect.poll(() => composerOf(page).prompt.inputValue(), SOON).toBe(prompt);
	});

	it("walks on through a list that is not loaded yet", async () => {
		const holder = await seedGallery(51);
		const answer = await askGateway(holder.key, "/v1/jobs?limit=100");
		const { data: order }: { readonly data: readonly Listed[] } = JSON.parse(await answer.text());
		const viewport = { width: 360, height: 500 };
		const { page } = await openConsole({ key: holder.key, path: `/job/${order[0]?.id}/0`, viewport });
		const view = page.getByRole("dialog", { name: "Picture" });
		await view.locator(".view-image-there").waitFor();
		// The last of the first page.
		await goTo(page, `/job/${order[49]?.id}/0`);
		const step = async () => {
			await page.keyboard.press("ArrowRight");
			return page.url();
		};
		await expect.poll(step, SOON).toContain(order[50]?.id);
	});

	it("says what could not be loaded, and can be left", async () => {
		const holder = await seedGallery(2);
		const { page, context } = await openConsole({ key: holder.key, allowed: [/ERR_FAILED|preload/] });
		await context.route(/\/assets\/(?:viewer|delete-question)-/, (route) => route.abort());
		await cards(page).first().getByRole("link").first().click();
		const broken = page.getByRole("dialog").filter({ hasText: "A part of this page could not be loaded." });
		await broken.waitFor();
		expect(await axe(page)).toEqual([]);
		await broken.getByRole("button", { name: "Close" }).click();
		await broken.waitFor({ state: "detached" });
		expect(page.url()).toMatch(/#\/$/);
		await cards(page).first().getByRole("link").first().focus();
		await page.keyboard.press("Space");
		await page.keyboard.press("Delete");
		await broken.waitFor();
		await page.keyboard.press("Escape");
		await broken.waitFor({ state: "detached" });
	});

	it("says that a job is gone", async () => {
		const { page } = await openConsole({
			path: `/job/job_${"0".repeat(64)}/0`,
			allowed: [/404/],
		});
		await page.getByRole("heading", { name: "This job is gone" }).waitFor();
		await page.keyboard.press("Escape");
		await page.getByRole("heading", { name: "Nothing here yet" }).waitFor();
	});
});
