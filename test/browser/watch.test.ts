/** Watches jobs in the console: what a card says on its way, over a reload, a cut wire and a lost network, and at its end. */

import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { openConsole } from "./support/console.ts";
import { cardOf, eventsOf, makeElsewhere, moveAtFal, showJob } from "./support/jobs.ts";
import { aPicture } from "./support/pictures.ts";
import { relay } from "./support/relay.ts";

/** What a browser says of requests that are broken off. */
const BROKEN = [/ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INTERNET_DISCONNECTED|ERR_NETWORK|ERR_SOCKET|ERR_INCOMPLETE/];

interface Counts {
	readonly events: number;
	readonly repeated: number;
	readonly cuts: number;
}

async function countsOf(card: Locator): Promise<Counts> {
	return card.evaluate(({ dataset: { events, repeated, cuts } }: HTMLElement) => ({
		events: Number(events),
		repeated: Number(repeated),
		cuts: Number(cuts),
	}));
}

/** Waits until a picture of the card is seen. */
async function seesPicture(card: Locator): Promise<void> {
	await card.locator("img.watch-there").first().waitFor();
}

function dataOf({ mimeType, buffer }: ReturnType<typeof aPicture>): string {
	return `data:${mimeType};base64,${buffer.toString("base64")}`;
}

/** Collects what the page asks of a job's events: behind which number. */
function watchStreams(page: Page, id: string): readonly string[] {
	const asked: string[] = [];
	page.on("request", (request) => {
		if (request.url().endsWith(`/v1/jobs/${id}/events`)) asked.push(request.headers()["last-event-id"] ?? "");
	});
	return asked;
}

describe("a card", () => {
	it.each([
		["that the model draws of its own", {}, 4 / 3],
		["of the picture that is edited", { model: "gpt-image-1.5", image: dataOf(aPicture("tall.png", 40, 60)) }, 2 / 3],
	])("of another device's job keeps the room free, in the shape %s", async (_, fields, ratio) => {
		const { page, key } = await openConsole();
		const job = await makeElsewhere(key, "a lighthouse sim:hold", fields);
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.getByText("Queued, 1 ahead").waitFor();
		const place = await card.locator(".watch-place").boundingBox();
		expect((place?.width ?? 0) / (place?.height ?? 1)).toBeCloseTo(ratio, 1);
		await moveAtFal(job.prompt, "finish");
		await seesPicture(card);
		expect(await card.locator(".watch-place").boundingBox()).toEqual(place);
	});

	it("tells the place in the queue, the run and its log, and shows the picture in its place", async () => {
		const { page, key } = await openConsole();
		const job = await makeElsewhere(key, "a lighthouse sim:hold sim:queue=3 sim:logs=4", { size: "1024x768" });
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.getByText("Queued, 3 ahead").waitFor();
		const before = await card.boundingBox();

		await moveAtFal(job.prompt, "advance", { to: "IN_PROGRESS" });
		await card.getByText("Generating").waitFor();
		expect(await card.getByRole("progressbar").getAttribute("aria-valuenow")).toMatch(/^\d+$/);

		await moveAtFal(job.prompt, "finish");
		await seesPicture(card);
		expect(await card.boundingBox()).toEqual(before);
		await card.getByText("1024×768").waitFor();
		expect(await card.getByRole("progressbar").count()).toBe(0);
		expect(await countsOf(card)).toMatchObject({ repeated: 0, cuts: 0 });
	});

	it("shows each picture as it comes, and keeps places for the others", async () => {
		const { page, key } = await openConsole();
		const fields = { model: "gpt-image-2", n: 2, size: "1024x1536" };
		const job = await makeElsewhere(key, "two doors sim:instant sim:cdn-500 sim:faulty-file=2", fields);
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.locator("img.watch-there").waitFor();
		await card.getByText("Fetching the picture").waitFor();
		expect(await card.locator("img").count()).toBe(1);
		const place = await card.locator("img").boundingBox();
		await card.getByRole("button", { name: "Cancel", exact: true }).waitFor({ state: "detached" });
		await card.locator("img").nth(1).waitFor();
		expect(await card.locator("img").first().boundingBox()).toEqual(place);
	});

	it("shows the model's log on wish", async () => {
		const { page, key } = await openConsole();
		const job = await makeElsewhere(key, "a boat sim:hold=run sim:run-ms=400 sim:logs=4");
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.getByRole("button", { name: "Log", exact: true }).click();
		await card
			.getByRole("log")
			.getByText(/step \d\/4/)
			.waitFor();
		await moveAtFal(job.prompt, "finish");
		await seesPicture(card);
	});

	it("says in yellow and in words what the model did otherwise", async () => {
		const { page, key } = await openConsole();
		const job = await makeElsewhere(key, "a lake sim:instant", { output_format: "webp", size: "2048x1024" });
		await page.reload();
		const card = cardOf(page, job.prompt);
		await seesPicture(card);
		const chips = card.locator(".chip-warn");
		await eventually(
			() => chips.allTextContents(),
			(texts) => texts.includes("png, asked for webp"),
		);
	});

	it("leaves markup in prompts and logs as text", async () => {
		const { page, key } = await openConsole();
		const job = await makeElsewhere(
			key,
			"<img src=x onerror=alert(1)><b>fox</b> sim:hold=run sim:log-text=odd sim:logs=4",
		);
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.getByRole("button", { name: "Log", exact: true }).click();
		await card.getByRole("log").waitFor();
		await card.getByText("<b>fox</b>").first().waitFor();
		expect(await card.locator("b, img").count()).toBe(0);
		await moveAtFal(job.prompt, "finish");
		await seesPicture(card);
		expect(await card.locator("img").count()).toBe(1);
	});
});

