import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { pngOf } from "../../../test/support/forms.ts";
import { type Ask, aPrompt, ask, eventually } from "../../../test/support/workerd/gateway.ts";
import {
	age,
	alarmOf,
	logOf,
	overrideEnv,
	requestIdOf,
	stubOf,
	tablesOf,
} from "../../../test/support/workerd/job-of.ts";

const OTHER = { authorization: "Bearer test-key-of-other" };
const DAY_MS = 86_400_000;
const THUMBNAIL = pngOf(48, 27, 500);

interface Shown {
	readonly images: readonly { readonly index: number; readonly url: string; readonly thumbnail_url?: string }[];
}

/** Makes a job that has ended, of the account `owner`. */
async function aJob(words = "sim:quick", more: object = {}): Promise<string> {
	const made = await ask("/v1/images/generations", {
		json: { model: "imagen4-preview", prompt: aPrompt(words), ...more },
	});
	await made.text();
	return made.headers.get("x-job-id") ?? "";
}

function pathOf(job: string, index: number | string = 0): string {
	return `/v1/jobs/${job}/images/${index}/thumbnail`;
}

function put(job: string, body: BodyInit | null = THUMBNAIL, init: Parameters<Ask>[1] = {}): Promise<Response> {
	return ask(pathOf(job), { method: "PUT", body, ...init });
}

async function shown(job: string): Promise<Shown["images"]> {
	return (await (await ask(`/v1/jobs/${job}`)).json<Shown>()).images;
}

async function listed(job: string): Promise<Shown["images"]> {
	const list = await (await ask("/v1/jobs?limit=100")).json<{ data: ({ id: string } & Shown)[] }>();
	return list.data.find(({ id }) => id === `job_${job}`)?.images ?? [];
}

async function filesOf(job: string): Promise<readonly string[]> {
	const { objects } = await env.IMAGES.list({ prefix: `images/${job}/` });
	return objects.map(({ key }) => key.slice(key.lastIndexOf("/") + 1));
}

async function rowsOf(job: string): Promise<number> {
	return runInDurableObject(stubOf(job), (instance) => instance.rowsWritten());
}

