import { describe, expect, it } from "vitest";
import { toFalAccount } from "../fal-accounts.ts";
import { createStorage, type StorageFile, type StorageSettings } from "./storage.ts";

const SETTINGS: StorageSettings = {
	falStorageUrl: "https://rest.fal.test",
	falAccounts: [toFalAccount("id:a-secret")],
};
const BYTES = new TextEncoder().encode("the bytes of a picture");
const PLACE = {
	upload_url: "https://v3.fal.media/files/upload?signature=abc",
	file_url: "https://v3.fal.media/files/x/0.png",
};

const FILE: StorageFile = {
	name: "0.png",
	contentType: "image/png",
	bytes: BYTES.length,
	seconds: 900.7,
	body: async () => new Blob([BYTES]).stream(),
};

interface Seen {
	readonly method: string;
	readonly url: string;
	readonly headers: Record<string, string>;
	readonly body: Uint8Array;
	readonly redirect: string;
}

/** fal's storage, which gives these answers in turn. */
function serving(...answers: readonly (() => Response | Promise<Response>)[]) {
	const seen: Seen[] = [];
	const answering: typeof fetch = async (input, init) => {
		const request = new Request(input, init);
		const answer = answers[seen.length];
		seen.push({
			method: request.method,
			url: request.url,
			headers: Object.fromEntries(request.headers),
			body: await request.bytes(),
			redirect: request.redirect,
		});
		if (answer === undefined) throw new Error("nothing more was expected");
		return answer();
	};
	const storage = createStorage(SETTINGS, { fetch: answering, callTimeoutMs: 50 });
	return { seen, upload: (file: StorageFile = FILE) => storage.upload(file, {}, new AbortController().signal) };
}

const placed = () => Response.json(PLACE);
const taken = () => new Response(null, { status: 200 });

describe("an upload", () => {
	it("asks for a place with the key and a lifetime, and sends the bytes there without either", async () => {
		const { upload, seen } = serving(placed, taken);
		expect(await upload()).toEqual({ kind: "stored", url: PLACE.file_url });
		const [asked, sent] = seen;
		expect(asked).toMatchObject({
			method: "POST",
			url: "https://rest.fal.test/storage/upload/initiate?storage_type=fal-cdn-v3",
			redirect: "manual",
			headers: {
				authorization: "Key id:a-secret",
				"content-type": "application/json",
				"x-fal-object-lifecycle": '{"expiration_duration_seconds":900}',
				"x-fal-object-lifecycle-preference": '{"expiration_duration_seconds":900}',
			},
		});
		expect(new TextDecoder().decode(asked?.body)).toBe('{"content_type":"image/png","file_name":"0.png"}');
		expect(sent).toMatchObject({ method: "PUT", url: PLACE.upload_url, redirect: "manual", body: BYTES });
		expect(Object.keys(sent?.headers ?? {}).filter((name) => /auth|fal/.test(name))).toEqual([]);
		expect(sent?.headers["content-type"]).toBe("image/png");
	});

	it("never asks for a lifetime that fal takes for ever", async () => {
		for (const seconds of [-5, 0, 59]) {
			const { upload, seen } = serving(placed, taken);
			await upload({ ...FILE, seconds });
			expect(seen[0]?.headers["x-fal-object-lifecycle"]).toBe('{"expiration_duration_seconds":60}');
		}
	});
});

const LOCKED = {
	detail: "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.",
};
const page = (status: number) => () =>
	new Response("<html><body>Forbidden</body></html>", { status, headers: { "content-type": "text/html" } });

describe("an upload that fal does not take", () => {
	it.each<[string, () => Response, object]>([
		[
			"a key that is not known",
			() => Response.json({ detail: "invalid key credentials" }, { status: 401 }),
			{ kind: "account_refused", error: { code: "upstream_key_refused" } },
		],
		[
			"an account without balance",
			() => Response.json(LOCKED, { status: 403 }),
			{ kind: "account_refused", error: { code: "insufficient_quota" } },
		],
		["a proxy's page", page(403), { kind: "busy", status: 403, error: { code: "upstream_unavailable" } }],
		[
			"too many uploads",
			() => Response.json({ detail: "Too many requests" }, { status: 429 }),
			{ kind: "busy", status: 429, error: { code: "rate_limit_exceeded" } },
		],
		[
			"a fault of fal's",
			() => new Response("Bad gateway", { status: 502 }),
			{ kind: "busy", status: 502, error: { code: "upstream_unavailable" } },
		],
		["no such storage", () => Response.json({ detail: "Not Found" }, { status: 404 }), { kind: "unusable" }],
		["a redirect", () => new Response(null, { status: 302, headers: { location: "/" } }), { kind: "unusable" }],
		["an answer without a place", () => Response.json({ upload_url: 1 }), { kind: "unusable" }],
		[
			"a place of the inside",
			() => Response.json({ ...PLACE, upload_url: "http://169.254.169.254/latest" }),
			{ kind: "unusable" },
		],
		[
			"an address of the inside",
			() => Response.json({ ...PLACE, file_url: "https://localhost/x" }),
			{ kind: "unusable" },
		],
	])("is %s", async (_, answer, expected) => {
		const { upload, seen } = serving(answer);
		expect(await upload()).toMatchObject(expected);
		expect(seen).toHaveLength(1);
	});

	it.each<[number, object]>([
		[403, { kind: "unusable" }],
		[413, { kind: "unusable" }],
		[429, { kind: "busy", status: 429 }],
		[503, { kind: "busy", status: 503 }],
	])("is bytes that the bucket answers with %i", async (status, expected) => {
		const { upload } = serving(placed, () => new Response(null, { status }));
		expect(await upload()).toMatchObject(expected);
	});

	it("shows nothing of the key", async () => {
		const { upload } = serving(() => Response.json({ detail: "refused: id:a-secret" }, { status: 401 }));
		expect(JSON.stringify(await upload())).not.toContain("a-secret");
	});

	it("is tried again if fal cannot be reached, or does not answer in time", async () => {
		const unreachable = () => Promise.reject(new Error("Network connection lost."));
		expect(await serving(unreachable).upload()).toMatchObject({ kind: "busy", status: null });
		expect(await serving(placed, unreachable).upload()).toMatchObject({ kind: "busy", status: null });
		const silent = createStorage(SETTINGS, {
			callTimeoutMs: 20,
			fetch: (_, init) =>
				new Promise((_resolve, reject) => {
					init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
				}),
		});
		expect(await silent.upload(FILE, {}, new AbortController().signal)).toMatchObject({ kind: "busy", status: null });
	});

	it("is a file that is gone, or shorter than it was", async () => {
		expect(await serving(placed).upload({ ...FILE, body: async () => null })).toEqual({ kind: "unusable" });
		const short = { ...FILE, bytes: BYTES.length + 1 };
		expect(await serving(placed, taken).upload(short)).toMatchObject({ kind: "busy" });
	});
});
