/** Draws the console's icons from `icon.svg` with Chromium: run it when the drawing has changed, and commit what it writes. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

/** @param isBleeding Fills the corners, for systems that cut a shape of their own */
const ICONS: readonly (readonly [file: string, size: number, isBleeding: boolean])[] = [
	["icon-192.png", 192, false],
	["icon-512.png", 512, false],
	["icon-maskable-512.png", 512, true],
	["apple-touch-icon.png", 180, true],
];

const folder = join(import.meta.dirname, "../src/console/public");
const drawing = readFileSync(join(folder, "icon.svg"), "utf8");

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox"],
});
for (const [file, size, isBleeding] of ICONS) {
	const page = await browser.newPage({ viewport: { width: size, height: size } });
	const svg = isBleeding ? drawing.replace(' rx="112"', "") : drawing;
	await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px}</style>${svg}`);
	await page.screenshot({ path: join(folder, file), omitBackground: true });
	await page.close();
}
await browser.close();
