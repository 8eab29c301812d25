/** Takes the pictures of the READMEs: the console in the middle of a job, and its gallery. `npm run shots` writes them to docs/. */

import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { askWith } from "./support/api.ts";
import { composerOf } from "./support/composer.ts";
import { openConsole } from "./support/console.ts";
import { cardOf, moveAtFal } from "./support/jobs.ts";
import { settled } from "./support/look.ts";

const { simUrl } = inject("gateway");
const WINDOW = { width: 1000, height: 640 };

/** The oldest first: what was made before, with its shape and model. */
const MADE = {
	en: [
		["A paper boat on a lake at dawn", "16:9", "nano-banana-2"],
		["A lighthouse in a storm, oil on canvas", "3:4", "nano-banana-pro"],
		["A blue teapot on a windowsill", "1:1", "flux-schnell"],
		["Mountains at first light", "4:3", "nano-banana-2"],
		["A harbour at night, long exposure", "9:16", "nano-banana-2"],
		["A red fox in the snow, watercolour", "3:2", "gpt-image-2"],
	],
	zh: [
		["黎明湖面上的纸船", "16:9", "nano-banana-2"],
		["暴风雨中的灯塔，油画", "3:4", "nano-banana-pro"],
		["窗台上的青花茶壶", "1:1", "flux-schnell"],
		["晨光中的群山", "4:3", "nano-banana-2"],
		["夜色中的港口，长曝光", "9:16", "nano-banana-2"],
		["雪地里的狐狸，水彩", "3:2", "gpt-image-2"],
	],
} as const;
const COMING = {
	en: ["A castle above the clouds", "An old tree in four seasons"],
	zh: ["云海之上的城堡", "一棵老树的四季"],
} as const;
const FILES = { en: "", zh: ".zh-CN" } as const;

/** Sets what the simulator does with prompts that do not say it themselves. */
async function setScenario(name: string): Promise<void> {
	const set = await fetch(`${simUrl}/sim/scenario`, { method: "POST", body: JSON.stringify({ name }) });
	expect(set.status).toBe(200);
}

async function take(page: Page, name: string): Promise<void> {
	await settled(page);
	await page.screenshot({ path: `docs/${name}.jpg`, type: "jpeg", quality: 82 });
}

describe.runIf(process.env.SHOTS !== undefined)("the pictures of the README", () => {
	it.each(["en", "zh"] as const)("shows a job in the middle, and the gallery: %s", async (language) => {
		const { page, key } = await openConsole({ language, viewport: WINDOW });
		await setScenario("happy");
		for (const [prompt, size, model] of MADE[language]) {
			const body = { model, prompt, size, response_format: "url" };
			expect((await askWith(key, "/v1/images/generations", { method: "POST", body })).status).toBe(200);
		}
		await page.reload();
		await setScenario("hold");
		const { prompt, make } = composerOf(page);
		for (const words of COMING[language]) {
			await prompt.fill(words);
			await make.click();
			await cardOf(page, words).waitFor();
		}
		const [first, second] = COMING[language];
		await moveAtFal(first, "advance", { to: "IN_PROGRESS" });
		await cardOf(page, first)
			.getByText(/^(Generating|生成中)/)
			.waitFor();
		await take(page, `console-job${FILES[language]}`);
		for (const words of [first, second]) {
			await moveAtFal(words, "finish");
			await cardOf(page, words).getByRole("img").first().waitFor();
		}
		await prompt.fill("");
		await take(page, `console-gallery${FILES[language]}`);
		await fetch(`${simUrl}/sim/scenario`, { method: "DELETE" });
	});
});
