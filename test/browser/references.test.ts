/** Brings reference pictures to the composer in every way, sorts them, and finds them again after a reload. */

import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { chooseModel, composerOf } from "./support/composer.ts";
import { freshHolder, openConsole } from "./support/console.ts";
import { makeElsewhere, showJob, uniquePrompt } from "./support/jobs.ts";
import { axe, fitsWidth } from "./support/look.ts";
import { aPicture, bring, chooseFiles, references, tile, tileNames } from "./support/pictures.ts";

const A = aPicture("a.png");
const B = aPicture("b.png", 30, 40, [200, 60, 60]);
const C = aPicture("c.png", 64, 64, [60, 160, 80]);
const NOTES = { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture at all") };

const SVG = {
	name: "a.svg",
	mimeType: "image/svg+xml",
	buffer: Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="99" height="99"/></svg>`,
	),
};
/** Two pixels, blue and green. */
const BMP = {
	name: "b.bmp",
	mimeType: "image/bmp",
	buffer: Buffer.from(
		"424d3e0000000000000036000000280000000200000001000000010018000000000008000000130b0000130b00000000000000000000ff000000ff000000",
		"hex",
	),
};

/** Returns the types of what the newest job is drawn from. */
async function inputTypes(key: string): Promise<readonly (string | null)[]> {
	const { url } = inject("gateway");
	const headers = { authorization: `Bearer ${key}` };
	const { data } = (await (await fetch(`${url}/v1/jobs?limit=1`, { headers })).json()) as {
		readonly data: readonly { readonly id: string }[];
	};
	const { inputs = [] } = (await (await fetch(`${url}/v1/jobs/${data[0]?.id}`, { headers })).json()) as {
		readonly inputs?: readonly { readonly content_type: string | null }[];
	};
	return inputs.map(({ content_type }) => content_type);
}

/** A busy machine takes a while to read pictures. */
const SLOW = { timeout: 20_000 };

async function withPictures(...files: readonly ReturnType<typeof aPicture>[]): Promise<Page> {
	const { page } = await openConsole();
	await chooseFiles(page, files);
	await expect.poll(() => tileNames(page), SLOW).toHaveLength(files.length);
	return page;
}

describe("pictures come", () => {
	it("as files, in their order, and what is none is refused by its bytes", async () => {
		const { page } = await openConsole();
		await chooseFiles(page, [A, NOTES, B]);
		await expect.poll(() => tileNames(page), SLOW).toEqual(["a.png, 1 of 2", "b.png, 2 of 2"]);
		await page.getByText("notes.png: not taken, because this browser cannot open it").waitFor();
	});

	it("beside a file that is none, which takes no place and is named", async () => {
		const { page } = await openConsole();
		await chooseModel(page, "qwen-image-2");
		await chooseFiles(page, [A, B]);
		await expect.poll(() => tileNames(page), SLOW).toHaveLength(2);
		// One place is left.
		await bring(page, "drop", { files: [{ ...NOTES, name: "notes.txt", mimeType: "text/plain" }, C] });
		await expect.poll(() => tileNames(page), SLOW).toContain("c.png, 3 of 3");
		await page.getByText("notes.txt: not taken, because this browser cannot open it").waitFor();
		// Of two that are too many, each is named with its reason.
		await bring(page, "drop", { files: [{ ...NOTES, name: "list.txt", mimeType: "text/plain" }, aPicture("d.png")] });
		await page.getByText("list.txt: not taken").waitFor();
		await page.getByText("d.png: not added. This model takes 3 pictures.").waitFor();
	});

	it("by paste, wherever the focus is", async () => {
		const { page } = await openConsole();
		await bring(page, "paste", { files: [A] });
		await expect.poll(() => tileNames(page), SLOW).toEqual(["a.png, 1 of 1"]);
		await bring(page, "paste", { files: [B], at: "textarea" });
		await expect.poll(() => tileNames(page), SLOW).toHaveLength(2);
		// A program that copies a table brings a picture of it, too.
		await bring(page, "paste", { files: [C], text: "a\tb", at: "textarea" });
		await bring(page, "paste", { files: [C] });
		await expect.poll(() => tileNames(page), SLOW).toEqual(["a.png, 1 of 3", "b.png, 2 of 3", "c.png, 3 of 3"]);
	});

	it("by a drop anywhere, which the page announces", async () => {
		const { page } = await openConsole();
		await bring(page, "dragover", { files: [A], at: "header" });
		await page.getByText("Drop to use as references").waitFor();
		await bring(page, "drop", { files: [A, B], at: "header" });
		await page.getByText("Drop to use as references").waitFor({ state: "hidden" });
		await expect.poll(() => tileNames(page), SLOW).toEqual(["a.png, 1 of 2", "b.png, 2 of 2"]);
	});

	it("in formats that the API does not take, which the browser draws anew", async () => {
		const { page, key } = await openConsole();
		await chooseFiles(page, [SVG, BMP]);
		await tile(page, "b.bmp").waitFor();
		expect(await tile(page, "a.svg").getAttribute("title")).toBe("a.svg · 320 × 200");
		expect(await tile(page, "b.bmp").getAttribute("title")).toBe("b.bmp · 2 × 1");
		const text = uniquePrompt("a boat sim:quick");
		await composerOf(page).prompt.fill(text);
		await composerOf(page).make.click();
		// The first is transparent in part.
		await expect.poll(() => inputTypes(key), SLOW).toEqual(["image/png", "image/jpeg"]);
	});

	it("from a camera that was held sideways, as they are seen", async () => {
		const { page } = await openConsole();
		const base64 = await page.evaluate(drawSideways);
		await chooseFiles(page, [{ name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from(base64, "base64") }]);
		await tile(page, "a.jpg").waitFor();
		expect(await tile(page, "a.jpg").getAttribute("title")).toBe("a.jpg · 200 × 400");
		const [width, height, ...pixel] = await tile(page, "a.jpg")
			.locator("img")
			.evaluate(async (image) => {
				if (!(image instanceof HTMLImageElement)) return [];
				await image.decode();
				const context = new OffscreenCanvas(1, 1).getContext("2d");
				context?.drawImage(image, 0, 0, image.naturalWidth, image.naturalHeight / 4, 0, 0, 1, 1);
				return [image.naturalWidth, image.naturalHeight, ...(context?.getImageData(0, 0, 1, 1).data ?? [])];
			});
		expect([width, height]).toEqual([128, 256]);
		// Red is above: it was left before the camera was turned.
		expect(pixel[0]).toBeGreaterThan(200);
		expect(pixel[2]).toBeLessThan(60);
	});

	it("by dragging one of the gallery, once each", async () => {
		const { key } = await freshHolder();
		const { id } = await makeElsewhere(key, "a boat sim:quick");
		await eventually(
			() => showJob(key, id),
			({ status }) => status === "succeeded",
		);
		const { page } = await openConsole({ key });
		const picture = await page.waitForFunction(() => [...document.images].find((one) => one.src.includes("/images/")));
		const link = String(await picture.getProperty("src"));
		const name = `Picture 1 of job ${id.slice(4, 10)}`;
		await page.evaluate(dragPictures, [link, link]);
		await tile(page, name).waitFor();
		await page.evaluate(dragPictures, [link]);
		await expect.poll(() => page.locator(".refs-arriving").count(), SLOW).toBe(0);
		expect(await tileNames(page)).toEqual([`${name}, 1 of 1`]);
		await page.reload();
		await tile(page, name).waitFor();
	});

	it("up to sixteen", async () => {
		const { page } = await openConsole();
		await chooseModel(page, "gpt-image-2");
		await chooseFiles(
			page,
			Array.from({ length: 18 }, (_, at) => aPicture(`${at}.png`)),
		);
		await expect.poll(() => tileNames(page), SLOW).toHaveLength(16);
		await page.getByText("16.png, 17.png: not added.").waitFor();
		expect(await references(page).getByText("16 of 16").count()).toBe(1);
	});
});

/** Runs in the page: draws a JPEG of 400 by 200 pixels, red on the left and blue on the right, that is to be turned right. */
async function drawSideways(): Promise<string> {
	const canvas = new OffscreenCanvas(400, 200);
	const context = canvas.getContext("2d");
	for (const [at, colour] of ["red", "blue"].entries()) {
		if (context) context.fillStyle = colour;
		context?.fillRect(at * 200, 0, 200, 200);
	}
	const jpeg = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg" })).arrayBuffer());
	// An Exif segment with one entry: the orientation, 6.
	const exif = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8];
	const entry = [0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
	const bytes = [...jpeg.subarray(0, 2), ...exif, ...entry, ...jpeg.subarray(2)];
	return btoa(String.fromCharCode(...bytes));
}

/** Runs in the page: drags pictures of the gallery onto the header, as a browser does, without waiting for one to be read. */
function dragPictures(links: readonly string[]): void {
	for (const link of links) {
		const dataTransfer = new DataTransfer();
		dataTransfer.setData("text/uri-list", link);
		const send = (type: string, target: Element | null | undefined) =>
			target?.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
		send(
			"dragstart",
			[...document.images].find(({ src }) => src === link),
		);
		send("dragover", document.querySelector("header"));
		send("drop", document.querySelector("header"));
	}
}

describe("pictures are sorted", () => {
	it("by the arrow keys, which say where each one is now", async () => {
		const page = await withPictures(A, B, C);
		await tile(page, "a.png").focus();
		await page.keyboard.press("ArrowRight");
		await page.getByText("a.png is now 2 of 3.").waitFor();
		expect(await tileNames(page)).toEqual(["b.png, 1 of 3", "a.png, 2 of 3", "c.png, 3 of 3"]);
		await page.keyboard.press("End");
		await expect.poll(() => tileNames(page), SLOW).toEqual(["b.png, 1 of 3", "c.png, 2 of 3", "a.png, 3 of 3"]);
		await page.keyboard.press("Delete");
		await page.getByText("a.png was removed.").waitFor();
		expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("c.png, 2 of 2");
	});

	it("by dragging with a mouse", async () => {
		const page = await withPictures(A, B, C);
		const [from, to] = [await tile(page, "a.png").boundingBox(), await tile(page, "c.png").boundingBox()];
		if (from === null || to === null) throw new Error("the tiles are not seen");
		// A press that slides off and ends elsewhere drags nothing later.
		await page.mouse.move(from.x + 40, from.y + 30);
		await page.mouse.down();
		await page.mouse.move(from.x + 40, from.y - 200);
		await page.mouse.up();
		await page.mouse.move(from.x + 30, from.y + 30);
		await page.mouse.move(to.x + 40, to.y + 30, { steps: 8 });
		expect(await page.locator(".refs-dragged").count()).toBe(0);

		await page.mouse.move(from.x + 40, from.y + 30);
		await page.mouse.down();
		await page.mouse.move(to.x + 40, to.y + 30, { steps: 8 });
		await page.mouse.up();
		await expect.poll(() => tileNames(page), SLOW).toEqual(["b.png, 1 of 3", "c.png, 2 of 3", "a.png, 3 of 3"]);
	});

	it("by a finger that presses long", async () => {
		const { page, context } = await openConsole({ viewport: "phone", touch: true });
		await chooseFiles(page, [A, B]);
		const box = await tile(page, "b.png").boundingBox();
		if (box === null) throw new Error("the tile is not seen");
		const touch = await context.newCDPSession(page);
		const at = (x: number) => [{ x: box.x + x, y: box.y + 50 }];
		await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(30) });
		await page.locator(".refs-dragged").waitFor();
		await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(-20) });
		await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(-90) });
		await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
		await expect.poll(() => tileNames(page), SLOW).toEqual(["b.png, 1 of 2", "a.png, 2 of 2"]);
	});
});

describe("pictures stay", () => {
	it("over a reload, in their order, until they are removed", async () => {
		const page = await withPictures(A, B);
		await tile(page, "b.png").focus();
		await page.keyboard.press("Home");
		await expect.poll(() => tileNames(page), SLOW).toEqual(["b.png, 1 of 2", "a.png, 2 of 2"]);
		await page.reload();
		await expect.poll(() => tileNames(page), SLOW).toEqual(["b.png, 1 of 2", "a.png, 2 of 2"]);
		await page.getByRole("button", { name: "Remove b.png" }).click();
		await page.reload();
		await expect.poll(() => tileNames(page), SLOW).toEqual(["a.png, 1 of 1"]);
		await page.getByRole("button", { name: "Remove a.png" }).press("Enter");
		expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Add pictures");
		await page.reload();
		await page.getByRole("button", { name: "Add pictures" }).waitFor();
		expect(await references(page).count()).toBe(0);
	});

	it("in their tab, and leave with whoever signs out", async () => {
		const { page, openTab, key } = await openConsole();
		await chooseFiles(page, [A]);
		await tile(page, "a.png").waitFor();
		const other = await openTab();
		await other.getByRole("textbox").first().waitFor();
		expect(await references(other).count()).toBe(0);
		await page.getByRole("button", { name: "Language, theme, account" }).click();
		await page.getByRole("menuitem", { name: /^Sign out/ }).click();
		const { origin } = new URL(page.url());
		await page.goto("about:blank");
		await page.goto(`${origin}/#key=${key}`);
		await page.getByRole("button", { name: "Add pictures" }).waitFor();
		expect(await references(page).count()).toBe(0);
	});
});

it("has a row that fits a phone, with targets for fingers, and that axe finds nothing serious in", async () => {
	const { page } = await openConsole({ viewport: "phone", touch: true, theme: "dark" });
	await chooseFiles(page, [A, B, C]);
	await tile(page, "c.png").waitFor();
	// What the last answer said of the cost is pale until the next one comes.
	await expect.poll(() => page.locator(".make-asking").count(), SLOW).toBe(0);
	expect(await axe(page)).toEqual([]);
	expect(await fitsWidth(page)).toBe(true);
	const sizes = await references(page)
		.getByRole("button")
		.evaluateAll((buttons) =>
			buttons.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
		);
	expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
});
