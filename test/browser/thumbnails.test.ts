/** Holds that a picture is made small by the first page that sees it, and that the next one loads kilobytes. */

import { expect, inject, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { freshHolder, openConsole, seedGallery } from "./support/console.ts";
import { cards } from "./support/gallery.ts";
import { jobsOf, makeJob } from "./support/made.ts";

it("makes the thumbnails of pictures that have none, once, and the next visitor loads them alone", async () => {
	const holder = await freshHolder();
	await makeJob(holder.key, "/v1/images/generations/async", { prompt: "two owls", model: "flux-schnell", n: 2 });
	const list = () => jobsOf(holder.key);

	const first = await openConsole({ key: holder.key });
	const puts: string[] = [];
	first.page.on("request", (request) => {
		if (request.method() === "PUT") puts.push(new URL(request.url()).pathname);
	});
	const [job] = await eventually(list, ([made]) => made?.images.every((image) => image.thumbnail_url) ?? false);
	expect(puts.length).toBeLessThanOrEqual(2);
	const original = job?.images.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;

	const next = await openConsole({ key: holder.key, viewport: "phone", touch: true, signedIn: false });
	const loaded: { path: string; bytes: number }[] = [];
	next.page.on("response", (response) => {
		const path = new URL(response.url()).pathname;
		if (path.startsWith("/images/")) loaded.push({ path, bytes: Number(response.headers()["content-length"]) });
	});
	// From another page, so that it is loaded anew.
	await next.page.goto("about:blank");
	await next.page.goto(`${inject("gateway").url}/#key=${holder.key}`);
	await expect.poll(() => cards(next.page).first().locator("img.watch-there").count(), { timeout: 20_000 }).toBe(2);
	await expect.poll(() => loaded.length, { timeout: 20_000 }).toBe(2);
	expect(loaded.every(({ path }) => path.endsWith(".thumb"))).toBe(true);
	expect(loaded.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(original / 5);
});

it("shows the picture itself if its thumbnail does not load", async () => {
	const holder = await seedGallery(3);
	const { page, context } = await openConsole({ signedIn: false, allowed: [/Failed to load resource/] });
	await context.route(/\.thumb/, (route) => route.abort());
	// From another page, so that it is loaded anew.
	await page.goto("about:blank");
	await page.goto(`${inject("gateway").url}/#key=${holder.key}`);
	const picture = cards(page).first().locator("img.watch-there").first();
	await picture.waitFor();
	await expect
		.poll(() =>
			picture.evaluate((image: HTMLImageElement) => [new URL(image.currentSrc).pathname, image.naturalWidth > 0]),
		)
		.toEqual([expect.stringMatching(/^\/images\/.*\/0\.png$/), true]);
});
