/** Paints masks over a reference by mouse, by finger and by keys, and checks every pixel of what comes of it. */

import { decode } from "fast-png";
import type { Locator, Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { chooseModel, composerOf } from "./support/composer.ts";
import { freshHolder, type OpenedConsole, type Opening, openConsole } from "./support/console.ts";
import { makeElsewhere, showJob, uniquePrompt } from "./support/jobs.ts";
import { axe, fitsWidth } from "./support/look.ts";
import { aLargePicture, alphasOf, aPicture, chooseFiles, type Pixels, references, tile } from "./support/pictures.ts";

/** A busy machine takes a while to keep a mask. */
const SLOW = { timeout: 20_000 };
/** One that takes masks. */
const MODEL = "gpt-image-2";
const SIZE = { width: 300, height: 200 };
const PICTURE = aPicture("a.png", SIZE.width, SIZE.height);

interface Point {
	readonly x: number;
	readonly y: number;
}

/** Where the brush went, in pixels of the picture. */
interface Line {
	readonly points: readonly Point[];
	readonly radius: number;
}

async function openEditor(opening: Opening = {}, picture = PICTURE): Promise<OpenedConsole> {
	const opened = await openConsole(opening);
	await chooseModel(opened.page, MODEL);
	await chooseFiles(opened.page, [picture]);
	await opened.page.getByRole("button", { name: "Paint where to edit" }).click();
	await stageOf(opened.page).waitFor();
	return opened;
}

function stageOf(page: Page): Locator {
	return page.getByRole("application", { name: "Mask over a.png" });
}

/** Returns where pixels of the picture are seen in the window. */
async function toWindow(page: Page): Promise<(point: Point) => Point> {
	const box = await page.locator(".mask-sheet").boundingBox();
	if (box === null) throw new Error("the picture is not seen");
	return ({ x, y }) => ({ x: box.x + (x * box.width) / SIZE.width, y: box.y + (y * box.height) / SIZE.height });
}

async function drag(page: Page, from: Point, to: Point): Promise<void> {
	const seen = await toWindow(page);
	const [begin, end] = [seen(from), seen(to)];
	await page.mouse.move(begin.x, begin.y);
	await page.mouse.down();
	await page.mouse.move(end.x, end.y, { steps: 6 });
	await page.mouse.up();
}

async function apply(page: Page): Promise<void> {
	await page.getByRole("button", { name: "Apply" }).click();
	await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** Reads the mask that the page keeps for a reload; null for none. */
async function maskOf(page: Page): Promise<Pixels | null> {
	const base64 = await page.evaluate(
		() =>
			new Promise<string | null>((resolve, reject) => {
				const opened = indexedDB.open("darkroom");
				opened.onerror = reject;
				opened.onsuccess = () => {
					const asked = opened.result.transaction("drafts").objectStore("drafts").getAll();
					asked.onsuccess = async () => {
						opened.result.close();
						const png: Blob | undefined = asked.result[0]?.mask?.png;
						const bytes = new Uint8Array((await png?.arrayBuffer()) ?? []);
						resolve(png === undefined ? null : btoa(String.fromCharCode(...bytes)));
					};
				};
			}),
	);
	return base64 === null ? null : alphasOf(Buffer.from(base64, "base64"));
}

/** Counts the pixels that are not as the lines say: transparent within, opaque elsewhere. A pixel at the very edge may be either. */
function faultsOf(mask: Pixels | null, lines: readonly Line[], isInverted = false): number {
	if (mask === null || mask.width !== SIZE.width || mask.height !== SIZE.height) return Number.POSITIVE_INFINITY;
	return mask.alphas.filter((alpha, at) => {
		const middle = { x: (at % SIZE.width) + 0.5, y: Math.floor(at / SIZE.width) + 0.5 };
		const away = Math.min(...lines.map(({ points, radius }) => distance(middle, points) - radius));
		if (Math.abs(away) < 1) return alpha !== 0 && alpha !== 255;
		return alpha !== (away < 0 === isInverted ? 255 : 0);
	}).length;
}

/** To a line through points. */
function distance(from: Point, points: readonly Point[]): number {
	return Math.min(
		...points.map((end, at) => {
			const begin = points[at - 1] ?? end;
			const [dx, dy] = [end.x - begin.x, end.y - begin.y];
			const along = ((from.x - begin.x) * dx + (from.y - begin.y) * dy) / (dx * dx + dy * dy || 1);
			const part = Math.max(0, Math.min(1, along));
			return Math.hypot(from.x - begin.x - part * dx, from.y - begin.y - part * dy);
		}),
	);
}

/** The brush of a picture that is 200 pixels high, until another is chosen. */
const RADIUS = 17 / 2;

describe("a mask", () => {
	it("is painted with a mouse, erased, undone and done again", async () => {
		const { page } = await openEditor();
		await drag(page, { x: 40, y: 50 }, { x: 240, y: 50 });
		await drag(page, { x: 40, y: 150 }, { x: 240, y: 150 });
		await page.keyboard.press("e");
		await drag(page, { x: 140, y: 20 }, { x: 140, y: 180 });
		await page.getByRole("button", { name: "Undo" }).click();
		await page.keyboard.press("Control+z");
		await page.keyboard.press("Control+Shift+z");
		await apply(page);
		await expect
			.poll(
				async () =>
					faultsOf(await maskOf(page), [
						{
							points: [
								{ x: 40, y: 50 },
								{ x: 240, y: 50 },
							],
							radius: RADIUS,
						},
						{
							points: [
								{ x: 40, y: 150 },
								{ x: 240, y: 150 },
							],
							radius: RADIUS,
						},
					]),
				SLOW,
			)
			.toBe(0);
		await references(page).getByText("Only what the mask covers is drawn anew.").waitFor();
	});

	it("is painted with a finger; two fingers zoom and paint nothing", async () => {
		const { page, context } = await openEditor({ viewport: "phone", touch: true });
		const touch = await context.newCDPSession(page);
		const send = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: Point[]) =>
			touch.send("Input.dispatchTouchEvent", { type, touchPoints });
		const whole = await toWindow(page);
		const [left, right] = [whole({ x: 140, y: 100 }), whole({ x: 160, y: 100 })];
		await send("touchStart", left);
		await send("touchStart", left, right);
		await send("touchMove", { ...left, x: left.x - 20 }, { ...right, x: right.x + 20 });
		await send("touchEnd");
		const width = (await page.locator(".mask-sheet").boundingBox())?.width ?? 0;
		expect(width).toBeGreaterThan(SIZE.width * 1.5);
		const seen = await toWindow(page);
		await send("touchStart", seen({ x: 120, y: 90 }));
		await send("touchMove", seen({ x: 150, y: 100 }));
		await send("touchMove", seen({ x: 170, y: 120 }));
		await send("touchEnd");
		await apply(page);
		const points = [
			{ x: 120, y: 90 },
			{ x: 150, y: 100 },
			{ x: 170, y: 120 },
		];
		await expect.poll(async () => faultsOf(await maskOf(page), [{ points, radius: RADIUS }]), SLOW).toBe(0);
	});

	it("is painted by the keyboard alone", async () => {
		const { page } = await openConsole();
		await chooseModel(page, MODEL);
		await chooseFiles(page, [PICTURE]);
		await tile(page, "a.png").focus();
		await page.keyboard.press("Tab");
		await page.keyboard.press("Enter");
		await stageOf(page).waitFor();
		await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("application");
		// From the middle by two brushes, then a quarter of one back.
		await page.keyboard.press("Shift+ArrowLeft");
		await page.keyboard.press("ArrowRight");
		await page.getByText("120, 100", { exact: true }).waitFor();
		await page.keyboard.press("]");
		await page.keyboard.down(" ");
		for (const _ of Array.from({ length: 4 })) await page.keyboard.press("ArrowDown");
		await page.keyboard.up(" ");
		await page.keyboard.press("Enter");
		await page.getByRole("dialog").waitFor({ state: "detached" });
		const line = {
			points: [
				{ x: 120, y: 100 },
				{ x: 120, y: 120 },
			],
			radius: 21 / 2,
		};
		await expect.poll(async () => faultsOf(await maskOf(page), [line]), SLOW).toBe(0);
		expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Change the mask");
	});

	it("is changed when the editor is opened again, and taken away when all is cleared", async () => {
		const { page } = await openEditor();
		const first = {
			points: [
				{ x: 60, y: 60 },
				{ x: 200, y: 60 },
			],
			radius: RADIUS,
		};
		await drag(page, { x: 60, y: 60 }, { x: 200, y: 60 });
		await apply(page);
		await expect.poll(() => maskOf(page), SLOW).not.toBeNull();
		await page.reload();
		await page.getByRole("button", { name: "Change the mask" }).click();
		await stageOf(page).waitFor();
		await page.getByRole("button", { name: "Invert" }).click();
		await apply(page);
		await expect.poll(async () => faultsOf(await maskOf(page), [first], true), SLOW).toBe(0);
		await page.getByRole("button", { name: "Change the mask" }).click();
		await page.getByRole("button", { name: "Clear" }).click();
		await apply(page);
		await expect.poll(() => maskOf(page), SLOW).toBeNull();
		await page.getByRole("button", { name: "Paint where to edit" }).waitFor();
	});

	it("is not lost by Escape without a question, and nothing painted is no mask", async () => {
		const { page } = await openEditor();
		await page.getByRole("button", { name: "Apply" }).click();
		await page.getByText("Nothing is painted yet.").waitFor();
		await drag(page, { x: 60, y: 60 }, { x: 200, y: 60 });
		await page.keyboard.press("Escape");
		await page.getByRole("dialog", { name: "Discard what you painted?" }).waitFor();
		await page.keyboard.press("Escape");
		await page.getByRole("dialog", { name: "Discard what you painted?" }).waitFor({ state: "detached" });
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "Discard" }).click();
		await page.getByRole("dialog").waitFor({ state: "detached" });
		expect(await maskOf(page)).toBeNull();
	});

	it("is still there after every way to leave, wherever the focus is", async () => {
		const { page } = await openEditor();
		await drag(page, { x: 60, y: 60 }, { x: 200, y: 60 });
		// At its end, the button keeps the focus, and with it the keys.
		await page.getByRole("button", { name: "Undo" }).press("Enter");
		await page.keyboard.press("Control+Shift+z");
		await page.getByRole("button", { name: "Close" }).focus();
		const question = page.getByRole("dialog", { name: "Discard what you painted?" });
		for (const isAsked of [true, false, true, false, true]) {
			await page.keyboard.press("Escape");
			await question.waitFor({ state: isAsked ? "visible" : "detached" });
		}
		await question.getByRole("button", { name: "Cancel" }).click();
		// As a phone's button for going back does when it is pressed twice.
		await page.evaluate(() => document.querySelector("dialog")?.close());
		await question.getByRole("button", { name: "Cancel" }).click();
		await apply(page);
		await page.getByRole("button", { name: "Change the mask" }).waitFor();
	});

	it("stays when the model takes none, and another one is offered", async () => {
		const { page } = await openEditor();
		await drag(page, { x: 60, y: 60 }, { x: 200, y: 60 });
		await apply(page);
		await chooseModel(page, "nano-banana-pro");
		await references(page).getByText("This model takes no mask.").waitFor();
		await references(page).getByRole("button", { name: /^Use / }).click();
		await references(page).getByText("Only what the mask covers is drawn anew.").waitFor();
		// It takes three pictures, but one with a mask.
		await chooseFiles(page, [aPicture("b.png")]);
		await tile(page, "b.png").waitFor();
		await chooseModel(page, "qwen-image-edit");
		await references(page).getByText("With a mask, this model takes one picture: the last one is left out.").waitFor();
		await references(page).getByRole("button", { name: "Remove the mask" }).click();
		await references(page).getByText("2 of 3").waitFor({ state: "attached" });
		await expect.poll(() => maskOf(page), SLOW).toBeNull();
	});

	it("goes, with words, when another picture comes first", async () => {
		const { page } = await openEditor();
		await drag(page, { x: 60, y: 60 }, { x: 200, y: 60 });
		await apply(page);
		await chooseFiles(page, [aPicture("b.png")]);
		await tile(page, "b.png").focus();
		await page.keyboard.press("Home");
		await page.getByText("The mask was removed: it was made for another first picture.").waitFor();
		await expect.poll(() => maskOf(page), SLOW).toBeNull();
	});
});

