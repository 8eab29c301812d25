/** Every view of the console, a row each: axe, the width and the screenshots go through this table. */

import type { Page } from "playwright-core";
import { cards } from "./gallery.ts";
import { aPicture } from "./pictures.ts";

/** What the account of the views has. */
export interface Seeded {
	/** Newest first, jobs that succeeded. */
	readonly jobs: readonly string[];
}

export interface View {
	readonly name: string;
	/** Behind the `#`. */
	readonly path?: string | ((seeded: Seeded) => string);
	/** Before anybody has signed in. */
	readonly isSignedOut?: true;
	/** For the owner alone. */
	readonly isOwners?: true;
	/** What somebody does there, in either language. Resolves when it can be looked at. */
	readonly act?: (page: Page) => Promise<void>;
}

export const VIEWS: readonly View[] = [
	{ name: "sign-in", isSignedOut: true },
	{ name: "pictures", path: "/" },
	{ name: "references", path: "/", act: addReferences },
	{ name: "mask", path: "/", act: paintMask },
	{ name: "job", path: ({ jobs }) => `/job/${jobs[0]}` },
	{ name: "compare", path: ({ jobs }) => `/compare/${jobs[0]}/0/${jobs[1]}/0` },
	{ name: "selection", path: "/?state=succeeded", act: selectTwo },
	{ name: "nothing-found", path: "/?q=no+such+words" },
	{ name: "usage", path: "/usage" },
	{ name: "keys", path: "/keys", isOwners: true },
	{ name: "connect", path: "/connect" },
];

async function addReferences(page: Page): Promise<void> {
	const colours = [
		[226, 160, 66],
		[60, 120, 84],
		[24, 84, 160],
	];
	const files = colours.map((colour, at) => aPicture(`${at}.png`, 300, 200, colour));
	await page.locator("input[type=file]").first().setInputFiles(files);
	await page
		.getByRole("button", { name: /2\.png/ })
		.first()
		.waitFor();
}

async function paintMask(page: Page): Promise<void> {
	await addReferences(page);
	await page.getByRole("button", { name: /^(Paint where to edit|涂抹要修改的区域)$/ }).click();
	const stage = page.getByRole("application");
	await stage.waitFor();
	// Two lines that cross, by the keys.
	await page.keyboard.down(" ");
	for (const key of ["Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowLeft"]) await page.keyboard.press(key);
	await page.keyboard.up(" ");
}

async function selectTwo(page: Page): Promise<void> {
	await cards(page).first().getByRole("link").first().focus();
	await page.keyboard.press("Space");
	await page.keyboard.press("Shift+ArrowRight");
	await page.getByRole("toolbar").waitFor();
}

/** Undefined for a view that has no address. */
export function pathOf({ path }: View, seeded: Seeded): string | undefined {
	return typeof path === "function" ? path(seeded) : path;
}
