import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { makeConfig, newJob } from "../../../test/support/workerd/make-config.ts";
import { keyOf } from "../../media/keys.ts";
import { createLinks } from "../../media/links.ts";
import { servePicture } from "./routes.ts";

const config = makeConfig();
const links = createLinks(config);
const EXPIRES_AT = 1_800_000_000_000;
const NOW = EXPIRES_AT - 1000;
const BYTES = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
const job = newJob();

function put(file: string, contentType: string): Promise<unknown> {
	return env.IMAGES.put(keyOf(job, file), BYTES, { httpMetadata: { contentType } });
}

interface Ask {
	readonly file?: string;
	readonly method?: string;
	readonly headers?: Record<string, string>;
	readonly now?: number;
	/** Of the link; the path's is `file`. */
	readonly signed?: string;
}

async function ask({ file = "0.png", method = "GET", headers = {}, now = NOW, signed = file }: Ask = {}) {
	const { search } = new URL(await links.signImage({ job, file: signed }, EXPIRES_AT), "https://gateway.example.com");
	const request = new Request(`https://gateway.example.com/images/${job}/${file}${search}`, { method, headers });
	return servePicture(request, env, config, { job, file }, now);
}

function range(value: string, more: Record<string, string> = {}) {
	return ask({ headers: { range: value, ...more } });
}

let etag = "";
beforeAll(async () => {
	await Promise.all([
		put("0.png", "image/png"),
		put("1.svg", "image/svg+xml"),
		put("2.bin", "application/octet-stream"),
	]);
	etag = (await ask()).headers.get("etag") ?? "";
});

const SAFE = {
	"content-security-policy": "default-src 'none'; sandbox",
	"x-content-type-options": "nosniff",
	"cross-origin-resource-policy": "cross-origin",
	"access-control-allow-origin": "*",
};

function headersOf(response: Response): Record<string, string> {
	return Object.fromEntries(response.headers);
}

describe("a picture with a valid link", () => {
	it("is served whole, for good, and so that nothing in it can run", async () => {
		const response = await ask();
		expect(response.status).toBe(200);
		expect(headersOf(response)).toMatchObject({
			...SAFE,
			"cache-control": "private, max-age=31536000, immutable",
			"content-type": "image/png",
			"content-disposition": "inline",
			"content-length": "1000",
			"accept-ranges": "bytes",
			etag: expect.stringMatching(/^"[^"]+"$/),
		});
		expect(await response.bytes()).toEqual(BYTES);
	});

	it.each(["1.svg", "2.bin"])("is a download where it could carry a script: %s", async (file) => {
		const response = await ask({ file });
		expect(headersOf(response)).toMatchObject({ ...SAFE, "content-disposition": `attachment; filename="${file}"` });
		await response.body?.cancel();
	});

	it("answers HEAD as GET, without the bytes", async () => {
		const response = await ask({ method: "HEAD" });
		const whole = await ask();
		await whole.body?.cancel();
		expect(response.status).toBe(200);
		expect(response.body).toBeNull();
		expect(headersOf(response)).toEqual(headersOf(whole));
	});

	it("does not exist if R2 has nothing", async () => {
		for (const method of ["GET", "HEAD"]) {
			const response = await ask({ file: "9.png", method });
			expect(response.status).toBe(404);
			expect(headersOf(response)).toMatchObject({ ...SAFE, "cache-control": "no-store" });
		}
		expect(await (await ask({ file: "9.png", headers: { range: "bytes=0-1" } })).json()).toEqual({
			error: { message: "This picture does not exist.", type: "invalid_request_error", param: null, code: "not_found" },
		});
	});
});

