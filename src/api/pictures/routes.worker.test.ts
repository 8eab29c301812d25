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
	/** The file that the link is signed for, if not the path's. */
	readonly signed?: string;
}

async function ask({ file = "0.png", method = "GET", headers = {}, now = NOW, signed = file }: Ask = {}) {
	const { search } = new URL(
		await links.sign("images", { job, file: signed }, EXPIRES_AT),
		"https://gateway.example.com",
	);
	const request = new Request(`https://gateway.example.com/images/${job}/${file}${search}`, { method, headers });
	return servePicture(request, env, config, { kind: "images", job, file }, now);
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
	"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
	"x-content-type-options": "nosniff",
	"cross-origin-resource-policy": "cross-origin",
	"access-control-allow-origin": "*",
};

function headersOf(response: Response): Record<string, string> {
	return Object.fromEntries(response.headers);
}

describe("a picture with a valid link", () => {
	it("is served whole and cacheable for good, with headers that let nothing in it run", async () => {
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

	it.each(["1.svg", "2.bin"])("is a download if it could carry a script: %s", async (file) => {
		const response = await ask({ file });
		expect(headersOf(response)).toMatchObject({ ...SAFE, "content-disposition": `attachment; filename="${file}"` });
		await response.body?.cancel();
	});

	it("answers HEAD as it answers GET, without the bytes", async () => {
		const response = await ask({ method: "HEAD" });
		const whole = await ask();
		await whole.body?.cancel();
		expect(response.status).toBe(200);
		expect(response.body).toBeNull();
		expect(headersOf(response)).toEqual(headersOf(whole));
	});

	it("is a 404 if R2 does not have it", async () => {
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

describe("If-None-Match", () => {
	it.each([(tag: string) => tag, (tag: string) => `W/${tag}`, (tag: string) => `"x", ${tag}`, () => "*"])(
		"answers 304 if it names the picture's etag (%#)",
		async (toHeader) => {
			for (const method of ["GET", "HEAD"]) {
				const response = await ask({ method, headers: { "if-none-match": toHeader(etag), range: "bytes=0-9" } });
				expect(response.status).toBe(304);
				expect(response.body).toBeNull();
				expect(headersOf(response)).toMatchObject({ etag, "cache-control": "private, max-age=31536000, immutable" });
			}
		},
	);

	it.each(['"x"', "no quotes at all", ""])("gets the picture if it names another etag: %s", async (noneMatch) => {
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
	])("'%s' gets its bytes", async (value, from, to) => {
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

	it.each(["bytes=1000-", "bytes=5000-6000", "bytes=-0"])(
		"'%s' is a 416: it lies outside of the picture",
		async (value) => {
			const response = await range(value);
			expect(response.status).toBe(416);
			expect(response.headers.get("content-range")).toBe("bytes */1000");
			expect(response.headers.get("access-control-allow-origin")).toBe("*");
			await response.body?.cancel();
		},
	);

	it.each(["bytes=0-1,5-9", "bytes=9-1", "bytes=a-b", "bytes=-", "lines=1-2", "bytes=99999999999999999999-"])(
		"'%s' gets the whole picture, since it is not one range",
		async (value) => {
			const response = await range(value);
			expect(response.status).toBe(200);
			expect(await response.bytes()).toEqual(BYTES);
		},
	);

	it("gets the whole picture if `If-Range` names another etag", async () => {
		const same = await range("bytes=0-9", { "if-range": etag });
		expect(same.status).toBe(206);
		await same.body?.cancel();
		for (const other of ['"x"', `W/${etag}`, "Wed, 21 Oct 2026 07:28:00 GMT"]) {
			const response = await range("bytes=0-9", { "if-range": other });
			expect(response.status).toBe(200);
			await response.body?.cancel();
		}
	});

	it("is ignored by HEAD", async () => {
		const response = await ask({ method: "HEAD", headers: { range: "bytes=0-9" } });
		expect(response.status).toBe(200);
		expect(response.headers.get("content-length")).toBe("1000");
	});
});

describe("an invalid link", () => {
	const refusal = {
		error: { message: "This link is not valid.", type: "permission_error", param: null, code: "forbidden" },
	};

	it.each<[string, Ask]>([
		["expired", { now: EXPIRES_AT }],
		["signed for another picture", { signed: "1.svg" }],
		["for a file name that is never made", { file: "0.PNG" }],
		["for an index of three digits", { file: "100.png" }],
		["for another folder", { file: "../0.png" }],
	])("is a 403 that says nothing more if it is %s", async (_, asked) => {
		const response = await ask(asked);
		expect(response.status).toBe(403);
		expect(headersOf(response)).toMatchObject({ ...SAFE, "cache-control": "no-store" });
		expect(await response.json()).toEqual(refusal);
	});

	it.each([job.toUpperCase(), "short"])("is a 403 if its job's id has a wrong form: %s", async (other) => {
		const link = await links.sign("images", { job: other, file: "0.png" }, EXPIRES_AT);
		const request = new Request(new URL(link, "https://gateway.example.com"));
		const response = await servePicture(request, env, config, { kind: "images", job: other, file: "0.png" }, NOW);
		expect(response.status).toBe(403);
		await response.body?.cancel();
	});
});

describe("an input of a job", () => {
	const INPUT = Uint8Array.from({ length: 700 }, (_, index) => (index * 7) % 256);

	async function askInput(file: string, headers: Record<string, string> = {}, method = "GET") {
		const link = await links.sign("inputs", { job, file }, EXPIRES_AT);
		const request = new Request(new URL(link, "https://gateway.example.com"), { method, headers });
		return servePicture(request, env, config, { kind: "inputs", job, file }, NOW);
	}

	beforeAll(async () => {
		await env.IMAGES.put(`inputs/${job}/0`, INPUT, { httpMetadata: { contentType: "image/webp" } });
		await env.IMAGES.put(`inputs/${job}/1-white`, INPUT, { httpMetadata: { contentType: "image/png" } });
	});

	it("is served whole, in part, and without its bytes", async () => {
		const whole = await askInput("0");
		expect(whole.status).toBe(200);
		expect(headersOf(whole)).toMatchObject({ ...SAFE, "content-type": "image/webp", "content-length": "700" });
		expect(await whole.bytes()).toEqual(INPUT);
		const part = await askInput("1-white", { range: "bytes=600-" });
		expect(part.status).toBe(206);
		expect(headersOf(part)).toMatchObject({ "content-type": "image/png", "content-range": "bytes 600-699/700" });
		expect(await part.bytes()).toEqual(INPUT.slice(600));
		const head = await askInput("0", {}, "HEAD");
		expect(headersOf(head)).toEqual(headersOf(whole));
	});

	it("is a 404 if it is gone, and a 403 with a link to a picture", async () => {
		expect((await askInput("9")).status).toBe(404);
		const link = await links.sign("images", { job, file: "0" }, EXPIRES_AT);
		const request = new Request(new URL(link, "https://gateway.example.com"));
		const response = await servePicture(request, env, config, { kind: "inputs", job, file: "0" }, NOW);
		expect(response.status).toBe(403);
	});

	it("cannot be reached as a picture is", async () => {
		const link = await links.sign("images", { job, file: "0" }, EXPIRES_AT);
		const request = new Request(new URL(link, "https://gateway.example.com"));
		const response = await servePicture(request, env, config, { kind: "images", job, file: "0" }, NOW);
		expect(response.status).toBe(403);
	});
});
