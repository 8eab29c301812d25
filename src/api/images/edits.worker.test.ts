import { createExecutionContext, runDurableObjectAlarm, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { encode } from "fast-png";
import { beforeEach, describe, expect, it } from "vitest";
import { type FormPart, formOf, maskOf, pngOf } from "../../../test/support/forms.ts";
import { aPrompt } from "../../../test/support/workerd/gateway.ts";
import { listingOf, logOf, stubOf } from "../../../test/support/workerd/job-of.ts";
import { observed } from "../../../test/support/workerd/observed.ts";
import type { Env } from "../../env.ts";
import type { InputPicture } from "../../models/request.ts";
import { handle } from "../../router.ts";

const EDITS = "https://gateway.test/v1/images/edits";
const MODEL = "gpt-image-1.5";
const MIB = 1024 * 1024;
const KEY = "Bearer test-key-of-owner";

interface Sending {
	readonly path?: string;
	readonly boundary?: string;
	readonly headers?: Record<string, string>;
	readonly settings?: Partial<Env>;
}

let boundaries = 0;

/** Sends a form, and waits for all that the Worker does behind its answer. */
async function send(parts: readonly FormPart[], sending: Sending = {}) {
	boundaries += 1;
	const boundary = sending.boundary ?? `boundary-${boundaries}`;
	return post(formOf(parts, boundary), { "content-type": `multipart/form-data; boundary=${boundary}` }, sending);
}

async function post(
	body: BodyInit,
	type: Record<string, string>,
	{ path = EDITS, headers = {}, settings = {} }: Sending,
) {
	const ctx = createExecutionContext();
	// A task does not wait for its picture.
	const request = new Request(`${path}?async=true`, {
		method: "POST",
		body,
		headers: { authorization: KEY, ...type, ...headers },
	});
	const response = await handle(request, { ...env, ...settings }, ctx);
	const answer: { error?: { code: string; param: string | null; message: string } } = await response.json();
	await waitOnExecutionContext(ctx);
	return { status: response.status, job: response.headers.get("x-job-id") ?? "", error: answer.error };
}

function image(bytes: Uint8Array = pngOf(8, 8), name = "image"): FormPart {
	return { name, filename: "a.png", type: "image/png", body: bytes };
}

/** As a phone sends it. */
const HEIC = new TextEncoder().encode("\0\0\0\x18ftypheic\0\0\0\0mif1heic");

/** Black and white, as other services have it. */
const OPAQUE = encode({
	width: 8,
	height: 8,
	channels: 1,
	data: Uint8Array.from({ length: 64 }, (_, at) => (at & 4) * 63),
});

function text(name: string, body: string): FormPart {
	return { name, body };
}

function words(prompt = aPrompt("")): readonly FormPart[] {
	return [text("model", MODEL), text("prompt", prompt)];
}

async function inputsOf(job: string): Promise<readonly InputPicture[]> {
	const [accepted] = await logOf(job);
	return accepted?.type === "accepted" ? (accepted.request.inputs ?? []) : [];
}

async function storedKeys(): Promise<readonly string[]> {
	return (await env.IMAGES.list({ prefix: "inputs/" })).objects.map(({ key }) => key);
}

async function bytesAt(key: string): Promise<Uint8Array> {
	return new Uint8Array((await (await env.IMAGES.get(key))?.arrayBuffer()) ?? new ArrayBuffer());
}

async function sha256(bytes: Uint8Array): Promise<string> {
	return Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");
}

beforeEach(async () => {
	const keys = await storedKeys();
	if (keys.length > 0) await env.IMAGES.delete([...keys]);
});

describe("a form with pictures", () => {
	it.each([
		["one byte", 200],
		["less than a part", 4 * MIB],
		["exactly a part", 5 * MIB],
		["a part and a byte", 5 * MIB + 1],
		["three parts", 13 * MIB],
	])("stores them under the job's id, hashed and measured: %s", async (_, bytes) => {
		const png = pngOf(640, 480, bytes);
		const { status, job } = await send([image(png), ...words()]);
		expect(status).toBe(202);
		const source = {
			kind: "stored",
			key: `inputs/${job}/0`,
			contentType: "image/png",
			bytes,
			sha256: await sha256(png),
			width: 640,
			height: 480,
		};
		expect(await inputsOf(job)).toEqual([{ role: "image", source }]);
		expect(Buffer.from(png).equals(await bytesAt(source.key))).toBe(true);
		expect((await env.IMAGES.head(source.key))?.httpMetadata?.contentType).toBe("image/png");
		expect(await storedKeys()).toEqual([source.key]);
	});

	it("takes links among the files, in their order, and each once", async () => {
		const [one, two] = [pngOf(8, 8), pngOf(9, 9)];
		const links = ["https://pictures.example.org/cat.png", "https://pictures.example.org/dog.png"] as const;
		const { job } = await send([
			text("image[]", links[0]),
			image(one, "image[]"),
			text("image[]", links[1]),
			...words(),
			text("image_url", links[0]),
			image(two, "image[]"),
		]);
		const inputs = await inputsOf(job);
		expect(inputs.map(({ source }) => (source.kind === "stored" ? source.sha256 : source.url))).toEqual([
			links[0],
			await sha256(one),
			links[1],
			await sha256(two),
		]);
	});

	it("takes no more links than files, and names the first that is too many", async () => {
		const links = Array.from({ length: 17 }, (_, at) => text("image[]", `https://pictures.example.org/${at}.png`));
		const { status, error } = await send([...links, text("model", "nano-banana-2"), text("prompt", aPrompt(""))]);
		expect([status, error?.param]).toEqual([400, "image[14]"]);
	});

	it("takes them by any of their names, in any order, before and behind the words", async () => {
		const [one, two, three, mask] = [pngOf(8, 8), pngOf(9, 9), pngOf(10, 10), maskOf(8, 8)];
		const { job } = await send([
			image(mask, "inpaint_mask"),
			text("n", "2"),
			image(one, "file"),
			...words(),
			{ name: "another", filename: "", body: "" },
			image(two, "Reference-Images[1]"),
			text("imageUrl", "null"),
			image(three, "image"),
		]);
		const inputs = await inputsOf(job);
		expect(inputs.map(({ role, source }) => [role, source.kind === "stored" && [source.key, source.sha256]])).toEqual([
			["mask", [`inputs/${job}/16`, await sha256(mask)]],
			["image", [`inputs/${job}/0`, await sha256(one)]],
			["image", [`inputs/${job}/1`, await sha256(two)]],
			["image", [`inputs/${job}/2`, await sha256(three)]],
		]);
		const [accepted] = await logOf(job);
		expect(accepted).toMatchObject({ request: { n: 2 } });
		expect(await storedKeys()).toHaveLength(4);
	});

	it("reads words that are sent as a file", async () => {
		const said = aPrompt("");
		const { status, job } = await send([
			image(),
			{ name: "prompt", filename: "prompt", body: said },
			{ name: "n", filename: "n", type: "text/plain", body: "2" },
			{ name: "options", filename: "blob", type: "application/json", body: JSON.stringify({ model: MODEL }) },
		]);
		expect(status).toBe(202);
		const [accepted] = await logOf(job);
		expect(accepted).toMatchObject({ request: { prompt: said, n: 2, model: MODEL } });
		expect(await inputsOf(job)).toHaveLength(1);
	});

	it("refuses a field that is not UTF-8", async () => {
		const inGbk = Uint8Array.of(0xd2, 0xbb, 0xd6, 0xbb, 0xc3, 0xa8);
		for (const prompt of [
			{ body: Uint8Array.of(0xba, 0xec, 0xc9, 0xab) },
			{ body: new TextEncoder().encode("a fox 🦊").subarray(0, -1) },
			{ body: inGbk, type: "text/plain; charset=gbk" },
		]) {
			const { status, error } = await send([image(pngOf(8, 8)), { name: "prompt", ...prompt }]);
			expect([status, error?.code, error?.param]).toEqual([400, "invalid_form", "prompt"]);
		}
	});

	it("may be compressed", async () => {
		const png = pngOf(8, 8, MIB);
		const form = formOf([image(png), ...words()], "bo");
		const body = new Blob([form]).stream().pipeThrough(new CompressionStream("gzip"));
		const type = { "content-type": "multipart/form-data; boundary=bo", "content-encoding": "gzip" };
		const { status, job } = await post(body, type, {});
		expect(status).toBe(202);
		expect(Buffer.from(png).equals(await bytesAt(`inputs/${job}/0`))).toBe(true);
	});

	it("edits on the route of generations, too", async () => {
		const { status, job } = await send([image(), ...words()], { path: "https://gateway.test/v1/images/generations" });
		expect(status).toBe(202);
		const [accepted] = await logOf(job);
		expect(accepted).toMatchObject({ request: { inputs: [{ role: "image" }] } });
	});

	it("edits a picture of an unknown field on the route of generations, with options in JSON", async () => {
		const parts = [image(undefined, "file"), ...words(), text("imageConfig", '{"aspect_ratio":"3:2"}')];
		const { job } = await send(parts, { path: "https://gateway.test/v1/images/generations" });
		const [accepted] = await logOf(job);
		expect(accepted).toMatchObject({
			request: { inputs: [{ role: "image" }], size: { kind: "ratio", width: 3, height: 2 } },
		});
	});

	it("joins an equal one that is sent again with another boundary, and leaves nothing of its own", async () => {
		const parts = [image(pngOf(8, 8, 6 * MIB)), ...words()];
		const headers = { "idempotency-key": crypto.randomUUID() };
		const first = await send(parts, { headers });
		const again = await send(parts, { headers });
		expect([again.status, again.job]).toEqual([202, first.job]);
		expect(await storedKeys()).toEqual([`inputs/${first.job}/0`]);
		const other = await send([image(pngOf(8, 8, 6 * MIB)), ...parts.slice(1)], { headers });
		expect([other.status, other.error?.code]).toEqual([422, "idempotency_key_reused"]);
		expect(await storedKeys()).toEqual([`inputs/${first.job}/0`]);
	});

	it("starts the job of an equal one that did not begin, with that one's pictures", async () => {
		const parts = [image(), ...words()];
		const headers = { "idempotency-key": crypto.randomUUID() };
		let isLost = true;
		const JOB = new Proxy(env.JOB, {
			get: (target, name) =>
				name === "get"
					? (id: DurableObjectId) => {
							const stub = target.get(id);
							return new Proxy(stub, {
								get: (_, method) => {
									if (method === "startHeld" && isLost) return () => Promise.reject(new Error("the start is lost"));
									return Reflect.get(stub, method);
								},
							});
						}
					: Reflect.get(target, name).bind(target),
		});
		const lost = await quietly(() => send(parts, { headers, settings: { JOB } }));
		expect(lost.status).toBe(500);
		const [held = ""] = await storedKeys();
		isLost = false;
		const { status, job } = await send(parts, { headers });
		expect([status, `inputs/${job}/0`]).toEqual([202, held]);
		expect(await inputsOf(job)).toMatchObject([{ source: { key: held } }]);
		expect(await storedKeys()).toEqual([held]);
	});

	it("starts a job of its own if the pictures of the one that did not begin are erased", async () => {
		const parts = [image(), ...words()];
		const headers = { "idempotency-key": crypto.randomUUID() };
		const first = await send(parts, { headers });
		// As if it had never begun.
		await stubOf(first.job).remove("owner");
		const { status, job } = await send(parts, { headers });
		expect([status, job === first.job]).toEqual([202, false]);
	});

	it("is deleted with its job", async () => {
		const { job } = await send([image(pngOf(8, 8, 6 * MIB)), ...words()]);
		await stubOf(job).cancel("owner");
		await stubOf(job).remove("owner");
		await expect.poll(storedKeys).toEqual([]);
		expect(await listingOf(job)).toEqual([]);
	});
});

describe("a body of JSON with pictures", () => {
	const json = (body: object) =>
		post(JSON.stringify({ model: MODEL, ...body }), { "content-type": "application/json" }, {});
	const dataOf = (bytes: Uint8Array) => `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;

	it.each<readonly [what: string, write: (png: Uint8Array) => object]>([
		["a data: address", (png) => ({ image: dataOf(png) })],
		["OpenAI's list", (png) => ({ images: [{ image_url: dataOf(png) }] })],
		["base64 alone", (png) => ({ image: Buffer.from(png).toString("base64") })],
		[
			"base64url, in an object",
			(png) => ({ image: { data: `data:image/png;base64,${Buffer.from(png).toString("base64url")}` } }),
		],
	])("stores what it holds as %s, short or long", async (_, write) => {
		for (const bytes of [100, 200_000, 6 * MIB]) {
			const png = pngOf(8, 8, bytes);
			const { status, job, error } = await json({ prompt: aPrompt(""), ...write(png) });
			expect([status, error]).toEqual([202, undefined]);
			const source = { kind: "stored", bytes, sha256: await sha256(png), width: 8, height: 8 };
			expect(await inputsOf(job)).toMatchObject([{ role: "image", source }]);
			expect(Buffer.from(png).equals(await bytesAt(`inputs/${job}/0`))).toBe(true);
		}
	});

	it("reads the escapes of JSON, and lines", async () => {
		const png = pngOf(8, 8, 200_000);
		const lines = Buffer.from(png).toString("base64").replace(/.{76}/g, "$&\r\n");
		const body = JSON.stringify({ model: MODEL, prompt: aPrompt(""), image: `data:image/png;base64,${lines}` });
		const escaped = body.replaceAll("/", "\\/").replaceAll("+", "\\u002b");
		const { job } = await post(escaped, { "content-type": "application/json" }, {});
		expect(Buffer.from(png).equals(await bytesAt(`inputs/${job}/0`))).toBe(true);
	});

	it("is equal to a form with the same pictures and words", async () => {
		const png = pngOf(8, 8, 100_000);
		const prompt = aPrompt("");
		const headers = { "idempotency-key": crypto.randomUUID() };
		const first = await send([image(png), ...words(prompt)], { headers });
		const type = { "content-type": "application/json" };
		const again = await post(JSON.stringify({ model: MODEL, prompt, image: dataOf(png) }), type, { headers });
		expect([again.status, again.job]).toEqual([202, first.job]);
		expect(await storedKeys()).toEqual([`inputs/${first.job}/0`]);
	});

	it.each<readonly [body: object, status: number, message: RegExp]>([
		[{ model: "upscale", image: "https://pictures.example.org/cat.png" }, 202, /^$/],
		[{ model: MODEL, image: "https://pictures.example.org/cat.png" }, 400, /^Missing required parameter: 'prompt'/],
		[{ model: "upscale" }, 400, /^Missing required parameter: 'prompt'/],
		[{ prompt: null }, 400, /^Missing required parameter: 'prompt'/],
		[{ prompt: "" }, 400, /'prompt': must not be empty/],
		[{ prompt: " " }, 400, /'prompt': must not be empty/],
		[{ prompt: "16:9" }, 400, /names a size/],
	])("may do without a prompt on the route of generations as the model does: %j", async (body, status, message) => {
		const path = "https://gateway.test/v1/images/generations";
		const answer = await post(JSON.stringify(body), { "content-type": "application/json" }, { path });
		expect(answer.status).toBe(status);
		expect(answer.error?.message ?? "").toMatch(message);
	});

	it("leaves an address of the client's to fal", async () => {
		const url = "https://pictures.example.org/cat.png";
		const { job } = await json({ prompt: aPrompt(""), image: [url, dataOf(pngOf(8, 8))] });
		expect(await inputsOf(job)).toMatchObject([
			{ source: { kind: "link", url } },
			{ source: { kind: "stored", key: `inputs/${job}/1` } },
		]);
	});

	it.each<readonly [what: string, body: object, param: string]>([
		["a file's id", { images: [{ file_id: "file-1" }] }, "images[0].file_id"],
		["words", { image: "a cat" }, "image"],
		["broken base64", { image: "data:image/png;base64,iVBORw0KGgo=AAAA=" }, "image"],
		["a text", { image: "data:text/plain,a%20cat" }, "image"],
		["an address of the inside", { image: "https://192.168.0.1/a.png" }, "image"],
		["nothing", {}, "image"],
	])("that has %s for a picture is refused", async (_, body, param) => {
		const { status, error } = await json({ prompt: "a fox", ...body });
		expect([status, error?.param]).toEqual([400, param]);
		expect(await storedKeys()).toEqual([]);
	});
});

/** Runs without the lines that the Worker logs of a fault. */
async function quietly<T>(run: () => Promise<T>): Promise<T> {
	const { error } = console;
	console.error = () => {};
	try {
		return await run();
	} finally {
		console.error = error;
	}
}

describe("a form that is refused", () => {
	it.each<readonly [what: string, parts: readonly FormPart[], status: number, param: string | null, message: RegExp]>([
		["without a picture", words(), 400, "image", /Missing required parameter: 'image'/],
		["with a mask alone", [image(undefined, "mask"), ...words()], 400, "image", /Missing/],
		["with half a picture", [image(pngOf(8, 8, 12 * MIB).subarray(0, 6 * MIB)), ...words()], 400, "image", /cut off/],
		["with the beginning of a picture", [image(pngOf(8, 8).subarray(0, 20)), ...words()], 400, "image", /cut off/],
		[
			"with two pictures, of which the second is cut",
			[image(undefined, "image[]"), image(pngOf(8, 8).subarray(0, 20), "image[]"), ...words()],
			400,
			"image[1]",
			/'image\[1\]'.*cut off/,
		],
		["with a text as picture", [image(new TextEncoder().encode("words")), ...words()], 400, "image", /PNG/],
		[
			"with another file in an unknown field",
			[image(), { name: "notes", filename: "b.txt", body: "words" }, ...words()],
			400,
			"notes",
			/PNG/,
		],
		["with an empty picture", [image(new Uint8Array()), ...words()], 400, "image", /empty/],
		["with a mask that is broken", [image(), image(pngOf(8, 8), "mask"), ...words()], 400, "mask", /broken/],
		["with an opaque mask", [image(), image(OPAQUE, "mask"), ...words()], 400, "mask", /transparent/],
		["with a mask of another size", [image(pngOf(8, 8)), image(pngOf(8, 9), "mask"), ...words()], 400, "mask", /8x8/],
		[
			"with two masks",
			[image(), image(undefined, "mask"), image(undefined, "mask"), ...words()],
			400,
			"mask",
			/at most 1/,
		],
		["with a drawing, which no model takes", [image(), image(undefined, "markup"), ...words()], 400, "markup", /./],
		[
			"with 17 pictures",
			[...Array.from({ length: 17 }, () => image(undefined, "image[]")), ...words()],
			413,
			"image[16]",
			/16/,
		],
		["without words", [image(), text("model", MODEL)], 400, "prompt", /Missing/],
		["with a count in words", [image(), ...words(), text("n", "many")], 400, "n", /integer/],
		["for a model that nobody has", [image(), text("prompt", "a"), text("model", "no-such")], 404, "model", /no-such/],
		["with a field that is too long", [image(), ...words(), text("x", "y".repeat(MIB + 1))], 413, null, /1048576/],
		[
			"with JSON that is nested too deep",
			[image(), ...words(), text("extra_body", `{"image":${"[".repeat(5_000)}${"]".repeat(5_000)}}`)],
			413,
			"extra_body",
			/64 levels/,
		],
	])("%s says so, and leaves nothing", async (_, parts, status, param, message) => {
		const refused = await send(parts);
		expect([refused.status, refused.error?.param ?? null]).toEqual([status, param]);
		expect(refused.error?.message).toMatch(message);
		expect(await storedKeys()).toEqual([]);
	});

	it.each([
		["cut off in a picture", (form: Uint8Array) => form.subarray(0, 6 * MIB), "bo"],
		["cut off behind its pictures", (form: Uint8Array) => form.subarray(0, form.length - 20), "bo"],
		["of another boundary", (form: Uint8Array) => form, "other"],
		["of a boundary that is too long", (form: Uint8Array) => form, "b".repeat(71)],
	])("because it is %s leaves nothing", async (_, cut, boundary) => {
		const form = formOf([image(pngOf(8, 8, 11 * MIB)), ...words()], "bo");
		const type = { "content-type": `multipart/form-data; boundary=${boundary}` };
		const refused = await post(cut(form), type, {});
		expect([refused.status, refused.error?.code]).toEqual([400, "invalid_form"]);
		expect(await storedKeys()).toEqual([]);
	});

	it.each([
		[
			"before a picture",
			[text("prompt", "把它改成红色"), image(HEIC)],
			"'image' 的值无效：文件内容是 HEIC，应为 PNG、JPEG 或 WebP。",
		],
		[
			"behind it",
			[image(HEIC), text("prompt", "把它改成红色")],
			"'image' 的值无效：文件内容是 HEIC，应为 PNG、JPEG 或 WebP。",
		],
		[
			"behind it and another one",
			[image(HEIC), image(pngOf(8, 8, 6 * MIB)), text("prompt", "把它改成红色")],
			"'image' 的值无效：文件内容是 HEIC，应为 PNG、JPEG 或 WebP。",
		],
		["nowhere", [image(HEIC)], "Invalid value for 'image': it is HEIC, must be PNG, JPEG or WebP."],
	])("says why in the language of its words, which stand %s", async (_, parts, message) => {
		const refused = await send(parts);
		expect([refused.status, refused.error?.message]).toEqual([400, message]);
		expect(await storedKeys()).toEqual([]);
	});

	it.each([
		["a picture alone", "image/png", pngOf(8, 8), "The body is not valid JSON."],
		["a form without files", "application/x-www-form-urlencoded", "prompt=red&image=x", "The body is a form."],
		["nothing", "application/json", "", "The body is empty."],
	])("is %s: the answer says how files are sent", async (_, type, body, first) => {
		const refused = await post(body, { "content-type": type }, {});
		expect([refused.status, refused.error?.code, refused.error?.message]).toEqual([
			400,
			"invalid_json",
			`${first} Send a JSON object. Files are sent as multipart/form-data.`,
		]);
	});

	it("says in the language of its words that it is cut off", async () => {
		const form = formOf([text("prompt", "把它改成红色"), image(pngOf(8, 8, 11 * MIB))], "bo");
		const refused = await post(form.subarray(0, 6 * MIB), { "content-type": "multipart/form-data; boundary=bo" }, {});
		expect(refused.error?.message).toBe(
			"表单在最后一个 boundary 之前就结束了：请求体不完整，或 boundary 与 content-type 中的不一致。",
		);
		expect(await storedKeys()).toEqual([]);
	});

	it("brings no more than 100 MB of pictures", async () => {
		const png = pngOf(8, 8, 51 * MIB);
		const refused = await send([image(png, "image[]"), image(png, "image[]"), ...words()]);
		expect([refused.status, refused.error?.message]).toEqual([
			413,
			"The request's pictures have more than 104857600 bytes together.",
		]);
		expect(await storedKeys()).toEqual([]);
	});

	it("has no valid key: then nothing of it is stored or held", async () => {
		const used: string[] = [];
		const settings = {
			IMAGES: observed(env.IMAGES, (name) => used.push(name)),
			JOB: observed(env.JOB, (name) => used.push(name)),
		};
		const { status } = await send([image(), ...words()], { settings, headers: { authorization: "Bearer wrong" } });
		expect([status, used]).toEqual([401, []]);
	});

	it("leaves nothing if its client leaves in the middle", async () => {
		const form = formOf([image(pngOf(8, 8, 11 * MIB)), ...words()], "bo");
		let sent = 0;
		const body = new ReadableStream({
			type: "bytes",
			pull(controller) {
				const piece = form.slice(sent, sent + 64 * 1024);
				sent += piece.length;
				if (sent > 8 * MIB) controller.error(new Error("the client left"));
				else controller.enqueue(piece);
			},
		});
		const type = { "content-type": "multipart/form-data; boundary=bo" };
		await quietly(() => post(body, type, {}));
		expect(await storedKeys()).toEqual([]);
	});
});

describe("while R2 fails", () => {
	const FAULT = new Error("put: We encountered an internal error. Please try again. (10001)");

	/** A bucket whose method fails so many times. */
	function failing(method: string, times: number) {
		let left = times;
		const fail = (name: string) => {
			if (name !== method || left === 0) return;
			left -= 1;
			throw FAULT;
		};
		return new Proxy(env.IMAGES, {
			get: (target, name) => {
				const member: unknown = Reflect.get(target, name);
				if (typeof member !== "function") return member;
				return async (...args: unknown[]) => {
					fail(String(name));
					const result = await member.apply(target, args);
					return name === "createMultipartUpload" ? observedUpload(result, fail) : result;
				};
			},
		});
	}

	function observedUpload(upload: R2MultipartUpload, fail: (name: string) => void): R2MultipartUpload {
		const call =
			(name: "uploadPart" | "complete" | "abort") =>
			async (...args: unknown[]) => {
				fail(name);
				return Reflect.apply(upload[name], upload, args);
			};
		const { key, uploadId } = upload;
		return { key, uploadId, uploadPart: call("uploadPart"), complete: call("complete"), abort: call("abort") };
	}

	const PARTS = [image(pngOf(8, 8, 200)), image(pngOf(8, 8, 11 * MIB), "image[]"), ...words()];

	it.each(["put", "createMultipartUpload", "uploadPart", "complete"])("a %s is tried again", async (method) => {
		const { status, job } = await send([...PARTS.slice(0, 2), ...words()], {
			settings: { IMAGES: failing(method, 2) },
		});
		expect(status).toBe(202);
		expect(await storedKeys()).toEqual([`inputs/${job}/0`, `inputs/${job}/1`]);
	});

	it.each(["put", "createMultipartUpload", "uploadPart", "complete"])(
		"a %s that fails again and again is a 500, and leaves nothing",
		async (method) => {
			const { status } = await quietly(() => send(PARTS, { settings: { IMAGES: failing(method, 99) } }));
			expect(status).toBe(500);
			expect(await storedKeys()).toEqual([]);
		},
	);
});

describe("the alarm of a job that never began", () => {
	it("erases what came for it", async () => {
		const ACCOUNT = observed(env.ACCOUNT, () => {
			throw new Error("the account cannot be reached");
		});
		const { status } = await quietly(() => send([image(), ...words()], { settings: { ACCOUNT } }));
		expect(status).toBe(500);
		const [key = ""] = await storedKeys();
		await runDurableObjectAlarm(stubOf(key.split("/")[1] ?? ""));
		expect(await storedKeys()).toEqual([]);
	});
});
