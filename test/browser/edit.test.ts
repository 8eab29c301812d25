/** Edits pictures in the console: the shape of the edit, what the endpoint lacks, what only some models can be told, and the chain of edits. */

import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { askWith } from "./support/api.ts";
import { chooseModel, chooseShape, composerOf, inputsAtFal } from "./support/composer.ts";
import { openConsole } from "./support/console.ts";
import { cardOf, type MadeJob, makeElsewhere, uniquePrompt } from "./support/jobs.ts";
import { makeJob } from "./support/made.ts";
import { aPicture, chooseFiles, references, tileNames } from "./support/pictures.ts";

/** What a browser says of an answer that refuses something. */
const REFUSED = [/status of 4\d\d/];
const FOX = aPicture("fox.png");

/** Opens the console before a picture, wide as 4:3. */
async function withPicture(opening: Parameters<typeof openConsole>[0] = {}) {
	const { page, key } = await openConsole(opening);
	const made = await makeElsewhere(key, "a mask on a wall sim:instant", { size: "1024x768" });
	await page.reload();
	await cardOf(page, made.prompt).locator("img.watch-there").waitFor();
	return { page, key, made };
}

async function edit(page: Page, { prompt }: MadeJob): Promise<void> {
	const card = cardOf(page, prompt);
	await card.hover();
	await card.getByRole("button", { name: "Edit", exact: true }).click();
	// Until it is read nothing can be sent.
	await references(page)
		.getByRole("button", { name: /, \d+ of \d+$/ })
		.first()
		.waitFor();
}

async function clearReferences(page: Page): Promise<void> {
	for (const one of await references(page)
		.getByRole("button", { name: /^Remove / })
		.all())
		await one.click();
	await references(page).waitFor({ state: "detached" });
}

/** Returns the newest job, with all its fields. */
async function newestJob(key: string): Promise<{ readonly id: string }> {
	const { data }: { data: readonly { readonly id: string }[] } = await (await askWith(key, "/v1/jobs?limit=1")).json();
	return await (await askWith(key, `/v1/jobs/${data[0]?.id}`)).json();
}

describe("an edit of a picture", () => {
	it("has the picture's shape until another one is chosen, and gives the size of before back", async () => {
		const { page, made } = await withPicture();
		const { all, size } = composerOf(page);
		await chooseModel(page, "gpt-image-1.5");
		await chooseShape(page, "1024 × 1536");
		await page.keyboard.press("Escape");
		await edit(page, made);
		await size.and(page.getByLabel("Size: Auto")).waitFor();
		await all.getByText("Will have the shape of the first picture").waitFor();
		expect(await all.getByText("Not the picture's shape").count()).toBe(0);

		await chooseShape(page, "1024 × 1024");
		await page.keyboard.press("Escape");
		await all.getByText("Not the picture's shape").waitFor();
		await page.reload();
		await size.and(page.getByLabel("Size: 1024 × 1024")).waitFor();
		await all.getByText("Not the picture's shape").waitFor();

		await clearReferences(page);
		await size.and(page.getByLabel("Size: 1024 × 1536")).waitFor();
	});

	it("lacks what its endpoint lacks only for as long as there are pictures", async () => {
		const { page } = await openConsole();
		const { size } = composerOf(page);
		await chooseModel(page, "luma-uni-1");
		await chooseShape(page, "16:9");
		await page.keyboard.press("Escape");
		await chooseFiles(page, [FOX]);
		await page.getByText("luma-uni-1 edits without this setting: size.").waitFor();
		await size.waitFor({ state: "detached" });
		// After a reload it is nothing new.
		await page.reload();
		await references(page).waitFor();
		await size.waitFor({ state: "detached" });
		expect(await page.getByText("edits without this setting").count()).toBe(0);
		await clearReferences(page);
		await size.and(page.getByLabel("Size: 16:9")).waitFor();
	});

	it("knows the picture that it comes from, also with a file beside it", async () => {
		const { page, key, made } = await withPicture();
		const { prompt } = composerOf(page);
		await chooseModel(page, "nano-banana-2");
		await edit(page, made);
		await chooseFiles(page, [FOX]);
		await expect.poll(() => tileNames(page)).toHaveLength(2);
		const text = uniquePrompt("put the fox into it sim:instant");
		await prompt.fill(text);
		await prompt.press("Control+Enter");
		await cardOf(page, text).locator("img.watch-there").waitFor();
		const chain = {
			derived_from: { job: made.id, index: 0 },
			inputs: [
				{ width: 1024, height: 768 },
				{ width: 40, height: 30 },
			],
		};
		const job = await newestJob(key);
		expect(job).toMatchObject(chain);

		// The chain goes on when it is made once more, and when its settings are used.
		await page.goto(`${inject("gateway").url}/#/job/${job.id}/0`);
		await page.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: "Run again with this seed" }).click();
		await expect.poll(async () => (await newestJob(key)).id, { timeout: 10_000 }).not.toBe(job.id);
		const again = await newestJob(key);
		expect(again).toMatchObject(chain);
		await page.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: "Use these settings" }).click();
		await expect
			.poll(() => tileNames(page), { timeout: 10_000 })
			.toEqual([expect.stringMatching(/^Picture 1 of job /), "Picture 2, 2 of 2"]);
		await prompt.press("Control+Enter");
		await expect.poll(async () => (await newestJob(key)).id, { timeout: 10_000 }).not.toBe(again.id);
		expect(await newestJob(key)).toMatchObject(chain);
	});

	it("of a client's link is made again by that link, and the page asks no host for it", async () => {
		const { page, key } = await openConsole();
		// The gateway has a file of this name, too.
		const image = "https://pictures.example.org/icon-512.png";
		const prompt = uniquePrompt("paint it blue sim:instant");
		const job = await makeJob(key, "/v1/images/edits/async", { model: "nano-banana-2", prompt, image });
		const linked = { inputs: [{ url: image, content_type: null }] };
		await page.goto(`${inject("gateway").url}/#/job/${job.id}/0`);
		await page.getByRole("button", { name: "Run again" }).click();
		await expect.poll(async () => (await newestJob(key)).id, { timeout: 10_000 }).not.toBe(job.id);
		const again = await newestJob(key);
		expect(again).toMatchObject(linked);
		await page.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: "Use these settings" }).click();
		await expect.poll(() => tileNames(page), { timeout: 10_000 }).toEqual(["pictures.example.org, 1 of 1"]);
		await composerOf(page).prompt.press("Control+Enter");
		await expect.poll(async () => (await newestJob(key)).id, { timeout: 10_000 }).not.toBe(again.id);
		expect(await newestJob(key)).toMatchObject(linked);
	});
});

