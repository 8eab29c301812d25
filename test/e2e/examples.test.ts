/** Runs each of the examples, but Python's, against `npm start`. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, request as forward, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { decode } from "fast-png";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BROWSER, openBrowser } from "../support/node/browser.ts";
import { freePort } from "../support/node/gateway.ts";
import { LOCAL_KEY, npmStart } from "../support/node/npm-start.ts";

const run = promisify(execFile);
const LINK = /http:\/\/localhost:\d+\/images\/[0-9a-f]{64}\/0\.png\?exp=\d+&sig=[\w-]{43}/;

let url: string;

beforeAll(async () => {
	const { address, stop } = await npmStart();
	url = `http://${address}`;
	return stop;
});

describe("examples/openai-js", () => {
	it("prints a link, a chat with its picture, and all events of a job whose stream it left", async () => {
		const { stdout } = await run(process.execPath, ["examples/openai-js/draw.mjs"], {
			env: { ...process.env, DARKROOM_URL: url },
		});
		const [, picture = "", chat = "", background = ""] = stdout.split("— ");
		expect(picture).toMatch(new RegExp(`^A picture\n${LINK.source}\n`));
		expect(chat).toMatch(/Generating\n/);
		expect(chat).toMatch(new RegExp(`!\\[Generated Image\\]\\(${LINK.source}\\)\n`));
		const numbers = [...background.matchAll(/^(\d+) response\./gm)].map(([, number]) => Number(number));
		expect(numbers).toEqual(numbers.map((_, index) => index));
		expect(background).toMatch(/^1 response\.queued\n… resumed\n2 /m);
		expect(background).toMatch(new RegExp(`  ${LINK.source} \\(\\d{4,} characters of base64\\)\n`));
		expect(background).toMatch(/\d response\.completed\n$/);
	});
});

describe("examples/curl", () => {
	const script = resolve("examples/curl/draw.sh");
	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), "darkroom-curl-"));
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	const draw = (args: readonly string[], env: Readonly<Record<string, string>>) =>
		run("bash", [script, ...args], { cwd: folder, env: { ...process.env, ...env } });

	it("saves the picture, and repeats no event when the connection breaks", async () => {
		const cut = await startCuttingProxy(url);
		const { stdout } = await draw(['A "red" fox\nin the snow', "16:9"], { DARKROOM_URL: cut.url });
		cut.server.close();
		const [id, ...lines] = stdout.trim().split("\n");
		expect(id).toMatch(/^job_[0-9a-f]{64}$/);
		const file = lines.pop() ?? "";
		const numbers = lines.map((line) => Number(line.split(" ")[0]));
		expect(cut.broken()).toBe(1);
		expect(numbers).toEqual(numbers.map((_, index) => index + 1));
		expect(lines.at(-1)).toMatch(/ succeeded$/);
		expect(readdirSync(folder)).toEqual([file]);
		expect(decode(readFileSync(join(folder, file)))).toMatchObject({ width: 1408, height: 768 });
	});

	it.each([
		["a job fails", ["a fox sim:content-policy"], LOCAL_KEY, "moderation_blocked"],
		["the key is wrong", ["a fox"], "wrong", "invalid_api_key"],
		["there is no prompt", [], LOCAL_KEY, "usage: draw.sh <prompt> [size]"],
	])("prints the reason and exits with 1 if %s", async (_, args, key, reason) => {
		const failed = draw(args, { DARKROOM_URL: url, DARKROOM_KEY: key });
		await expect(failed).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(reason) });
	});
});

/** Forwards to a gateway, but breaks off the first stream of events at its second piece. */
async function startCuttingProxy(target: string): Promise<{ url: string; server: Server; broken: () => number }> {
	let broken = 0;
	const port = await freePort();
	const server = createServer((incoming, outgoing) => {
		const { method, headers } = incoming;
		const upstream = forward(`${target}${incoming.url}`, { method, headers }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			if (method !== "GET" || !incoming.url?.includes("/events") || broken > 0) {
				answer.pipe(outgoing);
				return;
			}
			broken += 1;
			let pieces = 0;
			answer.on("data", (piece) => {
				pieces += 1;
				if (pieces === 1) outgoing.write(piece);
				else outgoing.destroy();
			});
		});
		incoming.pipe(upstream);
	});
	await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
	return { url: `http://127.0.0.1:${port}`, server, broken: () => broken };
}

