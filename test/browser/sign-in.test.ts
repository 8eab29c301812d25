/** Signs in to the console, and out. */

import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { freePort, startGateway } from "../support/node/gateway.ts";
import { issueKey } from "../support/node/seeded-box.ts";
import { askWith } from "./support/api.ts";
import { chooseModel, composerOf } from "./support/composer.ts";
import { freshHolder, openConsole } from "./support/console.ts";
import { axe, fitsWidth } from "./support/look.ts";
import { aPicture, chooseFiles, tile, tileNames } from "./support/pictures.ts";

const { url, accessKey } = inject("gateway");
const REFUSED = [/status of 401/];

/** Types a key as a person does. */
async function type(page: Page, key: string, { remember = false } = {}): Promise<void> {
	await page.getByLabel("Access key").fill(key);
	if (remember) await page.getByLabel("Remember it on this device").check();
	await page.getByRole("button", { name: "Sign in" }).click();
}

const seesViews = (page: Page) => page.getByRole("navigation", { name: "Views" }).waitFor();
const seesForm = (page: Page) => page.getByRole("button", { name: "Sign in" }).waitFor();
/** What the browser keeps in all, as one text. */
const kept = (page: Page) => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));

it("signs in by the link that npm start prints, and takes the key out of the address", async () => {
	const { page } = await openConsole();
	expect(page.url()).toBe(`${url}/#/`);
});

it("says that a key is wrong, and takes the right one", async () => {
	const { page, key } = await openConsole({ signedIn: false, allowed: REFUSED });
	await type(page, "sk-of-nobody");
	await page.getByText("This gateway does not know that key.").waitFor();
	await type(page, ` ${key}\n`);
	await seesViews(page);
});

it("keeps a key for the tab alone, unless it is asked to remember it", async () => {
	const { page, openTab, key } = await openConsole({ signedIn: false, allowed: [/status of 502/] });
	await type(page, key);
	await seesViews(page);
	await page.reload();
	await seesViews(page);
	// Also while the gateway is started anew.
	await page.route("**/v1/**", (route) => route.fulfill({ status: 502 }));
	await page.reload();
	await page.getByRole("alert").filter({ hasText: "The gateway does not answer." }).waitFor();
	await page.unroute("**/v1/**");
	await page.getByRole("button", { name: "Try again" }).click();
	await seesViews(page);
	expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(key);
	await seesForm(await openTab());
});

it("remembers a key on wish, and forgets it when one signs out", async () => {
	const { page, openTab, key } = await openConsole({ signedIn: false });
	await type(page, key, { remember: true });
	await seesViews(page);
	const tab = await openTab();
	await seesViews(tab);
	await tab.getByRole("button", { name: "Language, theme, account" }).click();
	await tab.getByRole("menuitem", { name: /^Sign out/ }).click();
	await seesForm(tab);
	expect(await kept(tab)).not.toContain(key);
});

it("keeps the key of a link over a reload at once, and lets the one that the device remembers be", async () => {
	const { page, openTab, key } = await openConsole({ signedIn: false });
	await type(page, key, { remember: true });
	await seesViews(page);
	const other = await freshHolder();
	const tab = await openTab();
	await tab.goto("about:blank");
	await tab.goto(`${url}/#key=${other.key}`, { waitUntil: "commit" });
	await tab.waitForURL(`${url}/#/`);
	await tab.reload();
	await seesViews(tab);
	await tab.getByRole("button", { name: "Language, theme, account" }).click();
	await tab.getByRole("menuitem", { name: `Sign out (${other.account})` }).waitFor();
	expect(await tab.evaluate(() => JSON.stringify({ ...localStorage }))).toContain(key);
});

it("asks for another key once its own is revoked, and keeps for it what the request had", async () => {
	const { page, key } = await openConsole({ allowed: [...REFUSED, /status of 403/] });
	const { all, prompt } = composerOf(page);
	await chooseModel(page, "nano-banana-2");
	await chooseFiles(page, [aPicture("a.png")]);
	await expect.poll(() => tileNames(page)).toHaveLength(1);
	await prompt.fill("A fox");
	// Until the price is there, the models may not be, and nothing would be sent.
	await all.getByText(/^About \$/).waitFor();
	const shown = await (await askWith(key, "/v1/key")).json();
	if (typeof shown !== "object" || shown === null || !("id" in shown)) throw new Error("the key has no id");
	if (!("account" in shown)) throw new Error("the key has no account");
	expect((await askWith(accessKey, `/v1/keys/${shown.id}`, { method: "DELETE" })).status).toBe(200);
	// The gateway may know a key for half a minute. A request that makes something asks at once.
	await page.keyboard.press("Control+Enter");
	await page.getByText("The key is not valid any more.").waitFor();
	expect(await kept(page)).not.toContain(key);
	const next = await issueKey(inject("gateway"), { account: String(shown.account) });
	await type(page, next.key);
	await tile(page, "a.png").waitFor();
	expect(await prompt.inputValue()).toBe("A fox");
});

it("switches language and theme, and keeps both", async () => {
	const { page, openTab } = await openConsole({ signedIn: false });
	await page.getByRole("button", { name: "Language, theme, account" }).click();
	await page.getByRole("menuitem", { name: "中文" }).click();
	await page.getByRole("button", { name: "登录" }).waitFor();
	await page.getByRole("button", { name: "语言、主题与账户" }).click();
	await page.getByRole("menuitemradio", { name: "深色" }).click();
	const tab = await openTab();
	await tab.getByRole("button", { name: "登录" }).waitFor();
	const root = tab.locator("html");
	expect([await root.getAttribute("lang"), await root.getAttribute("data-theme")]).toEqual(["zh-CN", "dark"]);
});

it("has a sign-in view that axe finds nothing serious in", async () => {
	const { page } = await openConsole({ signedIn: false, viewport: "phone", language: "zh" });
	await page.getByRole("button", { name: "登录" }).waitFor();
	expect(await axe(page)).toEqual([]);
	expect(await fitsWidth(page)).toBe(true);
});

describe("in front of a gateway without its settings", () => {
	it("says what is missing before anybody types a key", async () => {
		const gateway = await startGateway(`http://localhost:${await freePort()}`, {
			FAL_API_KEY: "",
			WORKER_ACCESS_KEY: "",
		});
		try {
			const { page } = await openConsole({ signedIn: false, url: gateway.url, allowed: [/status of 500/] });
			const problem = page.getByRole("alert");
			await problem.waitFor();
			expect(await problem.textContent()).toMatch(/not ready yet[\s\S]*FAL_API_KEY[\s\S]*WORKER_ACCESS_KEY/);
		} finally {
			await gateway.stop();
		}
	});
});