describe("PUT /v1/jobs/{id}/images/{index}/thumbnail", () => {
	it("keeps it beside its picture, and the job and the list show its link", async () => {
		const job = await aJob();
		const answer = await put(job);
		expect(answer.status).toBe(201);
		expect(answer.headers.get("x-job-id")).toBe(job);
		const kept = await answer.json<{ url: string }>();
		expect(kept).toEqual({
			object: "thumbnail",
			job: `job_${job}`,
			index: 0,
			url: expect.stringMatching(new RegExp(`^https://gateway.example/images/${job}/0.thumb\\?exp=\\d+&sig=`)),
			content_type: "image/png",
			bytes: 500,
		});
		expect(await filesOf(job)).toEqual(["0.png", "0.thumb"]);
		expect(await shown(job)).toMatchObject([{ index: 0, thumbnail_url: kept.url }]);
		expect(
			await eventually(
				() => listed(job),
				([image]) => image?.thumbnail_url !== undefined,
			),
		).toMatchObject([{ index: 0, thumbnail_url: kept.url }]);
		const opened = await ask(kept.url, { headers: { authorization: "" } });
		expect([opened.status, opened.headers.get("content-type")]).toEqual([200, "image/png"]);
		expect(await opened.bytes()).toEqual(THUMBNAIL);
	});

	it("costs its job a row, and the alarm that makes sure that the list knows of it", async () => {
		const job = await aJob("sim:quick", { n: 2 });
		const untilAsleep = () =>
			eventually(
				() => alarmOf(job),
				(at) => (at ?? 0) > Date.now() + DAY_MS,
			);
		await put(job);
		await untilAsleep();
		const before = await rowsOf(job);
		await ask(pathOf(job, 1), { method: "PUT", body: THUMBNAIL });
		await untilAsleep();
		expect(await rowsOf(job)).toBe(before + 3);
		expect(await filesOf(job)).toEqual(["0.png", "0.thumb", "1.png", "1.thumb"]);
	});

	it("is done once: any later body is answered with the first", async () => {
		const job = await aJob();
		const first = await (await put(job)).json();
		const [again, other] = await Promise.all([put(job), put(job, pngOf(9, 9, 300))]);
		expect([again.status, other.status]).toEqual([200, 200]);
		expect([await again.json(), await other.json()]).toEqual([first, first]);
		expect((await logOf(job)).filter(({ type }) => type === "thumbnail")).toHaveLength(1);
	});

	it("is done once if two come at once", async () => {
		const job = await aJob();
		const answers = await Promise.all([put(job), put(job, pngOf(9, 9, 300)), put(job, pngOf(7, 7, 200))]);
		const told = await Promise.all(answers.map((answer) => answer.json<{ bytes: number }>()));
		expect(new Set(told.map(({ bytes }) => bytes)).size).toBe(1);
		expect((await logOf(job)).filter(({ type }) => type === "thumbnail")).toHaveLength(1);
	});

	it("finds what an object put that died before it could write that down", async () => {
		const job = await aJob();
		await env.IMAGES.put(`images/${job}/0.thumb`, THUMBNAIL, { httpMetadata: { contentType: "image/png" } });
		expect((await shown(job))[0]).not.toHaveProperty("thumbnail_url");
		expect((await ask(pathOf(job))).status).toBe(404);
		const answer = await put(job, pngOf(9, 9, 300));
		expect([answer.status, await answer.json()]).toMatchObject([201, { bytes: 500 }]);
	});

	it("is asked for again if R2 does not take it", async () => {
		const job = await aJob();
		const failing = new Proxy(env.IMAGES, {
			get: (bucket, name) =>
				name === "put" ? () => Promise.reject(new Error("no")) : Reflect.get(bucket, name).bind(bucket),
		});
		await overrideEnv(job, { IMAGES: failing });
		const failed = await put(job);
		expect(failed.status).toBe(500);
		expect(await failed.json()).toMatchObject({ error: { code: "internal_error" } });
		await overrideEnv(job, {});
		expect((await put(job)).status).toBe(201);
	});

	it.each([
		["nothing", null, 400, { param: "thumbnail", code: "invalid_value" }],
		["a text", "a fox", 400, { param: "thumbnail", code: "invalid_value" }],
		["half a PNG", THUMBNAIL.slice(0, 250), 400, { param: "thumbnail", code: "invalid_value" }],
		["65,537 bytes", pngOf(48, 27, 65_537), 413, { param: null, code: "request_too_large" }],
		["65,537 bytes in a stream", new Blob([pngOf(48, 27, 65_537)]).stream(), 413, { code: "request_too_large" }],
	])("refuses %s", async (_, body, status, error) => {
		const job = await aJob();
		const refused = await put(job, body);
		expect(refused.status).toBe(status);
		expect(await refused.json()).toMatchObject({ error });
		expect(await filesOf(job)).toEqual(["0.png"]);
	});

	it("takes 65,536 bytes", async () => {
		const answer = await put(await aJob(), pngOf(48, 27, 65_536));
		expect([answer.status, await answer.json()]).toMatchObject([201, { bytes: 65_536 }]);
	});

	it("is of a job of the key's own account, or of any for the owner", async () => {
		const job = await aJob();
		const refused = await put(job, THUMBNAIL, { headers: OTHER });
		expect(refused.status).toBe(404);
		const asked = await ask(`${pathOf(job)}?account=owner`, { method: "PUT", body: THUMBNAIL, headers: OTHER });
		expect(asked.status).toBe(403);
		expect(await filesOf(job)).toEqual(["0.png"]);
		const made = await ask("/v1/images/generations", {
			json: { model: "imagen4-preview", prompt: aPrompt("sim:quick") },
			headers: OTHER,
		});
		await made.text();
		const theirs = made.headers.get("x-job-id") ?? "";
		expect((await put(theirs)).status).toBe(404);
		const forThem = await ask(`${pathOf(theirs)}?account=other`, { method: "PUT", body: THUMBNAIL });
		expect(forThem.status).toBe(201);
		expect((await ask(`${pathOf(theirs)}?account=other`)).status).toBe(200);
	});

	it.each(["1", "16", "00", "-1", "x", "0.png"])("refuses the picture %s, which there is not", async (index) => {
		const refused = await ask(pathOf(await aJob(), index), { method: "PUT", body: THUMBNAIL });
		expect(refused.status).toBe(404);
		expect(await refused.json()).toMatchObject({ error: { message: "This picture does not exist." } });
	});

	it("refuses a job that runs, one that failed, and one that does not exist", async () => {
		const prompt = aPrompt("sim:hold");
		const held = await ask("/v1/images/generations", {
			json: { model: "imagen4-preview", prompt },
			headers: { prefer: "respond-async" },
		});
		await requestIdOf(prompt);
		const running = held.headers.get("x-job-id") ?? "";
		for (const job of [running, await aJob("sim:server-error"), "0".repeat(64)])
			expect((await put(job)).status).toBe(404);
	});
});

