/** `npm start` as a person types it, in a fresh checkout. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { decode } from "fast-png";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { checkout, endGroup, freePort } from "../support/node/gateway.ts";
import { fetchBytes } from "../support/node/openai-client.ts";

let project: ReturnType<typeof checkout>;
beforeAll(() => {
	project = checkout();
});
afterAll(() => project.remove());

function npmStart(env: Readonly<Record<string, string>>, folder = project.folder) {
	return spawn("npm", ["start", "--silent"], {
		cwd: folder,
		env: { ...process.env, ...env },
		stdio: ["ignore", "pipe", "pipe"],
		detached: true,
	});
}

describe("npm start", () => {
	let child: ReturnType<typeof npmStart>;
	let output = "";
	let ports: { readonly PORT: string; readonly SIM_PORT: string };

	beforeAll(async () => {
		ports = { PORT: `${await freePort()}`, SIM_PORT: `${await freePort()}` };
		child = npmStart(ports);
		for await (const piece of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
			output += piece;
			if (/^ +-d .*$/m.test(output)) break;
		}
		child.stdout.resume();
	});
	afterAll(() => endGroup(child));

	it("prints the address, the access key and that nothing costs money", () => {
		expect(child.exitCode).toBeNull();
		expect(output).toContain(`http://localhost:${ports.PORT}/v1`);
		expect(output).toContain(`Simulator http://localhost:${ports.SIM_PORT}`);
		expect(output).toContain("cost nothing");
		expect(output).toMatch(/^Access key: sk-\S+$/m);
	});

	it("prints a link that signs in to the console", async () => {
		const [, link = "", key = ""] = /^Console +(\S+#key=(\S+))/m.exec(output) ?? [];
		expect(new URL(link).origin).toBe(`http://localhost:${ports.PORT}`);
		const page = await fetch(link);
		expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
		const models = await fetch(new URL("/v1/models", link), { headers: { authorization: `Bearer ${key}` } });
		expect(models.status).toBe(200);
	});

	it("prints a curl that draws a picture when it is pasted", async () => {
		const [command = ""] = /^ *curl [\s\S]*?[^\\]\n/m.exec(output) ?? [];
		const { stdout } = await promisify(execFile)("bash", ["-c", command]);
		expect(stdout).toContain("reasoning_content");
		const [, url = ""] = /!\[Generated Image\]\((http[^()\s]+)\)/.exec(stdout) ?? [];
		expect(url).toContain(`http://localhost:${ports.PORT}/images/`);
		expect(decode(await fetchBytes(url))).toMatchObject({ width: 1408, height: 768 });
		expect(stdout.endsWith("data: [DONE]\n\n")).toBe(true);
	});

	it("starts a simulator whose page lists the scenarios", async () => {
		expect(await (await fetch(`http://localhost:${ports.SIM_PORT}`)).text()).toContain("sim:content-policy");
	});

	it("ends every process that it started", async () => {
		await endGroup(child);
		for (const port of Object.values(ports)) {
			const answers = () => fetch(`http://localhost:${port}/`).then(Boolean, () => false);
			await expect.poll(answers, { timeout: 10_000 }).toBe(false);
		}
	});
});

describe("npm start with a fal key alone", () => {
	const KEY_LINE = /^WORKER_ACCESS_KEY=(.+)$/gm;

	/** Makes a checkout with these settings. It is removed when the test ends. */
	function checkoutWith(settings: string) {
		const { folder, remove } = checkout();
		onTestFinished(remove);
		const file = join(folder, ".dev.vars");
		writeFileSync(file, settings);
		return { folder, readSettings: () => readFileSync(file, "utf8") };
	}

	/** Starts there, returns what is said up to the example, and ends. */
	async function said(
		folder: string,
		during: (url: string, said: string) => Promise<void> = async () => {},
	): Promise<string> {
		const port = `${await freePort()}`;
		const child = npmStart({ PORT: port }, folder);
		let text = "";
		for await (const piece of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
			text += piece;
			if (/^ +-d .*$/m.test(text)) break;
		}
		child.stdout.resume();
		await during(`http://localhost:${port}`, text);
		await endGroup(child);
		return text;
	}

	async function statusWith(url: string, key: string): Promise<number> {
		return (await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })).status;
	}

	it.each(["FAL_API_KEY=id:secret\n", "# Mine\nFAL_API_KEY=id:secret", "FAL_API_KEY=id:secret\nWORKER_ACCESS_KEY=\n"])(
		"makes an access key at the first start, keeps it and prints it: %j",
		async (settings) => {
			const { folder, readSettings } = checkoutWith(settings);
			const first = await said(folder, async (url, text) => {
				const [, key = ""] = /^Access key: (\S+)/m.exec(text) ?? [];
				expect(await statusWith(url, key)).toBe(200);
				expect(await statusWith(url, "sk-darkroom-local")).toBe(401);
				expect(text).toContain(`Bearer ${key}`);
				const preflight = await fetch(`${url}/v1/models`, { method: "OPTIONS" });
				expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
			});
			const kept = readSettings();
			const second = await said(folder);
			const keys = [...kept.matchAll(KEY_LINE)].map(([, key = ""]) => key);
			expect(keys).toHaveLength(1);
			expect(keys[0]).toMatch(/^sk-dev-[A-Za-z0-9_-]{43}$/);
			expect(kept.startsWith(settings)).toBe(true);
			expect(readSettings()).toBe(kept);
			for (const text of [first, second]) expect(text).toContain(`Access key: ${keys[0]}`);
			expect(first).toContain("pictures cost money");
		},
	);

	it("leaves an access key as it is, and does not print it", async () => {
		const settings = "FAL_API_KEY=id:secret\nWORKER_ACCESS_KEY=my-own-access-key-1\n";
		const { folder, readSettings } = checkoutWith(settings);
		const first = await said(folder);
		expect(readSettings()).toBe(settings);
		expect(first).toContain("Access key: the WORKER_ACCESS_KEY of .dev.vars");
		expect(first).toMatch(/^Console +http:\/\/localhost:\d+\/$/m);
	});
});

