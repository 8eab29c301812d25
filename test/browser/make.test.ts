/** Makes pictures in the console: what the composer offers, what it says of the job before it is made, and what it sends. */

import { describe, expect, inject, it } from "vitest";
import { chooseModel, chooseShape, composerOf, inputsAtFal, namesIn } from "./support/composer.ts";
import { freshHolder, openConsole, seedGallery, VIEWPORTS } from "./support/console.ts";
import { cards, scrollDown } from "./support/gallery.ts";
import { cardOf, makeElsewhere, moveAtFal, uniquePrompt } from "./support/jobs.ts";
import { axe, fitsWidth } from "./support/look.ts";
import { aPicture, chooseFiles, tileNames } from "./support/pictures.ts";

/** What a browser says of an answer that refuses something. */
const REFUSED = [/status of 4\d\d/];

describe("the composer offers only what the model has", () => {
	it("shows shapes and levels, and a seed", async () => {
		const { page } = await openConsole();
		const { size, more, panel } = composerOf(page);
		await chooseModel(page, "imagen4-ultra");
		await size.click();
		expect(await namesIn(panel.getByRole("group", { name: "Shape" }))).toEqual([
			"Auto",
			"16:9",
			"4:3",
			"1:1",
			"3:4",
			"9:16",
		]);
		expect(await namesIn(panel.getByRole("group", { name: "Resolution" }))).toEqual(["Auto", "1K", "2K"]);
		expect(await panel.getByRole("textbox").count()).toBe(0);
		await page.keyboard.press("Escape");
		await more.click();
		expect(await namesIn(panel.getByRole("group", { name: "Format" }))).toEqual(["Auto", "PNG", "JPEG", "WEBP"]);
		// The other one is folded.
		expect(await panel.getByRole("group").count()).toBe(2);
		await panel.getByRole("textbox", { name: "Seed" }).waitFor();
	});

	it("shows pixels and qualities, and no seed", async () => {
		const { page } = await openConsole();
		const { size, more, panel } = composerOf(page);
		await chooseModel(page, "gpt-image-1.5");
		await size.click();
		const shapes = panel.getByRole("group", { name: "Shape" });
		expect(await namesIn(shapes)).toEqual(["Auto", "1536 × 1024", "1024 × 1024", "1024 × 1536"]);
		expect(await panel.getByRole("group").count()).toBe(1);
		await page.keyboard.press("Escape");
		await more.click();
		expect(await namesIn(panel.getByRole("group", { name: "Quality" }))).toEqual(["Auto", "Low", "Medium", "High"]);
		expect(await namesIn(panel.getByRole("group", { name: "Background" }))).toEqual(["Auto", "Transparent", "Opaque"]);
		expect(await panel.getByRole("textbox").count()).toBe(0);
	});

	it("shows no size and asks for no words for a tool, and wants its picture", async () => {
		const { page } = await openConsole();
		const { all, size, make, prompt } = composerOf(page);
		await chooseModel(page, "vectorize");
		expect(await size.count()).toBe(0);
		expect(await prompt.getAttribute("placeholder")).toBe("This model needs no prompt");
		await make.click();
		expect(await all.getByRole("alert").textContent()).toBe("This model needs a picture: add one.");
	});

	it("lists each model once, with its price, and what is gone at fal last", async () => {
		const { page } = await openConsole();
		const { model, panel } = composerOf(page);
		await model.click();
		const options = panel.getByRole("option");
		await panel.getByRole("option", { name: "nano-banana-2 " }).first().waitFor();
		const texts = await options.allInnerTexts();
		expect(texts.some((text) => text.startsWith("darkroom"))).toBe(false);
		expect(texts.find((text) => text.startsWith("gpt-image-2"))).toMatch(/Edits pictures\s+\$0\.01–0\.41/);
		expect(texts.at(-1)).toMatch(/^imagen4-ultra\s+Retired by fal: nano-banana-2 draws instead/);
	});

	it("keeps what another model has as well, and says what it has not", async () => {
		const { page } = await openConsole();
		const { size, more, panel } = composerOf(page);
		await chooseModel(page, "gpt-image-1.5");
		await chooseShape(page, "1024 × 1024");
		await page.keyboard.press("Escape");
		await more.click();
		await panel.getByRole("radio", { name: "High" }).check();
		await panel.getByRole("radio", { name: "WEBP" }).check();
		await page.keyboard.press("Escape");
		await chooseModel(page, "nano-banana-pro");
		await page.getByText("nano-banana-pro has no such setting: quality.").waitFor();
		expect(await size.getAttribute("aria-label")).toBe("Size: 1:1");
		expect(await more.getAttribute("aria-label")).toBe("More settings: WEBP");
	});

	it("puts the models that were chosen last before the others, also after a reload", async () => {
		const { page } = await openConsole();
		const { model, panel } = composerOf(page);
		for (const name of ["sana", "reve-2.1"]) await chooseModel(page, name);
		await page.reload();
		await model.and(page.getByLabel("Model: reve-2.1")).waitFor();
		await model.click();
		await panel.getByRole("option").first().waitFor();
		const texts = await panel.getByRole("option").allInnerTexts();
		expect(texts.slice(0, 3).map((text) => text.split("\n")[0])).toEqual(["reve-2.1", "sana", "nano-banana-2"]);
	});
});