describe("what only some models can be told", () => {
	it("is words against something, and inputs of the model's own, which say what is wrong with them", async () => {
		const { page, key } = await openConsole({ allowed: REFUSED });
		const { prompt, more, panel } = composerOf(page);
		const text = uniquePrompt("a fox sim:quick");
		await prompt.fill(text);
		await chooseModel(page, "qwen-image-2512");
		await more.click();
		await panel.getByText("Advanced").click();
		await panel.getByRole("textbox", { name: "Negative prompt" }).fill("blur");
		expect(await panel.getByRole("group", { name: "Input fidelity" }).count()).toBe(0);
		const inputs = panel.getByRole("textbox", { name: "Model inputs" });
		await panel.getByText(/This model has: .*guidance_scale/).waitFor();
		await inputs.fill('{ "guidance_scale" 4 }');
		expect(await panel.getByRole("alert").count()).toBe(0);
		await inputs.blur();
		await panel.getByText("This is no JSON: look at line 1, column 20.").waitFor();
		await inputs.fill('{ "no_such_input": 4 }');
		await inputs.blur();
		await panel.getByRole("alert").filter({ hasText: "no_such_input" }).waitFor();
		await inputs.fill('{ "guidance_scale": 4 }');
		await inputs.blur();
		await panel.getByRole("alert").waitFor({ state: "detached" });
		await page.keyboard.press("Escape");
		expect(await more.getAttribute("aria-label")).toBe("More settings: Negative prompt, Model inputs");
		await prompt.press("Control+Enter");
		expect(await inputsAtFal(text)).toMatchObject([{ negative_prompt: "blur", guidance_scale: 4 }]);

		await chooseModel(page, "gpt-image-1.5");
		await page.getByText("gpt-image-1.5 has no such setting: negative prompt, model inputs.").waitFor();
		await page.goto(`${inject("gateway").url}/#/job/${(await newestJob(key)).id}`);
		await page.getByRole("button", { name: "More actions" }).click();
		await page.getByRole("menuitem", { name: "Use these settings" }).click();
		await more.and(page.getByLabel("More settings: Negative prompt, Model inputs")).waitFor();
	});

	it("is how close an edit stays to its pictures", async () => {
		const { page } = await openConsole();
		const { prompt, more, panel } = composerOf(page);
		await chooseModel(page, "gpt-image-1.5");
		await more.click();
		await panel.getByText("Advanced").click();
		expect(await panel.getByRole("group", { name: "Input fidelity" }).count()).toBe(0);
		await panel.getByText("This model has no other settings.").waitFor();
		expect(await panel.getByRole("textbox").count()).toBe(0);
		await page.keyboard.press("Escape");
		await chooseFiles(page, [FOX]);
		await more.click();
		await panel.getByText("Advanced").click();
		await panel.getByRole("group", { name: "Input fidelity" }).getByText("High").click();
		await page.keyboard.press("Escape");
		const text = uniquePrompt("at night sim:quick");
		await prompt.fill(text);
		await prompt.press("Control+Enter");
		expect(await inputsAtFal(text)).toMatchObject([{ input_fidelity: "high" }]);
	});
});
