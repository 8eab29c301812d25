/** Starts `npm start` with settings that it must refuse before it builds anything. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findWrongSettings, type LocalSettings, toGreeting } from "./settings.ts";

/** The project's own, which runs TypeScript. */
const NODE = resolve("node_modules/.bin/node");
const START = resolve("scripts/start.ts");
const BOUND_MS = 20_000;

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "darkroom-settings-"));
	writeFileSync(join(folder, "file"), "");
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
	readonly code: unknown;
	readonly said: string;
}

function start(environment: Readonly<Record<string, string>>): Promise<Ended> {
	const env = { ...process.env, PORT: "39641", SIM_PORT: "39642", STATE_DIR: "", HOST: "", ...environment };
	return new Promise((done) => {
		const options = { cwd: folder, env, timeout: BOUND_MS };
		execFile(NODE, [START], options, (error, stdout, stderr) => done({ code: error?.code, said: stdout + stderr }));
	});
}

describe("npm start", () => {
	it.each<readonly [environment: Readonly<Record<string, string>>, said: RegExp]>([
		[{ PORT: "39642" }, /^PORT and SIM_PORT are both 39642\. .*\n$/],
		[{ HOST: "192.0.2.1" }, /^HOST is '192\.0\.2\.1', and this machine cannot listen there \(EADDRNOTAVAIL\)\. .*\n$/],
		[{ HOST: "no host" }, /^HOST is 'no host', .*\n$/],
		[{ STATE_DIR: "file" }, /^STATE_DIR is 'file', which is a file, .*\n$/],
		[{ STATE_DIR: "file/state" }, /^STATE_DIR is 'file\/state', which is a file, or lies in one .*\n$/],
		[{ STATE_DIR: "/proc/state" }, /^STATE_DIR is '\/proc\/state', which cannot be made .*\n$/],
	])("of %j ends with one line that names the setting", async (environment, said) => {
		expect(await start(environment)).toEqual({ code: 1, said: expect.stringMatching(said) });
	});
});

describe("findWrongSettings", () => {
	it.each([
		[200, { status: "ok" }, null],
		[
			500,
			{ error: { message: "Darkroom is not configured: PROGRESS must be …" } },
			"Every request is refused until .dev.vars or wrangler.toml is set right. Darkroom is not configured: PROGRESS must be …",
		],
	])("reads an answer of %i", async (status, body, wrong) => {
		const server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(body)));
		await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
		const address = server.address();
		const port = typeof address === "object" ? address?.port : null;
		expect(await findWrongSettings(`http://127.0.0.1:${port}`)).toBe(wrong);
		server.close();
	});
});

it("the request to try names no model, since MODELS may leave any out", () => {
	const settings: LocalSettings = {
		host: "127.0.0.1",
		port: 1,
		simPort: 2,
		queueUrl: null,
		gateway: "http://localhost:1",
		defaults: {},
		shownKey: "sk-darkroom-local",
	};
	expect(toGreeting(settings)).toContain("/v1/chat/completions");
	expect(toGreeting(settings)).not.toContain('"model"');
});
