/** Uses the composer as people do, and reads what it sends. */

import type { Locator, Page } from "playwright-core";
import { inject } from "vitest";
import { eventually } from "../../support/eventually.ts";

/** The composer's parts, by their names. */
export function composerOf(page: Page) {
	const all = page.getByRole("region", { name: /^(Generate a picture|生成图片)$/ });
	return {
		all,
		prompt: all.getByRole("textbox", { name: /^(What to draw|提示词)$/ }),
		model: all.getByRole("button", { name: /^(Model: |模型：)/ }),
		size: all.getByRole("button", { name: /^(Size: |尺寸：)/ }),
		more: all.getByRole("button", { name: /^(More settings|更多设置)/ }),
		count: all.getByRole("combobox", { name: /^(Pictures|张数)$/ }),
		make: all.getByRole("button", { name: /^(Generate|生成)$/ }),
		/** The panel that is open. */
		panel: all.getByRole("dialog"),
	};
}

/** Chooses a model by a part of its name, or by its whole id. */
export async function chooseModel(page: Page, name: string): Promise<void> {
	const { model, panel } = composerOf(page);
	await model.click();
	await panel.getByRole("combobox").fill(name);
	await panel.getByRole("option", { name }).first().click();
	await panel.waitFor({ state: "hidden" });
}

/** Chooses a shape, and leaves the panel open. */
export async function chooseShape(page: Page, name: string): Promise<void> {
	const { size, panel } = composerOf(page);
	if (!(await panel.isVisible())) await size.click();
	await panel.getByRole("radio", { name, exact: true }).check();
}

/** Returns the names of what a group of choices has. */
export async function namesIn(group: Locator): Promise<readonly string[]> {
	return (await group.locator("label").allInnerTexts()).map((text) => text.trim());
}

/** Returns the inputs that fal got for a prompt, the first first. Waits for so many. */
export async function inputsAtFal(prompt: string, count = 1): Promise<readonly Readonly<Record<string, unknown>>[]> {
	const { simUrl } = inject("gateway");
	const calls = await eventually(
		async () => {
			const answer = await fetch(`${simUrl}/sim/calls?method=POST&prompt=${encodeURIComponent(prompt)}`);
			return (await answer.json()) as readonly { readonly input: Readonly<Record<string, unknown>> }[];
		},
		(found) => found.length >= count,
	);
	return calls.map(({ input }) => input);
}