describe("npm start, if it cannot start", () => {
	it("refuses the published access key before the real fal, in one line, and exits with 1", async () => {
		const own = checkout();
		writeFileSync(join(own.folder, ".dev.vars"), "FAL_API_KEY=id:secret\nWORKER_ACCESS_KEY=sk-darkroom-local\n");
		const child = npmStart({ PORT: `${await freePort()}` }, own.folder);
		const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
		expect(child.exitCode).toBe(1);
		expect(`${out}${err}`).toBe(
			"WORKER_ACCESS_KEY in .dev.vars is the published sk-darkroom-local, with which anybody could spend your fal key's money. Remove it, and one is made.\n",
		);
		own.remove();
	});

	it.each(["PORT", "SIM_PORT"])("prints one line if %s is taken, and exits with 1", async (name) => {
		const server = createServer().listen(0, "127.0.0.1");
		await once(server, "listening");
		const address = server.address();
		const taken = typeof address === "object" ? `${address?.port}` : "";
		const ports = { PORT: `${await freePort()}`, SIM_PORT: `${await freePort()}`, [name]: taken };
		const child = npmStart(ports);
		const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
		expect(child.exitCode).toBe(1);
		expect(`${out}${err}`).toBe(`Port ${taken} is taken. Choose another: ${name}=<port> npm start\n`);
		server.close();
	});

	it("prints the error of a broken gateway, and exits with 1", async () => {
		const broken = checkout();
		appendFileSync(join(broken.folder, "wrangler.toml"), "\n[[this breaks");
		const child = npmStart({ PORT: `${await freePort()}`, SIM_PORT: `${await freePort()}` }, broken.folder);
		const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
		expect([child.exitCode, out]).toEqual([1, ""]);
		expect(err).toContain("wrangler.toml");
		expect(err).not.toMatch(/^\s+at /m);
		broken.remove();
	});

	it.each(["abc", "65536"])("prints one line if PORT is %s, and exits with 1", async (port) => {
		const child = npmStart({ PORT: port });
		const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
		expect([child.exitCode, `${out}${err}`]).toEqual([1, `PORT must be a port number, not '${port}'.\n`]);
	});
});
