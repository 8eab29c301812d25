/** Finds and moves what the gallery shows. */

import type { Locator, Page } from "playwright-core";

export function cards(page: Page): Locator {
	return page.getByRole("list", { name: /^(?:Everything that was made|全部作品)$/ }).getByRole("article");
}

/** The card of a prompt that ends with the text. */
export function cardOf(page: Page, end: string): Locator {
	return cards(page).filter({ hasText: end });
}

/** The prompts of the cards that are in the page, in their order. */
export async function promptsOf(page: Page): Promise<readonly string[]> {
	return cards(page).evaluateAll((articles) => articles.map((article) => article.getAttribute("aria-label") ?? ""));
}

/** Scrolls by most of a window, and waits for the cards that are seen then. */
export async function scrollDown(page: Page): Promise<void> {
	await page.evaluate(() => {
		scrollBy({ top: innerHeight * 0.8, behavior: "instant" });
		return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
	});
	// In a frame, only some are drawn.
	await page.waitForFunction(() => document.querySelector(".look-bare") === null);
}

/** Puts fingers on the page and moves them: each step is where they are, and no finger lifts them. */
export async function touch(
	page: Page,
	steps: readonly (readonly (readonly [x: number, y: number])[])[],
	holdMs = 0,
): Promise<void> {
	const session = await page.context().newCDPSession(page);
	for (const [place, fingers] of steps.entries()) {
		await session.send("Input.dispatchTouchEvent", {
			type: place === 0 ? "touchStart" : fingers.length === 0 ? "touchEnd" : "touchMove",
			touchPoints: fingers.map(([x, y], id) => ({ x, y, id })),
		});
		if (place === 0 && holdMs > 0) await page.waitForTimeout(holdMs);
	}
	await session.detach();
}

/** The middle of an element. */
export async function middleOf(element: Locator): Promise<[x: number, y: number]> {
	await element.scrollIntoViewIfNeeded();
	const box = await element.boundingBox();
	if (box === null) throw new Error("it is not seen");
	return [box.x + box.width / 2, box.y + box.height / 2];
}
