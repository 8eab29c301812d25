/** The view that connects clients: what is copied is right, and each client's first request is answered without a picture. */

import { describe, expect, inject, it } from "vitest";
import { CLIENTS } from "../../src/console/connect/clients.ts";
import { askWith } from "./support/api.ts";
import { freshHolder, openConsole } from "./support/console.ts";
import { axe, fitsWidth, screenshot } from "./support/look.ts";

const { accessKey, url } = inject("gateway");
const PERMISSIONS = { permissions: ["clipboard-read", "clipboard-write"] };

describe("connecting a client", () => {
	it("copies address and key whole, and shows the key only when asked", async () => {
		const { page, key } = await openConsole({ path: "/connect", context: PERMISSIONS });
		const copied = () => page.evaluate(() => navigator.clipboard.readText());
		const basics = page.getByRole("region", { name: "Address and key" });
		await basics.getByRole("button", { name: "Copy: Base URL", exact: true }).click();
		await expect.poll(copied).toBe(`${url}/v1`);
		await basics.getByRole("button", { name: "Copy: Key" }).click();
		await expect.poll(copied).toBe(key);
		const shown = () => page.getByText(key, { exact: true }).count();
		expect(await shown()).toBe(0);
		await basics.getByRole("button", { name: "Show the key" }).click();
		await expect.poll(shown).toBeGreaterThan(0);
		await basics.getByRole("button", { name: "Hide the key" }).click();
		await expect.poll(shown).toBe(0);
	});

	it("copies a file with the key in it, which it does not show", async () => {
		const { page, key } = await openConsole({ path: "/connect/librechat", context: PERMISSIONS });
		const settings = page.getByRole("region", { name: "Settings for LibreChat" });
		await settings.getByRole("button", { name: "Copy: .env", exact: true }).click();
		await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`DARKROOM_KEY=${key}`);
		expect(await settings.textContent()).not.toContain(key);
		await settings.getByRole("button", { name: "Copy: librechat.yaml" }).click();
		await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(`baseURL: "${url}/v1"`);
	});

	it("tries the first request of each client, which makes no job", async () => {
		const { page, key } = await openConsole({ path: "/connect" });
		for (const { name } of CLIENTS) {
			await page.getByRole("navigation", { name: "Clients" }).getByRole("link", { name, exact: true }).click();
			const settings = page.getByRole("region", { name: `Settings for ${name}` });
			await settings.getByRole("button", { name: "Try it" }).click();
			const outcome = settings.getByRole("status").filter({ hasText: "generated no picture" });
			await outcome.waitFor();
			expect(await outcome.textContent()).toMatch(
				/^It works\. The gateway (?:lists \d+ model names|answered the greeting|has a configuration)/,
			);
		}
		const jobs: { data: unknown[] } = await (await askWith(key, "/v1/jobs")).json();
		expect(jobs.data).toEqual([]);
	});

	it("shows the client that is chosen, also on a phone", async () => {
		const { page } = await openConsole({ path: "/connect", viewport: "phone", touch: true });
		const heading = page.getByRole("heading", { level: 2, name: "Dify" });
		await page.getByRole("link", { name: "Dify" }).tap();
		await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);
		const { y = 0 } = (await heading.boundingBox()) ?? {};
		expect(y).toBeGreaterThan(50);
		expect(y).toBeLessThan(720);
		await page.reload();
		await heading.waitFor();
	});

	it("names a model that a limited key may use", async () => {
		const { key, id } = await freshHolder();
		const models = ["flux-schnell", "flux-dev"];
		await askWith(accessKey, `/v1/keys/${id}`, { method: "PATCH", body: { models } });
		const { page } = await openConsole({ key, path: "/connect/nextchat", allowed: [/404/] });
		await page.getByText("This key may use flux-schnell, flux-dev.").waitFor();
		const settings = page.getByRole("region", { name: "Settings for NextChat" });
		await settings.getByText("+flux-schnell@OpenAI", { exact: true }).waitFor();
		await page.getByRole("navigation", { name: "Clients" }).getByRole("link", { name: "Dify" }).click();
		await page.getByRole("button", { name: "Try it" }).click();
		await page.getByRole("status").filter({ hasText: "It works. The gateway answered the greeting" }).waitFor();
	});

	it("says why it does not work", async () => {
		const { page } = await openConsole({ path: "/connect/open-webui", allowed: [/ERR_FAILED/, /502/] });
		const settings = page.getByRole("region", { name: "Settings for Open WebUI" });
		const attempt = settings.getByRole("button", { name: "Try it" });
		await page.route(/\/v1\/models/, (route) => route.abort());
		await attempt.click();
		await settings.getByRole("status").filter({ hasText: "It does not work. The gateway does not answer" }).waitFor();
		await page.unroute(/\/v1\/models/);
		await page.route(/\/v1\/models/, (route) => route.fulfill({ body: "<html>A proxy's page</html>" }));
		await attempt.click();
		await settings.getByRole("status").filter({ hasText: "none of this gateway's" }).waitFor();
	});

	it("links to gpt_image_playground with the configuration, and without the key", async () => {
		const { page, key } = await openConsole({ path: "/connect/gpt_image_playground" });
		const link = page.getByRole("link", { name: "Import into gpt_image_playground" });
		const address = new URL((await link.getAttribute("href")) ?? "");
		expect(JSON.parse(address.searchParams.get("settings") ?? "")).toMatchObject({
			customProviders: [{ name: "Darkroom" }],
			profiles: [{ baseUrl: `${url}/v1` }],
		});
		expect(decodeURIComponent(address.href)).not.toContain(key);
	});

	it.each([
		["phone", "dark", "zh"],
		["phone", "light", "en"],
		["desk", "light", "zh"],
		["desk", "dark", "en"],
	] as const)("fits and reads well: %s, %s, %s", async (viewport, theme, language) => {
		const { page } = await openConsole({
			...{ path: "/connect/gpt_image_playground", viewport, theme, language, touch: viewport === "phone" },
		});
		await page
			.getByRole("link", { name: /gpt_image_playground$/ })
			.last()
			.waitFor();
		expect(await axe(page)).toEqual([]);
		expect(await fitsWidth(page)).toBe(true);
		await screenshot(page, `connect-${viewport}-${theme}-${language}`);
	});
});
