/** Signs in to the console, and out. */

import { expect, inject, it } from "vitest";
import { openConsole } from "./support/console.ts";
import { axe, fitsWidth } from "./support/look.ts";

const { url } = inject("gateway");

it("signs in by the link that npm start prints, and takes the key out of the address", async () => {
	const { page } = await openConsole();
	expect(page.url()).toBe(`${url}/#/`);
});

it("has a sign-in view that axe finds nothing serious in", async () => {
	const { page } = await openConsole({ signedIn: false, viewport: "phone", language: "zh" });
	await page.getByRole("button", { name: "登录" }).waitFor();
	expect(await axe(page)).toEqual([]);
	expect(await fitsWidth(page)).toBe(true);
});
