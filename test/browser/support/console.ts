/** Opens the console in a browser, as somebody of a fresh account, and holds each page to its policy: no complaint, no other host. */

import { randomUUID } from "node:crypto";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, expect, inject, onTestFinished } from "vitest";
import { openBrowser } from "../../support/node/browser.ts";
import { fillGallery, type Holder, issueKey } from "../../support/node/seeded-box.ts";

export const VIEWPORTS = {
	phone: { width: 360, height: 740 },
	desk: { width: 1280, height: 900 },
} as const;

export interface Opening {
	/** The browser's own; English if it is left out. */
	readonly language?: "en" | "zh";
	/** The system's; light if it is left out. */
	readonly theme?: "light" | "dark";
	/** A desk if it is left out. */
	readonly viewport?: keyof typeof VIEWPORTS | { readonly width: number; readonly height: number };
	/** True for fingers in place of a mouse. */
	readonly touch?: boolean;
	/** False shows the sign-in view. True if it is left out. */
	readonly signedIn?: boolean;
	/** Where to go, as `/usage` for `#/usage`. */
	readonly path?: string;
	/** Whose console it is: that of a fresh account if it is left out. `gateway.accessKey` is the owner's. */
	readonly key?: string;
	/** The gateway's address for the browser, such as that of a relay. */
	readonly url?: string;
	/** What the browser's console may say, such as that a request was answered with 401. */
	readonly allowed?: readonly RegExp[];
	/** More of the browser's settings, such as permissions. */
	readonly context?: BrowserContextOptions;
}

export interface OpenedConsole {
	readonly page: Page;
	readonly context: BrowserContext;
	readonly key: string;
	/** Opens the console in another tab of the same browser: what it remembers is there, the session of the tab is not. */
	readonly openTab: () => Promise<Page>;
}

const LOCALES = { en: "en-US", zh: "zh-CN" } as const;

let browser: Promise<Browser> | null = null;
afterAll(async () => {
	await (await browser)?.close();
	browser = null;
});

/** Opens the console in a browser of its own. It is closed when the test ends, which fails if a page complained or asked another host. */
export async function openConsole(opening: Opening = {}): Promise<OpenedConsole> {
	const { url = inject("gateway").url, signedIn = true, path, key = (await freshHolder()).key } = opening;
	browser ??= openBrowser();
	const context = await (await browser).newContext(toContextOptions(opening));
	const seen = watch(context);
	onTestFinished(async () => {
		const { complaints, hosts } = seen;
		await context.close();
		const { allowed = [] } = opening;
		expect(complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([]);
		expect([...hosts].filter((host) => host !== new URL(url).host)).toEqual([]);
	});
	const page = await context.newPage();
	if (signedIn) {
		await page.goto(`${url}/#key=${encodeURIComponent(key)}`);
		await page.getByRole("navigation").first().waitFor();
	} else await page.goto(url);
	if (path !== undefined) await goTo(page, path);
	const openTab = async () => {
		const tab = await context.newPage();
		await tab.goto(path === undefined ? url : `${url}/#${path}`);
		return tab;
	};
	return { page, context, key, openTab };
}

/** Goes to a view, as a link of the console does. */
export async function goTo(page: Page, path: string): Promise<void> {
	await page.evaluate((hash) => {
		location.hash = hash;
	}, path);
}

/** Issues a key of an account that nobody had before. */
export function freshHolder(): Promise<Holder> {
	return issueKey(inject("gateway"), { account: `t-${randomUUID().slice(0, 20)}` });
}

/** Gives a fresh account so many ended jobs, with pictures and thumbnails, the newest of now. Their prompts end with their numbers: `(1)` is the oldest. */
export async function seedGallery(count = 10_000): Promise<Holder> {
	const holder = await freshHolder();
	await fillGallery(inject("gateway"), holder, count);
	return holder;
}

function toContextOptions({ language = "en", theme = "light", viewport = "desk", touch = false, context }: Opening) {
	return {
		locale: LOCALES[language],
		colorScheme: theme,
		viewport: typeof viewport === "string" ? VIEWPORTS[viewport] : viewport,
		// What moves would be measured and drawn half-way.
		reducedMotion: "reduce",
		...(touch ? { hasTouch: true, isMobile: true } : {}),
		...context,
	} as const satisfies BrowserContextOptions;
}

/** Collects what the pages of a browser complain about, and which hosts they ask. */
function watch(context: BrowserContext) {
	const complaints: string[] = [];
	const hosts = new Set<string>();
	context.on("console", (message) => {
		if (["error", "warning"].includes(message.type())) complaints.push(`${message.text()} (${message.location().url})`);
	});
	context.on("weberror", (error) => complaints.push(String(error.error())));
	context.on("request", (request) => {
		const { protocol, host } = new URL(request.url());
		if (protocol.startsWith("http")) hosts.add(host);
	});
	return { complaints, hosts };
}
