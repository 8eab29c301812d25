/** Asks for the files of the console as browsers and others do: which policy they have, how long they may be kept, and what is none of them. */

import { gzipSync } from "node:zlib";
import { describe, expect, inject, it } from "vitest";
import { openConsole, seedGallery } from "./support/console.ts";

const { url } = inject("gateway");
/** Of the page, and of all that it loads before somebody does anything. */
const MAX_FIRST_LOAD_BYTES = 60 * 1024;

const POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** Returns the addresses that the page names. */
async function namedFiles(pattern: RegExp): Promise<readonly string[]> {
	const page = await (await fetch(`${url}/`)).text();
	return [...page.matchAll(pattern)].map(([, path = ""]) => path);
}

describe("the page", () => {
	it("has the strict policy, alone, and is asked for anew each time", async () => {
		const { status, headers } = await fetch(`${url}/?from=home-screen`);
		expect(status).toBe(200);
		expect(headers.get("content-security-policy")).toBe(POLICY);
		expect(headers.get("x-content-type-options")).toBe("nosniff");
		expect(headers.get("referrer-policy")).toBe("no-referrer");
		expect(headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
	});

	it("answers HEAD, and no other method", async () => {
		const head = await fetch(`${url}/`, { method: "HEAD" });
		expect([head.status, await head.text()]).toEqual([200, ""]);
		for (const method of ["POST", "DELETE", "OPTIONS"])
			expect((await fetch(`${url}/`, { method })).status, method).toBe(405);
	});

	it("loads no more than 60 KB at first", async () => {
		const files = await namedFiles(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g);
		expect(files.length).toBeGreaterThan(1);
		const loads = ["/", ...files].map(async (path) => (await fetch(`${url}${path}`)).arrayBuffer());
		const sizes = (await Promise.all(loads)).map((bytes) => gzipSync(new Uint8Array(bytes)).length);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MAX_FIRST_LOAD_BYTES);
	});
});

describe("the other files", () => {
	it("may be kept for ever if their names have a hash", async () => {
		for (const path of await namedFiles(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
			const { status, headers } = await fetch(`${url}${path}`);
			expect([status, headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
		}
	});

	it("come packed", async () => {
		for (const path of await namedFiles(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
			const { headers } = await fetch(`${url}${path}`);
			expect(headers.get("content-encoding"), path).toBe("gzip");
		}
	});

	it("include the manifest and the icons that it names", async () => {
		const manifest: { icons: { src: string; type: string }[] } = await (
			await fetch(`${url}/manifest.webmanifest`)
		).json();
		expect(manifest.icons.length).toBeGreaterThan(2);
		for (const { src, type } of manifest.icons) {
			const icon = await fetch(`${url}${src}`);
			expect([icon.status, icon.headers.get("content-type")]).toEqual([200, type]);
		}
		for (const path of await namedFiles(/rel="(?:icon|apple-touch-icon)" href="([^"]+)"/g))
			expect((await fetch(`${url}${path}`)).status, path).toBe(200);
	});

	it("leave the reference its own policy", async () => {
		const { headers } = await fetch(`${url}/docs/`);
		expect(headers.get("content-security-policy")).toContain("style-src 'self' 'unsafe-inline'");
		expect(headers.get("content-security-policy")).not.toContain("trusted-types");
	});

	it("are no answer to an address that nothing has", async () => {
		for (const path of ["/assets/gone-12345678.js", "/nothing", "/images/nothing"]) {
			const response = await fetch(`${url}${path}`, { headers: { accept: "text/html" } });
			expect([response.status, response.headers.get("content-type")]).toEqual([404, "application/json"]);
			expect(await response.json()).toMatchObject({ error: { code: "route_not_found" } });
		}
	});
});

it("shows a picture whose link is opened in a tab, and not the console", async () => {
	const holder = await seedGallery(20);
	const answer = await fetch(`${url}/v1/jobs?status=succeeded`, { headers: { authorization: `Bearer ${holder.key}` } });
	const { data }: { data: { images: { url: string }[] }[] } = await answer.json();
	// The page that Chromium shows a picture on has styles of its own, which the policy of pictures leaves out.
	const { page } = await openConsole({ signedIn: false, allowed: [/Applying inline style/] });
	const opened = await page.goto(data[0]?.images[0]?.url ?? "");
	expect([opened?.status(), opened?.headers()["content-type"]]).toEqual([200, "image/png"]);
});