describe("GET /v1/jobs/{id}/images/{index}/thumbnail", () => {
	it("answers as a picture's link does, and HEAD with no body", async () => {
		const job = await aJob();
		expect(await (await ask(pathOf(job))).json()).toMatchObject({
			error: { message: "This thumbnail does not exist.", code: "not_found" },
		});
		await put(job);
		const whole = await ask(pathOf(job));
		expect(whole.status).toBe(200);
		expect(Object.fromEntries(whole.headers)).toMatchObject({
			"content-type": "image/png",
			"content-length": "500",
			"cache-control": "private, max-age=31536000, immutable",
			"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
			"x-content-type-options": "nosniff",
		});
		expect(await whole.bytes()).toEqual(THUMBNAIL);
		const etag = whole.headers.get("etag") ?? "";
		const unchanged = await ask(pathOf(job), { headers: { "if-none-match": etag } });
		expect([unchanged.status, unchanged.headers.get("etag"), await unchanged.text()]).toEqual([304, etag, ""]);
		const part = await ask(pathOf(job), { headers: { range: "bytes=0-7" } });
		expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 0-7/500"]);
		await part.bytes();
		const head = await ask(pathOf(job), { method: "HEAD" });
		expect([head.status, head.headers.get("content-length"), head.headers.get("etag")]).toEqual([200, "500", etag]);
		expect((await ask(pathOf(job), { headers: OTHER })).status).toBe(404);
	});
});

describe("a thumbnail goes with its job", () => {
	const gone = async (job: string) => {
		await eventually(
			() => tablesOf(job),
			(left) => left.length === 0,
		);
		expect(await filesOf(job)).toEqual([]);
	};

	it("when that is deleted", async () => {
		const job = await aJob();
		const { url } = await (await put(job)).json<{ url: string }>();
		await ask(`/v1/jobs/${job}`, { method: "DELETE" });
		await gone(job);
		expect((await ask(url)).status).toBe(404);
		expect((await put(job)).status).toBe(404);
	});

	it("when that is deleted while it is put into R2", async () => {
		const job = await aJob();
		const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
		const { promise: deleted, resolve: goOn } = Promise.withResolvers<void>();
		const putLate = async (...given: Parameters<R2Bucket["put"]>) => {
			begin();
			await deleted;
			return env.IMAGES.put(...given);
		};
		const slow = new Proxy(env.IMAGES, {
			get: (bucket, name) => (name === "put" ? putLate : Reflect.get(bucket, name).bind(bucket)),
		});
		await overrideEnv(job, { IMAGES: slow });
		const putting = put(job);
		await begun;
		await ask(`/v1/jobs/${job}`, { method: "DELETE" });
		goOn();
		expect((await putting).status).toBe(404);
		await gone(job);
	});

	it("when that expires, also if its object died before it wrote it down", async () => {
		const job = await aJob();
		await put(job);
		await env.IMAGES.put(`images/${job}/3.thumb`, "of an object that died");
		await age(job, 40 * 24 * 3_600_000);
		await runInDurableObject(stubOf(job), (instance) => instance.alarm());
		await gone(job);
	});

	it("and survives its object", async () => {
		const job = await aJob();
		await put(job);
		await evictDurableObject(stubOf(job));
		expect(await shown(job)).toMatchObject([{ thumbnail_url: expect.any(String) }]);
		expect((await put(job)).status).toBe(200);
	});
});
