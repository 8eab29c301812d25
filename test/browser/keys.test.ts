/** The view of keys: one is issued, used, limited, blocked, rotated and deleted, an account is erased, and nobody but the owner sees it. */

import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { askWith, makeOf } from "./support/api.ts";
import { freshHolder, openConsole } from "./support/console.ts";
import { axe, fitsWidth, screenshot } from "./support/look.ts";

const { accessKey } = inject("gateway");

async function openKeys(more: Parameters<typeof openConsole>[0] = {}) {
	const opened = await openConsole({ key: accessKey, path: "/keys", ...more });
	await opened.page.getByRole("heading", { level: 1, name: /Keys|密钥/ }).waitFor();
	return opened;
}

const newAccount = () => `t-${randomUUID().slice(0, 20)}`;

/** Opens the form of a new key, and types into it. */
async function begin(page: Page, account: string, name: string) {
	await page.getByRole("button", { name: "New key" }).click();
	const form = page.getByRole("dialog", { name: "New key" });
	await form.getByRole("textbox", { name: "Name" }).fill(name);
	await form.getByRole("combobox", { name: "Account" }).fill(account);
	return form;
}

/** Reads the key that is shown once. */
async function saveSecret(page: Page): Promise<string> {
	const dialog = page.getByRole("dialog", { name: "Save the key now" });
	const secret = (await dialog.locator("code").first().textContent()) ?? "";
	await dialog.getByRole("button", { name: "I have saved it" }).click();
	await dialog.waitFor({ state: "detached" });
	return secret;
}

async function choose(page: Page, key: string, action: string): Promise<void> {
	await page.getByRole("button", { name: `More actions for ${key}` }).click();
	await page.getByRole("menuitem", { name: action }).click();
}

/** Lists all accounts: the first twenty are shown at once. */
async function showAccounts(page: Page): Promise<void> {
	await page.getByRole("table", { name: "Accounts" }).waitFor();
	const all = page.getByRole("button", { name: /^Show all \d/ });
	if ((await all.count()) > 0) await all.click();
}

const statusOf = async (key: string) => (await askWith(key, "/v1/key")).status;