const WITHIN = { timeout: 20_000 };

/** Without a browser there is nothing to test with; where changes are checked there must be one. */
describe.skipIf(BROWSER === null && process.env.CI === undefined)("examples/browser", () => {
	const file = pathToFileURL("examples/browser/index.html").href;
	let browser: Browser;
	beforeAll(async () => {
		browser = await openBrowser();
		return () => browser.close();
	});

	/** Types what a person would, in a tab of a browser with nothing stored, and draws. */
	const draw = async (prompt: string, gateway = url): Promise<Page> => {
		const page = await (await browser.newContext()).newPage();
		await page.goto(file);
		await page.getByLabel("Gateway").fill(gateway);
		await page.getByLabel("Access key").fill(LOCAL_KEY);
		await page.getByLabel("Prompt").fill(prompt);
		await page.getByRole("button", { name: "Draw" }).click();
		return page;
	};
	const widthsOf = (page: Page) =>
		page.locator("img").evaluateAll((images) => images.map((image) => "naturalWidth" in image && image.naturalWidth));
	const seePicture = (page: Page) => expect.poll(() => widthsOf(page), WITHIN).toEqual([1024]);
	const eventsOf = async (page: Page) => {
		const words = (await page.getByRole("listitem").allTextContents()).map((text) => text.split(" "));
		return { numbers: words.map(([number]) => Number(number)), names: words.map(([, name]) => name) };
	};
	const statusOf = (page: Page) => page.getByRole("status").textContent();

	it("shows each event once, and the picture", async () => {
		const hosts = new Set<string>();
		const page = await draw("a fox");
		page.on("request", (request) => hosts.add(new URL(request.url()).origin));
		await seePicture(page);
		await expect.poll(() => statusOf(page), WITHIN).toBe("succeeded");
		const { numbers, names } = await eventsOf(page);
		expect(numbers).toEqual(numbers.map((_, index) => index + 1));
		expect(names.slice(0, 3)).toEqual(["accepted", "submitting", "submitted"]);
		expect(names.slice(-3)).toEqual(["generated", "output", "succeeded"]);
		expect([...hosts]).toEqual([url]);
		await page.context().close();
	});

	it("repeats no event when the connection breaks", async () => {
		const cut = await startCuttingProxy(url);
		const page = await draw("a fox", cut.url);
		await seePicture(page);
		await expect.poll(() => statusOf(page), WITHIN).toBe("succeeded");
		const { numbers } = await eventsOf(page);
		expect(cut.broken()).toBe(1);
		expect(numbers).toEqual(numbers.map((_, index) => index + 1));
		await page.context().close();
		cut.server.close();
	});

	it("finds its job again after a reload in the middle of it", async () => {
		const page = await draw("a fox sim:queue-ms=1500");
		await expect.poll(() => page.getByRole("listitem").count(), WITHIN).toBeGreaterThan(2);
		await page.reload();
		expect(await page.getByLabel("Access key").inputValue()).toBe(LOCAL_KEY);
		await seePicture(page);
		await page.context().close();
	});

	it("shows its job again in a new tab, once the key is typed", async () => {
		const first = await draw("a fox");
		await seePicture(first);
		const second = await first.context().newPage();
		await first.close();
		await second.goto(file);
		expect(await second.getByLabel("Access key").inputValue()).toBe("");
		await second.getByLabel("Access key").fill(LOCAL_KEY);
		await second.getByLabel("Prompt").focus();
		await seePicture(second);
		await second.context().close();
	});

	it("tells in words that a key is wrong, and that a gateway cannot be reached", async () => {
		const page = await draw("a fox");
		await page.getByLabel("Access key").fill("wrong");
		await page.getByRole("button", { name: "Draw" }).click();
		await expect.poll(() => statusOf(page), WITHIN).toContain("The access key is not valid here.");
		await page.getByLabel("Gateway").fill(`http://localhost:${await freePort()}`);
		await page.getByRole("button", { name: "Draw" }).click();
		await expect.poll(() => statusOf(page), WITHIN).toBe("The gateway cannot be reached.");
		await page.context().close();
	});
});
