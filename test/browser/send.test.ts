/** Sends requests from the console: a card at once, answers that get lost, a reload in the middle, and what is refused. */

import type { Page, Request, Route } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { chooseModel, composerOf } from "./support/composer.ts";
import { openConsole } from "./support/console.ts";
import { cardOf, type MadeJob, makeElsewhere, moveAtFal, uniquePrompt } from "./support/jobs.ts";
import { aPicture, chooseFiles, tileNames } from "./support/pictures.ts";

const CREATE = "**/v1/images/generations/async";
const EDIT = "**/v1/images/edits/async";
/** What a browser says of requests that are broken off or refused. */
const FAILED = [/Failed to load resource|net::ERR/];

/** Types a prompt into the composer, and makes it. */
async function make(page: Page, prompt: string): Promise<void> {
	await page.getByRole("textbox", { name: "What to draw" }).fill(prompt);
	await page.getByRole("button", { name: "Generate", exact: true }).click();
}

async function jobsOf(key: string): Promise<readonly { readonly id: string }[]> {
	const answer = await fetch(`${inject("gateway").url}/v1/jobs`, { headers: { authorization: `Bearer ${key}` } });
	return ((await answer.json()) as { data: { id: string }[] }).data;
}

describe("a request of the console", () => {
	it("has a card at once, and a picture in the end", async () => {
		const { page, key } = await openConsole();
		// As on a page that came over plain HTTP.
		await page.evaluate(() => Reflect.deleteProperty(Crypto.prototype, "randomUUID"));
		const prompt = uniquePrompt("a paper boat");
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		await page.route(CREATE, async (route) => {
			await held;
			await route.continue();
		});
		await make(page, prompt);
		const card = cardOf(page, prompt);
		await card.getByText("Sending").waitFor();
		const before = await card.boundingBox();
		release();
		await card.locator("img.watch-there").waitFor();
		expect(await card.boundingBox()).toEqual(before);
		expect(await jobsOf(key)).toHaveLength(1);
	});

	it("is deleted with its job, also if that comes while the page asks", async () => {
		const { page, key } = await openConsole();
		const prompt = uniquePrompt("a paper hat sim:hold");
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		await page.route(CREATE, async (route) => {
			await held;
			await route.continue();
		});
		await make(page, prompt);
		const card = cardOf(page, prompt);
		await card.getByText("Sending").waitFor();
		await card.click({ modifiers: ["ControlOrMeta"] });
		await page.getByRole("button", { name: "Delete" }).click();
		const question = page.getByRole("dialog", { name: "Delete this job?" });
		expect(await question.textContent()).toContain("It still runs, and is cancelled.");
		release();
		await card.getByText("Queued").waitFor();
		await question.getByRole("button", { name: "Delete" }).click();
		await card.waitFor({ state: "detached" });
		expect(await jobsOf(key)).toEqual([]);
	});

	it("goes beside many others: four are streamed at most, and all come to their end", async () => {
		const { page, key } = await openConsole();
		const open = new Set<Request>();
		page.on("request", (request) => {
			if (request.url().endsWith("/events")) open.add(request);
		});
		page.on("requestfinished", (request) => open.delete(request));
		page.on("requestfailed", (request) => open.delete(request));
		const jobs: MadeJob[] = [];
		for (const nth of [1, 2, 3, 4, 5, 6]) jobs.push(await makeElsewhere(key, `kite ${nth} sim:hold`));
		await page.reload();
		for (const { prompt } of jobs) await cardOf(page, prompt).getByText("Queued, 1 ahead").waitFor();
		expect(open.size).toBe(4);
		for (const { prompt } of jobs) await moveAtFal(prompt, "finish");
		for (const { prompt } of jobs) await cardOf(page, prompt).locator("img.watch-there").waitFor();
	});

	it("edits a picture of the gallery as soon as it is read, and its job knows which", async () => {
		const { page, key } = await openConsole();
		const made = await makeElsewhere(key, "a mask on a wall sim:instant");
		await page.reload();
		const card = cardOf(page, made.prompt);
		await card.locator("img.watch-there").waitFor();
		const { promise: released, resolve: release } = Promise.withResolvers<void>();
		await page.route(`**/v1/jobs/${made.id}`, async (route) => {
			await released;
			await route.continue();
		});
		await card.hover();
		await card.getByRole("button", { name: "Edit", exact: true }).click();
		await page.getByRole("region", { name: "Reference pictures" }).waitFor();
		const prompt = uniquePrompt("paint it blue");
		await page.getByRole("textbox", { name: "What to draw" }).fill(prompt);
		const generate = page.getByRole("button", { name: "Generate", exact: true });
		await generate.click();
		await page.getByText("A picture is still being read.").waitFor();
		expect(await jobsOf(key)).toHaveLength(1);
		release();
		await expect.poll(() => tileNames(page)).toHaveLength(1);
		await generate.click();
		await cardOf(page, prompt).locator("img.watch-there").waitFor();
		const [job] = await jobsOf(key);
		expect(job).toMatchObject({ derived_from: { job: made.id, index: 0 } });
	});

	it("is sent again under its key when its answer is lost: one job, one card", async () => {
		const { page, key } = await openConsole({ allowed: FAILED });
		const prompt = uniquePrompt("a lantern");
		const keys: (string | undefined)[] = [];
		await page.route(CREATE, async (route: Route) => {
			keys.push(route.request().headers()["idempotency-key"]);
			if (keys.length > 1) return route.continue();
			// The gateway takes it, and the wire breaks before the answer.
			await route.fetch();
			return route.abort("connectionreset");
		});
		await make(page, prompt);
		const card = cardOf(page, prompt);
		await card.locator("img.watch-there").waitFor();
		expect(keys).toHaveLength(2);
		expect(new Set(keys).size).toBe(1);
		expect(await card.count()).toBe(1);
		expect(await jobsOf(key)).toHaveLength(1);
	});

	it("survives a reload before its answer, once", async () => {
		const { page, key } = await openConsole({ allowed: FAILED });
		const prompt = uniquePrompt("a comet");
		await page.route(CREATE, async (route) => {
			// The gateway takes it, and the page never hears of it.
			await route.fetch();
		});
		await make(page, prompt);
		await cardOf(page, prompt).getByText("Sending").waitFor();
		await eventually(
			() => jobsOf(key),
			(jobs) => jobs.length === 1,
		);
		await page.unroute(CREATE);
		await page.reload();
		await cardOf(page, prompt).locator("img.watch-there").waitFor();
		expect(await cardOf(page, prompt).count()).toBe(1);
		expect(await jobsOf(key)).toHaveLength(1);
	});

	it("survives a reload before it has left, once", async () => {
		const { page, key } = await openConsole({ allowed: FAILED });
		const prompt = uniquePrompt("a raft");
		await page.route(CREATE, () => {});
		await make(page, prompt);
		await cardOf(page, prompt).getByText("Sending").waitFor();
		await page.unroute(CREATE);
		await page.reload();
		await cardOf(page, prompt).locator("img.watch-there").waitFor();
		expect(await jobsOf(key)).toHaveLength(1);
	});

	it("that is refused says why, can be sent again, and goes back into the composer to be mended", async () => {
		const { page, key } = await openConsole({ allowed: FAILED });
		const prompt = uniquePrompt("a gate");
		const refusal = {
			message: "The account has too many open jobs.",
			type: "rate_limit_error",
			param: null,
			code: "rate_limit_exceeded",
		};
		await page.route(EDIT, (route) => route.fulfill({ status: 429, json: { error: refusal } }));
		await chooseFiles(page, [aPicture("fox.png")]);
		await expect.poll(() => tileNames(page)).toHaveLength(1);
		await make(page, prompt);
		const card = cardOf(page, prompt);
		await card.getByText("Too many requests at once").waitFor();
		await card.getByText("Not charged").waitFor();

		// As after a deploy: nothing is lost.
		await page.route("**/assets/use-*", (route) => route.abort());
		await card.getByRole("button", { name: "Change" }).click();
		await page.getByText("A part of this page could not be loaded.").waitFor();
		await card.waitFor();
		await page.unroute("**/assets/use-*");

		const { prompt: field, model } = composerOf(page);
		await chooseModel(page, "krea-2-large");
		await field.fill("");
		await card.getByRole("button", { name: "Change" }).click();
		await card.waitFor({ state: "detached" });
		expect(await field.inputValue()).toBe(prompt);
		expect(await model.getAttribute("aria-label")).toBe("Model: nano-banana-2");
		expect(await tileNames(page)).toEqual(["fox.png, 1 of 1"]);

		await page.getByRole("button", { name: "Generate", exact: true }).click();
		await card.getByText("Too many requests at once").waitFor();
		await page.unroute(EDIT);
		await card.getByRole("button", { name: "Try again" }).click();
		await card.locator("img.watch-there").waitFor();
		expect(await jobsOf(key)).toHaveLength(1);
	});
});