describe("the composer says what will be made", () => {
	it("in pixels, at the chosen level, and for how much", async () => {
		const { page } = await openConsole();
		const { all, prompt, count, more, panel } = composerOf(page);
		await chooseModel(page, "gpt-image-2");
		await prompt.fill("a fox");
		await chooseShape(page, "16:9");
		await panel.getByText("Will be 1360 × 768").waitFor();
		await panel.getByRole("radio", { name: "2K" }).check();
		await panel.getByText("Will be 2720 × 1536").waitFor();
		await chooseShape(page, "9:16");
		await panel.getByText("Will be 1536 × 2720").waitFor();
		await page.keyboard.press("Escape");
		await more.click();
		await panel.getByRole("radio", { name: "Low" }).check();
		await page.keyboard.press("Escape");
		await count.selectOption("3");
		await all.getByText("3 × $0.02 = About $0.06").waitFor();
	});

	it("in pixels of one's own, within the model's bounds", async () => {
		const { page } = await openConsole();
		const { size, panel } = composerOf(page);
		await chooseModel(page, "gpt-image-2");
		await size.click();
		await panel.getByRole("textbox", { name: "Width" }).fill("1000");
		await panel.getByRole("textbox", { name: "Height" }).fill("512");
		expect(await panel.getByRole("alert").textContent()).toBe("Each side must be a multiple of 16.");
		expect(await panel.getByRole("button", { name: "Use this size" }).isDisabled()).toBe(true);
		await panel.getByRole("textbox", { name: "Width" }).fill("1536");
		await panel.getByRole("button", { name: "Swap width and height" }).click();
		await panel.getByRole("textbox", { name: "Height" }).press("Enter");
		await panel.getByText("Will be 512 × 1536").waitFor();
		expect(await size.getAttribute("aria-label")).toBe("Size: 512 × 1536");
	});

	it("by the words of the prompt, if the size is left to them", async () => {
		const { page } = await openConsole();
		const { all, prompt } = composerOf(page);
		await chooseModel(page, "flux-schnell");
		await prompt.fill("a fox, 9:16, watercolour");
		await all.getByText("Will be 768 × 1360").waitFor();
	});

	it("once the gateway answers again", async () => {
		const { page, context } = await openConsole({ allowed: [/ERR_INTERNET_DISCONNECTED|ERR_FAILED/] });
		const { all, prompt } = composerOf(page);
		// Without a list of models there is no other word.
		await page.route("**/v1/models", (route) => route.abort());
		await page.reload();
		await all.getByText("The gateway does not answer.").waitFor();
		await page.unroute("**/v1/models");
		await context.setOffline(true);
		await context.setOffline(false);
		await chooseModel(page, "flux-schnell");
		await all.getByText("Will have the shape 4:3").waitFor();
		await context.setOffline(true);
		await prompt.fill("a fox, 9:16");
		await all.getByText("The gateway does not answer.").waitFor();
		await context.setOffline(false);
		await all.getByText("Will be 768 × 1360").waitFor();
	});

	it("and which limit would refuse it", async () => {
		const { url, accessKey } = inject("gateway");
		const { account } = await freshHolder();
		const issued = await fetch(`${url}/v1/keys`, {
			method: "POST",
			headers: { authorization: `Bearer ${accessKey}` },
			body: JSON.stringify({ account, max_budget: 0.001 }),
		});
		const { key } = (await issued.json()) as { readonly key: string };
		const { page } = await openConsole({ key });
		await composerOf(page)
			.all.getByText(/budget/)
			.waitFor();
	});
});

