/** Walks from an edit back to the picture that it edits, and compares two pictures. */

import { beforeAll, describe, expect, it } from "vitest";
import { freshHolder, goTo, openConsole, seedGallery, VIEWPORTS } from "./support/console.ts";
import { cards } from "./support/gallery.ts";
import { axe } from "./support/look.ts";
import { jobsOf, makeJob } from "./support/made.ts";

const SOON = { timeout: 20_000 };
const SUCCEEDED = "/?state=succeeded";

// The first gallery of all takes its time.
beforeAll(async () => {
	await seedGallery(1);
}, 120_000);

describe("the chain of edits", () => {
	it("is walked back to the first picture, and compared with it", async () => {
		const holder = await freshHolder();
		const generate = { prompt: "a plain teapot", model: "nano-banana-2" };
		const first = await makeJob(holder.key, "/v1/images/generations/async", generate);
		const edit = (prompt: string, image: string | undefined) =>
			makeJob(holder.key, "/v1/images/edits/async", { prompt, model: "nano-banana-2", image });
		const second = await edit("make it blue", first.images[0]?.url);
		const third = await edit("add a crack", second.images[0]?.url);
		const { page } = await openConsole({ key: holder.key, path: `/job/${third.id}/0` });
		const details = page.getByRole("complementary", { name: "Details" });
		await details.getByRole("link", { name: "2 steps before: a plain teapot" }).waitFor();
		await details.getByRole("link", { name: "An edit of this picture: make it blue" }).click();
		await expect.poll(() => page.url(), SOON).toContain(second.id);
		await page.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: "Compare with its source" }).click();
		const compared = page.getByRole("dialog", { name: "Compare two pictures" });
		await compared.getByRole("img", { name: "Left: a plain teapot" }).waitFor();
		await compared.getByRole("img", { name: "Right: make it blue" }).waitFor();
		await compared.getByRole("slider", { name: "Border between the pictures" }).press("ArrowRight");
		await page.keyboard.press("Escape");
		await compared.waitFor({ state: "detached" });
		await details.getByText("make it blue").first().waitFor();
	});
});

describe("comparing", () => {
	it("shows any two pictures of one job", async () => {
		const holder = await freshHolder();
		const made = { prompt: "four owls", model: "flux-schnell", n: 4 };
		const job = await makeJob(holder.key, "/v1/images/generations/async", made);
		const { page } = await openConsole({ key: holder.key });
		await cards(page)
			.first()
			.click({ modifiers: ["ControlOrMeta"] });
		await page.getByRole("button", { name: "Compare" }).click();
		const view = page.getByRole("dialog", { name: "Compare two pictures" });
		await view.getByRole("combobox", { name: "Right picture" }).selectOption("4 of 4");
		await view.getByRole("combobox", { name: "Left picture" }).selectOption("3 of 4");
		await expect.poll(() => page.url(), SOON).toMatch(new RegExp(`/compare/${job.id}/2/${job.id}/3$`));
		const shown = () =>
			view.getByRole("img").evaluateAll((images) => images.map((image) => image.getAttribute("src")?.split("?")[0]));
		const name = job.id.replace("job_", "");
		await expect.poll(shown, SOON).toEqual([`/images/${name}/2.png`, `/images/${name}/3.png`]);
		expect(await axe(page)).toEqual([]);
		await page.setViewportSize(VIEWPORTS.phone);
		const edges = () =>
			view.locator("select, input, button").evaluateAll((controls) =>
				controls.flatMap((control) => {
					const { left, right } = control.getBoundingClientRect();
					return [Math.round(left), Math.round(right)];
				}),
			);
		await expect.poll(async () => Math.max(...(await edges())), SOON).toBeLessThanOrEqual(VIEWPORTS.phone.width);
		expect(Math.min(...(await edges()))).toBeGreaterThanOrEqual(0);
		await page.setViewportSize(VIEWPORTS.desk);
		// From the large view, too.
		await goTo(page, `/job/${job.id}/3`);
		await page.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: "Compare with another picture of it" }).click();
		await expect.poll(() => page.url(), SOON).toMatch(new RegExp(`/compare/${job.id}/3/${job.id}/0$`));
	});

	it("says what it cannot show, and tries again on wish", async () => {
		const holder = await freshHolder();
		const made = { prompt: "a plain cup", model: "flux-schnell" };
		const { id } = await makeJob(holder.key, "/v1/images/generations/async", made);
		const path = `/compare/${id}/0/${id}/9?state=failed`;
		const { page, context } = await openConsole({ key: holder.key, path, allowed: [/ERR_FAILED/] });
		await context.route(`**/v1/jobs/${id}`, (route) => route.abort());
		// The gallery behind it, which has other jobs, is all that the page knows.
		await page.reload();
		const view = page.getByRole("dialog", { name: "Compare two pictures" });
		await view.getByText("The job could not be loaded.").first().waitFor();
		await context.unrouteAll();
		await view.getByText("Side by side").click();
		await view.getByRole("button", { name: "Try again" }).first().click();
		await view.getByRole("img", { name: "Left: a plain cup" }).waitFor();
		await view.getByText("There is no such picture").waitFor();
	});

	it("shows two selected jobs over each other and side by side, zoomed as one", async () => {
		const holder = await seedGallery(6);
		const [first, second] = await jobsOf(holder.key);
		const { page } = await openConsole({ key: holder.key, path: SUCCEEDED });
		await cards(page)
			.nth(0)
			.click({ modifiers: ["ControlOrMeta"] });
		await cards(page)
			.nth(1)
			.click({ modifiers: ["ControlOrMeta"] });
		await page.getByRole("button", { name: "Compare" }).click();
		const view = page.getByRole("dialog", { name: "Compare two pictures" });
		const left = view.getByRole("img", { name: `Left: ${first?.request.prompt}` });
		const right = view.getByRole("img", { name: `Right: ${second?.request.prompt}` });
		await left.waitFor();
		await view.getByText("Side by side").click();
		await page.keyboard.press("+");
		const scales = () =>
			Promise.all([left, right].map((image) => image.evaluate(({ style }: HTMLElement) => style.scale)));
		await expect.poll(scales, SOON).toEqual(["1.5", "1.5"]);
		await view.getByRole("button", { name: "Swap" }).click();
		await view.getByRole("img", { name: `Left: ${second?.request.prompt}` }).waitFor();
		expect(await axe(page)).toEqual([]);
		await page.keyboard.press("Escape");
		await view.waitFor({ state: "detached" });
		await page.getByRole("toolbar", { name: "Selection" }).waitFor();
	});
});