describe("a key", () => {
	it("is issued with limits, used against them, changed, blocked, rotated and deleted", async () => {
		const { page } = await openKeys();
		const account = newAccount();
		const form = await begin(page, account, "Bob, phone");
		await form.getByRole("textbox", { name: "Budget in USD", exact: true }).fill("0.02");
		await form.getByRole("combobox", { name: "Resets" }).first().selectOption("each day (UTC)");
		await form.getByRole("textbox", { name: "Requests a minute" }).fill("60");
		await form.getByRole("textbox", { name: "Pictures a day (UTC)" }).fill("4");
		await form.getByText("Only these").click();
		await form.getByRole("checkbox", { name: "flux-schnell", exact: true }).check();
		expect(await form.getByRole("checkbox", { name: "darkroom-schnell" }).count()).toBe(0);
		await form.getByRole("button", { name: "Create key" }).click();

		// It is shown once, and cannot be lost by a slip of the finger.
		const once = page.getByRole("dialog", { name: "Save the key now" });
		await once.waitFor();
		await page.keyboard.press("Escape");
		await once.getByRole("alert").filter({ hasText: "The key is not shown again" }).waitFor();
		const secret = await saveSecret(page);
		expect(secret).toMatch(new RegExp(`^sk-dr-${account}-`));
		expect(await page.content()).not.toContain(secret);

		const card = page.getByRole("listitem", { name: "Bob, phone" });
		await card.getByText("$0.02 a day · 4 pictures a day · 60 requests a minute · only flux-schnell").waitFor();
		await card.getByText("no recent jobs").waitFor();
		expect(await makeOf(secret, "flux-schnell", { n: 3 })).toBe(200);
		expect(await makeOf(secret, "nano-banana-2")).toBe(403);
		await page.reload();
		await page.getByRole("combobox", { name: "Account" }).selectOption(account);
		await card.getByText("$0.009 of $0.02").waitFor();
		await card.getByText("3 of 4").waitFor();
		await card.getByText(/^· last used /).waitFor();

		await card.getByRole("button", { name: "Edit Bob, phone" }).click();
		const edit = page.getByRole("dialog", { name: "Edit Bob, phone" });
		expect(await edit.getByRole("textbox", { name: "Budget in USD", exact: true }).inputValue()).toBe("0.02");
		await edit.getByRole("textbox", { name: "Budget in USD", exact: true }).fill("");
		await edit.getByRole("textbox", { name: "Pictures a day (UTC)" }).fill("3");
		await edit.getByRole("button", { name: "Save" }).click();
		await card.getByText("3 pictures a day · 60 requests a minute · only flux-schnell").waitFor();
		await card.getByText("used up", { exact: true }).waitFor();
		expect(await makeOf(secret, "flux-schnell")).toBe(429);

		await choose(page, "Bob, phone", "Block");
		await card.getByText("Blocked", { exact: true }).waitFor();
		expect(await statusOf(secret)).toBe(401);
		await choose(page, "Bob, phone", "Unblock");
		await card.getByText("Active", { exact: true }).waitFor();
		expect(await statusOf(secret)).toBe(200);

		await choose(page, "Bob, phone", "New secret");
		const rotate = page.getByRole("dialog", { name: "A new secret for Bob, phone" });
		await rotate.getByRole("combobox", { name: "The old secret works for" }).selectOption("1 hour");
		await rotate.getByRole("button", { name: "New secret" }).click();
		const next = await saveSecret(page);
		expect(next).not.toBe(secret);
		expect([await statusOf(secret), await statusOf(next)]).toEqual([200, 200]);
		await card.getByText("Old secret still works").waitFor();
		await choose(page, "Bob, phone", "New secret");
		await rotate.getByRole("combobox", { name: "The old secret works for" }).selectOption("no longer");
		await rotate.getByRole("button", { name: "New secret" }).click();
		const last = await saveSecret(page);
		expect([await statusOf(secret), await statusOf(next), await statusOf(last)]).toEqual([401, 401, 200]);

		await choose(page, "Bob, phone", "Delete");
		await page.getByRole("dialog", { name: "Delete Bob, phone?" }).getByRole("button", { name: "Delete" }).click();
		await card.waitFor({ state: "detached" });
		expect(await statusOf(last)).toBe(401);
	});

	it("is not made of what cannot be read, and each mistake stands beside its field", async () => {
		const { page } = await openKeys({ allowed: [/400|404/] });
		const form = await begin(page, "Bob Smith", "");
		const make = form.getByRole("button", { name: "Create key" });
		const budget = form.getByRole("textbox", { name: "Budget in USD", exact: true });
		await budget.fill("five");
		await make.click();
		await form.getByText("Type an amount, such as 2.50 or 1000").waitFor();
		expect(await budget.getAttribute("aria-invalid")).toBe("true");
		expect(await budget.evaluate((field) => field === document.activeElement)).toBe(true);
		// It stands until the field is changed, and no longer.
		await form.getByRole("textbox", { name: "Name" }).fill("Bob");
		expect(await budget.getAttribute("aria-invalid")).toBe("true");
		await budget.fill("5");
		expect(await budget.getAttribute("aria-invalid")).toBe(null);
		expect(await form.getByRole("alert").count()).toBe(0);
		// The gateway finds these: it names the field.
		await make.click();
		const account = form.getByRole("combobox", { name: "Account" });
		await expect.poll(() => account.getAttribute("aria-invalid")).toBe("true");
		await form.getByRole("alert").filter({ hasText: "account" }).waitFor();
		await account.fill(newAccount());
		await form.getByLabel("Expires").fill("2020-01-01T00:00");
		await make.click();
		await expect.poll(() => form.getByLabel("Expires").getAttribute("aria-invalid")).toBe("true");
		// A day without a time is not as good as none.
		await form.getByLabel("Expires").fill("");
		await form.getByLabel("Expires").pressSequentially("01022030");
		await make.click();
		await form.getByText("Choose a date and a time.").waitFor();
		await form.getByLabel("Expires").fill("");
		await form.getByText("Only these").click();
		await make.click();
		await form.getByText("Choose at least one model, or all of them.").waitFor();
		await form.getByRole("textbox", { name: /^Another model/ }).fill("no-such-model");
		await form.getByRole("button", { name: "Add", exact: true }).click();
		await make.click();
		await form.getByRole("alert").filter({ hasText: "no-such-model" }).waitFor();
		await form.getByText("All models").click();
		await form.getByRole("button", { name: "Add a budget" }).click();
		await make.click();
		await form.getByText("Type an amount, or remove this budget.").waitFor();
		await form.getByRole("button", { name: "Remove budget 2" }).click();
		await make.click();
		expect(await saveSecret(page)).toMatch(/^sk-dr-t-/);
	});

	it("is not lost with its form when a selection of text ends outside of it", async () => {
		const { page } = await openKeys();
		const form = await begin(page, newAccount(), "A name to select");
		const box = await form.getByRole("textbox", { name: "Name" }).boundingBox();
		if (box === null) throw new Error("the field has no place");
		await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
		await page.mouse.down();
		await page.mouse.move(5, box.y);
		await page.mouse.up();
		expect(await form.getByRole("textbox", { name: "Name" }).inputValue()).toBe("A name to select");
		await page.mouse.click(5, box.y);
		await form.waitFor({ state: "detached" });
	});

	it("named with markup is shown as it is written", async () => {
		const { page } = await openKeys();
		const name = `<img src=x onerror="document.title='taken'">`;
		const form = await begin(page, newAccount(), name);
		await form.getByRole("button", { name: "Create key" }).click();
		await saveSecret(page);
		await page.getByRole("heading", { name, exact: true }).waitFor();
		expect(await page.title()).not.toBe("taken");
	});

	it("signs in by the link that is shown with it", async () => {
		const { page } = await openKeys({ context: { permissions: ["clipboard-read", "clipboard-write"] } });
		const account = newAccount();
		const form = await begin(page, account, "Alice");
		await form.getByRole("button", { name: "Create key" }).click();
		const once = page.getByRole("dialog", { name: "Save the key now" });
		const link = (await once.locator("code").last().textContent()) ?? "";
		// As on a page that came by plain HTTP.
		await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true }));
		const copy = once.getByRole("button", { name: "Copy: A link" });
		await copy.click();
		await copy.getByText("Copied").waitFor();
		const copied = await page.evaluate(() => {
			Reflect.deleteProperty(navigator, "clipboard");
			return navigator.clipboard.readText();
		});
		expect(copied).toBe(link);
		expect(await copy.evaluate((button) => button === document.activeElement)).toBe(true);
		await saveSecret(page);
		const other = await openConsole({ signedIn: false });
		await other.page.goto(link);
		await other.page.getByRole("link", { name: "Connect" }).waitFor();
		await other.page.getByRole("button", { name: "Language, theme, account" }).click();
		await other.page.getByRole("menuitem", { name: `Sign out (${account})` }).waitFor();
	});
});