describe("on a phone", () => {
	it("is a line while somebody scrolls down, and whole at a touch, and gone while cards are chosen", async () => {
		const { key } = await seedGallery(20);
		const { page } = await openConsole({ key, viewport: "phone", touch: true });
		const { all, prompt, make } = composerOf(page);
		await make.waitFor();
		await cards(page).nth(3).waitFor();
		await scrollDown(page);
		await make.waitFor({ state: "hidden" });
		expect((await all.boundingBox())?.height).toBeLessThan(60);
		await prompt.tap();
		await make.waitFor();
		await cards(page).nth(3).getByRole("link").first().focus();
		await page.keyboard.press("Space");
		await prompt.waitFor({ state: "hidden" });
	});
});

describe("the composer sends", () => {
	it("to a card in the shape that the model gives a picture of its own", async () => {
		const { page } = await openConsole();
		const { all, prompt } = composerOf(page);
		const text = uniquePrompt("a pond sim:hold");
		await chooseModel(page, "flux-schnell");
		await prompt.fill(text);
		await all.getByText("Will have the shape 4:3").waitFor();
		await prompt.press("Control+Enter");
		const place = await cardOf(page, text).locator(".watch-place").boundingBox();
		expect((place?.width ?? 0) / (place?.height ?? 1)).toBeCloseTo(4 / 3, 1);
	});

	it("and asks again what the limits are full of when a job ends", async () => {
		const { url, accessKey } = inject("gateway");
		const { account } = await freshHolder();
		const issued = await fetch(`${url}/v1/keys`, {
			method: "POST",
			headers: { authorization: `Bearer ${accessKey}` },
			body: JSON.stringify({ account, max_parallel_requests: 1 }),
		});
		const { key } = (await issued.json()) as { readonly key: string };
		const { page } = await openConsole({ key });
		const { all, prompt } = composerOf(page);
		const text = uniquePrompt("a hill sim:hold");
		await prompt.fill(text);
		await prompt.press("Control+Enter");
		const limit = all.getByText(/max_parallel_requests/);
		await limit.waitFor();
		await moveAtFal(text, "finish");
		await limit.waitFor({ state: "hidden" });
	});

	it("what was chosen, by Ctrl+Enter, several times", async () => {
		const { page } = await openConsole();
		const { prompt, more, panel, count, make } = composerOf(page);
		const text = uniquePrompt("a fox sim:quick");
		await chooseModel(page, "flux-schnell");
		await chooseShape(page, "4:3");
		await page.keyboard.press("Escape");
		await more.click();
		await panel.getByRole("radio", { name: "JPEG" }).check();
		await panel.getByRole("textbox", { name: "Seed" }).fill("4711");
		// In a field it makes nothing.
		await page.keyboard.press("Enter");
		await page.keyboard.press("Escape");
		await count.selectOption("2");
		await prompt.fill(text);
		await prompt.press("Control+Enter");
		await cardOf(page, text).first().waitFor();
		expect(await inputsAtFal(text)).toMatchObject([
			{ prompt: text, num_images: 2, image_size: { width: 1184, height: 880 }, output_format: "jpeg", seed: 4711 },
		]);
		// The words stay, for the next one. Keys that are held down are one press.
		await page.keyboard.down("Control");
		for (const _ of "123") await page.keyboard.down("Enter");
		await page.keyboard.up("Enter");
		await page.keyboard.up("Control");
		await cardOf(page, text).nth(1).waitFor();
		await make.focus();
		for (const _ of "123") await page.keyboard.down("Enter");
		await page.keyboard.up("Enter");
		await cardOf(page, text).nth(2).waitFor();
		expect(await cardOf(page, text).count()).toBe(3);
		expect(await inputsAtFal(text, 3)).toHaveLength(3);
	});

	it("nothing without words, and says so", async () => {
		const { page } = await openConsole();
		const { all, prompt } = composerOf(page);
		await chooseModel(page, "flux-schnell");
		await prompt.press("Control+Enter");
		expect(await all.getByRole("alert").textContent()).toBe("Say what to draw.");
		await prompt.fill("a");
		expect(await all.getByRole("alert").count()).toBe(0);
	});

	it("a job of a model that only fal knows, by its id", async () => {
		const { page } = await openConsole({ allowed: REFUSED });
		const { model, panel, prompt } = composerOf(page);
		await model.click();
		const search = panel.getByRole("combobox");
		await search.fill("fal-ai/nothing/here");
		await search.press("Enter");
		await panel.getByRole("alert").waitFor();

		// An answer that comes after the panel was closed changes nothing.
		const late = "atelier-nord/lumen/v3/text-to-image";
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		await page.route(`**/v1/models/${late}`, async (route) => {
			await held;
			await route.continue();
		});
		await search.fill(late);
		await search.press("Enter");
		await panel.getByText("Looking it up…").waitFor();
		await page.keyboard.press("Escape");
		await model.click();
		release();
		await panel.getByRole("option", { name: late }).waitFor();
		expect(await model.getAttribute("aria-label")).toBe("Model: nano-banana-2");

		await search.fill("fal-ai/flux/krea");
		await search.press("Enter");
		await panel.waitFor({ state: "hidden" });
		expect(await model.getAttribute("aria-label")).toBe("Model: fal-ai/flux/krea");
		const text = uniquePrompt("a fox sim:quick");
		await prompt.fill(text);
		await prompt.press("Control+Enter");
		await cardOf(page, text).waitFor();
		await page.reload();
		await composerOf(page).model.and(page.getByLabel("Model: fal-ai/flux/krea")).waitFor();
	});
});

