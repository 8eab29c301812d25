/** Reads in a page what its browser measured of it. */

import type { Page } from "playwright-core";

export interface Loaded {
	/** Milliseconds from the start of the navigation. */
	readonly firstPaintMs: number;
	/** Null if no picture of the gateway came. */
	readonly firstPictureMs: number | null;
	/** The paths of the page, its scripts and its styles. */
	readonly code: readonly string[];
	/** Of pictures and thumbnails, as they were sent. */
	readonly pictureBytes: number;
	readonly pictures: number;
	/** How much of the page moved by itself, as browsers count it. */
	readonly shift: number;
}

declare global {
	interface Window {
		measured: { firstPictureMs: number | null; shift: number; frames: number[] };
	}
}

/** Makes every page of a context measure itself from its beginning. */
export function measureInPage(): void {
	window.measured = { firstPictureMs: null, shift: 0, frames: [] };
	document.addEventListener(
		"load",
		({ target }) => {
			if (!(target instanceof HTMLImageElement) || window.measured.firstPictureMs !== null) return;
			// It is painted in the next frame, and this runs behind that.
			requestAnimationFrame(() =>
				setTimeout(() => {
					window.measured.firstPictureMs ??= performance.now();
				}),
			);
		},
		true,
	);
	new PerformanceObserver((list) => {
		for (const entry of list.getEntries())
			if ("value" in entry && !("hadRecentInput" in entry && entry.hadRecentInput === true))
				window.measured.shift += Number(entry.value);
	}).observe({ type: "layout-shift", buffered: true });
}

/** Reads what `measureInPage` and the browser measured since the page was loaded. */
export function readLoaded(page: Page): Promise<Loaded> {
	return page.evaluate(() => {
		const files = performance
			.getEntriesByType("resource")
			.filter((entry) => entry instanceof PerformanceResourceTiming);
		const pathOf = ({ name }: PerformanceResourceTiming) => new URL(name).pathname;
		const pictures = files.filter((entry) => /^\/images\/|\/thumbnail$/.test(pathOf(entry)));
		const code = files.map(pathOf).filter((path) => /^\/assets\/.*\.(?:js|css)$/.test(path));
		const { firstPictureMs, shift } = window.measured;
		return {
			firstPaintMs: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
			firstPictureMs,
			code: ["/", ...new Set(code)],
			pictureBytes: pictures.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
			pictures: pictures.length,
			shift,
		};
	});
}

/** Scrolls with the wheel, a step in each frame, and returns how long the frames took. Milliseconds. */
export async function scroll(page: Page, steps: number, stepPixels: number): Promise<readonly number[]> {
	await page.evaluate(() => {
		let last = performance.now();
		const frame = (now: number) => {
			window.measured.frames.push(now - last);
			last = now;
			requestAnimationFrame(frame);
		};
		requestAnimationFrame(frame);
	});
	const { width = 0, height = 0 } = page.viewportSize() ?? {};
	await page.mouse.move(width / 2, height / 3);
	for (let step = 0; step < steps; step += 1) {
		await page.mouse.wheel(0, stepPixels);
		await page.evaluate(() => new Promise(requestAnimationFrame));
	}
	return page.evaluate(() => window.measured.frames);
}
