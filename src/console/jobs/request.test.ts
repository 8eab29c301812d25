import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeDraft } from "../../../test/support/console-jobs.ts";
import type { Reference } from "../make/references/reference.ts";
import { toRequest } from "./request.ts";

const PICTURE: Reference = {
	id: "r1",
	name: "fox.png",
	preview: "",
	width: 4,
	height: 3,
	bytes: 9,
	source: { kind: "picture", path: "/images/aa/0.png?sig=s", job: "job_aa", index: 0 },
};
const FILE: Reference = { ...PICTURE, id: "r2", name: "owl.png", source: { kind: "file", blob: new Blob(["owl"]) } };

const ORIGIN = "https://gateway.example";

/** The gateway's pictures: one that is there. Others were deleted, and another host does not answer. */
beforeAll(() => {
	vi.stubGlobal("fetch", async (url: string) => {
		if (!url.startsWith(ORIGIN)) throw new TypeError("network error");
		return url.endsWith("/images/aa/0.png?sig=s") ? new Response("fox") : new Response("{}", { status: 404 });
	});
});
afterAll(() => {
	vi.unstubAllGlobals();
});

/** Reads a form as `name: text`, with the files' names. */
async function read(form: FormData): Promise<readonly string[]> {
	const parts = [...form].map(async ([name, value]) =>
		typeof value === "string" ? `${name}: ${value}` : `${name}: ${value.name} ${await value.text()}`,
	);
	return Promise.all(parts);
}

describe("the request of a draft", () => {
	it("is JSON without pictures, and leaves out what is left to the model", async () => {
		expect(await toRequest(makeDraft({ seed: 7 }), ORIGIN)).toEqual({
			ok: true,
			value: {
				path: "/v1/images/generations/async",
				body: { prompt: "a fox", model: "flux-schnell", size: "1024x768", n: 1, seed: 7 },
			},
		});
	});

	it("has links to pictures of the gateway's", async () => {
		const sent = await toRequest(makeDraft({ references: [PICTURE] }), ORIGIN);
		expect(sent).toMatchObject({
			value: {
				path: "/v1/images/edits/async",
				body: { prompt: "a fox", image: ["https://gateway.example/images/aa/0.png?sig=s"] },
			},
		});
	});

	it("is a form with files, in their order, the masked one first", async () => {
		const mask = { png: new Blob(["hole"]), of: "r2" };
		const sent = await toRequest(makeDraft({ references: [PICTURE, FILE], mask }), ORIGIN);
		if (!sent.ok || !(sent.value.body instanceof FormData)) throw new Error("no form");
		expect(await read(sent.value.body)).toEqual([
			"prompt: a fox",
			"model: flux-schnell",
			"size: 1024x768",
			"n: 1",
			"image[]: owl.png owl",
			"image[]: fox.png fox",
			"mask: mask.png hole",
		]);
	});

	it("is refused if a picture was deleted, and may be sent again if nobody answers", async () => {
		const gone: Reference = {
			...PICTURE,
			source: { kind: "picture", path: "/images/bb/0.png", job: "job_bb", index: 0 },
		};
		const draft = makeDraft({ references: [FILE, gone] });
		expect(await toRequest(draft, ORIGIN)).toMatchObject({ ok: false, error: { kind: "refused", status: 404 } });
		expect(await toRequest(draft, "https://elsewhere.example")).toEqual({ ok: false, error: { kind: "unreachable" } });
	});
});