describe("with pictures, the composer", () => {
	const FOX = aPicture("fox.png");

	it("offers what the endpoint takes that edits", async () => {
		const { page } = await openConsole();
		const { size, more, panel } = composerOf(page);
		await chooseModel(page, "luma-uni-1");
		expect(await size.count()).toBe(1);
		await chooseFiles(page, [FOX]);
		await size.waitFor({ state: "detached" });
		await more.click();
		expect(await namesIn(panel.getByRole("group", { name: "Format" }))).toEqual(["Auto", "PNG", "JPEG"]);
	});

	it("says which model edits for the chosen one", async () => {
		const { page } = await openConsole();
		const { all } = composerOf(page);
		await chooseModel(page, "flux-schnell");
		await chooseFiles(page, [FOX]);
		await all.getByText("Will have the shape of the first picture, drawn by flux-2-klein-4b").waitFor();
	});

	it("sends nothing to a model that takes none, and chooses another one to edit", async () => {
		const { page, key } = await openConsole();
		const { all, prompt, model } = composerOf(page);
		const job = await makeElsewhere(key, "a lighthouse sim:quick");
		await page.reload();
		await cardOf(page, job.prompt).getByRole("img").first().waitFor();
		await chooseFiles(page, [FOX]);
		await chooseModel(page, "krea-2-large");
		await prompt.fill("a fox");
		await prompt.press("Control+Enter");
		expect(await all.getByRole("alert").textContent()).toBe("This model takes no pictures.");
		await page.goto(`${inject("gateway").url}/#/job/${job.id}/0`);
		await page.getByRole("button", { name: "Edit", exact: true }).click();
		await model.and(page.getByLabel("Model: nano-banana-2")).waitFor();
		await page.getByText("nano-banana-2 edits pictures, so it is chosen now.").waitFor();
		await expect.poll(() => prompt.evaluate((area) => area === document.activeElement)).toBe(true);
		await expect.poll(() => tileNames(page)).toHaveLength(2);
		// Words about something else go with the first letter.
		await page.keyboard.type("at night");
		expect(await prompt.inputValue()).toBe("at night");
	});
});

describe("an error of the API", () => {
	it.each([
		["en", "it names a size, and nothing to draw"],
		["zh", "只写了尺寸"],
	] as const)("stands at the words that it names, in the language of the page: %s", async (language, words) => {
		const { page } = await openConsole({ language, allowed: REFUSED });
		const { all, prompt } = composerOf(page);
		await prompt.fill("16:9");
		await all.getByRole("alert").filter({ hasText: words }).waitFor();
		expect(await prompt.getAttribute("aria-invalid")).toBe("true");
		expect(await prompt.getAttribute("aria-describedby")).toBe(
			await all.getByRole("alert").locator("xpath=..").getAttribute("id"),
		);
	});
});

