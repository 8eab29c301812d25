/** The console in Chromium, before a gallery of ten thousand jobs: what it loads, when something is seen, what moves, and how smoothly it scrolls. */

import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { max, median, quantile } from "simple-statistics";
import { settled } from "../../test/browser/support/look.ts";
import { pathOf, type Seeded, VIEWS } from "../../test/browser/support/views.ts";
import { openBrowser } from "../../test/support/node/browser.ts";
import { fillGallery, issueKey, type SeededBox, startSeededBox } from "../../test/support/node/seeded-box.ts";
import { atMost, type Case, type Size } from "../figure.ts";
import { type Loaded, measureInPage, readLoaded, scroll } from "../page-figures.ts";

const JOBS = 10_000;
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };
const DESK = { viewport: { width: 1280, height: 900 } };
/** As slow as a cheap phone. */
const THROTTLE = 4;
/** In each frame: at 60 frames a second more than a hand flings. */
const STEP_PIXELS = 200;

const SIZES: Readonly<Record<Size, { readonly rounds: number; readonly steps: number }>> = {
	guard: { rounds: 1, steps: 5 },
	quick: { rounds: 3, steps: 60 },
	full: { rounds: 9, steps: 200 },
};

export const consolePage: Case = async (size) => {
	const { rounds, steps } = SIZES[size];
	const box = await startSeededBox();
	const browser = await openBrowser();
	try {
		const holder = await issueKey(box, { account: "gallery" });
		await fillGallery(box, holder, JOBS);
		const seeded = { jobs: await succeeded(box, holder.key) };

		// The first one warms up the gateway.
		await visit(browser, box, holder.key, DESK);
		const desk: Loaded[] = [];
		const phone: Loaded[] = [];
		for (let round = 0; round < rounds; round += 1) {
			desk.push(await visit(browser, box, holder.key, DESK));
			phone.push(await visit(browser, box, holder.key, PHONE));
		}
		const views = await visitViews(browser, box, holder.key, seeded);
		const frames = await scrollGallery(browser, box, holder.key, steps);

		const first = desk[0];
		const pictureTimes = desk.flatMap(({ firstPictureMs }) => firstPictureMs ?? []);
		if (first === undefined || pictureTimes.length === 0) throw new Error("the gallery shows no picture");
		const kb = (bytes: number) => bytes / 1024;
		const sizes = await gzippedSizes(box, [first, ...views.map(({ loaded }) => loaded)]);
		const codeBytes = ({ code }: Loaded) => code.reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0);
		const listed = (show: (view: Loaded) => string) =>
			views.map(({ name, loaded }) => `${name} ${show(loaded)}`).join(", ");
		return {
			figures: [
				{
					name: "console, first load: page, scripts and styles, gzipped",
					value: kb(codeBytes(first)),
					unit: "KB",
					goal: atMost(60),
					detail: `all that is loaded at the address of each view: ${listed((view) => `${kb(codeBytes(view)).toFixed(1)} KB`)}`,
				},
				{
					name: "console, first contentful paint, nothing cached",
					value: median(desk.map(({ firstPaintMs }) => firstPaintMs)),
					unit: "ms",
					goal: null,
					detail: `median of ${rounds}. Of each view, with its files cached: ${listed(({ firstPaintMs }) => `${Math.round(firstPaintMs)} ms`)}`,
				},
				{
					name: "console, layout shift of the view that moves most",
					value: max([...desk, ...phone, ...views.map(({ loaded }) => loaded)].map(({ shift }) => shift)),
					unit: "CLS",
					goal: atMost(0.02),
					detail: `gallery ${max(desk.map(({ shift }) => shift)).toFixed(3)}, on a phone ${max(phone.map(({ shift }) => shift)).toFixed(3)}; ${listed(({ shift }) => shift.toFixed(3))}`,
				},
				{
					name: `console, first picture of a gallery of ${JOBS.toLocaleString("en")} seen, nothing cached`,
					value: median(pictureTimes),
					unit: "ms",
					goal: atMost(500),
					detail: `from the opening of a link that signs in; median of ${rounds}, ${Math.round(max(pictureTimes))} ms at most`,
				},
				{
					name: "console, pictures of the first screen on a phone",
					value: kb(median(phone.map(({ pictureBytes }) => pictureBytes))),
					unit: "KB",
					goal: atMost(1024),
					detail: `${phone[0]?.pictures} thumbnails, which are PNG here: a console makes WebP of a third of their size`,
				},
				{
					name: `console, longest frame while that gallery scrolls, at ${THROTTLE} × throttling`,
					value: max(frames),
					unit: "ms",
					goal: atMost(200),
					detail: `${frames.length} frames: p50 ${Math.round(median(frames))} ms, p95 ${Math.round(quantile(frames, 0.95))} ms, drawn without a graphics card`,
				},
			],
		};
	} finally {
		await browser.close();
		await box.stop();
	}
};