describe("the editor", () => {
	it("zooms with the wheel around the pointer, moves with the space bar held, and fits again", async () => {
		const { page } = await openEditor();
		const fitting = await page.locator(".mask-sheet").boundingBox();
		const place = (await toWindow(page))({ x: 100, y: 80 });
		await page.mouse.move(place.x, place.y);
		await page.mouse.wheel(0, -500);
		await expect
			.poll(async () => (await page.locator(".mask-sheet").boundingBox())?.width)
			.toBeCloseTo((fitting?.width ?? 0) * 2, 0);
		const zoomed = (await toWindow(page))({ x: 100, y: 80 });
		expect(zoomed.x).toBeCloseTo(place.x, 0);
		expect(zoomed.y).toBeCloseTo(place.y, 0);
		await page.keyboard.down(" ");
		await page.mouse.down();
		await page.mouse.move(place.x + 60, place.y - 30, { steps: 3 });
		await page.mouse.up();
		await page.keyboard.up(" ");
		const moved = (await toWindow(page))({ x: 100, y: 80 });
		expect(moved.x).toBeCloseTo(place.x + 60, 0);
		expect(moved.y).toBeCloseTo(place.y - 30, 0);
		await page.getByRole("button", { name: "Fit" }).click();
		await expect.poll(() => page.locator(".mask-sheet").boundingBox()).toEqual(fitting);
		expect(await page.getByRole("button", { name: "Undo" }).isDisabled()).toBe(true);
	});

	it.each([
		["phone", "en", "dark"],
		["desk", "zh", "light"],
	] as const)("has nothing serious for axe and fits a %s, in %s", async (viewport, language, theme) => {
		const { page } = await openConsole({ viewport, language, theme, touch: viewport === "phone" });
		await page.locator("input[type=file]").first().setInputFiles([PICTURE]);
		await page.locator(".refs-mask").click();
		await page.getByRole("application").waitFor();
		expect(await axe(page)).toEqual([]);
		expect(await fitsWidth(page)).toBe(true);
		if (viewport !== "phone") return;
		const sizes = await page
			.getByRole("dialog")
			.getByRole("button")
			.evaluateAll((all) =>
				all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
			);
		expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
	});

	it("draws a mask of 8,192 by 8,192 pixels, and the page stays alive", { timeout: 120_000 }, async () => {
		const { page } = await openEditor({}, aLargePicture("a.png"));
		const box = await stageOf(page).boundingBox();
		if (box === null) throw new Error("the stage is not seen");
		await page.mouse.move(box.x + box.width / 2 - 100, box.y + box.height / 2);
		await page.mouse.down();
		await page.mouse.move(box.x + box.width / 2 + 100, box.y + box.height / 2 + 50, { steps: 5 });
		await page.mouse.up();
		const turns = page.evaluate(countTurns);
		await page.getByRole("button", { name: "Apply" }).click();
		const { longestMs, wholeMs } = await turns;
		// Drawn at once, it would be a single turn.
		expect(longestMs).toBeLessThan(wholeMs / 4);
	});
});