describe("an earlier job", () => {
	it("is made again with its seed, as the same request", async () => {
		const { page, key } = await openConsole();
		const job = await makeElsewhere(key, "a lighthouse sim:quick", {
			...{ model: "nano-banana-pro", size: "21:9", resolution: "4K", n: 2, output_format: "webp", seed: 5 },
		});
		const other = await makeElsewhere(key, "a harbour sim:quick", { size: "16:9", n: 2 });
		await page.reload();
		for (const { id, prompt } of [job, other]) {
			await cardOf(page, prompt).getByRole("img").first().waitFor();
			await page.goto(`${inject("gateway").url}/#/job/${id}/0`);
			await page.getByRole("button", { name: "More actions" }).click();
			await page.getByRole("menuitem", { name: "Run again with this seed" }).click();
			const [first, again] = await inputsAtFal(prompt, 2);
			expect(again).toEqual(first);
			await page.keyboard.press("Escape");
		}
		expect((await inputsAtFal(other.prompt, 2))[1]).toMatchObject({ seed: expect.any(Number) });
	});

	it("fills the composer with all its settings", async () => {
		const { page, key } = await openConsole();
		const { prompt, model, size, more, count } = composerOf(page);
		const job = await makeElsewhere(key, "a lighthouse sim:quick", {
			...{ model: "nano-banana-2", size: "21:9", resolution: "4K", n: 2, output_format: "webp", seed: 7 },
		});
		await page.goto(`${inject("gateway").url}/#/job/${job.id}/0`);
		await page.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: "Use these settings" }).click();
		await more.and(page.getByLabel("More settings: WEBP, Seed 7")).waitFor();
		expect(await model.getAttribute("aria-label")).toBe("Model: nano-banana-2");
		expect(await prompt.inputValue()).toBe(job.prompt);
		expect(await size.getAttribute("aria-label")).toBe("Size: 21:9 · 4K");
		expect(await count.inputValue()).toBe("2");
	});
});

describe("the draft", () => {
	it("is there after a reload, and gone with whoever signs out", async () => {
		const { page } = await openConsole();
		const { prompt, model, size } = composerOf(page);
		await chooseModel(page, "flux-2-pro");
		await chooseShape(page, "3:2");
		await page.keyboard.press("Escape");
		await prompt.fill("a secret fox");
		await page.reload();
		await model.and(page.getByLabel("Model: flux-2-pro")).waitFor();
		expect(await prompt.inputValue()).toBe("a secret fox");
		expect(await size.getAttribute("aria-label")).toBe("Size: 3:2");
		await page.getByRole("button", { name: "Language, theme, account" }).click();
		await page.getByRole("menuitem", { name: /^Sign out/ }).click();
		expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain("secret");
	});

	it("is gone when a link signs somebody else in", async () => {
		const { page } = await openConsole();
		const { prompt } = composerOf(page);
		await prompt.fill("a secret fox");
		const { key } = await freshHolder();
		await page.goto("about:blank");
		await page.goto(`${inject("gateway").url}/#key=${key}`);
		await prompt.waitFor();
		await expect.poll(() => prompt.inputValue()).toBe("");
	});
});

describe("the composer", () => {
	it("is used by keyboard alone", async () => {
		const { page } = await openConsole();
		const { prompt, model, size, panel } = composerOf(page);
		const text = uniquePrompt("a fox sim:quick");
		await model.and(page.getByLabel("Model: nano-banana-2")).waitFor();
		await prompt.focus();
		await page.keyboard.type(text);
		await model.focus();
		await page.keyboard.press("Enter");
		await panel.getByRole("combobox").and(page.locator(":focus")).waitFor();
		await page.keyboard.type("schnell");
		await page.keyboard.press("Enter");
		expect(await model.getAttribute("aria-label")).toBe("Model: flux-schnell");
		expect(await model.evaluate((button) => button === document.activeElement)).toBe(true);
		await page.keyboard.press("Tab");
		expect(await size.evaluate((button) => button === document.activeElement)).toBe(true);
		await page.keyboard.press("Enter");
		await panel.getByRole("radio", { name: "Auto" }).first().waitFor();
		await page.keyboard.press("ArrowRight");
		await page.keyboard.press("Escape");
		expect(await size.getAttribute("aria-label")).toBe("Size: 21:9");
		await page.keyboard.press("Control+Enter");
		expect(await inputsAtFal(text)).toMatchObject([{ image_size: { width: 1568, height: 672 } }]);
	});

	it.each(["light", "dark"] as const)("fits a phone and has nothing that axe finds serious: %s", async (theme) => {
		const { page } = await openConsole({ viewport: "phone", touch: true, theme, language: "zh" });
		const { all, model, size, more, count, panel } = composerOf(page);
		await chooseModel(page, "gpt-image-2");
		await chooseShape(page, "16:9");
		await panel.getByRole("radio", { name: "2K" }).check();
		await page.keyboard.press("Escape");
		await count.selectOption("10");
		for (const button of await all.getByRole("button").all()) {
			const { x = 0, width = 0, height = 0 } = (await button.boundingBox()) ?? {};
			expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
			expect(x + width).toBeLessThanOrEqual(VIEWPORTS.phone.width);
		}
		for (const opener of [null, model, size, more]) {
			await opener?.tap();
			if (opener !== null) await panel.waitFor();
			expect(await fitsWidth(page)).toBe(true);
			expect(await axe(page)).toEqual([]);
			if (opener !== null) await page.keyboard.press("Escape");
		}
	});
});
