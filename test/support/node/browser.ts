/** Opens pages in a real Chromium, as Debian packages it: without the window around the page, which costs four times as much as the page. */

import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Flags that keep Chromium from calling home; a container's root has no sandbox. */
const FLAGS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

const PATH = "/usr/bin/chromium-headless-shell";
/** Its scroll bars are those that people have. */
const PATH_WITH_WINDOW = "/usr/bin/chromium";

/** Names the program that pages are opened in. Null if there is none. */
export const BROWSER = firstOf(process.env.CHROMIUM ?? PATH, PATH_WITH_WINDOW);

function firstOf(...paths: readonly string[]): string | null {
	return paths.find((path) => existsSync(path)) ?? null;
}

/** @param hasScrollBars false hides them, so that they take no room @throws If there is no Chromium: `CHROMIUM` says where another one is. */
export async function openBrowser({ hasScrollBars = false } = {}): Promise<Browser> {
	const path = hasScrollBars ? firstOf(process.env.CHROMIUM ?? PATH_WITH_WINDOW) : BROWSER;
	if (path === null)
		throw new Error(
			`There is no browser at ${hasScrollBars ? PATH_WITH_WINDOW : PATH}. Install chromium and chromium-headless-shell, or name another one: CHROMIUM=<path> npm test`,
		);
	return chromium.launch({
		executablePath: path,
		args: FLAGS,
		...(hasScrollBars ? { ignoreDefaultArgs: ["--hide-scrollbars"] } : {}),
	});
}