/** Runs in the page: measures the turns until the dialog is gone. */
async function countTurns(): Promise<{ readonly longestMs: number; readonly wholeMs: number }> {
	const begin = performance.now();
	let [last, longestMs] = [begin, 0];
	while (document.querySelector("dialog") !== null) {
		await new Promise((resolve) => setTimeout(resolve));
		longestMs = Math.max(longestMs, performance.now() - last);
		last = performance.now();
	}
	return { longestMs, wholeMs: last - begin };
}

it("makes an edit that paints only where the mask says, through the gateway", async () => {
	const { page, key } = await openConsole();
	await chooseModel(page, MODEL);
	await chooseFiles(page, [aPicture("a.png", 256, 256, [20, 60, 220])]);
	await page.getByRole("button", { name: "Paint where to edit" }).click();
	await stageOf(page).waitFor();
	// The left half, with a brush as wide.
	const slider = page.getByRole("slider", { name: "Size" });
	await slider.fill("100");
	const stage = await page.locator(".mask-sheet").boundingBox();
	if (stage === null) throw new Error("the picture is not seen");
	await page.mouse.move(stage.x - 10, stage.y - stage.height);
	await page.mouse.move(stage.x, stage.y + 5);
	await page.mouse.down();
	await page.mouse.move(stage.x, stage.y + stage.height - 5, { steps: 4 });
	await page.mouse.up();
	await apply(page);
	const { prompt, make } = composerOf(page);
	const text = uniquePrompt("Paint it red sim:quick");
	await prompt.fill(text);
	await make.click();
	const { width, height, data, channels } = decode(await pictureOf(key, text));
	const isBlue = (u: number, v: number) => {
		const at = (Math.floor(v * height) * width + Math.floor(u * width)) * channels;
		return data[at] === 20 && data[at + 1] === 60 && data[at + 2] === 220;
	};
	for (const v of [0.1, 0.3, 0.5, 0.7, 0.9]) {
		expect(isBlue(0.55, v)).toBe(true);
		expect(isBlue(0.9, v)).toBe(true);
		expect(isBlue(0.1, v)).toBe(false);
		expect(isBlue(0.4, v)).toBe(false);
	}
});

