import { env } from "cloudflare:workers";
import { decode, encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { makeInput } from "../../../test/support/make.ts";
import { type Call, sim } from "../../../test/support/workerd/gateway.ts";
import { makeConfig, newJob } from "../../../test/support/workerd/make-config.ts";
import type { Env } from "../../env.ts";
import { createStorage } from "../../fal/storage.ts";
import { createLinks } from "../../media/links.ts";
import type { Attachment } from "../../models/attachments.ts";
import type { InputPicture } from "../../models/request.ts";
import { type Attached, attach, toAttachDeps, type Uploaded } from "./attach.ts";

const BYTES = new TextEncoder().encode("the bytes of a picture");
const GATEWAY = "https://gateway.example";
/** 3 × 2 pixels: opaque, half and wholly transparent, and the other way round. */
const MASK = encode({
	width: 3,
	height: 2,
	data: Uint8Array.from([255, 100, 0, 0, 100, 255].flatMap((alpha) => [9, 9, 9, alpha])),
});

async function keep(job: string, file: string, bytes: Uint8Array = BYTES): Promise<InputPicture> {
	const key = `inputs/${job}/${file}`;
	await env.IMAGES.put(key, bytes, { httpMetadata: { contentType: "image/png" } });
	return makeInput({ key, bytes: bytes.length });
}

function linked(url: string): InputPicture {
	return { role: "image", source: { kind: "link", url } };
}

interface Case {
	readonly job: string;
	readonly attachments: readonly Attachment[];
	/** Base of the webhook's address; null for none. */
	readonly webhookBase?: string | null;
	readonly settings?: Partial<Env>;
	readonly inputs?: readonly InputPicture[];
	readonly uploaded?: Uploaded;
}

const DEADLINE_MS = 900_000;

function attached({
	job,
	attachments,
	webhookBase = null,
	settings = {},
	inputs = [],
	uploaded = new Map(),
}: Case): Promise<Attached> {
	const config = makeConfig(settings);
	const now = Date.now();
	const details = {
		webhook: webhookBase === null ? null : `${webhookBase}/webhooks/fal/${job}/mac`,
		deadlineAt: now + DEADLINE_MS,
		expiresAt: now + 30 * DEADLINE_MS,
		request: {
			prompt: "a",
			model: "x",
			n: 1,
			size: { kind: "auto" },
			quality: "auto",
			outputFormat: null,
			seed: null,
			fal: {},
			inputs,
		},
	} as const;
	const beneath = { jobId: job, bucket: env.IMAGES, config, account: {}, signal: new AbortController().signal };
	return attach(attachments, uploaded, toAttachDeps(details, beneath));
}

function one(picture: InputPicture): Attachment {
	return { field: "image_url", isList: false, pictures: [picture] };
}

async function urlOf(asked: Case): Promise<string> {
	const answer = await attached(asked);
	if (answer.kind !== "ready") throw new Error(JSON.stringify(answer));
	return String(Object.values(answer.fields)[0]);
}

async function uploadsOf(name: string): Promise<readonly Call[]> {
	const calls: readonly Call[] = await (await sim("/calls?path=/storage/")).json();
	return calls.filter(({ path }) => path.includes(name));
}

describe("a picture of R2, for a fal that reaches this gateway", () => {
	it("is a signed link that lasts a little longer than the job may run", async () => {
		const job = newJob();
		const url = new URL(await urlOf({ job, attachments: [one(await keep(job, "0"))], webhookBase: GATEWAY }));
		expect(`${url.origin}${url.pathname}`).toBe(`${GATEWAY}/inputs/${job}/0`);
		const lastsMs = Number(url.searchParams.get("exp")) * 1000 - Date.now();
		expect(Math.abs(lastsMs - DEADLINE_MS - 600_000)).toBeLessThan(10_000);
		const links = createLinks(makeConfig());
		expect(await links.verify("inputs", { job, file: "0" }, url.searchParams, Date.now())).toBe(true);
	});

	it("keeps the path that PUBLIC_URL has", async () => {
		const job = newJob();
		const url = await urlOf({ job, attachments: [one(await keep(job, "0"))], webhookBase: `${GATEWAY}/pictures` });
		expect(url.startsWith(`${GATEWAY}/pictures/inputs/${job}/0?exp=`)).toBe(true);
	});

	it("stands in a list, in the order of the request, beside the client's own links", async () => {
		const job = newJob();
		const pictures = [await keep(job, "0"), linked("https://cdn.example/cat.png"), await keep(job, "2")];
		const answer = await attached({
			job,
			attachments: [{ field: "image_urls", isList: true, pictures }],
			webhookBase: GATEWAY,
		});
		expect(answer).toEqual({
			kind: "ready",
			fields: {
				image_urls: [
					expect.stringContaining(`/inputs/${job}/0?`),
					"https://cdn.example/cat.png",
					expect.stringContaining(`/inputs/${job}/2?`),
				],
			},
		});
	});

	it("is a link to a simulator beside it, too", async () => {
		const job = newJob();
		const settings = { FAL_QUEUE_URL: "http://localhost:8788" };
		const base = "http://127.0.0.1:8787";
		expect(await urlOf({ job, attachments: [one(await keep(job, "0"))], webhookBase: base, settings })).toContain(
			`${base}/inputs/`,
		);
	});
});

describe("a picture of R2, for a fal that does not", () => {
	it.each([null, "http://gateway.example", "https://192.168.1.4", "https://gateway.local"])(
		"is uploaded to fal's storage, with a lifetime: the gateway is at %s",
		async (webhookBase) => {
			const job = newJob();
			const url = await urlOf({ job, attachments: [one(await keep(job, "0"))], webhookBase });
			expect(new URL(url).hostname).toBe("rest.fal.ai");
			const file = await fetch(url);
			expect(file.headers.get("content-type")).toBe("image/png");
			expect(await file.bytes()).toEqual(BYTES);
			const id = new URL(url).pathname.split("/")[3] ?? "";
			expect((await uploadsOf(id)).map(({ method }) => method)).toEqual(["PUT", "GET"]);
			const asked = (await uploadsOf("/storage/upload/initiate")).at(-1);
			const lifecycle: unknown = JSON.parse(asked?.headers["x-fal-object-lifecycle"] ?? "");
			expect(lifecycle).toEqual({ expiration_duration_seconds: expect.closeTo(1_500, -1) });
		},
	);

	it("is uploaded once, however many submits of an instance bring it along", async () => {
		const job = newJob();
		const attachments = [one(await keep(job, "0"))];
		const uploaded: Uploaded = new Map();
		const urls = await Promise.all([1, 2, 3].map(() => urlOf({ job, attachments, uploaded })));
		expect(new Set(urls).size).toBe(1);
	});

	it("is sent as it is if fal has no storage, or none that answers", async () => {
		for (const FAL_API_KEY of ["no-storage-key:x", "busy-storage-key:x"]) {
			const job = newJob();
			const url = await urlOf({ job, attachments: [one(await keep(job, "0"))], settings: { FAL_API_KEY } });
			expect(url).toBe(`data:image/png;base64,${BYTES.toBase64()}`);
		}
	});

	it("is not sent as it is if it is large, alone or with others", async () => {
		const large = new Uint8Array(3 * 1024 * 1024);
		const [job, settings] = [newJob(), { FAL_API_KEY: "no-storage-key:x" }];
		const pictures = [await keep(job, "0", large), await keep(job, "1", large)];
		expect(await attached({ job, attachments: pictures.slice(0, 1).map(one), settings })).toMatchObject({
			kind: "ready",
		});
		const both = [{ field: "image_urls", isList: true, pictures }];
		expect(await attached({ job, attachments: both, settings })).toMatchObject({
			kind: "refused",
			error: { code: "upstream_failed" },
		});
		expect(await attached({ job, attachments: both, settings: { FAL_API_KEY: "busy-storage-key:x" } })).toMatchObject({
			kind: "busy",
			status: 503,
		});
	});

	it.each([
		["bad-key:x", "upstream_key_refused"],
		["locked-key:x", "insufficient_quota"],
	])("ends the submit if fal refuses the key: %s", async (FAL_API_KEY, code) => {
		const job = newJob();
		expect(await attached({ job, attachments: [one(await keep(job, "0"))], settings: { FAL_API_KEY } })).toMatchObject({
			kind: "account_refused",
			error: { code },
		});
	});

	it("ends the submit if it is gone", async () => {
		const job = newJob();
		const picture = makeInput({ key: `inputs/${job}/0`, bytes: 10 });
		expect(
			await attached({ job, attachments: [one(picture)], settings: { FAL_API_KEY: "no-storage-key:x" } }),
		).toMatchObject({
			kind: "refused",
			error: { code: "storing_failed" },
		});
	});
});

describe("a mask for a model that paints by colour", () => {
	const masked = (picture: InputPicture, turnTo: "white" | "black"): Attachment => ({
		field: "mask_url",
		isList: false,
		pictures: [picture],
		turnTo,
	});

	async function greysAt(url: string): Promise<readonly number[]> {
		const key = new URL(url).pathname.slice(1);
		const object = await env.IMAGES.get(key);
		expect(object?.httpMetadata?.contentType).toBe("image/png");
		return [...decode((await object?.bytes()) ?? new Uint8Array()).data];
	}

	it("is turned, once for each colour", async () => {
		const job = newJob();
		const mask = await keep(job, "16", MASK);
		const white = { job, attachments: [masked(mask, "white")], webhookBase: GATEWAY };
		const url = await urlOf(white);
		expect(url).toContain(`/inputs/${job}/16-white?`);
		expect(await greysAt(url)).toEqual([0, 155, 255, 255, 155, 0]);
		const made = await env.IMAGES.head(`inputs/${job}/16-white`);
		expect(await urlOf(white)).toContain(`/inputs/${job}/16-white?`);
		expect((await env.IMAGES.head(`inputs/${job}/16-white`))?.version).toBe(made?.version);
		const black = await urlOf({ job, attachments: [masked(mask, "black")], webhookBase: GATEWAY });
		expect(await greysAt(black)).toEqual([255, 100, 0, 0, 100, 255]);
	});

	it("must be as large as the first picture", async () => {
		const job = newJob();
		const mask = await keep(job, "16", MASK);
		const attachments = [masked(mask, "white")];
		const sized = (width: number) => [makeInput({ width, height: 2 })];
		expect(await attached({ job, attachments, inputs: sized(3), webhookBase: GATEWAY })).toMatchObject({
			kind: "ready",
		});
		const other = newJob();
		const wrong = { job: other, attachments: [masked(await keep(other, "16", MASK), "white")], inputs: sized(4) };
		expect(await attached(wrong)).toEqual({
			kind: "refused",
			error: {
				code: "invalid_input",
				message: "Invalid value for 'mask': it must have the size of the first picture, 4x2.",
				param: "mask",
			},
		});
	});

	it("ends the submit if it cannot be turned", async () => {
		const job = newJob();
		const attachments = [masked(await keep(job, "16"), "white")];
		expect(await attached({ job, attachments })).toMatchObject({
			kind: "refused",
			error: { code: "invalid_input", param: "mask" },
		});
		expect(await env.IMAGES.head(`inputs/${job}/16-white`)).toBeNull();
	});

	it("is fetched from the client's link, and kept", async () => {
		const storage = createStorage(makeConfig());
		const file = { name: "mask.png", contentType: "image/png", bytes: MASK.length, seconds: 600 };
		const stored = await storage.upload(
			{ ...file, body: async () => new Blob([MASK]).stream() },
			{},
			new AbortController().signal,
		);
		if (stored.kind !== "stored") throw new Error("not stored");
		const job = newJob();
		const url = await urlOf({ job, attachments: [masked(linked(stored.url), "white")], webhookBase: GATEWAY });
		expect(url).toContain(`/inputs/${job}/16-white?`);
		expect(await greysAt(url)).toEqual([0, 155, 255, 255, 155, 0]);
		expect(await (await env.IMAGES.get(`inputs/${job}/16`))?.bytes()).toEqual(MASK);
	});

	it.each([
		"https://169.254.169.254/latest/meta-data",
		"http://cdn.example/mask.png",
		"https://localhost/mask.png",
		"ftp://cdn.example/mask.png",
	])("is never fetched from %s", async (address) => {
		const job = newJob();
		expect(await attached({ job, attachments: [masked(linked(address), "white")] })).toEqual({
			kind: "refused",
			error: {
				code: "invalid_input",
				message: "The mask: The picture's address is of a kind that is not fetched.",
				param: "mask",
			},
		});
	});

	it("is tried again if its server does not answer well", async () => {
		const job = newJob();
		const attachments = [masked(linked("https://v3.fal.media/files/none/0.png?fault=500"), "white")];
		expect(await attached({ job, attachments })).toMatchObject({ kind: "busy" });
	});
});
