/** Looks at every view of the console: what axe finds, and whether it fits its width. `npm run shots` takes pictures of all of them, too. */

import type { Page } from "playwright-core";
import { beforeAll, describe, expect, inject, it } from "vitest";
import type { Holder } from "../support/node/seeded-box.ts";
import { goTo, openConsole, seedGallery } from "./support/console.ts";
import { axe, fitsWidth, screenshot, settled } from "./support/look.ts";
import { pathOf, type Seeded, VIEWS, type View } from "./support/views.ts";

const gateway = inject("gateway");
const IS_SHOT = process.env.SHOTS !== undefined;
const JOBS = 60;

type Look = readonly [viewport: "phone" | "desk", theme: "light" | "dark", language: "en" | "zh"];

const LOOKS: readonly Look[] = (["phone", "desk"] as const)
	.flatMap((viewport) => (["light", "dark"] as const).map((theme) => [viewport, theme] as const))
	.flatMap((look) => (["en", "zh"] as const).map((language): Look => [...look, language]));
/** Each viewport, theme and language once. */
const FEW = LOOKS.filter((look) => ["phone dark zh", "desk light en"].includes(look.join(" ")));

let holder: Holder;
let seeded: Seeded;
beforeAll(async () => {
	holder = await seedGallery(JOBS);
	const answer = await fetch(`${gateway.url}/v1/jobs?status=succeeded`, {
		headers: { authorization: `Bearer ${holder.key}` },
	});
	const { data }: { data: { id: string }[] } = await answer.json();
	seeded = { jobs: data.map(({ id }) => id) };
});

async function open(view: View, [viewport, theme, language]: Look): Promise<Page> {
	const { page } = await openConsole({
		viewport,
		theme,
		language,
		touch: viewport === "phone",
		key: view.isOwners ? gateway.accessKey : holder.key,
		signedIn: !view.isSignedOut,
	});
	const path = pathOf(view, seeded);
	if (path !== undefined) await goTo(page, path);
	await view.act?.(page);
	await settled(page);
	return page;
}

describe.each(VIEWS)("the view $name", (view) => {
	it.each(IS_SHOT ? LOOKS : FEW)("is usable by all: %s, %s, %s", async (...look) => {
		const page = await open(view, look);
		if (IS_SHOT) await screenshot(page, `${view.name}-${look.join("-")}`);
		expect(await axe(page)).toEqual([]);
		expect(await fitsWidth(page)).toBe(true);
	});
});