it("edits a part of a picture of the gallery, with a model that takes a mask", async () => {
	const { key } = await freshHolder();
	const { id } = await makeElsewhere(key, "a boat sim:quick");
	await eventually(
		() => showJob(key, id),
		({ status }) => status === "succeeded",
	);
	const { page } = await openConsole({ key, path: `/job/${id}` });
	await page.getByRole("button", { name: "Edit a part" }).click();
	await page.getByText(/ is chosen now: the model before takes no mask\./).waitFor();
	const stage = page.getByRole("application", { name: `Mask over Picture 1 of job ${id.slice(4, 10)}` });
	await stage.waitFor();
	await stage.press("Space");
	await stage.press("Enter");
	await references(page).getByText("Only what the mask covers is drawn anew.").waitFor();
	const text = uniquePrompt("Paint it red sim:quick");
	await composerOf(page).prompt.fill(text);
	await composerOf(page).make.click();
	await pictureOf(key, text);
	const edited = await jobOf(key, text);
	expect(edited?.derived_from?.job).toBe(id);
});

interface MadeJob {
	readonly request: { readonly prompt: string };
	readonly images: readonly { readonly url: string }[];
	readonly derived_from: { readonly job: string } | null;
}

async function jobOf(key: string, prompt: string): Promise<MadeJob | undefined> {
	const answer = await fetch(`${inject("gateway").url}/v1/jobs?limit=5`, {
		headers: { authorization: `Bearer ${key}` },
	});
	const { data } = (await answer.json()) as { readonly data: readonly MadeJob[] };
	return data.find(({ request }) => request.prompt === prompt);
}

/** Returns the first picture of the job with a prompt, when it is there. */
async function pictureOf(key: string, prompt: string): Promise<Uint8Array> {
	const made = await eventually(
		() => jobOf(key, prompt),
		(found) => found?.images[0] !== undefined,
	);
	return new Uint8Array(await (await fetch(made?.images[0]?.url ?? "")).arrayBuffer());
}