describe("leaving and coming back", () => {
	it("goes on behind the last event after a reload", async () => {
		const { page, key } = await openConsole();
		const job = await makeElsewhere(key, "a tower sim:hold sim:queue=2");
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.getByText("Queued, 2 ahead").waitFor();
		const { events: before } = await countsOf(card);
		expect(before).toBeGreaterThan(1);

		const asked = watchStreams(page, job.id);
		await page.reload();
		await card.getByText("Queued, 2 ahead").waitFor();
		await moveAtFal(job.prompt, "finish");
		await seesPicture(card);
		const all = await eventsOf(key, job.id);
		expect(asked).toEqual([String(before)]);
		await eventually(
			() => countsOf(card),
			({ events }) => events === all.length,
		);
		expect(await countsOf(card)).toEqual({ events: all.length, repeated: 0, cuts: 0 });
	});

	it("goes on over a cut wire, says so, and gets no event twice", async () => {
		const wire = await relay();
		const { page, key } = await openConsole({ url: wire.url, allowed: BROKEN });
		const job = await makeElsewhere(key, "a bridge sim:hold sim:queue=2");
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.getByText("Queued, 2 ahead").waitFor();
		const { events: before } = await countsOf(card);
		const asked = watchStreams(page, job.id);

		wire.cut();
		await page.getByText("Connection lost. Trying again…").waitFor();
		await moveAtFal(job.prompt, "advance", { to: "IN_PROGRESS" });
		wire.heal();
		await page.getByText("Reconnected").waitFor();
		await card.getByText("Generating").waitFor();

		await moveAtFal(job.prompt, "finish");
		await seesPicture(card);
		const all = await eventsOf(key, job.id);
		await eventually(
			() => countsOf(card),
			({ events }) => events === all.length,
		);
		expect(await countsOf(card)).toEqual({ events: all.length, repeated: 0, cuts: 1 });
		expect(new Set(asked)).toEqual(new Set([String(before)]));
		await page.getByText("Reconnected").waitFor({ state: "detached" });
	});

	it("goes on by asking if what reads streams is gone, as after a deploy", async () => {
		const { page, key } = await openConsole({ allowed: BROKEN.concat(/ERR_FAILED/) });
		await page.route("**/assets/follow-*", (route) => route.abort());
		const job = await makeElsewhere(key, "a bridge sim:hold");
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.getByText("Queued, 1 ahead").waitFor();
		await moveAtFal(job.prompt, "finish");
		await seesPicture(card);
	});

	it("goes on on the phone: what is cancelled there is cancelled here", async () => {
		const desk = await openConsole();
		const job = await makeElsewhere(desk.key, "a harbour sim:hold sim:queue=2");
		await desk.page.reload();
		const here = cardOf(desk.page, job.prompt);
		await here.getByText("Queued, 2 ahead").waitFor();

		const phone = await openConsole({ key: desk.key, viewport: "phone", touch: true, language: "zh" });
		const there = cardOf(phone.page, job.prompt);
		await there.getByText("排队中，前面还有 2 个").waitFor();
		await there.getByRole("button", { name: "取消", exact: true }).tap();
		await there.getByText("未扣费").waitFor();
		await here.getByText("Cancelled", { exact: true }).waitFor();
		await here.getByText("Not charged").waitFor();
	});

	it("says that there is no network, and goes on when it is back", async () => {
		const { page, key, context } = await openConsole({ allowed: BROKEN });
		const job = await makeElsewhere(key, "a meadow sim:hold sim:queue=1");
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.getByText("Queued, 1 ahead").waitFor();

		await context.setOffline(true);
		await page.getByText("Offline. Jobs go on without you.").waitFor();
		await moveAtFal(job.prompt, "finish");
		await context.setOffline(false);
		await page.getByText("Reconnected").waitFor();
		await seesPicture(card);
		expect(await countsOf(card)).toMatchObject({ repeated: 0 });
	});
});

