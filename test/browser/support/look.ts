/** Looks at a page: takes pictures of it, and reads it as people do who cannot see it. */

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";

/** git ignores it. */
const SHOTS = "shots";
const SERIOUS = ["serious", "critical"];

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
	readonly id: string;
	readonly impact: string | null;
	readonly help: string;
	readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Lists what axe finds serious or critical, a line each: none is what a test wants. */
export async function axe(page: Page): Promise<readonly string[]> {
	// A script of the page itself would be against its policy.
	await page.evaluate(axeSource);
	const violations: readonly Violation[] = await page.evaluate(
		"axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
	);
	return violations
		.filter(({ impact }) => impact !== null && SERIOUS.includes(impact))
		.flatMap(({ id, help, nodes }) =>
			nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html}: ${failureSummary}`),
		);
}

/** Takes a picture of what is seen of the page. */
export async function screenshot(page: Page, name: string): Promise<void> {
	const path = join(SHOTS, `${name}.png`);
	mkdirSync(dirname(path), { recursive: true });
	await page.screenshot({ path });
}

/** True if nothing has to be scrolled sideways. */
export async function fitsWidth(page: Page): Promise<boolean> {
	return page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
}

/** Waits until all that is seen has come: the view, its data and its pictures. */
export async function settled(page: Page): Promise<void> {
	// The view of before stands until then.
	await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
	await page.waitForFunction(() => {
		const isBusy = document.querySelector("[aria-busy=true], main .empty[role=status]") !== null;
		const seen = [...document.images].filter((image) => {
			const { top, bottom } = image.getBoundingClientRect();
			return bottom > 0 && top < innerHeight;
		});
		return !isBusy && seen.every((image) => image.complete) && document.querySelector("main > *") !== null;
	});
}