describe("an account", () => {
	it("is erased when its name is typed, with its keys", async () => {
		const holder = await freshHolder();
		await makeOf(holder.key, "flux-schnell");
		const { page } = await openKeys();
		await showAccounts(page);
		await page.getByRole("button", { name: `Erase ${holder.account}` }).click();
		const dialog = page.getByRole("dialog", { name: `Erase the account ${holder.account}?` });
		const erase = dialog.getByRole("button", { name: "Erase for good" });
		const typed = dialog.getByRole("textbox", { name: `Type ${holder.account} to confirm` });
		await typed.fill(holder.account.slice(0, -1));
		expect(await erase.isDisabled()).toBe(true);
		await typed.fill(holder.account);
		await erase.click();
		await dialog.waitFor({ state: "detached" });
		await page.getByText(`The account ${holder.account} is erased.`).waitFor();
		await expect.poll(() => page.getByRole("button", { name: `Erase ${holder.account}` }).count()).toBe(0);
		expect(await statusOf(holder.key)).toBe(401);
	});

	it("that takes a while to be erased says how far it is", async () => {
		const holder = await freshHolder();
		const { page } = await openKeys();
		let asked = 0;
		await page.route(`**/v1/accounts/${holder.account}*`, (route) => {
			asked += 1;
			const left = asked === 1 ? 1_200 : 0;
			const json = { object: "account", name: holder.account, deleted: left === 0, jobs_left: left };
			return route.fulfill({ status: left === 0 ? 200 : 202, json });
		});
		await showAccounts(page);
		await page.getByRole("button", { name: `Erase ${holder.account}` }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("textbox").fill(holder.account);
		await dialog.getByRole("button", { name: "Erase for good" }).click();
		await dialog.getByRole("status").filter({ hasText: "Erasing: 1,200 jobs left." }).waitFor();
		await dialog.waitFor({ state: "detached" });
		expect(asked).toBe(2);
	});
});

describe("the view of keys", () => {
	it("is not there for anybody but the owner", async () => {
		const { page } = await openConsole({ path: "/keys" });
		await page.getByText("This page does not exist.").waitFor();
		expect(await page.getByRole("link", { name: "Keys" }).count()).toBe(0);
	});

	it.each<readonly [name: string, status: number, body: object, said: string]>([
		[
			"a low one",
			200,
			{
				low_balance: 5,
				accounts: [
					{
						fingerprint: "34c83614",
						username: "studio",
						balance: 1.25,
						currency: "USD",
						is_low: true,
						read_at: 1,
						error: null,
					},
				],
			},
			"$1.25low",
		],
		[
			"one that cannot be read",
			200,
			{
				low_balance: 5,
				accounts: [
					{
						fingerprint: "34c83614",
						username: null,
						balance: null,
						currency: null,
						is_low: null,
						read_at: 1,
						error: { code: "fal_key_refused", message: "fal refuses this key." },
					},
				],
			},
			"fal account 34c83614unknownfal refuses this key.",
		],
		["none", 404, { error: { code: "fal_admin_key_missing", message: "", param: null } }, "set it as FAL_ADMIN_KEY"],
	])("shows fal's balance: %s", async (_, status, json, said) => {
		const { page, context } = await openConsole({ key: accessKey, allowed: [/404/] });
		await context.route("**/v1/fal/balance", (route) => route.fulfill({ status, json }));
		await page.getByRole("link", { name: "Keys" }).click();
		await page.getByRole("heading", { name: "Balance at fal" }).waitFor();
		await expect.poll(() => page.locator("section.card").first().textContent()).toContain(said);
	});

	it.each([
		["phone", "light", "zh"],
		["phone", "dark", "en"],
		["desk", "dark", "zh"],
		["desk", "light", "en"],
	] as const)("fits and reads well: %s, %s, %s", async (viewport, theme, language) => {
		const holder = await freshHolder();
		const limits = { name: "Studio", max_budget: 5, budget_duration: "1mo", rpm_limit: 10, images_per_day: 40 };
		await askWith(accessKey, `/v1/keys/${holder.id}`, { method: "PATCH", body: limits });
		const { page } = await openKeys({ viewport, theme, language, touch: viewport === "phone" });
		await page.getByRole("combobox", { name: /Account|账户/ }).selectOption(holder.account);
		await page
			.getByRole("listitem", { name: "Studio" })
			.getByText(/40 left|剩余 40/)
			.waitFor();
		expect(await axe(page)).toEqual([]);
		expect(await fitsWidth(page)).toBe(true);
		await screenshot(page, `keys-${viewport}-${theme}-${language}`);
		await page.getByRole("button", { name: /New key|新建密钥/ }).click();
		await page
			.getByRole("dialog")
			.getByText(/Only these|仅限以下模型/)
			.click();
		await page.getByRole("checkbox").first().waitFor();
		expect(await axe(page)).toEqual([]);
		await screenshot(page, `key-form-${viewport}-${theme}-${language}`);
	});
});
