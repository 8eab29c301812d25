import { describe, expect, it } from "vitest";
import { makeDraft } from "../../../test/support/console-jobs.ts";
import type { Draft } from "../make/draft.ts";
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

const LINK: Reference = {
	...PICTURE,
	id: "r3",
	name: "elsewhere.example",
	source: { kind: "link", url: "https://elsewhere.example/images/hen.png?v=2" },
};

const ORIGIN = "https://gateway.example";

/** Returns the form of a draft as `name: text`, with the files' names. */
async function formOf(draft: Draft): Promise<readonly string[]> {
	const { body } = await toRequest(draft, ORIGIN);
	if (!(body instanceof FormData)) throw new Error("no form");
	const parts = [...body].map(async ([name, value]) =>
		typeof value === "string" ? `${name}: ${value}` : `${name}: ${value.name} ${await value.text()}`,
	);
	return Promise.all(parts);
}

describe("the request of a draft", () => {
	it("is JSON without pictures, and leaves out what is left to the model", async () => {
		expect(await toRequest(makeDraft({ seed: 7 }), ORIGIN)).toEqual({
			path: "/v1/images/generations/async",
			body: { prompt: "a fox", model: "flux-schnell", size: "1024x768", n: 1, seed: 7 },
		});
	});

	it("has links to pictures of the gateway's", async () => {
		const sent = await toRequest(makeDraft({ references: [PICTURE] }), ORIGIN);
		expect(sent).toMatchObject({
			path: "/v1/images/edits/async",
			body: { prompt: "a fox", image: ["https://gateway.example/images/aa/0.png?sig=s"] },
		});
	});

	it("has a client's link as it is, beside pictures and files", async () => {
		const sent = await toRequest(makeDraft({ references: [LINK, PICTURE] }), ORIGIN);
		expect(sent).toMatchObject({
			body: {
				image: ["https://elsewhere.example/images/hen.png?v=2", "https://gateway.example/images/aa/0.png?sig=s"],
			},
		});
		expect((await formOf(makeDraft({ references: [FILE, LINK] }))).slice(4)).toEqual([
			"image[]: owl.png owl",
			"image[]: https://elsewhere.example/images/hen.png?v=2",
		]);
	});

	it("is a form with files, and with links among them, in their order, the masked one first", async () => {
		const mask = { png: new Blob(["hole"]), of: "r2" };
		const draft = makeDraft({ references: [PICTURE, FILE], fal: '{ "guidance_scale": 4 }' });
		expect(await formOf(draft)).toEqual([
			"prompt: a fox",
			"model: flux-schnell",
			"size: 1024x768",
			"n: 1",
			'fal: {"guidance_scale":4}',
			"image[]: https://gateway.example/images/aa/0.png?sig=s",
			"image[]: owl.png owl",
		]);
		expect((await formOf({ ...draft, fal: null, mask })).slice(4)).toEqual([
			"image[]: owl.png owl",
			"image[]: https://gateway.example/images/aa/0.png?sig=s",
			"mask: mask.png hole",
		]);
	});
});