describe("cancelling", () => {
	it("is free while the job waits, and says so", async () => {
		const { page, key } = await openConsole();
		const job = await makeElsewhere(key, "a cave sim:hold sim:queue=2");
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.getByText("Cancelling now is free.").waitFor();
		await card.getByRole("button", { name: "Cancel", exact: true }).click();
		await card.getByText("Cancelled", { exact: true }).waitFor();
		await card.getByText("Not charged").waitFor();
		expect(await showJob(key, job.id)).toMatchObject({ status: "cancelled", cost: { charge: "free" } });
	});

	it("asks first while the job runs, and says what is kept", async () => {
		const { page, key } = await openConsole();
		const job = await makeElsewhere(key, "a storm sim:hold=run");
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.getByText("Generating").waitFor();
		await card.getByRole("button", { name: "Cancel", exact: true }).click();
		await card.getByText("fal is at work already, and will probably charge all the same.").waitFor();
		// The keyboard is where the safe answer is.
		await eventually(
			() => page.evaluate(() => document.activeElement?.textContent),
			(text) => text === "Let it run",
		);
		await page.keyboard.press("Enter");
		await card.getByText("Generating").waitFor();
		await card.getByRole("button", { name: "Cancel", exact: true }).click();
		await card.getByRole("button", { name: "Cancel anyway" }).click();
		await card.getByText("Cancelled", { exact: true }).waitFor();
		await card.getByText(/^May have been charged: \$/).waitFor();
		expect(await showJob(key, job.id)).toMatchObject({ status: "cancelled", cost: { charge: "kept" } });
	});
});

describe("a job that fails", () => {
	it.each([
		["sim:content-policy", "Blocked by the model's content policy", /^May have been charged: \$/],
		["sim:no-media", "The model made no picture", /^May have been charged: \$/],
		["sim:key-refused", "fal refuses the gateway's key", "Not charged"],
		["sim:server-error", "The model failed", "Not charged"],
		["sim:refused-422", "The model refused an input", "Not charged"],
	])("says why, and what became of the money: %s", async (scenario, reason, money) => {
		const { page, key } = await openConsole();
		const job = await makeElsewhere(key, `a fox ${scenario}`);
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.getByText(reason, { exact: true }).waitFor();
		await card.getByText(money).waitFor();
	});

	it("says why in the language of the page, whatever that of the request is, and in fal's own words", async () => {
		const { page, key } = await openConsole();
		const blocked = await makeElsewhere(key, "一只狐狸 sim:content-policy");
		const refused = await makeElsewhere(key, "一只狐狸 sim:refused-422");
		await page.reload();
		const card = cardOf(page, blocked.prompt);
		await card.getByText("Blocked by the model's content policy", { exact: true }).waitFor();
		expect(await card.getByText("内容政策").count()).toBe(0);
		const words = cardOf(page, refused.prompt).locator("[lang=en]");
		await words.waitFor();
		expect(await words.textContent()).not.toContain("fal 返回");
		await page.getByRole("button", { name: "Language, theme, account" }).click();
		await page.getByRole("menuitem", { name: "中文" }).click();
		await card.locator("[lang=zh]").filter({ hasText: "内容政策" }).waitFor();
	});

	it("says that nobody knows while fal's answer is lost, and shows what comes all the same", async () => {
		const { page, key } = await openConsole();
		const job = await makeElsewhere(key, "a well sim:answer-lost sim:unlisted sim:hold");
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.getByText("fal did not answer: looking for the request").waitFor();
		await moveAtFal(job.prompt, "finish");
		await seesPicture(card);
	});

	it("is sent to fal again while fal is busy", async () => {
		const { page, key } = await openConsole();
		const job = await makeElsewhere(key, "a mill sim:always-503");
		await page.reload();
		const card = cardOf(page, job.prompt);
		await card.getByText("fal is busy").waitFor();
		await card.getByText(/again in \d+ s/).waitFor();
		await card.getByRole("button", { name: "Cancel", exact: true }).click();
		await card.getByText("Not charged").waitFor();
	});
});
