/** Opens pages in a real Chromium, as Debian packages it. */

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

/** @param hasScrollBars false hides them, so that they take no room @throws If there is no Chromium: `CHROMIUM` says where another one is. */
export async function openBrowser({ hasScrollBars = false } = {}): Promise<Browser> {
	const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
	if (!existsSync(executablePath))
		throw new Error(
			`There is no browser at ${executablePath}. Install chromium, or name one: CHROMIUM=<path> npm test`,
		);
	return chromium.launch({
		executablePath,
		args: FLAGS,
		...(hasScrollBars ? { ignoreDefaultArgs: ["--hide-scrollbars"] } : {}),
	});
}