async function succeeded(box: SeededBox, key: string): Promise<readonly string[]> {
	const headers = { authorization: `Bearer ${key}` };
	const answer = await fetch(`${box.url}/v1/jobs?status=succeeded`, { headers });
	const { data }: { data: { id: string }[] } = await answer.json();
	return data.map(({ id }) => id);
}

type Device = typeof PHONE | typeof DESK;

async function openPage(browser: Browser, device: Device): Promise<Page> {
	const context = await browser.newContext(device);
	await context.addInitScript(measureInPage);
	return context.newPage();
}

/** Opens the gallery in a browser that has nothing, by a link that signs in. */
async function visit(browser: Browser, { url }: SeededBox, key: string, device: Device): Promise<Loaded> {
	const page = await openPage(browser, device);
	await page.goto(`${url}/#key=${key}`);
	await galleryOf(page);
	const loaded = await readLoaded(page);
	await page.context().close();
	return loaded;
}

async function galleryOf(page: Page): Promise<void> {
	await page.locator("main img").first().waitFor();
	await settled(page);
}

/** Loads each view anew, at its address, by somebody who is signed in. */
async function visitViews(browser: Browser, box: SeededBox, key: string, seeded: Seeded) {
	const visited: { readonly name: string; readonly loaded: Loaded }[] = [];
	for (const isOwners of [false, true]) {
		const page = await openPage(browser, DESK);
		await page.goto(`${box.url}/#key=${isOwners ? box.accessKey : key}`);
		await page.getByRole("navigation").first().waitFor();
		for (const view of VIEWS.filter((one) => !one.isSignedOut && !one.act && (one.isOwners ?? false) === isOwners)) {
			// Another fragment alone would load nothing.
			await page.goto("about:blank");
			await page.goto(`${box.url}/#${pathOf(view, seeded)}`);
			await page.getByRole("navigation").first().waitFor();
			await settled(page);
			visited.push({ name: view.name, loaded: await readLoaded(page) });
		}
		await page.context().close();
	}
	return visited;
}

async function scrollGallery(browser: Browser, { url }: SeededBox, key: string, steps: number) {
	const page = await openPage(browser, DESK);
	await page.goto(`${url}/#key=${key}`);
	await galleryOf(page);
	const devtools = await page.context().newCDPSession(page);
	await devtools.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
	const frames = await scroll(page, steps, STEP_PIXELS);
	await page.context().close();
	return frames;
}

/** The box sends files as they are; Cloudflare compresses them. */
async function gzippedSizes({ url }: SeededBox, loads: readonly Loaded[]): Promise<ReadonlyMap<string, number>> {
	const paths = [...new Set(loads.flatMap(({ code }) => code))];
	const sizes = paths.map(async (path) => {
		const bytes = new Uint8Array(await (await fetch(`${url}${path}`)).arrayBuffer());
		return [path, gzipSync(bytes).length] as const;
	});
	return new Map(await Promise.all(sizes));
}
