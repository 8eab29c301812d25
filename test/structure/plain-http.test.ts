/** Holds the console to what a browser has over plain HTTP too: one box in a home network has no certificate. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const CONSOLE = "src/console";
/** Browsers have these over HTTPS alone, and on localhost. */
const SECURE_ONLY =
	/\b(?:crypto\.(?:randomUUID|subtle)|navigator\.(?:clipboard|credentials|locks|mediaDevices|serviceWorker|share|storage|wakeLock)|caches\.|cookieStore|ImageDecoder|Notification|PushManager|show(?:Open|Save)FilePicker)\b/g;
const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
/** These files have another way. */
const CHECKED = ["look/zip/zip.ts: showSaveFilePicker", "parts/copy.tsx: navigator.clipboard"];

it("needs nothing that a browser has over HTTPS alone", () => {
	const used = readdirSync(CONSOLE, { recursive: true, encoding: "utf8" })
		.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
		.flatMap((file) => {
			const found = readFileSync(join(CONSOLE, file), "utf8").replace(COMMENT, "").match(SECURE_ONLY) ?? [];
			return found.map((name) => `${file}: ${name}`);
		});
	expect([...new Set(used)].sort()).toEqual(CHECKED);
});