describe("a picture that the browser has", () => {
	it.each([(tag: string) => tag, (tag: string) => `W/${tag}`, (tag: string) => `"x", ${tag}`, () => "*"])(
		"is not sent again (%#)",
		async (toHeader) => {
			for (const method of ["GET", "HEAD"]) {
				const response = await ask({ method, headers: { "if-none-match": toHeader(etag), range: "bytes=0-9" } });
				expect(response.status).toBe(304);
				expect(response.body).toBeNull();
				expect(headersOf(response)).toMatchObject({ etag, "cache-control": "private, max-age=31536000, immutable" });
			}
		},
	);

	it.each(['"x"', "no quotes at all", ""])("is sent where its tag is another: %s", async (noneMatch) => {
		const response = await ask({ headers: { "if-none-match": noneMatch } });
		expect(response.status).toBe(200);
		expect(await response.bytes()).toEqual(BYTES);
	});
});

describe("a range", () => {
	it.each([
		["bytes=0-0", 0, 1],
		["bytes=0-499", 0, 500],
		["bytes=500-", 500, 1000],
		["bytes=990-5000", 990, 1000],
		["bytes=-10", 990, 1000],
		["bytes=-5000", 0, 1000],
		["BYTES=999-999", 999, 1000],
	])("'%s' gives its bytes", async (value, from, to) => {
		const response = await range(value);
		expect(response.status).toBe(206);
		expect(headersOf(response)).toMatchObject({
			...SAFE,
			"content-range": `bytes ${from}-${to - 1}/1000`,
			"content-length": String(to - from),
			"content-type": "image/png",
			etag,
		});
		expect(await response.bytes()).toEqual(BYTES.slice(from, to));
	});

	it.each(["bytes=1000-", "bytes=5000-6000", "bytes=-0"])("'%s' lies outside", async (value) => {
		const response = await range(value);
		expect(response.status).toBe(416);
		expect(response.headers.get("content-range")).toBe("bytes */1000");
		expect(response.headers.get("access-control-allow-origin")).toBe("*");
		await response.body?.cancel();
	});

	it.each(["bytes=0-1,5-9", "bytes=9-1", "bytes=a-b", "bytes=-", "lines=1-2", "bytes=99999999999999999999-"])(
		"'%s' is not understood, and gives the whole picture",
		async (value) => {
			const response = await range(value);
			expect(response.status).toBe(200);
			expect(await response.bytes()).toEqual(BYTES);
		},
	);

	it("is given only if the picture is still the same, where the client asks so", async () => {
		const same = await range("bytes=0-9", { "if-range": etag });
		expect(same.status).toBe(206);
		await same.body?.cancel();
		for (const other of ['"x"', `W/${etag}`, "Wed, 21 Oct 2026 07:28:00 GMT"]) {
			const response = await range("bytes=0-9", { "if-range": other });
			expect(response.status).toBe(200);
			await response.body?.cancel();
		}
	});

	it("has no meaning for HEAD", async () => {
		const response = await ask({ method: "HEAD", headers: { range: "bytes=0-9" } });
		expect(response.status).toBe(200);
		expect(response.headers.get("content-length")).toBe("1000");
	});
});

describe("a link that is not valid", () => {
	const refusal = {
		error: { message: "This link is not valid.", type: "permission_error", param: null, code: "forbidden" },
	};

	it.each<[string, Ask]>([
		["over", { now: EXPIRES_AT }],
		["of another picture", { signed: "1.svg" }],
		["of a file name that is never made", { file: "0.PNG" }],
		["of a third digit", { file: "100.png" }],
		["of another folder", { file: "../0.png" }],
	])("is refused, and says nothing, when it is %s", async (_what, what) => {
		const response = await ask(what);
		expect(response.status).toBe(403);
		expect(headersOf(response)).toMatchObject({ ...SAFE, "cache-control": "no-store" });
		expect(await response.json()).toEqual(refusal);
	});

	it.each([job.toUpperCase(), "short"])("is refused for a job that cannot be: %s", async (other) => {
		const link = await links.signImage({ job: other, file: "0.png" }, EXPIRES_AT);
		const request = new Request(new URL(link, "https://gateway.example.com"));
		const response = await servePicture(request, env, config, { job: other, file: "0.png" }, NOW);
		expect(response.status).toBe(403);
		await response.body?.cancel();
	});
});
